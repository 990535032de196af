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
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { text, encoding: "utf-8", hasBom };
  } catch {
    // Not UTF-8: each byte stands for itself, so that nothing is lost.
    return { text: fromCodes(body), encoding: "latin1", hasBom };
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
    case "latin1":
      return Uint8Array.from(text, (character) => character.charCodeAt(0));
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

function fromCodes(codes: Uint8Array | Uint16Array): string {
  const parts: string[] = [];
  for (let i = 0; i < codes.length; i += CHUNK) parts.push(String.fromCharCode(...codes.subarray(i, i + CHUNK)));
  return parts.join("");
}

const startsWith = (bytes: Uint8Array, ...head: number[]): boolean => head.every((byte, i) => bytes[i] === byte);
