import { Document } from "../src/awsconfig/document.ts";
import { decode } from "../src/awsconfig/encoding.ts";
import { parse } from "../src/awsconfig/parse.ts";
import { read } from "../src/awsconfig/profiles.ts";
import type { Reading } from "../src/model/reading.ts";
import type { Tool } from "../src/model/tool.ts";

/** Both files as one tool reads them, unmasked, so that values can be compared. */
export const plainReading = (tool: Tool, config: string, credentials = ""): Reading =>
  read(tool, plain("config", config), plain("credentials", credentials));

function plain(file: "config" | "credentials", content: string): Document {
  const { text, encoding, hasBom } = decode(new TextEncoder().encode(content));
  return new Document(file, file, encoding, hasBom, text, parse(text), new Map());
}
