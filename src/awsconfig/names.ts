const SLOTS = 2048;
/** No honest file has more names of settings, and a crowded table is a slow one. */
export const NAMES_MAX = 512;
/** Names can be chosen so that all of them fall into one slot. */
const TRIES_MAX = 8;

export const NO_NAME = -1;
/** Names with numbers below this fit into a set of bits. */
export const BITS = 31;

/**
 * A number for each name of a setting that stands in a text, so that ten thousand sections are searched and compared
 * by numbers. Only names without capitals get one. It is left out where that would cost too much: `NO_NAME`.
 */
export class Names {
  readonly #text: string;
  readonly #slots = new Int16Array(SLOTS).fill(NO_NAME);
  readonly #names: string[] = [];
  readonly #hashes: number[] = [];
  readonly #numbers = new Map<string, number>();
  #asked = "";
  #answer: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** All names that have a number, by it. */
  get all(): readonly string[] {
    return this.#names;
  }

  /** The number of a name; undefined when no line has it. Who asks for one section asks for the next with the same name. */
  find(name: string): number | undefined {
    if (name !== this.#asked) {
      this.#asked = name;
      this.#answer = this.#numbers.get(name);
    }
    return this.#answer;
  }

  /** The number of the name that stands there; `hash` is the one that `mix` made of its characters. */
  number(start: number, end: number, hash: number): number {
    let slot = spread(hash) & (SLOTS - 1);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const known = this.#slots[slot]!;
      if (known === NO_NAME) return this.#add(slot, start, end, hash);
      if (this.#hashes[known] === hash && this.#is(known, start, end)) return known;
      slot = (slot + 1) & (SLOTS - 1);
    }
    return NO_NAME;
  }

  #is(known: number, start: number, end: number): boolean {
    const name = this.#names[known]!;
    if (name.length !== end - start) return false;
    // Names are short, and a call costs more than the comparison.
    for (let at = 0; at < name.length; at++)
      if (name.charCodeAt(at) !== this.#text.charCodeAt(start + at)) return false;
    return true;
  }

  #add(slot: number, start: number, end: number, hash: number): number {
    const number = this.#names.length;
    if (number === NAMES_MAX) return NO_NAME;
    const name = this.#text.slice(start, end);
    this.#slots[slot] = number;
    this.#hashes.push(hash);
    this.#names.push(name);
    this.#numbers.set(name, number);
    return number;
  }
}

/** A hash spread over all its bits, so that names that differ in a digit at the end do not crowd into one place. */
export function spread(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** One more character of a name, taken into its hash. */
export const mix = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;
