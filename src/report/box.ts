import { wrap } from "./printable.ts";

const BOX_WIDTH_MIN = 40; // Below it a box wraps words to shreds.

/** Lines in a box, for a terminal, where somebody looks; the first one stands out. Undefined where there is no room. */
export async function boxed(
  lines: readonly string[],
  width: number,
  heading: (text: string) => string,
): Promise<string[] | undefined> {
  if (width < BOX_WIDTH_MIN) return undefined;
  const { default: boxen } = await import("boxen");
  const inner = lines.flatMap((line) => wrap(line, width - 6));
  const [first, ...others] = inner;
  const text = [heading(first!), ...others].join("\n");
  const fitting = Math.min(width, Math.max(...inner.map(({ length }) => length)) + 6);
  return boxen(text, {
    padding: { left: 2, right: 2, top: 0, bottom: 0 },
    borderStyle: "round",
    width: fitting,
  }).split("\n");
}
