import { freemem } from "node:os";
import * as fc from "fast-check";
import { assert, describe, expect, test } from "vitest";
import { Document, readDocument } from "../src/awsconfig/document.ts";
import { decode, encode } from "../src/awsconfig/encoding.ts";
import { parse } from "../src/awsconfig/parse.ts";
import { read, settings } from "../src/awsconfig/profiles.ts";
import { TOOLS, type Tool } from "../src/model/tool.ts";
import { cost } from "./cost.ts";
import { generatedFiles } from "./generated.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const BOM = [0xef, 0xbb, 0xbf];
const wide = (order: "le" | "be", ...codes: number[]): number[] =>
  [0xfeff, ...codes].flatMap((code) => (order === "le" ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff]));

const PROFILE = "[profile one]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/admin\n\n# remark\n";
const REAL_FILES = [
  PROFILE,
  "[default]\r\nregion=us-east-1\r\noutput=json\r\n\r\n[sso-session work]\r\nsso_region = eu-west-1\r\n",
  "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "[profile a]\ns3 =\n  addressing_style = path\n\n  max_queue_size = 3\nregion: x # y\n; z\n[profile b\njunk\n",
];

const bytesComeBack = (bytes: Uint8Array): void => {
  assert.deepEqual(encode(decode(bytes)), bytes);
};

describe("any bytes come back as they were", () => {
  test.each<[string, Iterable<number>, string, boolean]>([
    ["nothing", [], "utf-8", false],
    ["ASCII", utf8(PROFILE), "utf-8", false],
    ["carriage returns and NUL", utf8("[a]\r\nb = \0\rc\r"), "utf-8", false],
    ["UTF-8 of one to four bytes", utf8("a é € 😀"), "utf-8", false],
    ["UTF-8 with a byte order mark", [...BOM, ...utf8("[default]\r\n")], "utf-8", true],
    ["a byte order mark and nothing else", BOM, "utf-8", true],
    ["two byte order marks", [...BOM, ...BOM], "utf-8", true],
    ["a byte order mark cut short", BOM.slice(0, 2), "broken-utf-8", false],
    ["a byte order mark and what is not UTF-8", [...BOM, 0xe9], "broken-utf-8", true],
    ["Latin-1", [0x4a, 0x6f, 0x73, 0xe9, 0x0a], "broken-utf-8", false],
    ["an overlong sequence", [0xc0, 0xaf], "broken-utf-8", false],
    ["a surrogate written in UTF-8", [0xed, 0xa0, 0x80], "broken-utf-8", false],
    ["UTF-16, low byte first", wide("le", 0x5b, 0xe9, 0x0d, 0x0a), "utf-16le", true],
    ["UTF-16, high byte first", wide("be", 0x5b, 0xe9, 0x0d, 0x0a), "utf-16be", true],
    ["UTF-16 with a surrogate pair", wide("le", 0xd83d, 0xde00), "utf-16le", true],
    ["UTF-16 with a lone surrogate", wide("be", 0xde00, 0x41), "utf-16be", true],
    ["UTF-16 with NUL", wide("le", 0, 0), "utf-16le", true],
    ["UTF-16 and nothing else", wide("le"), "utf-16le", true],
    ["UTF-16 of odd length", [...wide("le", 0x5b), 0x5d], "broken-utf-8", false],
    ["UTF-16 without a byte order mark", wide("le", 0x5b, 0x5d).slice(2), "utf-8", false],
  ])("%s", (_, given, encoding, hasBom) => {
    const bytes = Uint8Array.from(given);
    expect(decode(bytes)).toMatchObject({ encoding, hasBom });
    bytesComeBack(bytes);
  });

  const bytes = fc.uint8Array({ maxLength: 200 });
  const started = (...head: number[]) => bytes.map((tail) => Uint8Array.from([...head, ...tail]));
  test.each<[string, fc.Arbitrary<Uint8Array>]>([
    ["random bytes", bytes],
    ["random bytes after a UTF-8 mark", started(...BOM)],
    ["random bytes after a UTF-16 mark, low byte first", started(0xff, 0xfe)],
    ["random bytes after a UTF-16 mark, high byte first", started(0xfe, 0xff)],
    ["random text", fc.string({ unit: "binary" }).map(utf8)],
  ])("%s", (_, arbitrary) => {
    fc.assert(fc.property(arbitrary, bytesComeBack));
  });

  test.each([8191, 8192, 8193])("%i characters of Latin-1, more than are turned into text at once", (length) => {
    bytesComeBack(new Uint8Array(length).fill(0xe9));
  });
});

/** The text, put together again from the lines that were found in it. */
function print(text: string): string {
  const { lines } = parse(text);
  return Array.from({ length: lines.length }, (_, line) =>
    text.slice(lines.start(line), line + 1 < lines.length ? lines.start(line + 1) : text.length),
  ).join("");
}

test("a few thousand odd files come back as they were, and whoever reads them, nothing is thrown", () => {
  for (const files of generatedFiles(7, 3000)) {
    for (const bytes of [files.config, files.credentials]) {
      const decoded = decode(bytes);
      assert.deepEqual(encode({ ...decoded, text: print(decoded.text) }), bytes);
    }
    const [config, credentials] = (["config", "credentials"] as const).map((file) =>
      readDocument(file, file, files[file]),
    );
    for (const tool of TOOLS) assert.equal(read(tool, config!, credentials!).tool, tool);
  }
});

/** Text made of what matters to the parser, with anything at all in between. */
const arbitraryText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("\n", "\r\n", "\r", "\n\n") },
      {
        weight: 3,
        arbitrary: fc.constantFrom("[profile a]", "region = x", "s3 =", "  k = v", "# c", "[", "]", "=", ":"),
      },
      { weight: 2, arbitrary: fc.constantFrom(" ", "\t", "\f", "\0", "\u00a0", "\ufeff", "\u2028", "\\", "`", '"""') },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

/** A real file after a few slips of the keyboard. */
const mutatedFile = fc
  .tuple(
    fc.constantFrom(...REAL_FILES),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom("", "\n", "\r", "[", "]", "=", " ", "#", "\0", "é", "\ud800")),
      {
        maxLength: 6,
      },
    ),
  )
  .map(([file, slips]) =>
    slips.reduce((text, [at, length, put]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + length);
    }, file),
  );

const TEXTS: readonly [string, fc.Arbitrary<string>][] = [
  ["arbitrary text", arbitraryText],
  ["mutated real files", mutatedFile],
];

describe.each(TEXTS)("in %s", (_, texts) => {
  const holds = (property: (text: string) => void): void => fc.assert(fc.property(texts, property), { numRuns: 500 });

  test("every character belongs to exactly one line", () =>
    holds((text) => {
      const { lines } = parse(text);
      let at = 0;
      for (let line = 0; line < lines.length; line++) {
        assert.equal(lines.start(line), at);
        at = line + 1 < lines.length ? lines.start(line + 1) : text.length;
        assert.include(["", "\n", "\r\n"], text.slice(lines.end(line), at));
        assert.notInclude(text.slice(lines.start(line), lines.end(line)), "\n");
        assert.isAbove(at, lines.start(line));
      }
      assert.equal(at, text.length);
    }));

  test("the parts of a line stand inside it, in order", () =>
    holds((text) => {
      const { lines } = parse(text);
      for (let line = 0; line < lines.length; line++) {
        const parts = [
          lines.start(line),
          lines.nameEnd(line),
          lines.valueStart(line),
          lines.valueEnd(line),
          lines.end(line),
        ];
        expect(parts).toEqual(parts.toSorted((a, b) => a - b));
      }
    }));

  test("the sections cover all lines in order", () =>
    holds((text) => {
      const { lines, sections } = parse(text);
      const all = [...Array(sections.length).keys()];
      expect([0, ...all.map((one) => sections.last(one))]).toEqual([
        ...all.map((one) => sections.first(one)),
        lines.length,
      ]);
      for (const one of all) assert.equal(sections.isHeaded(one), lines.isHeader(sections.first(one)));
    }));

  test("an offset has the line and column that counting gives", () =>
    holds((text) => {
      const document = new Document("/f", "config", "utf-8", false, text, parse(text), new Map());
      for (let offset = 0; offset < text.length; offset++) {
        const above = text.slice(0, offset);
        const line = above.split("\n").length;
        const column = offset - above.lastIndexOf("\n");
        expect(document.span(offset, offset)).toEqual({
          start: offset,
          end: offset,
          line,
          column,
          endLine: line,
          endColumn: column,
        });
      }
    }));
});

test.each<[string, string]>([
  ["", ""],
  ["\n", "blank"],
  [" \t\n\u00a0\n", "blank blank"],
  ["# a\n;b\n#", "comment comment comment"],
  ["[a]\n[a\n[]\n]\n", "header unreadable header unreadable"],
  ["a = b\na: b\né = b\na\n=\n", "setting setting setting unreadable setting"],
  [" a = b\n\t[a]\n  # c\n\u00a0x\n", "indented indented indented indented"],
  ["[a]\r\nb = c\r\n\r\nd", "header setting blank unreadable"],
  ["[a]\rb = c\r", "header"],
  ["[a] # [b]\n[a] c\n", "header header"],
])("the lines of %j are of the kinds '%s'", (text, kinds) => {
  const { lines } = parse(text);
  assert.equal(Array.from({ length: lines.length }, (_, line) => lines.kind(line)).join(" "), kinds);
});

test.each<[string, boolean]>([
  ["[profile a]\nregion = x\n# c\n\n", false],
  ["[profile a]\r\nregion = x\r\n", false],
  ["[profile a]\nregion = 'x'\n", true],
  ["[profile a]\nregion = x # y\n", true],
  ["[profile a]\nregion: x\n", true],
  ["[profile a]\nRegion = x\n", true],
  ["[profile a]\nregion = é\n", true],
  ["[profile a]\nregion = x\nregion = y\n", true],
  ["[profile a]\ns3 =\n  a = b\n", true],
  ["[profile 'a']\nregion = x\n", true],
  ["[profile a] # c\nregion = x\n", true],
  ["[profile a]\nregion = x\ry\n", true],
  ["region = x\n", true],
])("%j holds something that tools may read differently: %s", (text, odd) => {
  const { sections } = parse(text);
  assert.equal(sections.length, 1);
  assert.equal(sections.isPlain(0), !odd);
});

describe("the cost grows with the text", () => {
  const FLOOR_MS = 40; // Below it, a clock and a garbage collector say more than the parser does.
  test.each<[string, string]>([
    ["ordinary profiles", PROFILE],
    ["open brackets", "[\n"],
    ["blank lines", "\n"],
    ["a setting again and again", "a = b\n"],
    ["nested lines", "s3 =\n  a = b\n"],
    ["equals signs on one line", "="],
    ["blanks on one line", " "],
    ["quotes on one line", '"'],
    ["closing brackets on one line", "[]"],
  ])("ten times as many %s take about ten times as long", (_, piece) => {
    const small = piece.repeat(200_000 / piece.length);
    const large = small.repeat(10);
    const most =
      15 *
      Math.max(
        FLOOR_MS,
        cost(() => parse(small), FLOOR_MS),
      );
    assert.isBelow(
      cost(() => parse(large), most - 1),
      most,
    );
  });

  test.each<[string, string]>([
    ["a million lines of '['", "[\n".repeat(1_000_000)],
    ["a line of 5 MB", `a = ${"b".repeat(5_000_000)}`],
    ["a header of 5 MB", `[${"b".repeat(5_000_000)}]`],
    ["a million '='", "=".repeat(1_000_000)],
    ["a million lines of '='", "=\n".repeat(1_000_000)],
    ["a million blanks in a value", `a = b${" ".repeat(1_000_000)}'`],
    ["a million carriage returns", "\r".repeat(1_000_000)],
    ["a section of a million settings", `[a]\n${"a = b\n".repeat(1_000_000)}`],
  ])("%s: under three seconds", (_, text) =>
    assert.isBelow(
      cost(() => parse(text), 2000),
      3000,
    ),
  );

  const GIGABYTE = 1024 ** 3;
  const hasMemory = freemem() > 2 * GIGABYTE;
  if (!hasMemory) console.warn("SKIPPED: 100 MB of text, for less than 2 GB of memory are free");
  test.skipIf(!hasMemory)("100 MB of text: under five seconds", () => {
    const text = PROFILE.repeat(Math.ceil(100_000_000 / PROFILE.length));
    const took = cost(() => assert.equal(parse(text).sections.length, text.length / PROFILE.length), 4000);
    assert.isBelow(took, 5000);
  });
});

describe("a line is read alike, whatever stood above it", () => {
  /** Where the parts of a line are, from its start on. */
  const partsOf = ({ lines, names }: ReturnType<typeof parse>, line: number) => ({
    kind: lines.kind(line),
    isOdd: lines.isOdd(line),
    name: lines.isPlainSetting(line) ? names.all[lines.name(line)] : undefined,
    cuts: [lines.nameEnd(line), lines.valueStart(line), lines.valueEnd(line)].map((at) => at - lines.start(line)),
    lengthOfEnd: lines.lengthOfEnd(line),
  });
  const textOf = (text: string, { lines }: ReturnType<typeof parse>, line: number): string =>
    text.slice(lines.start(line), line + 1 < lines.length ? lines.start(line + 1) : text.length);

  test("in 2000 generated files, and what is marked as repeated is", () => {
    let repeated = 0;
    for (const { config } of generatedFiles(7, 2000)) {
      // Once more, so that every line has a like.
      const text = decode(config).text.repeat(2);
      const parsed = parse(text);
      const last = new Map<number, string>();
      for (let line = 0; line < parsed.lines.length; line++) {
        if (!parsed.lines.isPlainSetting(line)) continue;
        const own = textOf(text, parsed, line);
        expect(partsOf(parsed, line), JSON.stringify(text)).toEqual(partsOf(parse(own), 0));
        const name = parsed.lines.name(line);
        if (parsed.lines.isRepeated(line)) {
          expect(own, JSON.stringify(text)).toBe(last.get(name));
          repeated++;
        }
        last.set(name, own);
      }
    }
    expect(repeated).toBeGreaterThan(1000);
  });

  test("where a profile says what the one above it says", () => {
    const parsed = parse("[a]\nx = 1\ny = 2\n\n[b]\nx = 1\ny = 3\n[c]\nx = 1\ny = 3\n[d]\nx = 1 \n");
    const repeated = Array.from({ length: parsed.lines.length }, (_, line) => line).filter((line) =>
      parsed.lines.isRepeated(line),
    );
    expect(repeated).toEqual([5, 8, 9]);
  });
});

describe("the cost of a reading grows with the text", () => {
  /** Sections that every tool can read, and none without looking at each line. */
  const sections = (count: number): Uint8Array =>
    utf8(
      Array.from(
        { length: count },
        (_, n) => `[profile p${n}] # c\nregion = x # y\ns3 =\n  a = b\n\nrole_arn = 'a' %\nmfa_serial = é\n`,
      ).join(""),
    );
  const NOTHING = readDocument("/credentials", "credentials", sections(0));
  const readAll = (tool: Tool, bytes: Uint8Array): void =>
    assert.isAbove(read(tool, readDocument("/config", "config", bytes), NOTHING).profiles.size, 0);
  const [small, large] = [sections(1500), sections(15_000)];
  const SLACK_MS = 100; // A garbage collector comes when it likes.
  const ROUNDS = 10;

  // A busy machine makes one measurement long or another; what grows too fast does so in every round.
  test.each(TOOLS)("%s: ten times as many bytes take at most twelve times as long", (tool) => {
    readAll(tool, large);
    let excess = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS && excess > 0; round++) {
      const most = 12 * cost(() => readAll(tool, small)) + SLACK_MS;
      excess = cost(() => readAll(tool, large), most) - most;
    }
    assert.isAtMost(excess, 0, "milliseconds too many in the last of all rounds");
  });
});

test("names that were chosen to crowd one place of a hash table cost no more than others, and are read", () => {
  // "Aa" and "BB" have one hash in the usual way of counting, and so have all words made of them.
  const names = Array.from({ length: 2 ** 14 }, (_, number) =>
    number.toString(2).padStart(14, "0").replaceAll("0", "Aa").replaceAll("1", "BB"),
  );
  const text = names.map((name) => `[profile ${name}]\n${name.toLowerCase()} = x\n`).join("");
  const readIt = (): void => {
    const document = readDocument("/f", "config", new TextEncoder().encode(text));
    const reading = read("sdk", document, readDocument("/g", "credentials", new Uint8Array()));
    assert.equal(reading.profiles.size, names.length);
    for (const name of names) assert.equal(settings(reading.profiles.get(name)!).size, 1);
  };
  assert.isBelow(cost(readIt, 1000), 2000);
});
