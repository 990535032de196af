import { describe, expect, test } from "vitest";
import { loadPreferences } from "../src/preferences.ts";
import { matches } from "../src/rule.ts";
import { fakeSystem } from "./fake-system.ts";
import { HOME } from "./fixtures.ts";

const PATH = "/work/repo/aws-vault-doctor.ini";
const load = (text: string) =>
  loadPreferences(fakeSystem({ files: { [PATH]: text }, folder: "/work/repo" }), new Set(["policy"]));

test("a policy is read with the line of each of its demands", async () => {
  const { policies } = await load(
    "fail-on = warning\r\n\r\n[policy.production]\r\nprofiles = prod-*, root\r\nmax-duration = 1h30m\r\nforbid = cli_pager, output = text\r\nseverity = warning\r\n",
  );
  const [{ demands, ...policy }, ...more] = policies as [(typeof policies)[0]];
  expect(more).toEqual([]);
  expect(policy).toEqual({ name: "production", profiles: ["prod-*", "root"], severity: "warning" });
  expect(demands.map(({ at, ...demand }) => [at.path, at.span!.line, at.span!.start, demand])).toEqual([
    [PATH, 5, 67, { kind: "max-duration", seconds: 5400 }],
    [PATH, 6, 89, { kind: "forbid", settings: [{ name: "cli_pager" }, { name: "output", value: "text" }] }],
  ]);
});

test("the user's and the project's both count", async () => {
  const files = {
    [`${HOME}/.config/aws-vault-doctor/config.ini`]: "[policy.mine]\nmfa = required\n",
    [PATH]: "[policy.ours]\nregions = eu-west-1\n",
  };
  const { policies } = await loadPreferences(fakeSystem({ files, folder: "/work/repo" }), new Set());
  expect(policies.map(({ name, profiles }) => [name, profiles])).toEqual([
    ["mine", ["*"]],
    ["ours", ["*"]],
  ]);
});

describe("what makes no sense is refused, at its line", () => {
  test.each([
    ["[policy.a]\nmfa = required\nregoins = x", "3: a policy has no 'regoins', did you mean 'regions'?"],
    ["[policy.a]\nmax_duration = 1h", "2: a policy has no 'max_duration', did you mean 'max-duration'?"],
    ["[policy]\nmfa = required", "2: a policy has a name: write [policy.name] above 'mfa'"],
    ["policy = a", "1: a policy is a section with a name: [policy.name]"],
    ["[policy.a]\nmfa = yes", "2: 'mfa' is required, and not 'yes'"],
    ["[policy.a]\nmfa", "2: 'mfa' takes a value"],
    ["[policy.a]\nmax-duration = soon", "2: 'soon' is no duration: write 1h, 90m or a number of seconds"],
    ["[policy.a]\nmax-duration = h", "2: 'h' is no duration: write 1h, 90m or a number of seconds"],
    ["[policy.a]\naccounts = 111122223333, 42", "2: '42' is no account id, which has twelve digits"],
    ["[policy.a]\nsso-start-url = company", "2: 'company' is no address of a portal: write https://…"],
    ["[policy.a]\nseverity = high\nmfa = required", "2: 'high' is no severity: write error, warning or info"],
    ["[policy.a]\nrequire = regoin", "2: no tool knows a setting 'regoin', did you mean 'region'?"],
    [
      "[policy.a]\nforbid = credential_process = x",
      "2: the value of 'credential_process' is never looked at: demand the setting alone",
    ],
    ["[policy.a]\nprofiles = prod-*", "1: the policy 'a' demands nothing"],
  ])("%j", async (text, message) => {
    await expect(load(text)).rejects.toThrow(`${PATH}:${message}`);
  });
});

test.each([
  ["prod-eu", "prod-*", true],
  ["prod-eu", "*-eu", true],
  ["prod-eu", "*", true],
  ["prod-eu", "prod", false],
  ["prod-eu", "p?od-??", true],
  ["prod-eu", "*prod*eu*", true],
  ["prod-eu", "prod-eu?", false],
  ["", "*", true],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
  ["a".repeat(2000), `${"*a".repeat(300)}b`, false],
])("%.10s is of %.20s: %s", (name, pattern, expected) => {
  expect(matches(name, pattern)).toBe(expected);
});
