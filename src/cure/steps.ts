import { UNSEEN } from "../awsconfig/traits.ts";
import type { EditStep, Fix, MoveStep } from "../model/fix.ts";
import type { Span } from "../model/place.ts";
import { type CureText, collide, lineEnd, type Replacement } from "./text.ts";

/** What a fix does, file by file. */
export interface Work {
  readonly replacements: ReadonlyMap<string, readonly Replacement[]>;
  /** Files to be written as UTF-8. */
  readonly encode: ReadonlySet<string>;
  readonly modes: ReadonlyMap<string, number>;
  readonly removes: ReadonlySet<string>;
}

/** Why a fix is not made, in words for a report. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** The fix as work on the texts as they were read. Throws a Refusal when it does not fit them. */
export function workOf({ steps }: Fix, texts: ReadonlyMap<string, CureText>): Work {
  const replacements = new Map<string, Replacement[]>();
  const encode = new Set<string>();
  const modes = new Map<string, number>();
  const removes = new Set<string>();
  const textOf = (path: string): CureText => {
    const text = texts.get(path);
    if (text === undefined) throw new Refusal("the file is not the one that was looked at");
    return text;
  };
  const edits = (path: string): Replacement[] => {
    const all = replacements.get(path) ?? [];
    replacements.set(path, all);
    return all;
  };
  for (const step of steps) {
    switch (step.kind) {
      case "edit":
      case "move":
      case "copy":
        edits(step.path).push(...replacementsOf(step, textOf(step.path)));
        break;
      case "clean":
        edits(step.path).push(...unseenIn(step.span, textOf(step.path).real.text));
        break;
      case "remove":
        removes.add(step.path);
        break;
      case "encode":
        encode.add(step.path);
        break;
      case "chmod":
        modes.set(step.path, step.mode);
        break;
      case "move-to-vault":
        for (const { lines } of [step.accessKeyId, step.secretAccessKey])
          edits(step.path).push(
            ...replacementsOf({ kind: "edit", path: step.path, span: lines, text: "" }, textOf(step.path)),
          );
        break;
    }
  }
  for (const all of replacements.values()) mustBeApart(all);
  return { replacements, encode, modes, removes };
}

/** Whether a command may do a fix, or somebody has to decide something. */
export const isWork = ({ safety }: Fix): boolean => safety !== "guided";

function replacementsOf(step: EditStep | MoveStep, both: CureText): Replacement[] {
  const { text } = both.real;
  const { start, end } = step.span;
  if (start > end || end > text.length) throw new Refusal("it points beyond the end of the file");
  const ending = lineEnd(both);
  if (step.kind === "edit") return [{ start, end, with: step.text.replace(/\r?\n/g, ending) }];
  const to = step.to.start;
  const moved: Replacement[] = [
    { start: to, end: to, with: { start, end } },
    ...(step.kind === "move" ? [{ start, end, with: "" }] : []),
  ];
  // The last line of a file may lack its end.
  if (!text.slice(start, end).endsWith("\n")) moved.splice(1, 0, { start: to, end: to, with: ending });
  return moved;
}

const unseenIn = ({ start, end }: Span, text: string): Replacement[] =>
  [...text.slice(start, end).matchAll(UNSEEN)].map(({ index }) => ({
    start: start + index,
    end: start + index + 1,
    with: "",
  }));

function mustBeApart(all: readonly Replacement[]): void {
  const sorted = [...all].sort((one, other) => one.start - other.start || one.end - other.end);
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && one.end > next.start) throw new Refusal("its steps overlap");
  }
}

/** The spots that works touch: of two that touch the same one, the second cannot be done on this text any more. */
export class Spots {
  /** By their starts, file by file. No two of them overlap. */
  readonly #taken = new Map<string, Replacement[]>();
  readonly #modes = new Map<string, number>();

  /** Takes the spots of a work; false when one of them is taken already, and then none is. */
  take({ replacements, modes }: Work): boolean {
    for (const [path, mode] of modes) if (this.#modes.has(path) && this.#modes.get(path) !== mode) return false;
    for (const [path, mine] of replacements) {
      const theirs = this.#taken.get(path) ?? [];
      if (mine.some((one) => isTaken(theirs, one))) return false;
    }
    for (const [path, mode] of modes) this.#modes.set(path, mode);
    for (const [path, mine] of replacements) {
      const theirs = this.#taken.get(path) ?? [];
      this.#taken.set(path, theirs);
      for (const one of mine) theirs.splice(indexOf(theirs, one.start), 0, one);
    }
    return true;
  }

  clone(): Spots {
    const copy = new Spots();
    for (const [path, taken] of this.#taken) copy.#taken.set(path, [...taken]);
    for (const [path, mode] of this.#modes) copy.#modes.set(path, mode);
    return copy;
  }
}

/** The first that starts at an offset or behind it. */
function indexOf(taken: readonly Replacement[], start: number): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One that is empty may stand at the start of another one of the same work, so a few before it are asked. */
function isTaken(taken: readonly Replacement[], one: Replacement): boolean {
  const at = indexOf(taken, one.start);
  return taken.slice(Math.max(0, at - AT_ONE_SPOT), at + 1).some((other) => collide(other, one));
}

const AT_ONE_SPOT = 4;
