import { existsSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Reading } from "../../src/model/reading.ts";
import { hops } from "../../src/model/route.ts";
import { routes } from "../../src/routes/route.ts";
import { plainReading } from "../plain-reading.ts";
import { folder, holds, vectors } from "./data.ts";

/** What the Go SDK keeps of a profile; the rest of its settings have nothing to do with credentials. */
interface SharedConfig {
  readonly Profile: string;
  readonly Source?: SharedConfig;
  readonly Credentials?: Readonly<Record<string, string>>;
  readonly SSOSession?: Readonly<Record<string, string>>;
  readonly RoleDurationSeconds?: number;
  readonly [field: string]: unknown;
}

interface Vector {
  readonly name: string;
  readonly configFiles: readonly string[];
  readonly credentialsFiles: readonly string[];
  readonly profile: string;
  readonly expect: { readonly sharedConfig?: SharedConfig; readonly errorMessage?: string };
}

const FIELDS: Readonly<Record<string, string>> = {
  RoleARN: "role_arn",
  RoleSessionName: "role_session_name",
  SourceProfileName: "source_profile",
  CredentialSource: "credential_source",
  CredentialProcess: "credential_process",
  WebIdentityTokenFile: "web_identity_token_file",
  MFASerial: "mfa_serial",
  ExternalID: "external_id",
  SSOSessionName: "sso_session",
  SSORegion: "sso_region",
  SSOStartURL: "sso_start_url",
  SSOAccountID: "sso_account_id",
  SSORoleName: "sso_role_name",
};

const KEYS: Readonly<Record<string, string>> = {
  AccessKeyID: "aws_access_key_id",
  SecretAccessKey: "aws_secret_access_key",
  SessionToken: "aws_session_token",
};

function expectSettings(reading: Reading, name: string, theirs: SharedConfig): void {
  const profile = reading.profiles.get(name)!;
  expect(profile, name).toBeDefined();
  const values = (names: Readonly<Record<string, string>>): Record<string, string | undefined> =>
    Object.fromEntries(Object.entries(names).map(([field, ours]) => [field, profile.get(ours)?.value]));
  const known = (fields: object, all: Readonly<Record<string, string>>): object =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => field in all));
  expect(values(FIELDS)).toMatchObject(known(theirs, FIELDS));
  expect(values(KEYS)).toMatchObject(known(theirs.Credentials ?? {}, KEYS));
  if (theirs.RoleDurationSeconds)
    expect(Number(profile.get("duration_seconds")?.value)).toBe(theirs.RoleDurationSeconds / 1e9);
  const { SSOSession: session, Source: source } = theirs;
  if (session !== undefined) {
    const ours = reading.ssoSessions.get(session["Name"]!);
    expect(ours?.get("sso_region")?.value).toBe(session["SSORegion"]);
    expect(ours?.get("sso_start_url")?.value).toBe(session["SSOStartURL"]);
  }
  if (source !== undefined) expectSettings(reading, source.Profile, source);
}

/** The route that the Go SDK takes from there. */
function planned(config: SharedConfig): string[] {
  const has = (field: string): boolean => field in config;
  const start = (): string[] => {
    if (config.Source !== undefined) return planned(config.Source);
    if (has("Credentials")) return ["static"];
    if (has("CredentialSource")) return ["named-source"];
    if (has("WebIdentityTokenFile")) return ["web-identity"];
    if (has("SSOSessionName") || has("SSOStartURL")) return ["sso"];
    return has("CredentialProcess") ? ["process"] : [];
  };
  const way = start();
  return has("RoleARN") && !has("WebIdentityTokenFile") ? [...way, "role"] : way;
}

const text = (files: readonly string[]): string =>
  files.map((file) => (existsSync(folder(file)) ? `${readFileSync(folder(file), "utf8")}\n` : "")).join("");

function check({ configFiles, credentialsFiles, profile, expect: { sharedConfig } }: Vector): void {
  const reading = plainReading("sdk", text(configFiles), text(credentialsFiles));
  const route = routes(reading, { stored: undefined, seesCredentials: true }).get(profile);
  if (sharedConfig === undefined) {
    expect(route?.found ?? false).toBe(false);
    return;
  }
  expectSettings(reading, profile, sharedConfig);
  expect(route?.found ? hops(route).map(({ kind }) => kind) : []).toEqual(planned(sharedConfig));
}

const MIXES = "the Go SDK alone wants both halves of a key in one file; most SDKs put them together";
const BARE_ROLE = "the Go SDK alone takes a role with whatever else stands in its profile; the others refuse";

holds(
  "Profiles, as the Go SDK keeps them",
  vectors<Vector[]>("aws-sdk-go-v2/shared-config-vectors.json", []),
  ({ name }) => name,
  check,
  {
    "TestNewSharedConfig/AWS SSO Profile and Static Credentials":
      "Go and JavaScript prefer keys to single sign-on, Rust, Java, Kotlin, Ruby and botocore do not",
    "TestNewSharedConfig/merged profiles across files": BARE_ROLE,
    "TestNewSharedConfig/merged profiles across config files": BARE_ROLE,
    "TestNewSharedConfig/merged profiles across credentials files": BARE_ROLE,
    "TestSharedConfigLoading/credentials split between multiple credentials files": MIXES,
    "TestSharedConfigLoading/credentials split between multiple configuration files": MIXES,
    "TestSharedConfigLoading/credentials split between credentials and config files": MIXES,
    "TestSharedConfigLoading/profile with sso_session": "a session alone gives a token and no credentials",
  },
);
