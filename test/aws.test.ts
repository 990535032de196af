import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Where } from "../src/aws/asking.ts";
import { AwsError } from "../src/aws/error.ts";
import {
  accessKeyLastUsed,
  createAccessKey,
  deleteAccessKey,
  getUser,
  listAccessKeys,
  listMfaDevices,
  updateAccessKey,
} from "../src/aws/iam.ts";
import { getRoleCredentials, listAccounts } from "../src/aws/sso.ts";
import { createToken, registerClient, startDeviceAuthorization } from "../src/aws/sso-oidc.ts";
import {
  assumeRole,
  assumeRoleWithWebIdentity,
  getCallerIdentity,
  getFederationToken,
  getSessionToken,
  type RoleQuestion,
} from "../src/aws/sts.ts";
import type { Credentials } from "../src/credentials/credentials.ts";
import { Secret } from "../src/secret.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import { codeAt } from "./support/totp.ts";
import { ADMIN, DEEP, JANE, janesCode, SERIAL, world } from "./support/world.ts";

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws(world());
});
afterAll(() => aws.close());

const where = (more: Partial<Where> = {}): Where => ({
  region: "eu-west-1",
  endpoint: aws.url,
  now: () => new Date(),
  ...more,
});
const keys = (id: string, secret: string): Credentials => ({
  accessKeyId: Secret.ofText(id),
  secretAccessKey: Secret.ofText(secret),
  sessionToken: undefined,
  expires: undefined,
});
const jane = (): Credentials => keys(JANE.keys[0]!.id, JANE.keys[0]!.secret);
const role = (more: Partial<RoleQuestion>): RoleQuestion => ({
  role: ADMIN,
  sessionName: "test",
  seconds: 3600,
  externalId: undefined,
  tags: new Map(),
  transitiveTags: [],
  sourceIdentity: undefined,
  mfa: undefined,
  ...more,
});
const mfa = () => ({ serial: JANE.devices[0]!.serial, code: Secret.ofText(janesCode(aws)) });

describe("STS", () => {
  test("says who somebody is", async () => {
    expect(await getCallerIdentity(where(), jane())).toEqual({
      account: "111122223333",
      arn: "arn:aws:iam::111122223333:user/jane",
      userId: "AIDAEXAMPLE",
    });
  });

  test("gives sessions and roles, each with the credentials of the one before", async () => {
    const session = await getSessionToken(where(), jane(), { seconds: 28_800, mfa: mfa() });
    const admin = await assumeRole(where(), session, role({}));
    expect(admin.arn).toBe("arn:aws:sts::444455556666:assumed-role/Admin/test");
    const deep = await assumeRole(where(), admin.credentials, role({ role: DEEP, externalId: "x-1" }));
    expect((await getCallerIdentity(where(), deep.credentials)).account).toBe("777788889999");
    const left = (session.expires!.getTime() - Date.now()) / 1000;
    expect(left).toBeGreaterThan(28_700);
  });

  test("takes a web identity unsigned, and makes federated users", async () => {
    const token = Secret.ofText("web-identity-token-example");
    const made = await assumeRoleWithWebIdentity(where(), { role: ADMIN, sessionName: "ci", seconds: 900, token });
    expect((await getCallerIdentity(where(), made.credentials)).arn).toBe(
      "arn:aws:sts::444455556666:assumed-role/Admin/ci",
    );
    const federated = await getFederationToken(where(), jane(), { name: "jane", seconds: 3600, policy: "{}" });
    expect((await getCallerIdentity(where(), federated)).arn).toContain("federated-user/jane");
  });

  test.each([
    ["a key that is none", () => getCallerIdentity(where(), keys("AKIAIOSFODNN7EXAMPLE", "x")), "InvalidClientTokenId"],
    ["a wrong secret", () => getCallerIdentity(where(), keys(JANE.keys[0]!.id, "x")), "SignatureDoesNotMatch"],
    ["a role without trust", () => assumeRole(where(), jane(), role({ role: DEEP })), "AccessDenied"],
    ["a role without its MFA", () => assumeRole(where(), jane(), role({})), "AccessDenied"],
    [
      "a wrong code",
      () => getSessionToken(where(), jane(), { seconds: 900, mfa: { serial: SERIAL, code: Secret.ofText("000000") } }),
      "AccessDenied",
    ],
    ["too short a time", () => getSessionToken(where(), jane(), { seconds: 899, mfa: undefined }), "ValidationError"],
    [
      "longer than the role lasts",
      async () => assumeRole(where(), await withMfa(), role({ seconds: 43_200 })),
      "ValidationError",
    ],
    [
      "a session for a session",
      async () => getSessionToken(where(), await withMfa(), { seconds: 900, mfa: undefined }),
      "AccessDenied",
    ],
  ])("refuses %s, and no secret is in what it says", async (_, call, code) => {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({ code, date: expect.any(Date) });
    expect(JSON.stringify({ ...(error as object), text: String(error) })).not.toContain(JANE.keys[0]!.secret);
  });

  test("is asked once for each call, and not again", async () => {
    const before = aws.calls.length;
    await expect(getCallerIdentity(where(), keys("AKIAIOSFODNN7EXAMPLE", "x"))).rejects.toBeInstanceOf(AwsError);
    expect(aws.calls.length - before).toBe(1);
  });

  test("is not there: that is an error of the network, in words", async () => {
    const nobody = where({ endpoint: "http://127.0.0.1:9" });
    await expect(getCallerIdentity(nobody, jane())).rejects.toMatchObject({ code: "ECONNREFUSED", status: undefined });
  });
});

let session: Credentials | undefined;
async function withMfa(): Promise<Credentials> {
  session ??= await getSessionToken(where(), jane(), { seconds: 3600, mfa: mfa() });
  return session;
}

test.each([
  ["behind", 3600],
  ["ahead", -3600],
])(
  "a clock that is an hour %s costs one call more, and the code is sent once only as far as AWS looks",
  async (_, ahead) => {
    const other = await startFakeAws(world({ ahead }));
    try {
      const heard: (Date | undefined)[] = [];
      const at = where({ endpoint: other.url, heard: ({ date }) => heard.push(date) });
      const code = Secret.ofText(codeAt(JANE.devices[0]!.seed, other.state.now()));
      await getSessionToken(at, jane(), { seconds: 900, mfa: { serial: JANE.devices[0]!.serial, code } });
      expect(other.calls).toEqual(["sts:GetSessionToken", "sts:GetSessionToken"]);
      expect(Math.abs(heard[0]!.getTime() - Date.now() - ahead * 1000)).toBeLessThan(3000);
    } finally {
      await other.close();
    }
  },
);

test("IAM tells of keys, and makes, turns off and deletes them", async () => {
  const its = await withMfa();
  expect(await getUser(where(), its)).toEqual({ name: "jane" });
  expect(await listMfaDevices(where(), its, undefined)).toEqual([JANE.devices[0]!.serial]);
  const made = await createAccessKey(where(), its, "jane");
  const id = made.accessKeyId.reveal();
  expect((await getCallerIdentity(where(), { ...made, sessionToken: undefined, expires: undefined })).arn).toMatch(
    /jane$/,
  );
  await expect(createAccessKey(where(), its, undefined)).rejects.toMatchObject({ code: "LimitExceeded" });
  await updateAccessKey(where(), its, { id, isActive: false, user: undefined });
  expect(await listAccessKeys(where(), its, undefined)).toMatchObject([
    { id: JANE.keys[0]!.id, isActive: true },
    { id, isActive: false },
  ]);
  expect(await accessKeyLastUsed(where(), its, id)).toBeInstanceOf(Date);
  await deleteAccessKey(where(), its, { id, user: "jane" });
  expect(await listAccessKeys(where(), its, "jane")).toHaveLength(1);
  // A session that was made without a code is nobody to IAM.
  const plain = await getSessionToken(where(), jane(), { seconds: 900, mfa: undefined });
  await expect(getUser(where(), plain)).rejects.toMatchObject({ code: "InvalidClientTokenId" });
});

describe("single sign-on", () => {
  const startUrl = "https://corp.awsapps.com/start";

  test("gives a token when the person has said yes, and credentials for it", async () => {
    const client = await registerClient(where(), { name: "test", scopes: [] });
    const device = await startDeviceAuthorization(where(), client, startUrl);
    expect(device).toMatchObject({ userCode: "ABCD-EFGH", intervalSeconds: 1 });
    const grant = { kind: "device", deviceCode: device.deviceCode } as const;
    await expect(createToken(where(), client, grant)).rejects.toMatchObject({ code: "AuthorizationPendingException" });
    const { accessToken: token } = await createToken(where(), client, grant);
    expect(await listAccounts(where(), token)).toEqual(["111122223333"]);
    const made = await getRoleCredentials(where(), { token, account: "111122223333", role: "ReadOnly" });
    expect((await getCallerIdentity(where(), made)).arn).toContain("AWSReservedSSO_ReadOnly");
    await expect(getRoleCredentials(where(), { token, account: "111122223333", role: "Admin" })).rejects.toMatchObject({
      code: "ForbiddenException",
      status: 403,
    });
    aws.sso.signOut();
    await expect(listAccounts(where(), token)).rejects.toMatchObject({ code: "UnauthorizedException", status: 401 });
  });

  test("gives a token for the code that the browser brings, to who began", async () => {
    const redirect = { uri: "http://127.0.0.1/oauth/callback", startUrl };
    const client = await registerClient(where(), { name: "test", scopes: ["sso:account:access"], redirect });
    const verifier = "a-verifier-of-at-least-forty-three-characters-x";
    const { createHash } = await import("node:crypto");
    const redirectUri = "http://127.0.0.1:4711/oauth/callback";
    const query = new URLSearchParams({
      client_id: client.id,
      redirect_uri: redirectUri,
      state: "s",
      code_challenge_method: "S256",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    });
    const code = (): Secret =>
      Secret.ofText(new URL(aws.sso.approve(`${aws.url}/authorize?${query.toString()}`)).searchParams.get("code")!);
    const grant = { kind: "code", code: code(), verifier: Secret.ofText(verifier), redirectUri } as const;
    expect((await createToken(where(), client, grant)).tokenType).toBe("Bearer");
    const stolen = { ...grant, code: code(), verifier: Secret.ofText("another") };
    await expect(createToken(where(), client, stolen)).rejects.toMatchObject({ code: "InvalidGrantException" });
  });
});
