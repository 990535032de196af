/**
 * A secret from the door that it comes in by to the door that it leaves by. It does not come out by a string, a template,
 * JSON, a look with `inspect`, a copy or an error: only by `reveal`, which few folders may say (test/architecture.test.ts).
 */
export class Secret {
  #bytes: Uint8Array | undefined;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Of a text that came as a string: the string itself cannot be wiped out, so the bytes are better where they are had. */
  static ofText(text: string): Secret {
    return new Secret(new TextEncoder().encode(text));
  }

  /** Takes the bytes over, without a copy: whoever had them looks at them no more. */
  static ofBytes(bytes: Uint8Array): Secret {
    return new Secret(bytes);
  }

  /** The text. Throws when it was wiped out before. */
  reveal(): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.revealBytes());
  }

  /** The bytes themselves, and no copy: they turn to zeros when the secret is wiped out. */
  revealBytes(): Uint8Array {
    if (this.#bytes === undefined) throw new Error("a secret is asked for that was wiped out before");
    return this.#bytes;
  }

  /** Without the blanks at either end, which nobody types on purpose. */
  trimmed(): Secret {
    return Secret.ofText(this.reveal().trim());
  }

  get isEmpty(): boolean {
    return this.#bytes === undefined || this.#bytes.length === 0;
  }

  /** Overwrites the bytes. What `reveal` gave lives on until the engine collects it. */
  wipe(): void {
    this.#bytes?.fill(0);
    this.#bytes = undefined;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}

const HIDDEN = "[secret]";
