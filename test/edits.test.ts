import { assert, test } from "vitest";
import { decode, encode } from "../src/awsconfig/encoding.ts";
import { bytesOf, cureText, type Replacement, replaceAll } from "../src/cure/text.ts";
import { generatedFiles, randomFrom } from "./generated.ts";

const COUNT = 2000;

/** Some stretches of a text, from one line's start to another's, with a text of one's own for each. */
function someReplacements(text: string, random: () => number): Replacement[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const found: Replacement[] = [];
  for (let at = 0; at < starts.length - 1; at += 2) {
    if (random() < 0.5) continue;
    const length = random() < 0.5 ? 0 : 1;
    found.push({ start: starts[at]!, end: starts[at + length]!, with: random() < 0.3 ? "" : "region = eu-west-1\n" });
  }
  return found;
}

/** The same, done on the bytes. */
function spliced(bytes: Uint8Array, replacements: readonly Replacement[]): Uint8Array {
  const file = decode(bytes);
  const bytesUpTo = (offset: number): number => encode({ ...file, text: file.text.slice(0, offset) }).length;
  const inserted = (text: string): Uint8Array => encode({ ...file, hasBom: false, text });
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (const one of replacements) {
    parts.push(bytes.subarray(copied, bytesUpTo(one.start)), inserted(one.with as string));
    copied = bytesUpTo(one.end);
  }
  return Buffer.concat([...parts, bytes.subarray(copied)]);
}

test("edits change the bytes that they name, and no others, whatever the file is", () => {
  const random = randomFrom(7);
  let edits = 0;
  for (const { config } of generatedFiles(7, COUNT)) {
    const { text } = decode(config);
    const replacements = someReplacements(text, random);
    edits += replacements.length;
    const edited = bytesOf(replaceAll(cureText(config, text)!, replacements));
    assert.deepEqual([...edited], [...spliced(config, replacements)], JSON.stringify(text));
  }
  assert.isAbove(edits, COUNT);
});
