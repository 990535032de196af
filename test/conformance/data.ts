import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

/**
 * Vectors of other projects and answers of real tools. They are not part of this repository: a folder beside the
 * checkout holds them, or the one that CONFORMANCE names. Without it these tests are skipped, and say so.
 */
const FOLDER = process.env["CONFORMANCE"] ?? join(import.meta.dirname, "..", "..", "..", "shared", "conformance");

export const isHere = existsSync(FOLDER);

export const folder = (...path: string[]): string => join(FOLDER, ...path);

/** A file of vectors; nothing when the folder is not there, so that tables made of it stay empty. */
export const vectors = <T>(path: string, none: T): T =>
  isHere ? (JSON.parse(readFileSync(folder(path), "utf8")) as T) : none;

/**
 * Runs one check a vector and prints how many pass, beside those that are known not to: `not` gives the reason by id,
 * and a vector listed there that passes is a failure too.
 */
export function holds<T>(
  what: string,
  all: readonly T[],
  idOf: (vector: T) => string,
  check: (vector: T) => void | Promise<void>,
  not: Readonly<Record<string, string>> = {},
): void {
  describe.skipIf(!isHere)(what, () => {
    let passed = 0;
    for (const vector of all) {
      const id = idOf(vector);
      const reason = not[id];
      test(reason === undefined ? id : `${id} (not ours: ${reason})`, async () => {
        if (reason === undefined) {
          await check(vector);
          passed++;
        } else {
          await expect(async () => check(vector), `${id} passes now: take it off the list`).rejects.toThrow();
        }
      });
    }
    test("every listed exception is a vector", () => {
      const ids = new Set(all.map(idOf));
      expect(Object.keys(not).filter((id) => !ids.has(id))).toEqual([]);
    });
    afterAll(() => {
      const excused = Object.keys(not).length;
      process.stdout.write(
        `${what}: ${passed} of ${all.length} pass${excused ? `, ${excused} listed with a reason` : ""}\n`,
      );
    });
  });
  if (isHere) return;
  process.stdout.write(
    `SKIPPED: ${what}: there is no conformance data beside the checkout, nor where CONFORMANCE points\n`,
  );
  test.skip(`${what}: no conformance data`, () => {});
}
