const FIELDS = 3;
const [FIRST, LAST, SETTINGS] = [0, 1, 2] as const;
const [PLAIN, HEADED] = [1, 2] as const;

/**
 * The sections of a text, each a header and the lines below it; the lines above the first header are one without.
 * A section is *plain* when no line of it is odd and no setting stands in it twice: every tool reads it alike.
 */
export class SectionTable {
  length = 0;
  #numbers = new Int32Array(64 * FIELDS);
  #traits = new Uint8Array(64);

  /** `last` is exclusive; `settings` are those of the first `BITS` names that it has, a bit each. */
  add(first: number, last: number, isHeaded: boolean, isPlain: boolean, settings: number): void {
    if (this.length === this.#traits.length) this.#grow();
    const base = this.length * FIELDS;
    this.#numbers[base + FIRST] = first;
    this.#numbers[base + LAST] = last;
    this.#numbers[base + SETTINGS] = settings;
    this.#traits[this.length++] = (isPlain ? PLAIN : 0) | (isHeaded ? HEADED : 0);
  }

  first(section: number): number {
    return this.#numbers[section * FIELDS + FIRST]!;
  }
  last(section: number): number {
    return this.#numbers[section * FIELDS + LAST]!;
  }
  settings(section: number): number {
    return this.#numbers[section * FIELDS + SETTINGS]!;
  }
  isPlain(section: number): boolean {
    return (this.#traits[section]! & PLAIN) !== 0;
  }
  isHeaded(section: number): boolean {
    return (this.#traits[section]! & HEADED) !== 0;
  }

  #grow(): void {
    const numbers = new Int32Array(this.#numbers.length * 2);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const traits = new Uint8Array(this.#traits.length * 2);
    traits.set(this.#traits);
    this.#traits = traits;
  }
}
