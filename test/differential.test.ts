import { externalDataInterceptor, loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";
import { describe, expect, test } from "vitest";
import type { Document } from "../src/awsconfig/document.ts";
import { IDENTIFIER } from "../src/awsconfig/manners.ts";
import { read } from "../src/awsconfig/profiles.ts";
import { askBotocore, hasBotocore } from "./botocore.ts";
import { type Generated, generatedFiles } from "./generated.ts";
import { plainDocument, type Sections, type Told, toldBy, type Values } from "./told.ts";

/** Another 10,000 cases: `CASES=10000 SEED=2 npx vitest run test/differential.test.ts` */
const CASES = Number(process.env["CASES"] ?? 500);
const CASES_IN_JAVASCRIPT = Math.max(CASES, 5000); // Without another process, they cost next to nothing.
const SEED = Number(process.env["SEED"] ?? 1);

const shown = (bytes: Uint8Array): string =>
  JSON.stringify(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));

/** Fails with the first few differences, as files that can be tried by hand. */
function nothingDiffers(differences: readonly string[], of: number): void {
  expect(`${differences.length} of ${of} differ\n${differences.slice(0, 5).join("\n")}`).toBe(`0 of ${of} differ\n`);
}

describe.skipIf(!hasBotocore)("the AWS CLI", () => {
  test(`reads ${CASES} generated pairs of files as botocore does`, { timeout: 600_000 }, () => {
    const cases = [...generatedFiles(SEED, CASES)];
    const answers = askBotocore(cases);
    const differences = cases.flatMap((files, i) => differenceFrom(answers[i]!, files));
    nothingDiffers(differences, cases.length);
    const readable = answers.filter((answer) => answer !== null).length;
    process.stdout.write(`botocore: ${cases.length} pairs of files, ${readable} of them not refused\n`);
  });
});

function differenceFrom(theirs: Told | null, files: Generated): string[] {
  const ours = toldBy("cli", {
    config: plainDocument("config", files.config),
    credentials: plainDocument("credentials", files.credentials),
  });
  if (sorted(ours ?? null) === sorted(theirs)) return [];
  return [
    `${shown(files.config)} ${shown(files.credentials)}\n  theirs ${sorted(theirs)}\n  ours   ${sorted(ours ?? null)}`,
  ];
}

/** JSON that does not depend on the order of names. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/**
 * What the JavaScript SDK is known to read otherwise than the cross-SDK specification, line by line. Lines of which one of
 * these is true are taken out; the two must read alike what is left.
 */
const OTHERWISE_IN_JAVASCRIPT: Readonly<Record<string, (line: Line) => boolean>> = {
  // It refuses nothing: what the specification refuses, it passes over or makes something of.
  "a line that is refused": ({ isRefused }) => isRefused,
  // It divides and trims at whatever JavaScript calls a blank; the specification knows the space and the tab.
  "a blank that is neither space nor tab": ({ text }) => /[^\S \t]|[\u0085]/.test(text),
  // To it every line is a setting of its own, however far in it stands.
  "more of the value above": ({ continues }) => continues === "a value",
  // A block is read like settings, with remarks cut off, any name, and no place for a name without a value.
  "a line of a block with a remark, an odd name or no value": ({ continues, text }) =>
    continues === "a block" && (/\s[#;]/.test(text) || !/^\s+[A-Za-z0-9_\-./%@:+]+\s*=\s*\S/.test(text)),
  // `[profile a];` is no header to it, for there is no blank before the remark.
  "a remark right behind a header": ({ text }) => /^\[[^#;]*\][#;]/.test(text),
  // One blank, quotes that fall away, and whatever stands in a header of another form, as it is.
  "a header with other blanks, or with other letters than names have": ({ header }) =>
    header !== undefined && !/^(?:[\w-]+ )?[A-Za-z0-9_\-./%@:+]+$/.test(header),
  // It joins prefix and name by a dot, and then takes what is written so for the same.
  "a header that has its prefix before a dot": ({ header, file }) =>
    file === "config" && /^(?:profile|sso-session|services)\./.test(header ?? ""),
  // It keeps sections with prefixes in the credentials file, too.
  "a prefix in the credentials file": ({ header, file }) => file === "credentials" && / /.test(header ?? ""),
  // It throws, and then takes the whole file for empty.
  "the name of every object's prototype": ({ header }) => /^(?:profile )?__proto__$/.test(header ?? ""),
  // It takes any name, as it is written: two spellings are two settings.
  "a name that is no identifier, or not in small letters": ({ name }) =>
    name !== undefined && (!IDENTIFIER.test(name) || name !== name.toLowerCase() || name === "__proto__"),
  // It forgets settings without a value, so that an earlier one of the same name stays; and it is no section that has no other.
  "a setting without a value, and without a block": ({ isEmpty }) => isEmpty,
  // The names in two blocks of one name add up, and so do a block and a value.
  "a second block": ({ isSecondBlock }) => isSecondBlock,
  "a [profile default] of nothing": ({ header, isLastOfSection }) => header === "profile default" && isLastOfSection,
};

interface Line {
  readonly file: "config" | "credentials";
  readonly text: string;
  /** What stands between the brackets of a header. */
  readonly header: string | undefined;
  /** Of a setting that does not continue another. */
  readonly name: string | undefined;
  readonly continues: "a value" | "a block" | undefined;
  readonly isRefused: boolean;
  readonly isEmpty: boolean;
  readonly isSecondBlock: boolean;
  readonly isLastOfSection: boolean;
}

/** The lines of a file as the specification sees them. */
function linesOf(file: "config" | "credentials", texts: readonly string[]): Line[] {
  const refused = refusedLine(file, texts);
  const blocks = new Map<string, boolean>();
  let section = "";
  let open: "a value" | "a block" | undefined;
  return texts.map((text, i) => {
    const isPassedOver = /^(?:[ \t]*$|[#;])/.test(text);
    const continues = /^[ \t]/.test(text) && !isPassedOver ? open : undefined;
    const header = /^\[([^#;]*)\]/.exec(text)?.[1];
    const isSetting = !isPassedOver && header === undefined && !/^[ \t]/.test(text);
    const [name, value] = isSetting ? cut(text) : [];
    const next = texts.slice(i + 1).find((below) => !/^(?:[ \t]*$|[#;])/.test(below));
    if (header !== undefined) {
      section = header;
      open = undefined;
    } else if (isSetting) open = value === "" ? "a block" : "a value";
    const earlier = blocks.get(`${section} ${name}`);
    if (isSetting) blocks.set(`${section} ${name}`, earlier === true || value === "");
    return {
      file,
      text,
      header,
      name,
      continues,
      isRefused: i === refused,
      isEmpty: value === "" && !/^[ \t]/.test(next ?? ""),
      isSecondBlock: earlier === true || (earlier === false && value === ""),
      isLastOfSection: next === undefined || next.startsWith("["),
    };
  });
}

function cut(text: string): [string, string] {
  const bare = text.replace(/[ \t][#;].*$/, "");
  const equals = bare.indexOf("=");
  return [bare.slice(0, equals).trim(), bare.slice(equals + 1).trim()];
}

function refusedLine(file: "config" | "credentials", texts: readonly string[]): number | undefined {
  const { refused } = read("sdk", ...both(file, texts.join("\n")));
  return refused.length === 0 ? undefined : (refused[0]!.at.span?.line ?? 1) - 1;
}

const both = (file: "config" | "credentials", text: string): [Document, Document] => [
  plainDocument("config", file === "config" ? text : ""),
  plainDocument("credentials", file === "credentials" ? text : ""),
];

/** Without the lines that are known to be read otherwise. One line taken out may make another one odd. */
function readAlike(file: "config" | "credentials", text: string, met: Map<string, number>): string {
  const texts = text.split(/\r?\n/);
  for (;;) {
    const lines = linesOf(file, texts);
    const at = lines.findIndex((line) => Object.values(OTHERWISE_IN_JAVASCRIPT).some((isRead) => isRead(line)));
    if (at < 0) return texts.join("\n");
    for (const [what, isRead] of Object.entries(OTHERWISE_IN_JAVASCRIPT))
      if (isRead(lines[at]!)) met.set(what, (met.get(what) ?? 0) + 1);
    texts.splice(at, 1);
  }
}

/** Our reading in the words of the JavaScript SDK: blocks as `s3.name`, nothing that has no value. */
function inJavaScript({ profiles, ssoSessions, services }: Told): Sections {
  const all = [
    ...Object.entries(profiles),
    ...Object.entries(ssoSessions).map(([name, values]) => [`sso-session.${name}`, values] as const),
    ...Object.entries(services).map(([name, values]) => [`services.${name}`, values] as const),
  ];
  const flat = all.map(([name, values]): [string, Values] => [
    name,
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]): [string, unknown][] =>
        typeof value === "string"
          ? [[key, value]]
          : Object.entries(value as Values).map(([inner, innerValue]) => [`${key}.${inner}`, innerValue]),
      ),
    ),
  ]);
  return Object.fromEntries(flat.filter(([, values]) => Object.keys(values).length > 0));
}

test(`the SDKs read ${CASES_IN_JAVASCRIPT} generated pairs of files as @smithy/shared-ini-file-loader does, but for what is known`, {
  timeout: 600_000,
}, async () => {
  const met = new Map<string, number>();
  const differences: string[] = [];
  let [lines, left] = [0, 0];
  for (const files of generatedFiles(SEED, CASES_IN_JAVASCRIPT)) {
    for (const file of ["config", "credentials"] as const) {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files[file]);
      // The specification has no place for a byte order mark, nor for what is not UTF-8: it knows no such files.
      if (/^\ufeff|\ufffd/.test(text)) continue;
      const alike = readAlike(file, text, met);
      lines += text.split("\n").length;
      left += alike.split("\n").length;
      externalDataInterceptor.interceptFile("/config", file === "config" ? alike : "");
      externalDataInterceptor.interceptFile("/credentials", file === "credentials" ? alike : "");
      const loaded = await loadSharedConfigFiles({ configFilepath: "/config", filepath: "/credentials" });
      const theirs = sorted(file === "config" ? loaded.configFile : loaded.credentialsFile);
      const [config, credentials] = both(file, alike);
      const ours = sorted(inJavaScript(toldBy("sdk", { config, credentials })!));
      if (ours !== theirs) differences.push(`${file} ${JSON.stringify(alike)}\n  theirs ${theirs}\n  ours   ${ours}`);
    }
  }
  nothingDiffers(differences, CASES_IN_JAVASCRIPT);
  // A list of excuses must not outlive what it excuses. The rarest needs a few thousand files to turn up.
  if (CASES_IN_JAVASCRIPT >= 10_000)
    expect([...met.keys()].toSorted()).toEqual(Object.keys(OTHERWISE_IN_JAVASCRIPT).toSorted());
  process.stdout.write(`@smithy: ${CASES_IN_JAVASCRIPT} pairs of files, ${left} of ${lines} lines compared\n`);
});
