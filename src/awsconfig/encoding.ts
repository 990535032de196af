import { isAscii } from "node:buffer";
import type { Encoding } from "../model/document.ts";

/** Bytes as text, such that `encode` gives the same bytes back, whatever they are. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
  readonly hasBom: boolean;
}

const CHUNK = 8192; // String.fromCharCode takes its characters as arguments, and a stack has an end.

export function decode(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0xff, 0xfe) && bytes.length % 2 === 0) return fromUtf16(bytes, "utf-16le");
  if (startsWith(bytes, 0xfe, 0xff) && bytes.length % 2 === 0) return fromUtf16(bytes, "utf-16be");
  const hasBom = startsWith(bytes, 0xef, 0xbb, 0xbf);
  const body = hasBom ? bytes.subarray(3) : bytes;
  // Most files are ASCII, a byte a character, and to see that takes less than to check UTF-8.
  if (isAscii(body)) {
    const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
    return { text, encoding: "utf-8", hasBom };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { text, encoding: "utf-8", hasBom };
  } catch {
    return { text: fromBrokenUtf8(body), encoding: "broken-utf-8", hasBom };
  }
}

export function encode({ text, encoding, hasBom }: Decoded): Uint8Array {
  const bom = !hasBom
    ? []
    : encoding === "utf-16le"
      ? [0xff, 0xfe]
      : encoding === "utf-16be"
        ? [0xfe, 0xff]
        : [0xef, 0xbb, 0xbf];
  const body = encodeBody(text, encoding);
  const bytes = new Uint8Array(bom.length + body.length);
  bytes.set(bom);
  bytes.set(body, bom.length);
  return bytes;
}

function encodeBody(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case "utf-8":
      return new TextEncoder().encode(text);
    case "broken-utf-8":
      return toBrokenUtf8(text);
    case "utf-16le":
    case "utf-16be": {
      const view = new DataView(new ArrayBuffer(text.length * 2));
      for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), encoding === "utf-16le");
      return new Uint8Array(view.buffer);
    }
  }
}

function fromUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codes = new Uint16Array(bytes.length / 2 - 1);
  for (let i = 0; i < codes.length; i++) codes[i] = view.getUint16(i * 2 + 2, encoding === "utf-16le");
  return { text: fromCodes(codes), encoding, hasBom: true };
}

/**
 * What is not UTF-8 stays apart from all that is: such a byte becomes half a surrogate pair, U+DC80 to U+DCFF, as in
 * Python. So nothing is lost, and a reader that puts U+FFFD there can do so.
 */
export function fromBrokenUtf8(bytes: Uint8Array): string {
  const codes = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sequenceLength(bytes, at);
    const code = size === 0 ? 0xdc00 | bytes[at]! : codePoint(bytes, at, size);
    if (code > 0xffff) codes[length++] = 0xd7c0 + (code >> 10);
    codes[length++] = code > 0xffff ? 0xdc00 | (code & 0x3ff) : code;
    at += Math.max(1, size);
  }
  return fromCodes(codes.subarray(0, length));
}

/** How many bytes stand for the character here; none when this is not UTF-8. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const size = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  // Neither overlong, nor a surrogate, nor above the last code point.
  if (second < (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80)) return 0;
  if (second > (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf)) return 0;
  for (let next = at + 2; next < at + size; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}

function codePoint(bytes: Uint8Array, at: number, size: number): number {
  let code = size === 1 ? bytes[at]! : bytes[at]! & (0xff >> (size + 1));
  for (let next = at + 1; next < at + size; next++) code = (code << 6) | (bytes[next]! & 0x3f);
  return code;
}

const BROKEN = /([\ud800-\udbff][\udc00-\udfff])|([\udc80-\udcff])/g;

function toBrokenUtf8(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  let from = 0;
  const add = (to: number): void => {
    if (to > from) length += encoder.encodeInto(text.slice(from, to), bytes.subarray(length)).written;
  };
  for (const { 1: pair, index } of text.matchAll(BROKEN)) {
    if (pair !== undefined) continue;
    add(index);
    bytes[length++] = text.charCodeAt(index) & 0xff;
    from = index + 1;
  }
  add(text.length);
  return bytes.slice(0, length);
}

function fromCodes(codes: Uint8Array | Uint16Array): string {
  const parts: string[] = [];
  for (let i = 0; i < codes.length; i += CHUNK) parts.push(String.fromCharCode(...codes.subarray(i, i + CHUNK)));
  return parts.join("");
}

const startsWith = (bytes: Uint8Array, ...head: number[]): boolean => head.every((byte, i) => bytes[i] === byte);
