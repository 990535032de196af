import { assert, describe, expect, test } from "vitest";
import { readDocument } from "../src/awsconfig/document.ts";
import { decode } from "../src/awsconfig/encoding.ts";
import { newProfile } from "../src/awsconfig/new-profile.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(`\ufeff${text}`, "utf16le"));

const added = (
  config: string | Uint8Array,
  name: string,
  settings: Record<string, string> = {},
): string | undefined => {
  const before = typeof config === "string" ? bytes(config) : config;
  const addition = newProfile(readDocument("config", "config", before), name, settings);
  return addition && decode(Uint8Array.from([...before, ...addition])).text;
};

describe("a new profile", () => {
  test.each([
    ["", "a", {}, "[profile a]\n"],
    ["", "default", {}, "[default]\n"],
    ["", "a b", { region: "x" }, "[profile a b]\nregion = x\n"],
    ["[profile a]\n", "b", {}, "[profile a]\n\n[profile b]\n"],
    ["[profile a]\nregion = x", "b", {}, "[profile a]\nregion = x\n\n[profile b]\n"],
    ["[profile a]\r\n", "é", { mfa_serial: "m" }, "[profile a]\r\n\r\n[profile é]\r\nmfa_serial = m\r\n"],
    ["[profile a]\ns3 =\n  x = y\n", "b", {}, "[profile a]\ns3 =\n  x = y\n\n[profile b]\n"],
  ])("comes to the end of %j: %s", (config, name, settings, expected) => {
    assert.equal(added(config, name, settings as Record<string, string>), expected);
  });

  test.each([
    ["", "a\nb", {}],
    ["", "a\n[profile c]", {}],
    ["", "a", { mfa_serial: "x\nrole_arn = y" }],
    ["[profile a]\n", "a\u0000", {}],
    [utf16("[profile a]\n"), "b", {}],
    ["[profile a]\nregion = `starts\n", "b", {}],
    ['[profile a]\nregion = """starts\n', "b", {}],
  ])("is refused where it would be none, or change another: %j, %j", (config, name, settings) => {
    expect(added(config, name, settings as Record<string, string>)).toBeUndefined();
  });
});
