import type { Paint } from "./paint.ts";
import { wrap } from "./printable.ts";

/** A line of a tree: what it says, where that stands, and what hangs on it. */
export interface TreeNode {
  readonly says: string;
  readonly at?: string | undefined;
  readonly below?: readonly TreeNode[];
}

/** Lines of at most `width` columns, where words and places let it. A place goes to a line of its own when there is no room. */
export function tree(nodes: readonly TreeNode[], width: number, paint: Paint, indent = ""): string[] {
  return nodes.flatMap((node, index) => {
    const isLast = index === nodes.length - 1;
    const below = node.below ?? [];
    const next = `${indent}${isLast ? "   " : "│  "}`;
    const [first, ...more] = texts(node, width - indent.length - 3, paint);
    const stem = below.length > 0 ? "│  " : "";
    return [
      `${paint.dim(`${indent}${isLast ? "└─ " : "├─ "}`)}${first!}`,
      ...more.map((line) => `${paint.dim(next + stem)}${line}`),
      ...tree(below, width, paint, next),
    ];
  });
}

function texts({ says, at }: TreeNode, room: number, paint: Paint): string[] {
  const lines = wrap(says, Math.max(12, room));
  if (at === undefined) return lines;
  const last = lines.at(-1)!;
  if (last.length + 2 + at.length <= room) return [...lines.slice(0, -1), `${last}  ${paint.dim(at)}`];
  return [...lines, paint.dim(at)];
}
