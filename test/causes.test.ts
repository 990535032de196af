import { describe, expect, test } from "vitest";
import { heard } from "../rules/heard.ts";
import { causesOf } from "../src/doctor/causes.ts";
import { main } from "../src/main.ts";
import { fakeSystem } from "./fake-system.ts";
import { rules as judged } from "./loaded.ts";

const rules = [...judged, ...heard];

const idsFor = (text: string): string[] => causesOf(text, rules).map(({ rule }) => rule.id);

describe("each error text leads to its rule", () => {
  const told = rules.flatMap((rule) => (rule.errors ?? []).map((error) => [rule.id, error] as const));
  test.each(told)("%s: %s", (id, error) => {
    expect(idsFor(error.replaceAll("…", "x1"))).toContain(id);
  });
});

describe("what differs from one message to the next is no matter", () => {
  test.each([
    ["a name", "The config profile (prod-eu) could not be found", "aws-profile-not-found"],
    [
      "colours and wrapping",
      '\u001b[31mThe source_profile "base" referenced\n  in the profile "dev"\n  does not exist.\u001b[0m',
      "source-profile-not-found",
    ],
    [
      "ARNs and ids",
      "botocore.exceptions.ClientError: An error occurred (ValidationError) when calling the AssumeRole operation: arn:aws:iam:111122223333:role/x is invalid (Request ID 0a1b2c3d4e5f)",
      "malformed-role-arn",
    ],
    [
      "a log around it",
      `${"starting up\n".repeat(1000)}Error: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.\nexit 1`,
      "role-chaining-over-1h",
    ],
  ])("%s", (_, text, id) => expect(idsFor(text)).toContain(id));

  test("and what no tool says leads nowhere", () => {
    expect(idsFor("hello world, all is well")).toEqual([]);
    expect(idsFor("")).toEqual([]);
  });
});

test("the texts that people see are many", () => {
  const all = rules.flatMap((rule) => rule.errors ?? []);
  expect(new Set(all).size).toBeGreaterThan(250);
});

/** What stood behind such a message in the end, when people asked about it. */
describe("the likeliest cause comes first", () => {
  test.each([
    ["The config profile (dev) could not be found", "aws-profile-not-found"],
    ["The config profile () could not be found", "aws-profile-empty"],
    ["botocore.exceptions.ProfileNotFound: The config profile (dev) could not be found", "aws-profile-not-found"],
    ["[Errno 13] Permission denied: '/home/jane/.aws/config'", "file-not-readable"],
    ["[Errno 13] Permission denied: '/root/.aws/config'", "docker-mount-issues"],
    [
      "aws-vault: error: exec: Failed to get credentials for jane: operation error STS: GetSessionToken, failed to resolve service endpoint, an AWS region is required, but was not found",
      "profile-without-region",
    ],
    [
      "aws-vault: error: exec: Error getting temporary credentials: profile jane: operation error STS: GetSessionToken, https response error StatusCode: 403, RequestID: 0a1b-2c3d, api error InvalidClientTokenId: The security token included in the request is invalid.",
      "access-key-refused",
    ],
    [
      "Error when retrieving credentials from custom-process: aws-vault: error: exec: aws-vault sessions should be nested with care, unset AWS_VAULT to force",
      "aws-vault-env-left-over",
    ],
    [
      "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.",
      "exec-session-expired",
    ],
    ["NoCredentialProviders: no valid providers in chain. Deprecated.", "no-credentials-resolved-imds-fallback"],
    [
      "Partial credentials found in assume-role, missing: source_profile or credential_source",
      "role-arn-without-source",
    ],
  ])("%s", (text, id) => expect(idsFor(text)[0]).toBe(id));
});

describe("a part of a message is enough", () => {
  test.each([
    ["InvalidClientTokenId", "session-token-with-long-term-key"],
    ["NoCredentialProviders", "no-credentials-resolved-imds-fallback"],
    ["unable to get local issuer certificate", "ca-bundle-breaks-sso"],
    ["Unable to locate credentials", "misspelt-key-name"],
    ["Cannot call GetFederationToken with session credentials", "federation-with-temporary-keys"],
    ["aws-vault sessions should be nested with care", "aws-vault-env-left-over"],
  ])("%s", (text, id) => expect(idsFor(text)).toContain(id));
});

test("what is here comes first, with its place", async () => {
  const files = { "/home/user/.aws/config": "[dev]\nregion = eu-west-1\n" };
  const system = fakeSystem({ files, environment: { AWS_PROFILE: "dev" } });
  expect(await main(["explain", "The config profile (dev) could not be found"], system)).toBe(0);
  const { out } = system.written;
  expect(out.indexOf("config-missing-profile-prefix")).toBeLessThan(out.indexOf("credentials-has-profile-prefix"));
  expect(out).toContain("here: ~/.aws/config:1");
  expect(out).toContain("here: $AWS_PROFILE");
});

test("explain takes a text, or reads one", async () => {
  const system = fakeSystem({ input: "aws: The config profile (x) could not be found\n" });
  expect(await main(["explain", "-"], system)).toBe(0);
  expect(await main(["explain", "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY"], system)).toBe(0);
  expect(system.written.out).toContain("aws-profile-not-found");
  expect(system.written.out).toContain("partial-credentials");
  expect(await main(["explain", "all is well today"], system)).toBe(2);
  expect(system.written.errors).toContain("no rule knows this message");
});
