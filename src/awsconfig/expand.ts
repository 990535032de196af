import type { Section, Setting } from "../model/reading.ts";
import { MANNERS } from "./manners.ts";
import { ReadSection } from "./section.ts";

/** Values that stand for one another several times over could fill the memory. */
const EXPANDED_MAX = 64 * 1024;
const DEPTH_MAX = 99; // Go's own.

/**
 * Puts the values of other settings in the place of `%(name)s`, as Go's ini reader does: those of the section itself, of
 * the sections above it (`a` for `a.b`), or of [DEFAULT]. What is put in is text as it stands in the file.
 */
export function expandAll(
  sections: Iterable<readonly [string, Section]>,
  above: Above,
  shared: Section | undefined,
): void {
  const expanded: [Setting, string][] = [];
  for (const [name, section] of sections) {
    if (!(section instanceof ReadSection)) continue; // Sections that all tools read alike have no percent signs.
    for (const one of section.all()) {
      if (!one.value.includes("%(")) continue;
      const lookUp = (wanted: string): Setting | undefined => {
        const found = section.get(wanted) ?? above.get(name, wanted);
        return found === undefined || found === one ? shared?.get(wanted) : found;
      };
      expanded.push([one, expand(one.value, lookUp)]);
    }
  }
  for (const [one, value] of expanded) Object.assign(one, { value });
}

/** What stands above a section for Go's ini reader, and is asked for what the section itself does not have. */
export class Above {
  readonly #sections: ReadonlyMap<string, Section>;
  readonly #lengths: ReadonlySet<number>;

  constructor(sections: ReadonlyMap<string, Section>) {
    this.#sections = new Map(sections);
    this.#lengths = new Set(Array.from(sections.keys(), (name) => name.length));
  }

  /** For `a.b.c`: `a.b`, then `a`. */
  *of(name: string): Iterable<Section> {
    for (let dot = name.lastIndexOf("."); dot >= 0; dot = dot > 0 ? name.lastIndexOf(".", dot - 1) : -1) {
      // A name may be all dots, and most parts of it the name of nothing.
      const section = this.#lengths.has(dot) ? this.#sections.get(name.slice(0, dot)) : undefined;
      if (section !== undefined) yield section;
    }
  }

  get(name: string, setting: string): Setting | undefined {
    for (const section of this.of(name)) {
      const found = section.get(setting);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A section with all that it takes over. */
  addedTo(name: string, section: Section): Section {
    const all = new Map<string, Setting>();
    for (const one of [section, ...this.of(name)])
      for (const setting of one.all()) if (!all.has(setting.name)) all.set(setting.name, setting);
    return new ReadSection(section.file, section.header, section.headerAt, all);
  }
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
