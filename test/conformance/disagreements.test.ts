import { expect } from "vitest";
import { readDocument } from "../../src/awsconfig/document.ts";
import { check } from "../../src/doctor/check.ts";
import { seen } from "../../src/model/seen.ts";
import { TOOLS } from "../../src/model/tool.ts";
import { lookAtProfiles } from "../../src/probes/profiles.ts";
import { entryOf } from "../fixtures.ts";
import { rules } from "../loaded.ts";
import { holds, vectors } from "./data.ts";

type Settings = Readonly<Record<string, unknown>>;

interface Reading {
  readonly error?: string;
  readonly profiles?: Readonly<Record<string, Settings>>;
  readonly ssoSessions?: Readonly<Record<string, Settings>>;
}

interface Construct {
  readonly id: string;
  readonly construct: string;
  readonly input: { readonly config?: string; readonly configBase64?: string; readonly credentials?: string };
  readonly readings: Readonly<Record<string, Reading | null | undefined>>;
}

/** The tools whose readings we know, as the data calls them. The two aws-vaults read no credentials file. */
const AWS = ["botocore", "rust_sdk"];
const AWS_VAULTS = ["go_ini_v1_aws_vault_99designs", "go_ini_v1_aws_vault_byteness"];

/** What a person can feel of a reading: no empty values and sections, and a block as its lines. */
function felt({ error, profiles = {}, ssoSessions = {} }: Reading): string {
  if (error !== undefined) return "refused";
  const all = [profiles, ssoSessions].map((sections) =>
    Object.entries(sections)
      .map(([name, settings]) => [name, Object.entries(settings).map(withoutForm).filter(isFelt).sort()] as const)
      .filter(([, settings]) => settings.length > 0)
      .sort(),
  );
  return JSON.stringify(all);
}

/** A block is a text, a list of lines or a table, as the tool has it. */
function withoutForm([name, value]: [string, unknown]): [string, string] {
  if (typeof value === "string") return [name, value.startsWith("\n") ? lines(value.trim().split("\n")) : value];
  const { nestedValues } = value as { nestedValues?: string[] };
  if (nestedValues !== undefined) return [name, lines(nestedValues)];
  return [name, lines(Object.entries(value as Settings).map(([part, text]) => `${part} = ${String(text)}`))];
}

const lines = (of: readonly string[]): string =>
  JSON.stringify(of.map((line) => line.split("=").map((part) => part.trim())).sort());

const isFelt = ([, value]: [string, string]): boolean => value !== "" && value !== "[]";

const disagree = ({ input, readings }: Construct): boolean => {
  const tools = input.credentials === undefined ? [...AWS, ...AWS_VAULTS] : AWS;
  return new Set(tools.map((tool) => felt(readings[tool] ?? {}))).size > 1;
};

/** The rules that say what tools read differently; the others judge what is read. */
const FAMILY: ReadonlySet<string> = new Set(
  (
    "capital-default-section colon-delimiter comment-mark-in-value config-missing-profile-prefix " +
    "credentials-has-profile-prefix default-profile-has-prefix dotted-profile-name duplicate-key duplicate-section " +
    "file-has-bom file-is-utf16 hash-in-start-url header-spelling indented-comment indented-header indented-property " +
    "inline-comment-in-value junk-after-section-header lone-carriage-return missing-section-header multi-line-value " +
    "nested-block-not-indented percent-interpolation profile-header-without-name profile-name-bad-characters " +
    "profile-name-needs-quotes quoted-value unparsable-line unusual-blank uppercase-file-keys"
  ).split(" "),
);

/** The lines that some rule speaks of which reads the text of the files, all four tools asked. */
async function linesTold({ input }: Construct): Promise<Map<number, string[]>> {
  const bytes =
    input.configBase64 === undefined ? Buffer.from(input.config ?? "") : Buffer.from(input.configBase64, "base64");
  const config = seen(readDocument("config", "config", bytes));
  const credentials = seen(readDocument("credentials", "credentials", Buffer.from(input.credentials ?? "")));
  const scope = {
    config: undefined,
    credentials: undefined,
    filesOnly: true,
    tools: TOOLS,
    profile: undefined,
    consent: new Set<never>(),
  };
  const profiles = lookAtProfiles(scope, {}, { config, credentials });
  const facts = { config, credentials, profiles, environment: seen(new Map()), startup: seen([]) };
  const reading = rules.filter(({ id }) => FAMILY.has(id));
  const told = new Map<number, string[]>();
  for (const outcome of await check(reading.map(entryOf), facts, TOOLS)) {
    if (outcome.kind === "silent") continue;
    if (outcome.kind !== "ran") throw new Error(`${outcome.rule.id} ${outcome.kind}`);
    for (const { at } of outcome.findings) {
      if (at.kind !== "file") continue;
      const line = at.span?.line ?? 0;
      told.set(line, [...(told.get(line) ?? []), outcome.rule.id]);
    }
  }
  return told;
}

/** The line that the tools part at; where two do, the first. */
const LINES: Readonly<Record<number, string>> = {
  1: "d011 d012 d013 d014 d053 d055 d056 d058 d063 d064 d065 d066 d067 d068 d069 d070 d071 d072 d073 d074 d075 d076 d079 d080 d082 d084 d086 d093 d099 d120 d121 d124 d138 d142 d160 d162 d163 d164",
  2: "d001 d002 d003 d004 d005 d006 d007 d008 d018 d019 d020 d021 d024 d025 d026 d036 d037 d038 d043 d096 d111 d123 d125 d129 d130 d133 d152 d157 d158 d159 d165",
  3: "d016 d030 d045 d046 d047 d048 d049 d050 d051 d052 d054 d091 d097 d098 d106 d107 d115 d116 d118 d141",
  4: "d103 d112 d117",
  5: "d088",
};

const NOT_TOLD: Readonly<Record<string, string>> = {
  d043: "'aws region' is the name of no setting, so that nobody misses it",
  d142: "a session in the credentials file is one for no tool; the AWS CLI has a profile of that name, which nobody asks for",
};

/** What is told of a construct that the four tools read alike, and why all the same. */
const TOLD_ALL_THE_SAME: Readonly<Record<string, string>> = {
  ...because("all refuse the file", "d017 d041 d042 d081 d094 d095 d119 d155 d156"),
  ...because("all pass over the section", "d057 d059 d060 d062 d077 d078 d083 d139"),
  ...because("the AWS SDK for JavaScript reads it otherwise", "d044"),
  ...because("all take the remark for part of the value", "d105"),
  ...because("the two tools that read the file keep the quotes", "d153"),
};

function because(reason: string, ids: string): Record<string, string> {
  return Object.fromEntries(ids.split(" ").map((id) => [id, reason]));
}

const all = vectors<Construct[]>("parser-disagreements.json", []);
const lineOf = new Map(Object.entries(LINES).flatMap(([line, ids]) => ids.split(" ").map((id) => [id, Number(line)])));

holds(
  "disagreements told",
  all.filter(disagree),
  ({ id }) => id,
  async (one) => {
    const line = lineOf.get(one.id);
    expect(line, `which line of ${JSON.stringify(one.input)}?`).toBeDefined();
    expect([...(await linesTold(one)).keys()]).toContain(line);
  },
  NOT_TOLD,
);

holds(
  "what all read alike",
  all.filter((one) => !disagree(one)),
  ({ id }) => id,
  async (one) => {
    expect([...(await linesTold(one))], one.construct).toEqual([]);
  },
  TOLD_ALL_THE_SAME,
);
