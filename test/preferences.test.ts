import { assert, expect, test } from "vitest";
import { UserError } from "../src/errors.ts";
import { loadPreferences, type Preferences } from "../src/preferences.ts";
import { type FakeOptions, fakeSystem } from "./fake-system.ts";

const RULES = new Set(["region-typo", "role-typo", "key-old"]);
const PROJECT = "/work/repo/aws-vault-doctor.ini";
const USER = "/home/user/.config/aws-vault-doctor/config.ini";
const XDG = "/xdg/aws-vault-doctor/config.ini";

const load = (files: FakeOptions["files"], environment: FakeOptions["environment"] = {}): Promise<Preferences> =>
  loadPreferences(fakeSystem({ files, environment, folder: "/work/repo" }), RULES);

/** What is set, and nothing else: `failOn=error tools=cli,sdk ignored=a,b severities=a:info`. */
function told({ failOn, tools, ignored, severities }: Preferences): string {
  const parts = [
    failOn && `failOn=${failOn}`,
    tools && `tools=${tools.join()}`,
    ignored.size > 0 && `ignored=${[...ignored].join()}`,
    severities.size > 0 && `severities=${[...severities].map((pair) => pair.join(":")).join()}`,
  ];
  return parts.filter(Boolean).join(" ");
}

test.each<[string, string]>([
  ["", ""],
  ["; a remark\n# another\n", ""],
  ["fail-on = warning", "failOn=warning"],
  ["fail-on = never\r\n", "failOn=never"],
  ["\ufefffail-on = info", "failOn=info"],
  ["for = cli", "tools=cli"],
  ["for = aws-vault, cli sdk", "tools=aws-vault-byteness,cli,sdk"],
  ["for = aws-vault-99designs", "tools=aws-vault-99designs"],
  ["ignore = region-typo, role-typo", "ignored=region-typo,role-typo"],
  ["ignore = region-typo role-typo region-typo", "ignored=region-typo,role-typo"],
  ["ignore =", ""],
  ["[severity]\n", ""],
  ["[severity]\nregion-typo = info\nrole-typo = error\n", "severities=region-typo:info,role-typo:error"],
  ["[severity]\nregion-typo = off\nrole-typo = warning\n", "ignored=region-typo severities=role-typo:warning"],
  [
    'fail-on = "error"\nfor = sdk # remark\nignore = key-old\n[severity]\nregion-typo = off\n',
    "failOn=error tools=sdk ignored=key-old,region-typo",
  ],
])("%j is read as '%s'", async (text, expected) => {
  assert.equal(told(await load({ [PROJECT]: text })), expected);
  assert.equal(told(await load({ [USER]: text })), expected);
});

test.each<[string, string, string, string]>([
  ["fail-on", "fail-on = info", "fail-on = never", "failOn=never"],
  ["for", "for = cli, sdk", "for = aws-vault", "tools=aws-vault-byteness"],
  ["one setting and not another", "fail-on = info\nfor = cli", "for = sdk", "failOn=info tools=sdk"],
  ["a severity", "[severity]\nkey-old = info", "[severity]\nkey-old = error", "severities=key-old:error"],
  [
    "a severity and not another",
    "[severity]\nkey-old = info",
    "[severity]\nrole-typo = error",
    "severities=key-old:info,role-typo:error",
  ],
  ["what is off", "[severity]\nkey-old = off", "[severity]\nrole-typo = off", "ignored=key-old,role-typo"],
  ["ignored rules by more of them", "ignore = key-old", "ignore = role-typo", "ignored=key-old,role-typo"],
])("the project's file overrides the user's: %s", async (_, user, project, expected) => {
  assert.equal(told(await load({ [USER]: user, [PROJECT]: project })), expected);
});

test.each<[string | undefined, string]>([
  ["/xdg", "failOn=never"],
  ["xdg", "failOn=info"],
  ["./xdg", "failOn=info"],
  ["", "failOn=info"],
  [undefined, "failOn=info"],
])("with XDG_CONFIG_HOME=%j the user's file says '%s'", async (XDG_CONFIG_HOME, expected) => {
  const relative = "/work/repo/xdg/aws-vault-doctor/config.ini";
  const files = { [USER]: "fail-on = info", [XDG]: "fail-on = never", [relative]: "fail-on = error" };
  assert.equal(told(await load(files, { XDG_CONFIG_HOME })), expected);
});

test.each<[string, FakeOptions["files"]]>([
  ["are missing", {}],
  ["are folders", { [PROJECT]: { kind: "directory" }, [USER]: { kind: "directory" } }],
  ["lead nowhere", { [PROJECT]: { link: "nowhere" } }],
  ["are special", { [PROJECT]: { kind: "special" } }],
])("files that %s say nothing", async (_, files) => assert.equal(told(await load(files)), ""));

async function troubleOf(loading: Promise<unknown>): Promise<UserError> {
  const trouble: unknown = await loading.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.instanceOf(trouble, UserError);
  return trouble;
}

const SEVERITY_SECTION = "'severity' is a section: [severity], and below it rule = error, warning, info or off";
const NO_TOOLS = "'for' names the tools that must work: aws-vault, cli, sdk, aws-vault-99designs";

/** The text, and the line and message of the trouble. */
const TROUBLES: readonly (readonly [string, string])[] = [
  ["fail-no = error", "1: unknown setting 'fail-no', did you mean 'fail-on'?"],
  ["\n\nFAIL-ON = error", "3: unknown setting 'FAIL-ON', did you mean 'fail-on'?"],
  ["; for = cli\nfork = x", "2: unknown setting 'fork', did you mean 'for'?"],
  ["verbose = yes", "1: unknown setting 'verbose'"],
  ["for = cli\n[severities]\n", "2: unknown setting 'severities', did you mean 'severity'?"],
  ["fail-on = warn", "1: 'fail-on' is error, warning, info, never, and not 'warn'"],
  ["for = cli\nfail-on =", "2: 'fail-on' is error, warning, info, never, and not ''"],
  ["fail-on", "1: 'fail-on' takes one line of text"],
  ["[fail-on]\na = b", "1: 'fail-on' takes one line of text"],
  ["ignore[] = region-typo", "1: 'ignore' takes one line of text"],
  ["for = awsvault", "1: there is no tool 'awsvault', did you mean 'aws-vault'?"],
  ["for = cli, skd", "1: there is no tool 'skd', did you mean 'sdk'?"],
  ["for = terraform", "1: there is no tool 'terraform'"],
  ["for =", `1: ${NO_TOOLS}`],
  ["for = ,", `1: ${NO_TOOLS}`],
  ["severity = error", `1: ${SEVERITY_SECTION}`],
  ["[severity]\nregion-tpyo = info", "2: there is no rule 'region-tpyo', did you mean 'region-typo'?"],
  ["[severity]\n\n  elsewhere = info", "3: there is no rule 'elsewhere'"],
  ["[severity]\nregion-typo = fatal", "2: 'fatal' is no severity: write error, warning, info or off"],
  ["[severity]\nregion-typo =", "2: '' is no severity: write error, warning, info or off"],
  ["[severity]\nregion-typo", "2: 'true' is no severity: write error, warning, info or off"],
  ["[severity]\nregion-typo = Off", "2: 'Off' is no severity: write error, warning, info or off"],
];

test.each(TROUBLES)("%j is refused at line %s", async (text, expected) => {
  for (const path of [PROJECT, USER]) {
    const { message, code, exitCode } = await troubleOf(load({ [path]: text }));
    expect({ message, code, exitCode }).toEqual({
      message: `${path}:${expected}`,
      code: "BAD_PREFERENCES",
      exitCode: 2,
    });
  }
});

test.each<[string, string]>([
  ["fail-on = info\nignore = region-tpyo", "2: there is no rule 'region-tpyo', did you mean 'region-typo'?"],
  ["ignore = key-old\nig = x", "2: unknown setting 'ig'"],
  ["[severity]\nregion-typo = info\nregion = info", "3: there is no rule 'region'"],
  ["ignore = key-old\n[severity]\nignore = info", "3: there is no rule 'ignore'"],
  ["fail-on = true", "1: 'fail-on' is error, warning, info, never, and not 'true'"],
  ["fail-on = null", "1: 'fail-on' is error, warning, info, never, and not 'null'"],
  ["for = false", "1: there is no tool 'false'"],
  ["ignore = true", "1: there is no rule 'true'"],
  ["fail-on = info\nfail-on = warn", "2: 'fail-on' is error, warning, info, never, and not 'warn'"],
  ["; fail-on = info\r\n\r\nfail-on = warn\r\n", "3: 'fail-on' is error, warning, info, never, and not 'warn'"],
  ['for = cli\n"fail-on" = warn', "2: 'fail-on' is error, warning, info, never, and not 'warn'"],
  ["[severity]\nkey-old = info\n[verbose]\nkey-old = info", "3: unknown setting 'verbose'"],
  ["for = cli\n[verbose.more]\na = b", "2: unknown setting 'verbose'"],
  ["for = cli\n[severity.key-old]\na = b", "2: 'key-old' takes one line of text"],
  ["[severity]\nkey-old[] = info", "2: 'key-old' takes one line of text"],
  ["severity = null", `1: ${SEVERITY_SECTION}`],
  ["severity[] = info", `1: ${SEVERITY_SECTION}`],
])("%j is refused at line %s", async (text, expected) => {
  assert.equal((await troubleOf(load({ [PROJECT]: text }))).message, `${PROJECT}:${expected}`);
});

test.each<[string, string, string]>([
  ["[severity]\nkey-old = off", "[severity]\nkey-old = error", "severities=key-old:error"],
  ["ignore = key-old, role-typo", "[severity]\nkey-old = warning", "ignored=role-typo severities=key-old:warning"],
  ["ignore = key-old", "[severity]\nrole-typo = info", "ignored=key-old severities=role-typo:info"],
  ["ignore = key-old", "ignore = key-old\n[severity]\nkey-old = info", "ignored=key-old severities=key-old:info"],
  ["[severity]\nkey-old = error", "[severity]\nkey-old = off", "ignored=key-old severities=key-old:error"],
])("of the user's %j and the project's %j is left '%s'", async (user, project, expected) => {
  assert.equal(told(await load({ [USER]: user, [PROJECT]: project })), expected);
});

const FOLDER = "/home/user/.config";

test.each<[string, string, FakeOptions["files"], string]>([
  ["that may not be read", PROJECT, { [PROJECT]: { text: "", mode: 0o000, owner: 0 } }, "permission denied"],
  ["in a folder that may not be entered", USER, { [FOLDER]: { kind: "directory", mode: 0 } }, "permission denied"],
  [
    "of more than a megabyte",
    PROJECT,
    { [PROJECT]: "#".repeat(1024 * 1024 + 1) },
    "is 1.1 MB; files above 1 MB are not read",
  ],
])("a file %s is the user's trouble, and is named", async (_, path, files, why) => {
  const { message, code, exitCode } = await troubleOf(load(files));
  expect({ message, code, exitCode }).toEqual({
    message: `${path} cannot be read: ${why}`,
    code: "BAD_PREFERENCES",
    exitCode: 2,
  });
});
