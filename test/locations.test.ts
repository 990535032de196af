import { describe, expect, test } from "vitest";
import { homeOf, locations } from "../src/awsconfig/locations.ts";
import type { Tool } from "../src/model/tool.ts";
import { activeProfile } from "../src/routes/active.ts";
import { type AssumedRole, assumedRoleFile, ssoRoleFile, ssoTokenFile } from "../src/routes/cache-key.ts";

type Variables = Readonly<Record<string, string>>;
type PerTool = Readonly<Record<"cli" | "sdk" | "vault", string | undefined>>;

const perTool = (of: (tool: Tool) => string | undefined): PerTool => ({
  cli: of("cli"),
  sdk: of("sdk"),
  vault: of("aws-vault-byteness"),
});

const all = (path: string): PerTool => ({ cli: path, sdk: path, vault: path });

describe("the config file", () => {
  test.each<[string, Variables, PerTool]>([
    ["of nobody", {}, all("/home/ann/.aws/config")],
    ["with a whole path", { AWS_CONFIG_FILE: "/etc/aws" }, all("/etc/aws")],
    ["in the working folder", { AWS_CONFIG_FILE: "aws" }, all("/work/aws")],
    ["in the working folder, said with a dot", { AWS_CONFIG_FILE: "./aws" }, all("/work/aws")],
    ["of Windows", { AWS_CONFIG_FILE: "C:\\aws" }, all("C:\\aws")],
    ["of an empty name", { AWS_CONFIG_FILE: "" }, { ...all("/home/ann/.aws/config"), cli: "" }],
    ["below ~", { AWS_CONFIG_FILE: "~/aws" }, { ...all("/home/ann/aws"), vault: "/work/~/aws" }],
    [
      "below a variable",
      { AWS_CONFIG_FILE: "$PLACE/aws", PLACE: "/etc" },
      { ...all("/work/$PLACE/aws"), cli: "/etc/aws" },
    ],
    [
      "below a variable in braces",
      { AWS_CONFIG_FILE: "${PLACE}/aws", PLACE: "~" },
      { ...all("/work/${PLACE}/aws"), cli: "/home/ann/aws" },
    ],
    ["below a variable that is not set", { AWS_CONFIG_FILE: "$PLACE/aws" }, all("/work/$PLACE/aws")],
  ])("%s", (_, environment, expected) => {
    expect(perTool((tool) => locations(tool, environment, "/home/ann", "/work").config.path)).toEqual(expected);
  });
});

describe("the home folder", () => {
  const windows = { USERPROFILE: "C:\\Users\\ann", HOMEDRIVE: "C:", HOMEPATH: "\\Users\\path" };
  test.each<[string, Variables, boolean, PerTool]>([
    ["by HOME", { HOME: "/home/bob", ...windows }, false, all("/home/bob")],
    ["by an empty HOME", { HOME: "" }, false, { ...all("/home/ann"), vault: undefined }],
    ["by nothing", {}, false, { ...all("/home/ann"), vault: undefined }],
    ["on Windows, by HOME", { HOME: "D:\\bob", ...windows }, true, { ...all("C:\\Users\\ann"), sdk: "D:\\bob" }],
    [
      "on Windows, by drive and path",
      { HOMEDRIVE: "C:", HOMEPATH: "\\Users\\path" },
      true,
      { ...all("C:\\Users\\path"), vault: undefined },
    ],
  ])("%s", (_, environment, isWindows, expected) => {
    expect(perTool((tool) => homeOf(tool, environment, isWindows, "/home/ann"))).toEqual(expected);
  });
});

describe("the profile in use", () => {
  test.each<[string, Variables, PerTool]>([
    ["of nobody", {}, all("default")],
    ["of AWS_PROFILE", { AWS_PROFILE: "dev" }, all("dev")],
    ["of an empty AWS_PROFILE", { AWS_PROFILE: "" }, { ...all("default"), cli: "" }],
    ["of AWS_DEFAULT_PROFILE", { AWS_DEFAULT_PROFILE: "dev" }, { ...all("default"), cli: "dev" }],
    ["of both", { AWS_DEFAULT_PROFILE: "dev", AWS_PROFILE: "prod" }, { ...all("prod"), cli: "dev" }],
  ])("%s", (_, environment, expected) => {
    expect(perTool((tool) => activeProfile(tool, undefined, environment).name)).toEqual(expected);
  });

  test("a name said by hand comes first", () => {
    expect(activeProfile("cli", "mine", { AWS_PROFILE: "dev" })).toEqual({ name: "mine", chosenBy: undefined });
  });
});

describe("cached files are named for", () => {
  const asked = (name: (sha1: (text: string) => string) => string): string => name((text) => `<${text}>`);
  const role: AssumedRole = { roleArn: "r", sessionName: "s", externalId: "é", mfaSerial: "m", durationSeconds: 900 };

  test.each([
    ["the start URL", asked((sha1) => ssoTokenFile({ startUrl: "https://x" }, sha1)), "sso/cache/<https://x>.json"],
    ["the session", asked((sha1) => ssoTokenFile({ session: "work" }, sha1)), "sso/cache/<work>.json"],
    [
      "the account, the role and the session",
      asked((sha1) => ssoRoleFile({ accountId: "1", roleName: "r", session: "work" }, sha1)),
      'cli/cache/<{"accountId":"1","roleName":"r","sessionName":"work"}>.json',
    ],
    [
      "all that is sent for a role, in the order of the alphabet",
      asked((sha1) => assumedRoleFile(role, sha1)),
      'cli/cache/<{"DurationSeconds": 900, "ExternalId": "\\u00e9", "RoleArn": "r", "RoleSessionName": "s", "SerialNumber": "m"}>.json',
    ],
    ["the role alone", asked((sha1) => assumedRoleFile({ roleArn: "r" }, sha1)), 'cli/cache/<{"RoleArn": "r"}>.json'],
  ])("%s", (_, ours, expected) => {
    expect(ours).toBe(expected);
  });
});
