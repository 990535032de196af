import type { Layer, Profile, Section, Setting } from "../model/reading.ts";
import { ByName, hasWithout } from "./by-name.ts";
import { Above } from "./expand.ts";
import { SectionsByName } from "./plain-file.ts";

/**
 * The profiles of aws-vault by name: each is its own section, and below it what it takes over from others. They are made
 * when they are asked for.
 */
export class AwsVaultProfiles extends ByName<Profile> {
  readonly #own: ReadonlyMap<string, Section>;
  #above: Above | undefined;
  #fromDefault: readonly Layer[] | undefined;

  /** `above` may be left out where no section is odd: then it is made when a name has a dot. */
  constructor(own: ReadonlyMap<string, Section>, above: Above | undefined) {
    super();
    this.#own = own;
    this.#above = above;
  }

  get size(): number {
    return this.#own.size;
  }
  has(name: string): boolean {
    return this.#own.has(name);
  }
  get(name: string): Profile | undefined {
    const own = this.#own.get(name);
    return own && new AwsVaultProfile(name, own, this);
  }
  override keys(): MapIterator<string> {
    return this.#own.keys();
  }
  *values(): MapIterator<Profile> {
    for (const [name, own] of this.#own) yield new AwsVaultProfile(name, own, this);
  }

  having(name: string, without: string | undefined): readonly Profile[] {
    const own = this.#own;
    if (own instanceof SectionsByName) {
      // Who takes over nothing but what `[default]` has, is one of those that have it, where that one has it not.
      const isTakenOver = own.namesWith(".").length > 0 || own.valuesOf("include_profile").size > 0;
      const shared = own.get("default");
      if (!isTakenOver && shared?.has(name) !== true) {
        const lacking = without !== undefined && shared?.has(without) === true ? [] : own.having(name, without);
        return lacking.map((section) => this.get(section.name)!);
      }
    }
    return [...this.values()].filter(hasWithout(name, without));
  }

  valuesOf(name: string): Iterable<string> {
    // What is taken over is set in another.
    if (this.#own instanceof SectionsByName) return this.#own.valuesOf(name);
    return new Set([...this.values()].flatMap((profile) => profile.get(name)?.value ?? []));
  }

  namesWith(part: string): readonly string[] {
    if (this.#own instanceof SectionsByName) return this.#own.namesWith(part);
    return [...this.#own.keys()].filter((name) => name.includes(part));
  }

  /** What stands below a profile's own section. */
  below({ name, own }: AwsVaultProfile): readonly Layer[] {
    if (!name.includes(".") && !own.has("include_profile")) return name === "default" ? [] : this.#ofDefault();
    const layers = this.#parentsOf(name);
    const include = includeOf([own, ...layers.map(({ section }) => section)]);
    if (include !== undefined) layers.push(...this.#inherited(include, "include_profile"));
    else if (name !== "default") layers.push(...this.#ofDefault());
    return layers;
  }

  #parentsOf(name: string): Layer[] {
    if (!name.includes(".")) return [];
    // Above `[profile default.a]` is `[profile default]`, which no file has where no section is odd.
    this.#above ??= new Above(new Map([...this.#own].filter(([one]) => one !== "default")));
    return Array.from(this.#above.of(name), (section) => ({ kind: "parent", section }));
  }

  /** Made once: most profiles take over the same. */
  #ofDefault(): readonly Layer[] {
    this.#fromDefault ??= this.#own.has("default") ? this.#inherited("default", "default") : [];
    return this.#fromDefault;
  }

  /** What a profile takes over from another: that one's own settings, its includes, and at the end those of `[default]`. */
  #inherited(from: string, kind: "include_profile" | "default"): Layer[] {
    const layers: Layer[] = [];
    const visited = new Set<string>();
    let name: string | undefined = from;
    let as: "include_profile" | "default" = kind;
    while (name !== undefined && !visited.has(name)) {
      visited.add(name);
      const section: Section | undefined = this.#own.get(name);
      const family: Layer[] = section === undefined ? [] : [{ kind: as, section }, ...this.#parentsOf(name)];
      layers.push(...family);
      const include: string | undefined = includeOf(family.map((layer) => layer.section));
      as = include ? "include_profile" : "default";
      name = include || (name === "default" ? undefined : "default");
    }
    return layers;
  }
}

/** A profile of aws-vault: its own section, and below it what it takes over from others. */
class AwsVaultProfile implements Profile {
  readonly name: string;
  readonly own: Section;
  readonly #family: AwsVaultProfiles;

  constructor(name: string, own: Section, family: AwsVaultProfiles) {
    this.name = name;
    this.own = own;
    this.#family = family;
  }

  get layers(): readonly Layer[] {
    return [{ kind: "config", section: this.own }, ...this.#family.below(this)];
  }

  get(name: string): Setting | undefined {
    const own = this.own.get(name);
    if (own !== undefined) return own;
    for (const { section } of this.#family.below(this)) {
      const found = section.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.own.has(name) || this.#family.below(this).some(({ section }) => section.has(name));
  }
}

function includeOf(sections: readonly Section[]): string | undefined {
  for (const section of sections) {
    const include = section.get("include_profile");
    if (include !== undefined) return include.value || undefined; // An empty one hides its parent's.
  }
  return undefined;
}
