import type { Section, Setting } from "../model/reading.ts";
import { ReadSection } from "./document.ts";
import { MANNERS } from "./manners.ts";

/** Values that stand for one another several times over could fill the memory. */
const EXPANDED_MAX = 64 * 1024;
const DEPTH_MAX = 99; // Go's own.

/**
 * Puts the values of other settings in the place of `%(name)s`, as Go's ini reader does: those of the section itself, of
 * the sections above it (`a` for `a.b`), or of [DEFAULT]. What is put in is text as it stands in the file.
 */
export function expandAll(
  sections: Iterable<readonly [string, Section]>,
  above: ReadonlyMap<string, Section>,
  shared: Section | undefined,
): void {
  const expanded: [Setting, string][] = [];
  for (const [name, section] of sections) {
    if (!(section instanceof ReadSection)) continue; // Sections that all tools read alike have no percent signs.
    for (const one of section.all()) {
      if (!one.value.includes("%(")) continue;
      const lookUp = (wanted: string): Setting | undefined => {
        const found = section.get(wanted) ?? fromAbove(wanted, name, above);
        return found === undefined || found === one ? shared?.get(wanted) : found;
      };
      expanded.push([one, expand(one.value, lookUp)]);
    }
  }
  for (const [one, value] of expanded) Object.assign(one, { value });
}

/** The names above `a.b.c` for Go's ini reader: `a.b`, then `a`. */
export function* parents(name: string): Iterable<string> {
  for (let dot = name.lastIndexOf("."); dot >= 0; dot = dot > 0 ? name.lastIndexOf(".", dot - 1) : -1)
    yield name.slice(0, dot);
}

function fromAbove(wanted: string, name: string, above: ReadonlyMap<string, Section>): Setting | undefined {
  for (const parent of parents(name)) {
    const found = above.get(parent)?.get(wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function expand(value: string, lookUp: (name: string) => Setting | undefined): string {
  let text = value;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const variable = firstVariable(text);
    if (variable === undefined) break;
    const found = lookUp(MANNERS["aws-vault-byteness"].lowerCase(variable.slice(2, -2)));
    if (found === undefined) break;
    const around = text.split(variable);
    if (text.length + (around.length - 1) * (found.value.length - variable.length) > EXPANDED_MAX) break;
    text = around.join(found.value);
  }
  return text;
}

/** The first `%(name)s`, found in one pass. */
function firstVariable(text: string): string | undefined {
  for (let start = text.indexOf("%("); start >= 0; ) {
    const close = text.indexOf(")", start);
    if (close < 0) return undefined;
    if (close > start + 2 && text[close + 1] === "s") return text.slice(start, close + 2);
    start = text.indexOf("%(", close);
  }
  return undefined;
}
