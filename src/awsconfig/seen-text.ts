/** The text of a document as a tool sees it, where that is another one than the document's. */
import type { Traits } from "../model/reading.ts";
import { Document } from "./document.ts";
import { encode, fromBrokenUtf8 } from "./encoding.ts";
import type { Manners } from "./manners.ts";
import { type Parsed, parse, splitSetting } from "./parse.ts";

/** U+FFFD for every byte that is not UTF-8. Half a byte order mark of UTF-16 is passed over like a whole one. */
export function withReplacements(document: Document): Document {
  const text = document.text.replace(/^(?:\udcff\udcfe|\udcfe\udcff)/, "  ").replace(/[\udc80-\udcff]/gu, "\ufffd");
  return withText(document, text);
}

/** UTF-16 as somebody sees it who goes by bytes. */
export function asBytes(document: Document): Document {
  const text = fromBrokenUtf8(encode({ text: document.text, encoding: document.encoding, hasBom: false }));
  return new Document(document.path, document.file, "broken-utf-8", false, text, parse(text), new Map());
}

/** The same document with the line ends that this tool sees. Offsets stay as they are. */
export function withLineEnds(document: Document, manners: Manners): Document {
  if (!document.hasLoneReturn || manners.loneReturn === "is text") return document;
  return withText(document, document.text.replace(/\r(?!\n)/g, "\n"));
}

function withText(document: Document, text: string): Document {
  const parsed = parse(text);
  const traits = new Map<number, Traits>();
  for (let line = 0; line < parsed.lines.length; line++) {
    // Where both have the same lines, a value may be known by its line alone.
    const known = document.traits(document.hasLoneReturn ? ~valueStartOf(text, parsed, line) : line);
    if (known !== undefined) traits.set(line, known);
  }
  return new Document(document.path, document.file, document.encoding, document.hasBom, text, parsed, traits);
}

/** Also of an indented line, or one that starts with a bracket. */
function valueStartOf(text: string, { lines }: Parsed, line: number): number {
  if (lines.isSetting(line)) return lines.valueStart(line);
  return splitSetting(text, lines.start(line), lines.end(line), "=:")?.valueStart ?? lines.end(line);
}
