import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** What a text says as JSON; undefined for what is none. An error of the parser would quote from the text. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same of a file; undefined also where there is none, or it cannot be read. */
export function jsonAt(path: string, most: number, { files }: System): unknown {
  const bytes = tried(() => (files.follow(path) === undefined ? undefined : files.read(path, most)));
  return bytes && jsonIn(new TextDecoder().decode(bytes));
}

/** The fields of an object, where all of them are there and say something. */
export function fieldsOf<Name extends string>(
  value: unknown,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> | undefined {
  const fields = new Map<string, unknown>(Object.entries(value ?? {}));
  const isWhole = names.every((name) => typeof fields.get(name) === "string" && fields.get(name) !== "");
  return isWhole ? (Object.fromEntries(fields) as Record<Name, string>) : undefined;
}
