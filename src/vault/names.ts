/** Where aws-vault's file backend keeps its items, and what it calls their files. */

/** The folder that AWS_VAULT_FILE_DIR or `--file-dir` names, without a slash at its end; `""` is taken for unset. */
export function vaultFolder(told: string | undefined, home: string, folder: string): string {
  const path = told || "~/.awsvault/keys";
  if (path.startsWith("~/")) return withoutTrailingSlash(`${home}/${path.slice(2)}`);
  return withoutTrailingSlash(isAbsolute(path) ? path : `${folder}/${path}`);
}

const isAbsolute = (path: string): boolean => /^([a-z]:[\\/]|[\\/])/i.test(path);

const withoutTrailingSlash = (path: string): string => path.replace(/(?<=.)[\\/]+$/, "");

/** The name of the file that an item of this key is in. */
export const fileNameOf = (key: string): string => percentEncode(key, "/");

/** The key of the item in a file: any `%XX` is a byte, also where aws-vault would not have written one. */
export const keyOf = (fileName: string): string =>
  fileName.replace(ESCAPES, (escapes) => {
    const bytes = escapes.slice(1).split("%");
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });

const ESCAPES = /(?:%[0-9A-F]{2})+/gi;

/** Writes some characters, and `%` itself, as the bytes of their UTF-8. */
export const percentEncode = (text: string, characters: string): string =>
  Array.from(text, (character) =>
    character === "%" || characters.includes(character) ? percentBytes(character) : character,
  ).join("");

const percentBytes = (character: string): string =>
  Array.from(
    new TextEncoder().encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
