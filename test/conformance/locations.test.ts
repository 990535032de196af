import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { expect } from "vitest";
import { absolute, homeOf, locations } from "../../src/awsconfig/locations.ts";
import type { Tool } from "../../src/model/tool.ts";
import { activeProfile } from "../../src/routes/active.ts";
import { type AssumedRole, assumedRoleFile, ssoRoleFile, ssoTokenFile } from "../../src/routes/cache-key.ts";
import { folder, holds, vectors } from "./data.ts";

type Variables = Readonly<Record<string, string>>;

interface Vector {
  readonly name: string;
  readonly platform: "linux" | "windows" | "any";
  readonly environment: Variables;
  readonly languageSpecificHome?: string;
  readonly explicit?: { readonly configFilepath?: string; readonly filepath?: string; readonly profile?: string };
  readonly expect: Readonly<Record<"configLocation" | "credentialsLocation" | "profile" | "home", string | undefined>>;
  readonly dialect: string;
}

interface Measured {
  readonly name: string;
  readonly environment: Variables;
  readonly readings: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

const file = vectors<{ tests: Vector[]; measured: Measured[] }>("file-location-vectors.json", {
  tests: [],
  measured: [],
});

/** What is said of any system is tried on both. */
const cases = file.tests.flatMap((vector) =>
  (vector.platform === "any" ? (["linux", "windows"] as const) : [vector.platform]).map((platform) => ({
    ...vector,
    platform,
    id: `${vector.dialect}, ${platform}: ${vector.name}`,
  })),
);

const slashes = (path: string): string => path.replaceAll("\\", "/");

/** Where a test does not say which home the system knows, it is none that another could be taken for. */
function check({
  platform,
  environment,
  languageSpecificHome,
  explicit,
  expect: expected,
}: (typeof cases)[number]): void {
  const home = homeOf("sdk", environment, platform === "windows", languageSpecificHome ?? "<os.homedir()>") ?? "none";
  const { config, credentials } = locations("sdk", environment, home, "/work");
  const configLocation = explicit?.configFilepath ? absolute(explicit.configFilepath, home, "/work") : config.path;
  const credentialsLocation = explicit?.filepath ? absolute(explicit.filepath, home, "/work") : credentials.path;
  const profile = activeProfile("sdk", explicit?.profile, environment).name;
  const ours = { home, configLocation, credentialsLocation, profile };
  for (const [what, theirs] of Object.entries(expected))
    expect(slashes(ours[what as keyof typeof ours]), what).toBe(slashes(theirs!));
}

const USERPROFILE = "the JavaScript SDK alone looks at Windows' variables on other systems";

holds("Places of the files, as the SDKs' tests have them", cases, ({ id }) => id, check, {
  "smithy-js, linux: USERPROFILE second (on every platform)": USERPROFILE,
  "smithy-js, linux: HOMEDRIVE+HOMEPATH third": USERPROFILE,
  "smithy-js, linux: HOMEPATH without HOMEDRIVE": USERPROFILE,
  "smithy-js, windows: HOMEPATH without HOMEDRIVE": "the JavaScript SDK alone makes up a drive",
  "go-v2, windows: TestSharedConfigFilename / TestSharedCredsFilename (windows)":
    "the Go SDK alone does not know HOME on Windows",
});

/** The file that a tool must have read to have seen this region. */
const FILES: Readonly<Record<string, string>> = {
  home: "<home>/.aws/config",
  "other-home": "<home>/.aws/config",
  "third-home": "<home>/.aws/config",
  userprofile: "<w>/userprofile/.aws/config",
  alt: "<w>/alt/config",
  tilde: "<home>/tilde/config",
  rel: "<cwd>/rel/config",
};
const SENTINELS = new Set(Object.values(FILES));

function seenAs(
  tool: Tool,
  environment: Variables,
): { readonly home: string | undefined; readonly path: string | undefined } {
  const home = homeOf(tool, environment, false, "/root");
  if (home === undefined) return { home, path: undefined };
  // The placeholders of the data stand for absolute paths.
  const rooted = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, rootedPath(value)]));
  return { home, path: placeholders(locations(tool, rooted, rootedPath(home), "/cwd").config.path) };
}

const rootedPath = (value: string): string => value.replace(/^<(home|w)>/, "/$1");
const placeholders = (path: string): string => path.replace(/^\/(home|w|cwd)(?=\/)/, "<$1>");

const measured = (who: string): readonly Measured[] =>
  file.measured.filter(({ readings }) => readings[who] !== undefined);

function sameFile(tool: Tool, who: string): (one: Measured) => void {
  return ({ environment, readings }) => {
    const theirs = readings[who]!;
    const { home, path } = seenAs(tool, environment);
    const region = theirs["region"];
    const profile = activeProfile(tool, undefined, environment).name;
    if (theirs["home"] !== undefined) expect(home).toBe(theirs["home"]);
    expect(profile).toBe(theirs["profile"] || (theirs["profile"] === "" && tool === "cli" ? "" : "default"));
    if (region !== undefined && region !== null && region in FILES) expect(path).toBe(FILES[region]);
    // Without a region, the profile was not there, or the file was none of ours.
    else if (!region && profile !== "nope") expect(SENTINELS.has(path ?? "")).toBe(false);
  };
}

holds(
  "Places of the files, as botocore has them",
  measured("botocore"),
  ({ name }) => name,
  sameFile("cli", "botocore"),
);

holds(
  "Places of the files, as the JavaScript SDK has them",
  measured("smithy_js"),
  ({ name }) => name,
  sameFile("sdk", "smithy_js"),
  {
    "USERPROFILE only (Linux)": USERPROFILE,
  },
);

const DEFAULT_PROFILE = "of the SDKs, Go alone also reads AWS_DEFAULT_PROFILE";

holds(
  "Places of the files, as the Go SDK has them",
  measured("go_sdk_v2"),
  ({ name }) => name,
  sameFile("sdk", "go_sdk_v2"),
  {
    "AWS_CONFIG_FILE with ~/": "the Go SDK alone takes ~ as a folder's name",
    "AWS_DEFAULT_PROFILE only": DEFAULT_PROFILE,
    "AWS_PROFILE empty, AWS_DEFAULT_PROFILE set": DEFAULT_PROFILE,
  },
);

holds(
  "Places of the files, as aws-vault has them",
  measured("aws_vault_99designs"),
  ({ name }) => name,
  ({ environment, readings }) => {
    const { awsVaultPath, awsVaultError } = readings["aws_vault_99designs"]!;
    const { path } = seenAs("aws-vault-99designs", environment);
    const folderTried = /mkdir (.*): no such/.exec(awsVaultError ?? "")?.[1];
    if (awsVaultPath) expect(path).toBe(awsVaultPath.startsWith("<") ? awsVaultPath : `<cwd>/${awsVaultPath}`);
    else if (folderTried !== undefined) expect(path).toBe(`<cwd>/${folderTried}/config`);
    else if (awsVaultError === "$HOME is not defined") expect(path).toBeUndefined();
    else expect(awsVaultError).toContain(path!);
  },
);

const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");

interface CacheVector {
  readonly kind: string;
  readonly input: string;
  readonly file: string;
}

function cacheFile({ kind, input }: CacheVector): string {
  if (kind.startsWith("sso token, legacy")) return ssoTokenFile({ startUrl: input }, sha1);
  if (kind.startsWith("sso token")) return ssoTokenFile({ session: input }, sha1);
  const values = JSON.parse(input) as Record<string, string>;
  if (kind.startsWith("sso role"))
    return ssoRoleFile(
      { accountId: values["accountId"]!, roleName: values["roleName"]!, startUrl: values["startUrl"]! },
      sha1,
    );
  const role: AssumedRole = { roleArn: values["RoleArn"]!, sessionName: values["RoleSessionName"] };
  return assumedRoleFile(role, sha1);
}

holds(
  "Names of cached files",
  vectors<CacheVector[]>("cache-key-vectors.json", []),
  ({ kind, input }) => `${kind.split(":")[0]}: ${input}`,
  (vector) => expect(`~/.aws/${cacheFile(vector)}`).toBe(vector.file),
);

const TOKENS = [
  ["default-credential-provider-chain/sso_assume_role", { startUrl: "https://ssotest.awsapps.com/start" }],
  ["default-token-provider-chain/profile_keys", { session: "test-sso" }],
  ["default-token-provider-chain/profile_keys_case_insensitive", { session: "test-sso" }],
  ["default-token-provider-chain/profile_name", { session: "correct-sso" }],
  ["profile-provider/sso_credentials", { session: "dev" }],
] as const;

holds(
  "Tokens of the recorded scenarios",
  TOKENS,
  ([path]) => path,
  ([path, of]) => {
    expect(existsSync(folder("smithy-rs", path, "fs", "home", ".aws", ssoTokenFile(of, sha1)))).toBe(true);
  },
);
