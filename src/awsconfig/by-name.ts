import type { Profile } from "../model/reading.ts";

/** Whether a profile has one setting, of its own or taken over, and lacks another where one is given. */
export const hasWithout =
  (name: string, without: string | undefined) =>
  (one: Pick<Profile, "has">): boolean =>
    one.has(name) && (without === undefined || !one.has(without));

/**
 * Profiles or other sections by their names, made when they are asked for, and looked for by what they hold without an
 * object for each of them. What all such collections share.
 */
export abstract class ByName<Thing extends { readonly name: string }> implements ReadonlyMap<string, Thing> {
  abstract get size(): number;
  abstract get(name: string): Thing | undefined;
  abstract has(name: string): boolean;
  /** In the order of the file. */
  abstract values(): MapIterator<Thing>;
  /** Those that have one setting, of their own or taken over, and lack another. */
  abstract having(name: string, without: string | undefined): readonly Thing[];
  /** What a setting is set to, each value once, and perhaps some that it is set to elsewhere. */
  abstract valuesOf(name: string): Iterable<string>;
  /** The names that a text is part of. */
  abstract namesWith(part: string): readonly string[];

  *keys(): MapIterator<string> {
    for (const { name } of this.values()) yield name;
  }
  *entries(): MapIterator<[string, Thing]> {
    for (const thing of this.values()) yield [thing.name, thing];
  }
  [Symbol.iterator](): MapIterator<[string, Thing]> {
    return this.entries();
  }
  forEach(call: (thing: Thing, name: string, all: ReadonlyMap<string, Thing>) => void): void {
    for (const thing of this.values()) call(thing, thing.name, this);
  }
}
