import fs, {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, assert, describe, expect, test, vi } from "vitest";
import { thisMachine } from "../src/system/node.ts";
import { FileTrouble } from "../src/system/system.ts";

const system = thisMachine("/");
const { files } = system;
const folder = mkdtempSync(join(tmpdir(), "avd-writing-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

const at = (name: string): string => join(folder, name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (name: string): string => readFileSync(at(name), "utf8");
const onWindows = process.platform === "win32";

describe("a file is replaced", () => {
  test("with the mode that is asked for, whatever there was", () => {
    files.replace(at("new"), bytes("one"), 0o600);
    chmodSync(at("new"), 0o644);
    files.replace(at("new"), bytes("two"), 0o640);
    assert.equal(text("new"), "two");
    if (!onWindows) assert.equal(statSync(at("new")).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder), ["new"]);
  });

  test.skipIf(onWindows)("and not what a link leads to, nor its other names", () => {
    writeFileSync(at("target"), "kept");
    symlinkSync("target", at("link"));
    linkSync(at("target"), at("twin"));
    files.replace(at("link"), bytes("new"), 0o600);
    files.replace(at("twin"), bytes("new"), 0o600);
    assert.equal(text("target"), "kept");
    assert.isFalse(lstatSync(at("link")).isSymbolicLink());
    assert.deepEqual([text("link"), text("twin")], ["new", "new"]);
  });

  test("by nothing when a folder stands there", () => {
    mkdirSync(at("folder"));
    expect(() => files.replace(at("folder"), bytes("x"), 0o600)).toThrow(FileTrouble);
    assert.deepEqual(readdirSync(folder), ["folder"]);
  });

  // The file as others see it, with the program dying before each call that changes something.
  test.each(["openSync", "fchmodSync", "writeSync", "fsyncSync", "closeSync", "renameSync"] as const)(
    "whole or not at all: %s fails",
    (call) => {
      writeFileSync(at("file"), "old");
      vi.spyOn(fs, call).mockImplementationOnce(() => {
        throw Object.assign(new Error("disk"), { code: "EIO" });
      });
      expect(() => files.replace(at("file"), bytes("new"), 0o600)).toThrow("the disk gave an error");
      assert.equal(text("file"), "old");
      assert.deepEqual(readdirSync(folder), ["file"]);
    },
  );

  test("also when the disk takes a byte at a time", () => {
    const write = fs.writeSync;
    vi.spyOn(fs, "writeSync").mockImplementation(((descriptor: number, from: Uint8Array, offset: number) =>
      write(descriptor, from, offset, 1)) as typeof fs.writeSync);
    files.replace(at("slow"), bytes("slowly"), 0o600);
    assert.equal(text("slow"), "slowly");
  });
});

describe("text is added to a file", () => {
  test("at its end, through a link, with its mode", () => {
    writeFileSync(at("target"), "one\n", { mode: 0o644 });
    if (onWindows) return;
    symlinkSync("target", at("link"));
    files.append(at("link"), bytes("two\n"), 0o600);
    assert.equal(text("target"), "one\ntwo\n");
    assert.isTrue(lstatSync(at("link")).isSymbolicLink());
    assert.equal(statSync(at("target")).mode & 0o777, 0o644);
  });

  test("or to one that is new", () => {
    files.append(at("new"), bytes("one"), 0o600);
    assert.equal(text("new"), "one");
    if (!onWindows) assert.equal(statSync(at("new")).mode & 0o777, 0o600);
  });
});

describe("a file is removed", () => {
  test.skipIf(onWindows)("a link, and not what it leads to", () => {
    writeFileSync(at("target"), "kept");
    symlinkSync("target", at("link"));
    assert.isTrue(files.remove(at("link")));
    assert.isFalse(files.remove(at("link")));
    assert.equal(text("target"), "kept");
  });

  test("and no folder", () => {
    mkdirSync(at("folder"));
    expect(() => files.remove(at("folder"))).toThrow(FileTrouble);
  });
});

describe("a folder", () => {
  test("is made for its owner alone, with those above it", () => {
    files.makeFolder(at("a/b"));
    files.makeFolder(at("a/b"));
    if (!onWindows) for (const name of ["a", "a/b"]) assert.equal(statSync(at(name)).mode & 0o777, 0o700);
  });

  test("is not made where a file stands", () => {
    writeFileSync(at("file"), "");
    expect(() => files.makeFolder(at("file"))).toThrow(FileTrouble);
  });

  test("is listed up to a limit", () => {
    for (const name of ["c", "a", "b"]) writeFileSync(at(name), "");
    assert.deepEqual(files.list(folder, 3), ["a", "b", "c"]);
    expect(() => files.list(folder, 2)).toThrow("holds more than 2 files");
  });
});

test("chance gives other bytes each time", () => {
  const [one, other] = [system.random(16), system.random(16)];
  assert.lengthOf(one, 16);
  assert.notDeepEqual(one, other);
});
