import { inspect } from "node:util";
import * as fc from "fast-check";
import { assert, describe, expect, test } from "vitest";
import { Document, readDocument } from "../src/awsconfig/document.ts";
import { decode } from "../src/awsconfig/encoding.ts";
import { DOT, dotted } from "../src/awsconfig/mask.ts";
import { parse } from "../src/awsconfig/parse.ts";
import { read, settings } from "../src/awsconfig/profiles.ts";
import type { Reading, Setting, Traits } from "../src/model/reading.ts";
import { TOOLS } from "../src/model/tool.ts";

// AWS's documented example keys, and the secret one without its slashes: no shape gives that one away.
const LONG_TERM = "AKIAIOSFODNN7EXAMPLE";
const TEMPORARY = "ASIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const SHAPELESS = SECRET.replaceAll("/", "");

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const maskedDocument = (text: string): Document => readDocument("/config", "config", utf8(text));
const mask = (text: string): string => maskedDocument(text).text;
const nothing = maskedDocument("");

function unmaskedDocument(content: string): Document {
  const { text, encoding, hasBom } = decode(utf8(content));
  return new Document("/config", "config", encoding, hasBom, text, parse(text), new Map());
}

test.each<[string, string, string]>([
  ["a public value", "region = eu-west-1", "region = eu-west-1"],
  ["a public value in upper case", "REGION: eu-west-1", "REGION: eu-west-1"],
  ["a secret value", `aws_secret_access_key = ${SECRET}`, `aws_secret_access_key = ${DOT.repeat(40)}`],
  ["a misspelt secret", "aws_secret_acces_key=abc", "aws_secret_acces_key=···"],
  ["no value", "aws_secret_access_key =", "aws_secret_access_key ="],
  ["a quoted value with a blank", 'aws_session_token = "ab cd"', 'aws_session_token = "·· ··"'],
  ["what readings turn on", "zz = `a'b#c;d\\", "zz = `·'·#·;·\\"],
  ["a carriage return in a value", "zz = a\rb", "zz = ·\r·"],
  ["characters of two units", "zz = é😀x", "zz = ····"],
  ["an external id", "external_id = abc", "external_id = ···"],
  ["a URL that may hold a password", "endpoint_url = https://u:p@h", "endpoint_url = ·············"],
  ["a command", "credential_process = tool --flag abc", "credential_process = tool ······ ···"],
  [
    "what aws-vault is told",
    "credential_process = /opt/aws-vault --prompt=osascript exec dev-keys --json -d 1h -- sh -c abc",
    "credential_process = /opt/aws-vault --prompt=osascript exec dev-keys --json -d ·· ·· ·· ·· ···",
  ],
  [
    "and not what it is told beside that",
    "credential_process = aws-vault --mfa-token 123456 exec dev --json",
    "credential_process = aws-vault ··········· ······ ···· ··· --json",
  ],
  [
    "a flag that says how to answer",
    "credential_process = tool --user abc --verbose",
    "credential_process = tool ······ ··· --verbose",
  ],
  ["a command after a variable", "credential_process = TOKEN=abc tool", "credential_process = ········· ····"],
  ["a quoted command", 'mfa_process = "/my tool" abc', 'mfa_process = "/my ····" ···'],
  ["a remark after a public value", "region = x # abc", "region = x # ···"],
  ["a remark after a public value and a tab", "region = x\t;abc", "region = x\t;···"],
  [
    "a URL with a fragment",
    "sso_start_url = https://x.awsapps.com/start#/",
    "sso_start_url = https://x.awsapps.com/start#/",
  ],
  ["a secret key in a public value", `region = ${SECRET}`, `region = ${DOT.repeat(40)}`],
  ["a key id in a public value", `role_arn = ${LONG_TERM}`, `role_arn = ${DOT.repeat(20)}`],
  ["a remark", "# zz = abc", "# ·· · ···"],
  ["a remark without a blank", ";abc", ";···"],
  [
    "the reason of a suppression",
    "# aws-vault-doctor: ignore[a, b] until=2027-01-01 -- see ab",
    "# aws-vault-doctor: ignore[a, b] until=2027-01-01 -- ··· ··",
  ],
  ["a remark that only mentions the doctor", "# aws-vault-doctor: zz", "# ················· ··"],
  ["a remark after a header", "[profile a] # abc", "[profile a] # ···"],
  ["a header behind what only Python takes for a blank", "\x1c[profile a]", "\x1c[profile a]"],
  ["a setting named with brackets", "[] = abc", "[] = ···"],
  ["a key id as a header", `[${LONG_TERM}]`, `[${"_".repeat(20)}]`],
  ["a key id in a header", `[profile ${LONG_TERM}]`, `[profile ${"_".repeat(20)}]`],
  ["a remark with a bracket after a header", "[profile a] # [bc]", "[profile a] # ···]"],
  ["an indented suppression", "  # aws-vault-doctor: ignore-file[a] b", "  # aws-vault-doctor: ignore-file[a] ·"],
  ["a suppression until no date", "# aws-vault-doctor: ignore[a] until=ab", "# aws-vault-doctor: ignore[a] until=··"],
  ["an indented remark with an equals sign", "s3 =\n  # ab = cd", "s3 =\n  # ·· = ··"],
  ["names below a hidden value", "zz = a\n  Bc=d\n  region = x", "zz = ·\n  __=·\n  region = x"],
  ["names that differ", "é = a\nü: b\né = c", "· = ·\n¨: ·\n· = ·"],
  ["an equals sign after a colon", "zz: ab=cd", "zz: __=··"],
  [
    "a path with words",
    "ca_bundle = /Users/JohnSmith1/Library/Certificates/corporate-root-bundle.pem",
    "ca_bundle = /Users/JohnSmith1/Library/Certificates/corporate-root-bundle.pem",
  ],
  ["a line that nobody can read", "abc de", "··· ··"],
  ["a secret alone on its line", SECRET, DOT.repeat(40)],
  ["a secret alone on its line, with an equals sign", `${SECRET}=`, `${"_".repeat(40)}=`],
  ["both keys on one line", `${LONG_TERM}:${SECRET}`, `${"_".repeat(20)}:${DOT.repeat(40)}`],
  ["more of a value", "region = x\n  abc", "region = x\n  ···"],
  ["more of a value after a blank line", "region = x\n\n\tabc", "region = x\n\n\t···"],
  ["a block", "s3 =\n  max_queue_size = 1\n  zz = 2\n  zz", "s3 =\n  max_queue_size = 1\n  zz = ·\n  ··"],
  [
    "a secret in a block",
    "s3 =\n  endpoint_url = https://u:p@h\n  credential_process = tool abc\n  region = x # y",
    "s3 =\n  endpoint_url = ·············\n  credential_process = tool ···\n  region = x # ·",
  ],
])("%s: %j is shown as %j", (_, text, shown) => assert.equal(mask(text), shown));

test.each<[string, Partial<Traits>]>([
  [LONG_TERM, { looksLike: "long-term key", length: 20, example: true, blankInside: false, nonAscii: false }],
  [TEMPORARY, { looksLike: "temporary key", length: 20, example: true }],
  [SECRET, { looksLike: "secret key", length: 40, example: true, blankInside: false, nonAscii: false }],
  [`"${SECRET}"`, { looksLike: "secret key", length: 40 }],
  [`'${LONG_TERM}'`, { looksLike: "long-term key", length: 20 }],
  [`"${SECRET}`, { looksLike: "other", length: 41 }],
  [`${SECRET}=`, { looksLike: "other", example: false }],
  [LONG_TERM.toLowerCase(), { looksLike: "other", example: false }],
  [`${LONG_TERM}X`, { looksLike: "other" }],
  [SECRET.slice(0, 20), { looksLike: "other", example: false }],
  [`${SECRET.slice(0, 20)} ${SECRET.slice(20)}`, { looksLike: "other", blankInside: true, length: 41, example: true }],
  [`${LONG_TERM} # mine`, { looksLike: "other", blankInside: true }],
  ["a\tb", { blankInside: true }],
  ["pässword", { nonAscii: true, length: 8, looksLike: "other" }],
  [`${SECRET}\u200b`, { nonAscii: true, looksLike: "other" }],
  ["x", { length: 1, looksLike: "other", blankInside: false, nonAscii: false, example: false }],
])("%j is hidden, and known to be %o", (value, traits) => {
  expect(maskedDocument(`zz = ${value}`).setting(0)?.hidden).toMatchObject(traits);
});

test.each(["region = eu-west-1", "s3 =", "aws_secret_access_key ="])("nothing is hidden of %j", (line) => {
  assert.isUndefined(maskedDocument(line).setting(0)?.hidden);
});

/** Lines that may stand in any file, with the canary in all places but names. */
const LINES: readonly ((canary: string) => string)[] = [
  (canary) => `aws_secret_access_key = ${canary}`,
  (canary) => `aws_secret_access_key="${canary}"`,
  (canary) => `aws_session_token=${canary}`,
  (canary) => `zz_unknown = ${canary}`,
  (canary) => `AWS_SECRET_ACCESS_KEY: ${canary}`,
  (canary) => `external_id = ${canary} ${canary}`,
  (canary) => `# ${canary}`,
  (canary) => `;${canary}`,
  (canary) => `  # ${canary}`,
  (canary) => `# aws-vault-doctor: ignore[some-rule] -- ${canary}`,
  (canary) => `region = eu-west-1\n  ${canary}`,
  (canary) => `aws_session_token = ${canary}\n  ${canary}\n\n\t${canary}`,
  (canary) => `s3 =\n  zz_unknown = ${canary}\n  max_queue_size = 3 # ${canary}`,
  (canary) => `aws_secret_access_key =\n  ${canary}`,
  (canary) => canary,
  (canary) => `// ${canary}`,
  (canary) => `credential_process = /opt/tool --password ${canary}`,
  (canary) => `credential_process = PASSWORD=${canary} tool`,
  (canary) => `mfa_process = tool "${canary}"`,
  (canary) => `endpoint_url = https://user:${canary}@localhost`,
  (canary) => `region = eu-west-1 # ${canary}`,
  (canary) => `output = json\t; ${canary}`,
  (canary) => `external_id = \`${canary}\n${canary}\``,
  (canary) => `external_id = ${canary} \\`,
];
/** Where a secret is told by its shape alone. */
const SHAPED_LINES: readonly ((canary: string) => string)[] = [
  (canary) => `${canary}=`,
  (canary) => `region = ${canary}`,
  (canary) => `role_arn = x ${canary}`,
  (canary) => `${canary} = x`,
  (canary) => `credential_process = ${canary}`,
  (canary) => `[${canary}]`,
];
const PUBLIC_LINES = [
  "region = eu-west-1",
  "role_arn = arn:aws:iam::111122223333:role/admin",
  "mfa_serial = arn:aws:iam::111122223333:mfa/me",
  "sso_start_url = https://d-1234567890.awsapps.com/start#/",
  "source_profile = other",
  "s3 =\n  addressing_style = path",
  "",
];
const HEADERS = [
  "[default]",
  "[profile a]",
  "[profile b]",
  "[profile 'c d']",
  "[sso-session s]",
  "[services s]",
  "[x] # y",
];

interface Given {
  readonly canary: string;
  readonly lines: readonly string[];
  readonly end: string;
}
const files: fc.Arbitrary<Given> = fc.constantFrom(SECRET, LONG_TERM, TEMPORARY, SHAPELESS).chain((canary) => {
  const hiding = canary === SHAPELESS ? LINES : [...LINES, ...SHAPED_LINES];
  const line = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...hiding).map((write) => write(canary)) },
    { weight: 3, arbitrary: fc.constantFrom(...PUBLIC_LINES) },
    { weight: 2, arbitrary: fc.constantFrom(...HEADERS) },
    { weight: 1, arbitrary: fc.constant(`[profile r] # ${canary}`) },
  );
  return fc.record({
    canary: fc.constant(canary),
    lines: fc.array(line, { maxLength: 12 }),
    end: fc.constantFrom("\n", "\r\n"),
  });
});
const written = ({ lines, end }: Given): string => lines.join("\n").replaceAll("\n", end);

const holds = (property: (given: Given, text: string, document: Document) => void): void =>
  fc.assert(
    fc.property(files, (given) => {
      const text = written(given);
      property(given, text, maskedDocument(text));
    }),
    { numRuns: 400 },
  );

/** Eight characters of a key are more than chance would give, in any case of letters. */
function keepsSecret(output: string, canary: string): void {
  const lower = output.toLowerCase();
  for (let start = 0; start + 8 <= canary.length; start++)
    assert.notInclude(lower, canary.slice(start, start + 8).toLowerCase());
}

/** All that a curious program gets out of a document and what is read from it. */
function everythingOf(document: Document): string[] {
  const readings = TOOLS.map((tool) => read(tool, document, nothing));
  const all: Setting[] = readings.flatMap(({ profiles }) =>
    [...profiles.values()].flatMap((profile) => [...settings(profile).values()].map(({ setting }) => setting)),
  );
  for (let line = 0; line < document.lineCount; line++) all.push(document.setting(line) ?? document.oddSetting(line));
  const things: unknown[] = [document, document.sections, ...readings, ...all, ...all.map(({ nested }) => nested)];
  const options = {
    showHidden: true,
    depth: Infinity,
    maxStringLength: Infinity,
    maxArrayLength: Infinity,
    getters: true,
  };
  return things.flatMap((thing) => [JSON.stringify(thing) ?? "", inspect(thing, options), String(thing)]);
}

test("no secret gets into the text of a document", () => holds(({ canary }, _, { text }) => keepsSecret(text, canary)));

test("no secret gets out of a document, its settings or its readings", () =>
  holds(({ canary }, _, document) => keepsSecret(everythingOf(document).join("\n"), canary)));

test("the masked text has the length, the lines and the kinds of lines of the original", () =>
  holds((_, text, document) => {
    const { lines } = parse(text);
    assert.equal(document.text.length, text.length);
    assert.equal(document.lineCount, lines.length);
    for (let line = 0; line < lines.length; line++) {
      assert.equal(document.lines.start(line), lines.start(line));
      assert.equal(document.lines.end(line), lines.end(line));
      assert.equal(document.kind(line), lines.kind(line));
    }
    assert.equal(document.text.replace(/[^\s]/g, ""), text.replace(/[^\s]/g, ""), "the same blanks");
  }));

test("public values stay as they are", () =>
  holds((given, text, { text: shown }) => {
    let start = 0;
    for (const line of given.lines) {
      const length = line.replaceAll("\n", given.end).length;
      if (PUBLIC_LINES.includes(line))
        assert.equal(shown.slice(start, start + length), text.slice(start, start + length));
      start += length + given.end.length;
    }
  }));

/** What a reading is made of but for values; a name that is hidden, or is to be, counts as a question mark. */
function structure({ refused, profiles, ssoSessions, services }: Reading, canary: string): string {
  const shown = (name: string): string =>
    name.includes(DOT) || name.toLowerCase().includes(canary.toLowerCase().slice(1)) || name.endsWith("______")
      ? "?"
      : name;
  const names = (all: Iterable<Setting>): unknown[] =>
    [...all].map(({ name, nested }) => [shown(name), nested && [...nested.keys()].map(shown)]);
  const told = JSON.stringify({
    refused,
    profiles: [...profiles].map(([name, { layers }]) => [
      name,
      layers.map(({ kind, section }) => [kind, section.header, names(section.all())]),
    ]),
    others: [...ssoSessions, ...services].map(([name, section]) => [name, names(section.all())]),
  });
  return told
    .replaceAll(canary, "?")
    .replaceAll(canary.toLowerCase(), "?")
    .replaceAll(dotted(canary), "?")
    .replace(/\w?_{18,}/g, "?");
}

test.each(TOOLS)("%s reads the same structure from the masked text", (tool) =>
  holds(({ canary }, text, document) => {
    assert.equal(
      structure(read(tool, document, nothing), canary),
      structure(read(tool, unmaskedDocument(text), nothing), canary),
    );
  }),
);

describe("odd places", () => {
  test.each<[string, string, string]>([
    ["as a name in a block", SECRET, `[default]\naws_secret_access_key =\n  ${SECRET}=\n`],
    ["as a name in the first, indented line", SECRET, `[default]\n  ${SECRET}=\n`],
    ["as a name before a colon in a block", LONG_TERM, `[default]\ns3 =\n  ${LONG_TERM}: x\n`],
    ["at the end of a wrapped token", SHAPELESS, `[default]\naws_session_token = x\n${SHAPELESS}==\n`],
    [
      "after a carriage return in a public value",
      SHAPELESS,
      `[default]\nregion = x\raws_session_token = ${SHAPELESS}\r`,
    ],
    [
      "between brackets in a file of carriage returns",
      SHAPELESS,
      `[default]\raws_session_token = ${SHAPELESS}\r[profile b]\r`,
    ],
    ["in a suppression without a reason", SHAPELESS, `# aws-vault-doctor: ignore[some-rule] ${SHAPELESS}\n`],
    ["in a suppression without brackets", SHAPELESS, `# aws-vault-doctor: ignore ${SHAPELESS}\n`],
    [
      "in a suppression whose reason has a tab before it",
      SHAPELESS,
      `# aws-vault-doctor: ignore[r] --\t${SHAPELESS}\n`,
    ],
    [
      "as the password of a public URL",
      SHAPELESS,
      `[default]\nec2_metadata_service_endpoint = http://u:${SHAPELESS}@h\n`,
    ],
    ["in a remark right after a public value", SHAPELESS, `[default]\nregion = eu-west-1#${SHAPELESS}\n`],
    ["in a public value, after a slash", SECRET, `[default]\nregion = x/${SECRET}\n`],
    ["in a public value, pasted twice", SECRET, `[default]\nregion = ${SECRET}${SECRET}\n`],
    [
      "as the password of the URL that a command is",
      SHAPELESS,
      `[default]\ncredential_process = https://u:${SHAPELESS}@h\n`,
    ],
  ])("no secret shows %s", (_, canary, text) => keepsSecret(mask(text), canary));

  test.each<[string, string]>([
    ["an indented setting below a value", "[default]\nregion = x\n  output = json\n"],
    ["an indented header below a value", "[default]\nregion = x\n  [profile b]\noutput = json\n"],
    ["an indented header on the first line", "  [profile b]\noutput = json\n"],
    ["a header that is not closed", "[profile a\n"],
    ["a bracket in a name", "[default]\n[a = b\n"],
    ["two secrets alone on their lines", `[default]\n${SECRET}=\n${SECRET.replace("w", "x")}=\n`],
    ["a file of carriage returns", "[default]\rregion = x\r[profile b]\rregion = y\r"],
    ["an equals sign after a colon", `[default]\nzz:${SECRET} = cd\n`],
    ["a remark with an equals sign in a block", `[default]\ns3 =\n  # ${SECRET} = b\n  zz: ${SECRET}=d\n`],
    ["a setting after a carriage return in a hidden value", "[default]\nexternal_id = x\rregion = y\n"],
  ])("every tool reads the same structure from the masked text with %s", (_, text) => {
    for (const tool of TOOLS) {
      assert.equal(
        structure(read(tool, maskedDocument(text), nothing), SECRET),
        structure(read(tool, unmaskedDocument(text), nothing), SECRET),
      );
    }
  });

  test("the SDKs see a setting whose name is hidden", () => {
    const { profiles } = read("sdk", maskedDocument(`[default]\n${SECRET} = x\n`), nothing);
    assert.equal(settings(profiles.get("default")!).size, 1);
  });

  test("a setting of a file with lone carriage returns is known to be hidden, as the AWS CLI reads it", () => {
    const { profiles } = read(
      "cli",
      maskedDocument(`[default]\naws_secret_access_key = ${SECRET}\nregion = x\routput = y\n`),
      nothing,
    );
    assert.equal(settings(profiles.get("default")!).get("aws_secret_access_key")?.setting.hidden?.length, 40);
  });
});
