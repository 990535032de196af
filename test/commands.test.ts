import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectFile, FIXTURES } from "./fixtures.ts";
import { replay } from "./transcripts.ts";

const FOLDER = join(FIXTURES, "commands");

describe("transcripts", () => {
  test.each(readdirSync(FOLDER).filter((name) => name.endsWith(".txt")))("%s", async (name) => {
    const path = join(FOLDER, name);
    const told = await replay(readFileSync(path, "utf8"));
    expect(told, "a transcript of our own mistake is none").not.toContain("[exit 70]");
    expectFile(path, told);
  });
});
