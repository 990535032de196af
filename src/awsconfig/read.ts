import type { Section } from "../model/reading.ts";
import type { Document } from "./document.ts";
import { type FileReading, refuse } from "./file-reading.ts";
import type { Manners } from "./manners.ts";
import { Reader } from "./reader.ts";
import { PlainSection } from "./section.ts";
import { asBytes, withLineEnds, withReplacements } from "./seen-text.ts";

/** Reads a file in a tool's manners. Sections that hold nothing odd are shared between all tools' readings. */
export function readFile(document: Document, manners: Manners): FileReading {
  if (document.encoding !== "utf-8") {
    switch (manners.notUtf8) {
      case "file refused":
        return notUtf8(document);
      case "file ignored":
        return { refused: undefined, sections: [] };
      case "replaced":
        if (document.encoding === "broken-utf-8") return new Reader(withReplacements(document), manners).read();
        // Its names are full of NULs, so there is no profile in it.
        return new Reader(asBytes(document), manners).read().refused
          ? notUtf8(document)
          : { refused: undefined, sections: [] };
    }
  }
  if (document.hasBom && manners.bom === "refused") {
    return refuse({
      at: document.lineAt(0),
      cause: "byte-order-mark",
      message: "the file starts with a byte order mark",
    });
  }
  const { plain } = document;
  if (plain !== undefined) {
    const sections = (): Section[] => document.sections.filter((section) => section instanceof PlainSection);
    return {
      refused: undefined,
      plain,
      get sections() {
        return sections();
      },
    };
  }
  return new Reader(withLineEnds(document, manners), manners).read();
}

const notUtf8 = ({ path }: Document): FileReading =>
  refuse({ at: { kind: "file", path }, cause: "encoding", message: "the file is not UTF-8 text" });
