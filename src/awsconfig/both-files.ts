import type { Layer, Profile, Section, Setting } from "../model/reading.ts";
import { ByName, hasWithout } from "./by-name.ts";
import type { SectionsByName } from "./plain-file.ts";
import type { PlainSection } from "./section.ts";

/** A profile of the AWS CLI and the SDKs: the credentials file's section over the config file's. */
export class AwsProfile implements Profile {
  readonly name: string;
  config: Section | undefined;
  credentials: Section | undefined;

  constructor(name: string, config: Section | undefined, credentials?: Section) {
    this.name = name;
    this.config = config;
    this.credentials = credentials;
  }

  get layers(): readonly Layer[] {
    const layers: Layer[] = [];
    if (this.credentials !== undefined) layers.push({ kind: "credentials", section: this.credentials });
    if (this.config !== undefined) layers.push({ kind: "config", section: this.config });
    return layers;
  }
  get(name: string): Setting | undefined {
    return this.credentials?.get(name) ?? this.config?.get(name);
  }
  has(name: string): boolean {
    return this.credentials?.has(name) === true || this.config?.has(name) === true;
  }
}

/** The profiles of the AWS CLI and the SDKs, where neither file holds anything that tools may disagree about. */
export class BothFiles extends ByName<Profile> {
  readonly #config: SectionsByName;
  readonly #credentials: SectionsByName;
  /** Of the profiles that stand in both files, the credentials file's section, by the first line of the config file's. */
  readonly #shared = new Map<number, PlainSection>();
  readonly #alone: PlainSection[] = [];

  constructor(config: SectionsByName, credentials: SectionsByName) {
    super();
    this.#config = config;
    this.#credentials = credentials;
    for (const section of credentials.values()) {
      const below = config.get(section.name);
      if (below === undefined) this.#alone.push(section);
      else this.#shared.set(below.first, section);
    }
  }

  get size(): number {
    return this.#config.size + this.#alone.length;
  }
  get(name: string): Profile | undefined {
    const config = this.#config.get(name);
    return config === undefined ? this.#credentials.get(name) : this.#above(config);
  }
  has(name: string): boolean {
    return this.#config.has(name) || this.#credentials.has(name);
  }
  *values(): MapIterator<Profile> {
    for (const section of this.#config.values()) yield this.#above(section);
    yield* this.#alone;
  }

  having(name: string, without: string | undefined): Profile[] {
    const isOne = hasWithout(name, without);
    const alone = this.#alone.filter(isOne);
    const inConfig = this.#config.having(name, without);
    if (this.#shared.size === 0) return [...inConfig, ...alone];
    const found = inConfig.filter(({ first }) => !this.#shared.has(first));
    for (const { name: shared } of this.#shared.values()) {
      const section = this.#config.get(shared)!;
      if (isOne(this.#above(section))) found.push(section);
    }
    found.sort((one, other) => one.first - other.first);
    return [...found.map((section) => this.#above(section)), ...alone];
  }
  valuesOf(name: string): Iterable<string> {
    return new Set([...this.#config.valuesOf(name), ...this.#credentials.valuesOf(name)]);
  }
  namesWith(part: string): string[] {
    const alone = this.#alone.map(({ name }) => name).filter((name) => name.includes(part));
    return [...this.#config.namesWith(part), ...alone];
  }

  /** The profile that a section of the config file is, with what the credentials file has of it. */
  #above(section: PlainSection): Profile {
    const credentials = this.#shared.get(section.first);
    return credentials === undefined ? section : new AwsProfile(section.name, section, credentials);
  }
}
