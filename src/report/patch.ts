import { structuredPatch } from "diff";
import type { Paint } from "./paint.ts";
import { printable, shortPath } from "./printable.ts";

/** The text of a file as it is and as it may be shown, line for line the same. */
export interface PatchText {
  readonly real: string;
  readonly masked: string;
  /** How it is written, in words. */
  readonly encoding: string;
}

export type PatchedFile =
  | {
      readonly kind: "text";
      readonly path: string;
      /** Undefined where there is no file. */
      readonly before: PatchText | undefined;
      readonly after: PatchText | undefined;
    }
  | { readonly kind: "mode"; readonly path: string; readonly before: number; readonly after: number };

/**
 * A unified patch. Which lines differ is found in the true texts, and what is shown of them comes from the masked ones,
 * so a line may be replaced by one that looks the same.
 */
export function patch(files: readonly PatchedFile[], home: string, paint: Paint): string {
  return files.map((file) => (file.kind === "mode" ? modes(file, home) : text(file, home, paint))).join("");
}

const NOTHING: PatchText = { real: "", masked: "", encoding: "" };

function modes({ path, before, after }: Extract<PatchedFile, { kind: "mode" }>, home: string): string {
  const name = printable(shortPath(path, home));
  const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, "0");
  return `chmod ${octal(before)} → ${octal(after)} ${name}\n`;
}

function text(file: Extract<PatchedFile, { kind: "text" }>, home: string, paint: Paint): string {
  const name = printable(shortPath(file.path, home));
  const { before = NOTHING, after = NOTHING } = file;
  const { hunks } = structuredPatch(name, name, before.real, after.real, "", "", { context: 3 });
  const old = before.masked.split("\n");
  const fresh = after.masked.split("\n");
  const side = (one: PatchText): string => (one === NOTHING ? "/dev/null" : name);
  const lines = [paint.bold(`--- ${side(before)}`), paint.bold(`+++ ${side(after)}`)];
  if (before !== NOTHING && after !== NOTHING && before.encoding !== after.encoding)
    lines.push(`@@ ${before.encoding} → ${after.encoding} @@`);
  for (const { oldStart, oldLines, newStart, newLines, lines: changes } of hunks) {
    lines.push(paint.blue(`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`));
    let one = oldStart - 1;
    let other = newStart - 1;
    for (const change of changes) {
      if (change.startsWith("-")) lines.push(paint.red(`-${shown(old[one++])}`));
      else if (change.startsWith("+")) lines.push(paint.green(`+${shown(fresh[other++])}`));
      else if (change.startsWith("\\")) lines.push(change);
      else {
        lines.push(` ${shown(old[one++])}`.trimEnd());
        other++;
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Of no lines at all, the format names the line before them. */
const range = (start: number, lines: number): string =>
  lines === 1 ? `${start}` : `${lines === 0 ? start - 1 : start},${lines}`;

/** Tabs stay, and of Windows line ends there is no word. */
const shown = (line = ""): string => line.replace(/\r$/, "").split("\t").map(printable).join("\t");
