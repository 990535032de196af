import { assert, describe, test } from "vitest";
import { probes } from "../src/probes/index.ts";
import { lookAtVersions } from "../src/probes/versions.ts";
import { isOlder } from "../src/rule/versions.ts";
import type { CaptureLimits } from "../src/system/system.ts";
import { type FakeOptions, fakeSystem } from "./fake-system.ts";

const program = { text: "", mode: 0o755 };

const versionsOf = async (options: FakeOptions): Promise<Record<string, unknown>> => {
  const seen = await lookAtVersions(fakeSystem(options));
  return seen.known ? Object.fromEntries(seen.value) : {};
};

describe("what a program says when it is asked for its version", () => {
  test.each([
    ["aws", "aws-cli/2.15.30 Python/3.11.6 Linux/6.1 exe/x86_64.debian.12 prompt/off\n", "2.15.30"],
    ["aws", "aws-cli/1.32.5 Python/3.11.6 Linux/6.1 botocore/1.34.5\n", "1.32.5"],
    ["aws", "Python 3.11\n", undefined],
    ["aws-vault", "v7.2.0\n", "7.2.0"],
    ["aws-vault", "7.9.1\n", "7.9.1"],
    ["aws-vault", "v6.6.0-dirty\n", "6.6.0"],
    ["aws-vault", "dev\n", undefined],
    ["aws-vault", "aws-vault-doctor 0.1.0\n", undefined],
  ])("%s: %j", async (name, says, version) => {
    const path = `/usr/bin/${name}`;
    const found = await versionsOf({ files: { [path]: program }, says: { [`${path} --version`]: says } });
    assert.deepEqual(found[name], [{ path, version, trouble: undefined }]);
  });

  test("on the error stream it counts as well, and a bad end is told", async () => {
    const said = { ended: true, code: 1, output: "", errors: "aws-cli/1.14.44 Python/2.7.18\n" } as const;
    const found = await versionsOf({ files: { "/usr/bin/aws": program }, says: { "/usr/bin/aws --version": said } });
    assert.deepEqual(found["aws"], [{ path: "/usr/bin/aws", version: "1.14.44", trouble: "ended with code 1" }]);
  });
});

test("each one on PATH is asked, in its order, and none twice", async () => {
  const files = {
    "/opt/v2/aws": program,
    "/usr/bin/aws": program,
    "/usr/local/bin/aws": { link: "/opt/v2/aws" },
  };
  const says = { "/usr/local/bin/aws --version": "aws-cli/2.15.30 x", "/usr/bin/aws --version": "aws-cli/1.32.5 x" };
  const environment = { PATH: "/usr/local/bin:/usr/bin:/opt/v2" };
  assert.deepEqual((await versionsOf({ files, says, environment }))["aws"], [
    { path: "/usr/local/bin/aws", version: "2.15.30", trouble: undefined },
    { path: "/usr/bin/aws", version: "1.32.5", trouble: undefined },
  ]);
});

test("the AWS CLI, which loads what a config file names, gets no config and no key", async () => {
  const environment = { PATH: "/usr/bin", AWS_CONFIG_FILE: "/home/user/mine", AWS_SECRET_ACCESS_KEY: "x", LANG: "C" };
  const system = fakeSystem({ files: { "/usr/bin/aws": program }, environment });
  const given: CaptureLimits[] = [];
  const capture: typeof system.programs.capture = async (_path, args, limits) => {
    assert.deepEqual(args, ["--version"]);
    given.push(limits);
    return { ended: false, trouble: "" };
  };
  await lookAtVersions({ ...system, programs: { ...system.programs, capture } });
  assert.deepEqual(
    given.map((limits) => limits.environment),
    [{ PATH: "/usr/bin", LANG: "C", AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" }],
  );
});

test("nothing that asks for a consent is done without one", () => {
  const asking = Object.entries(probes).filter(([, { asks }]) => asks !== "nothing");
  assert.includeMembers(
    asking.map(([name]) => name),
    ["versions"],
  );
});

test.each([
  ["1.32.5", "2", true],
  ["2.0.0", "2", false],
  ["2.9.1", "2.9", false],
  ["2.8.13", "2.9", true],
  ["2.15.30", "2.9", false],
  ["7.0", "7.0.0", false],
])("%s is older than %s: %s", (version, than, expected) => assert.equal(isOlder(version, than), expected));
