import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { expectFile, FIXTURES } from "./fixtures.ts";
import { replay } from "./transcripts.ts";

const FOLDER = join(FIXTURES, "commands");

/** The stand-in for AWS, and the library that signs what it gets, go by the same clock as the machines. */
beforeAll(() => vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-15T12:00:00Z") }));
afterAll(() => vi.useRealTimers());

describe("transcripts", () => {
  test.each(readdirSync(FOLDER).filter((name) => name.endsWith(".txt")))("%s", async (name) => {
    const path = join(FOLDER, name);
    const told = await replay(readFileSync(path, "utf8"));
    expect(told, "a transcript of our own mistake is none").not.toContain("[exit 70]");
    expectFile(path, told);
  });
});
