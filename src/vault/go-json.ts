import { Secret } from "../secret.ts";

/** JSON as Go's encoding/json writes and reads it, for that is what aws-vault does with its items. */

/** JSON that is not as Go would read it. The message quotes nothing of it. */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

/** A string, with the escapes that Go makes beyond those of JavaScript, and without halves of surrogate pairs. */
export function goString(text: string): string {
  const wellFormed = new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
  return JSON.stringify(wellFormed).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

type Kind = "text" | "truth" | "number" | "object";
interface Types {
  readonly text: string;
  readonly truth: boolean;
  readonly number: number;
  /** As JSON gave it; undefined when it is absent or null. */
  readonly object: object | undefined;
}
type Fields<Wanted extends Readonly<Record<string, Kind>>> = { readonly [Name in keyof Wanted]: Types[Wanted[Name]] };

const EMPTY: Types = { text: "", truth: false, number: 0, object: undefined };

/**
 * The fields of an object: names in any case, the last of a name counts, what is absent or null is empty, what nobody asks
 * for is passed over. Throws a JsonError for a value of another kind.
 */
export function fieldsOf<Wanted extends Readonly<Record<string, Kind>>>(
  json: Secret | object,
  wanted: Wanted,
): Fields<Wanted> {
  const names = new Map(Object.keys(wanted).map((name) => [name.toLowerCase(), name]));
  const fields: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(wanted)) fields[name] = EMPTY[kind];
  for (const [given, value] of Object.entries(json instanceof Secret ? parseObject(json) : json)) {
    const name = names.get(given.toLowerCase());
    if (name === undefined || value === null) continue;
    if (!isOfKind(value, wanted[name]!)) throw new JsonError(`its '${name}' is not of the right kind`);
    fields[name] = value;
  }
  return fields as Fields<Wanted>;
}

function parseObject(json: Secret): object {
  let value: unknown;
  try {
    value = JSON.parse(json.reveal());
  } catch {
    throw new JsonError("it is not JSON"); // The parser's own message quotes from the text.
  }
  if (!isOfKind(value, "object")) throw new JsonError("it is no JSON object");
  return value as object;
}

const TYPE_OF: Readonly<Record<Exclude<Kind, "object">, string>> = {
  text: "string",
  truth: "boolean",
  number: "number",
};

const isOfKind = (value: unknown, kind: Kind): boolean =>
  kind === "object"
    ? typeof value === "object" && value !== null && !Array.isArray(value)
    : typeof value === TYPE_OF[kind];

/** A time as Go puts it into JSON: as many digits of the second as there are. */
export const formatTime = (time: Date): string => time.toISOString().replace(/\.?0*Z$/, "Z");

/** The RFC 3339 that Go reads: a day, `T`, a clock with seconds, and a zone. Throws a JsonError for anything else. */
export function parseTime(text: string): Date {
  const [, seconds, fraction = "", zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([.,]\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const iso = `${seconds}${fraction.replace(",", ".").slice(0, 4)}${zone}`;
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) throw new JsonError("it has a time that is none");
  return time;
}
