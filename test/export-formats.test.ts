import { assert, describe, expect, test } from "vitest";
import type { Credentials } from "../src/credentials/credentials.ts";
import { type Format, formatted } from "../src/credentials/formats.ts";
import { main } from "../src/main.ts";
import { Secret } from "../src/secret.ts";
import { fakeSystem } from "./fake-system.ts";

const session: Credentials = {
  accessKeyId: Secret.ofText("ASIAIOSFODNN7EXAMPLE"),
  secretAccessKey: Secret.ofText("secret/+="),
  sessionToken: Secret.ofText("token=="),
  expires: new Date("2026-01-15T13:00:00.500Z"),
};

describe("credentials with an end", () => {
  test.each([
    [
      "env",
      `AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE
AWS_SECRET_ACCESS_KEY=secret/+=
AWS_SESSION_TOKEN=token==
AWS_CREDENTIAL_EXPIRATION=2026-01-15T13:00:00Z
AWS_REGION=eu-west-1
AWS_DEFAULT_REGION=eu-west-1
`,
    ],
    [
      "json",
      `{
  "Version": 1,
  "AccessKeyId": "ASIAIOSFODNN7EXAMPLE",
  "SecretAccessKey": "secret/+=",
  "SessionToken": "token==",
  "Expiration": "2026-01-15T13:00:00Z"
}
`,
    ],
    [
      "ini",
      `[a b]
aws_access_key_id=ASIAIOSFODNN7EXAMPLE
aws_secret_access_key=secret/+=
aws_session_token=token==
aws_credential_expiration=2026-01-15T13:00:00Z
region=eu-west-1
`,
    ],
  ] as const)("as %s", (format, expected) => {
    assert.equal(formatted({ profile: "a b", region: "eu-west-1", credentials: session }, format), expected);
  });
});

test.each([
  ["eu-west-1", "eu-west-1"],
  ["", ""],
  ["$(rm -rf /)", "'$(rm -rf /)'"],
  ["it's; x", `'it'\\''s; x'`],
  ["a\nb", "'a\nb'"],
])("a shell takes the region %j for a word", (region, word) => {
  const format: Format = "export-env";
  const text = formatted({ profile: "a", region, credentials: session }, format);
  assert.include(text, `export AWS_REGION=${word}\nexport AWS_DEFAULT_REGION=${word}\n`);
});

test("a region that is masked is left out, and not told as dots", async () => {
  const system = fakeSystem({
    files: { "/home/user/.aws/config": "[profile a]\nregion = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n" },
    environment: {
      AWS_VAULT_FILE_PASSPHRASE: "x",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "s",
    },
  });
  assert.equal(await main(["vault", "add", "--env", "a"], system), 0);
  system.written.out = "";
  assert.equal(await main(["vault", "export", "--no-session", "a"], system), 0);
  expect(system.written.out).toBe("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=s\n");
});
