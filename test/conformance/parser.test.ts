import { expect } from "vitest";
import { IDENTIFIER, MANNERS } from "../../src/awsconfig/manners.ts";
import { readFile } from "../../src/awsconfig/read.ts";
import { isAwsVault, type Tool } from "../../src/model/tool.ts";
import { type Files, plainDocument, type Sections, toldBy, type Values, valuesOf } from "../told.ts";
import { holds, vectors } from "./data.ts";

/** What a vector expects, or what was measured; nothing is known of what is not there. */
interface Told {
  readonly profiles?: Sections;
  readonly ssoSessions?: Sections;
  readonly services?: Sections;
  readonly sections?: Sections;
  readonly subProperties?: Readonly<Record<string, Readonly<Record<string, Sections>>>>;
  readonly error?: string;
  readonly errorContaining?: string;
}

interface Vector {
  readonly id: string;
  readonly name: string;
  readonly type: "config" | "credentials" | "config+credentials" | "sections";
  readonly input: string;
  readonly credentials?: string;
  readonly expect: Told;
  readonly match: "exact" | "subset";
  readonly dialect: string;
  readonly source: string;
  readonly alsoIn?: readonly { readonly origin: string; readonly name: string }[];
}

interface Measured {
  readonly origin: string;
  readonly name: string;
  readonly verdicts: Readonly<Record<string, string | null>>;
  readonly readings?: Readonly<Record<string, Told>>;
}

interface Disagreement {
  readonly id: string;
  readonly input: { readonly config?: string; readonly credentials?: string; readonly configBase64?: string };
  readonly readings: Readonly<Record<string, Told>>;
}

const VECTORS = vectors<readonly Vector[]>("parser-vectors.json", []);
const MEASURED = vectors<readonly Measured[]>("parser-vectors-peers.json", []);
const DISAGREEMENTS = vectors<readonly Disagreement[]>("parser-disagreements.json", []);

function filesOf({ type, input, credentials = "" }: Vector): Files {
  const isConfig = type === "config" || type === "config+credentials";
  return {
    config: plainDocument("config", isConfig ? input : ""),
    credentials: plainDocument("credentials", isConfig ? credentials : input),
  };
}

/** One form for the many that the tools give their readings in. */
const comparable = (sections: Sections, names: RegExp): Sections =>
  Object.fromEntries(
    Object.entries(sections).map(([name, values]) => [
      name,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key.toLowerCase(), comparableValue(value, names)]),
      ),
    ]),
  );

function comparableValue(value: unknown, names: RegExp): unknown {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.startsWith("\n") ? block(value.split("\n"), names) : value;
  const { nestedValues, ...others } = value as { nestedValues?: readonly string[] };
  if (nestedValues !== undefined) return block(nestedValues, names);
  return Object.fromEntries(Object.entries(others).map(([key, inner]) => [key.toLowerCase(), inner]));
}

const block = (lines: readonly string[], names: RegExp): Values =>
  Object.fromEntries(
    lines
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")).trim().toLowerCase(), line.slice(line.indexOf("=") + 1).trim()])
      .filter(([name]) => names.test(name!)),
  );

const ANY = /(?:)/;
const KINDS = ["profiles", "ssoSessions", "services"] as const;

function agrees(tool: Tool, files: Files, told: Told, match: "exact" | "subset"): void {
  const ours = toldBy(tool, files);
  if (told.error !== undefined || told.errorContaining !== undefined) {
    expect(ours, "the tool refuses this").toBeUndefined();
    return;
  }
  expect(ours, "the tool reads this").toBeDefined();
  const names = tool === "sdk" ? IDENTIFIER : ANY;
  // The aws-vaults read no services, and nothing was measured of them.
  const kinds = isAwsVault(tool) ? KINDS.filter((kind) => kind !== "services") : KINDS;
  for (const kind of kinds) {
    const expected = told[kind];
    if (expected === undefined) continue;
    const seen = comparable(ours![kind], names);
    if (match === "exact") expect(seen).toEqual(comparable(expected, names));
    else expect(seen).toMatchObject(comparable(expected, names));
  }
  for (const kind of kinds)
    for (const [name, blocks] of Object.entries(told.subProperties?.[kind] ?? {}))
      for (const [key, inner] of Object.entries(blocks)) expect(ours![kind][name]?.[key]).toEqual(inner);
}

/** Only the layer below profiles is judged: sections with their headers. */
function agreesOnSections(tool: Tool, { input, match }: Vector, told: Told): void {
  const { refused, sections } = readFile(plainDocument("credentials", input), MANNERS[tool]);
  if (told.sections === undefined) {
    expect(refused, "the tool refuses this").toBeDefined();
    return;
  }
  expect(refused, "the tool reads this").toBeUndefined();
  const seen = flat(comparable(Object.fromEntries(sections.map((one) => [one.header, valuesOf(one)])), ANY));
  if (match === "exact") expect(seen).toEqual(flat(comparable(told.sections, ANY)));
  else expect(seen).toMatchObject(flat(comparable(told.sections, ANY)));
}

/** The JavaScript SDK writes `s3.name` for a name in a block. */
const flat = (sections: Sections): Sections =>
  Object.fromEntries(
    Object.entries(sections).map(([name, values]) => [
      name,
      Object.fromEntries(
        Object.entries(values).flatMap(([key, value]) =>
          typeof value === "object"
            ? Object.entries(value as Values).map(([inner, one]) => [`${key}.${inner}`, one])
            : [[key, value]],
        ),
      ),
    ]),
  );

holds(
  "the cross-SDK specification, as the SDKs read",
  VECTORS.filter(({ dialect }) => dialect === "sdk-spec"),
  ({ id, name }) => `${id} ${name}`,
  (vector) => agrees("sdk", filesOf(vector), vector.expect, vector.match),
);

const ORIGINS: Readonly<Record<string, string>> = {
  "99designs/aws-vault": "aws-vault-99designs",
  "ByteNess/aws-vault": "aws-vault-byteness",
};
const originOf = ({ source }: Vector): string => {
  const repository = source.split(":")[0]!;
  return ORIGINS[repository] ?? repository.split("/")[1]!;
};

/** Each row of measurements with its vector. Two vectors of one name stand in the same order in both files. */
function measurements(): readonly { readonly id: string; readonly row: Measured; readonly vector: Vector }[] {
  const byName = new Map<string, Vector[]>();
  for (const vector of VECTORS)
    for (const { origin, name } of [{ origin: originOf(vector), name: vector.name }, ...(vector.alsoIn ?? [])])
      byName.set(`${origin}: ${name}`, [...(byName.get(`${origin}: ${name}`) ?? []), vector]);
  return MEASURED.map((row) => {
    const id = `${row.origin}: ${row.name}`;
    const all = byName.get(id)!;
    const vector = all.length > 1 ? all.shift()! : all[0]!;
    return { id: `${vector.id} ${id}`, row, vector };
  });
}

const PEERS: readonly (readonly [Tool, string, string])[] = [
  ["cli", "botocore", "botocore"],
  ["sdk", "rust_sdk", "rust_sdk"],
  ["aws-vault-99designs", "aws_vault_99designs", "go_ini_v1_aws_vault_99designs"],
  ["aws-vault-byteness", "aws_vault_byteness", "go_ini_v1_aws_vault_byteness"],
];

const ROWS = measurements();
for (const [tool, peer] of PEERS) {
  holds(
    `parser vectors, as ${peer} was measured to read them`,
    ROWS.filter(({ row }) => row.verdicts[peer] !== null),
    ({ id }) => id,
    ({ row, vector }) => {
      const reading = row.readings?.[peer];
      const match = reading === undefined ? vector.match : "exact";
      if (vector.type === "sections") agreesOnSections(tool, { ...vector, match }, reading ?? vector.expect);
      else agrees(tool, filesOf(vector), reading ?? { ...vector.expect, subProperties: {} }, match);
    },
  );
}

for (const [tool, , peer] of PEERS) {
  holds(
    `disagreements, as ${peer} reads them`,
    DISAGREEMENTS.filter(({ readings }) => readings[peer] !== undefined),
    ({ id }) => id,
    ({ input, readings }) => {
      const bytes = input.configBase64 === undefined ? undefined : Buffer.from(input.configBase64, "base64");
      const files = {
        config: plainDocument("config", bytes ?? input.config ?? ""),
        credentials: plainDocument("credentials", input.credentials ?? ""),
      };
      agrees(tool, files, readings[peer]!, "exact");
    },
    isAwsVault(tool)
      ? { d055: "aws-vault lists [profile default] by name, and then finds no profile of that name" }
      : {},
  );
}
