import { assert, describe, expect, test } from "vitest";
import { hops } from "../src/model/route.ts";
import { routes } from "../src/routes/route.ts";
import type { Surroundings } from "../src/routes/step.ts";
import { cost } from "./cost.ts";
import { plainReading } from "./plain-reading.ts";

const ALL_SEEN: Surroundings = { stored: undefined, seesCredentials: true };

/** `static of base, role of p`, or `loop, by source_profile of p, without x` */
function tell(tool: "cli" | "sdk", files: Files, surroundings: Surroundings = ALL_SEEN): string {
  const { config, credentials } = typeof files === "string" ? { config: files, credentials: "" } : files;
  const route = routes(plainReading(tool, config, credentials), surroundings).get("p");
  if (route === undefined) return "no such profile";
  if (route.found)
    return hops(route)
      .map(({ kind, profile }) => `${kind} of ${profile}`)
      .join(", ");
  const { because, by, missing, profile } = route;
  const without = missing.length > 0 ? `, without ${missing.join(" ")}` : "";
  return `${because} in ${profile}${by ? `, by ${by.name}` : ""}${without}`;
}

type Files = string | { readonly config: string; readonly credentials: string };
type Row = readonly [string, Files, string | { readonly cli: string; readonly sdk: string }];

const ROLE = "role_arn = arn:aws:iam::111122223333:role/reader\n";
const KEYS = "aws_access_key_id = one\naws_secret_access_key = two\n";
const SSO = "sso_account_id = 111122223333\nsso_role_name = reader\n";
const START = "sso_start_url = https://one.awsapps.com/start\nsso_region = eu-west-1\n";
const TOKEN = "web_identity_token_file = /run/token\n";
const SESSION = `[sso-session work]\n${START}`;

const ROUTES: readonly (readonly [string, readonly Row[]])[] = [
  [
    "what a profile holds itself",
    [
      ["nothing", "[profile p]\nregion = x\n", "nothing in p"],
      ["keys", `[profile p]\n${KEYS}`, "static of p"],
      ["a process", "[profile p]\ncredential_process = tool\n", "process of p"],
      ["a login", "[profile p]\nlogin_session = arn:aws:iam::111122223333:user/one\n", "login of p"],
      ["a token", `[profile p]\n${TOKEN}${ROLE}`, "web-identity of p"],
      [
        "a token without a role",
        `[profile p]\n${TOKEN}`,
        "token-without-role in p, by web_identity_token_file, without role_arn",
      ],
      [
        "a token with an empty role",
        `[profile p]\n${TOKEN}role_arn =\n`,
        "token-without-role in p, by web_identity_token_file, without role_arn",
      ],
      ["an empty token", `[profile p]\nweb_identity_token_file =\n${KEYS}`, "static of p"],
      [
        "a token and a source",
        `[profile p]\n${TOKEN}${ROLE}source_profile = q\n[profile q]\n${KEYS}`,
        "web-identity of p",
      ],
      ["a token and single sign-on", `[profile p]\n${TOKEN}${ROLE}${SSO}${START}`, "web-identity of p"],
      ["single sign-on and keys", `[profile p]\n${SSO}${START}${KEYS}`, "sso of p"],
      ["single sign-on and a process", `[profile p]\n${SSO}${START}credential_process = tool\n`, "sso of p"],
      [
        "keys and a process",
        `[profile p]\n${KEYS}credential_process = tool\n`,
        { cli: "process of p", sdk: "static of p" },
      ],
      [
        "keys in credentials and a process",
        { config: "[profile p]\ncredential_process = tool\n", credentials: `[p]\n${KEYS}` },
        "static of p",
      ],
      [
        "a source for a machine, without a role",
        "[profile p]\ncredential_source = Environment\n",
        { cli: "nothing in p", sdk: "named-source of p" },
      ],
    ],
  ],
  [
    "half a key",
    [
      [
        "the ID",
        "[profile p]\naws_access_key_id = one\n",
        "half-a-key in p, by aws_access_key_id, without aws_secret_access_key",
      ],
      [
        "the secret",
        "[profile p]\naws_secret_access_key = two\n",
        {
          cli: "nothing in p, by aws_secret_access_key, without aws_access_key_id",
          sdk: "half-a-key in p, by aws_secret_access_key, without aws_access_key_id",
        },
      ],
      ["the ID, and a process", "[profile p]\naws_access_key_id = one\ncredential_process = tool\n", "process of p"],
      [
        "a half in each file",
        { config: "[profile p]\naws_secret_access_key = two\n", credentials: "[p]\naws_access_key_id = one\n" },
        { cli: "half-a-key in p, by aws_access_key_id, without aws_secret_access_key", sdk: "static of p" },
      ],
      [
        "a lone secret above a whole key",
        { config: `[profile p]\n${KEYS}`, credentials: "[p]\naws_secret_access_key = three\n" },
        "static of p",
      ],
      [
        "in a source",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\naws_access_key_id = one\n`,
        "half-a-key in q, by aws_access_key_id, without aws_secret_access_key",
      ],
      [
        "in a source that has a role of its own",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${ROLE}source_profile = r\naws_access_key_id = one\n[profile r]\n${KEYS}`,
        {
          cli: "half-a-key in q, by aws_access_key_id, without aws_secret_access_key",
          sdk: "static of r, role of q, role of p",
        },
      ],
    ],
  ],
  [
    "single sign-on",
    [
      ["in the old way", `[profile p]\n${SSO}${START}`, "sso of p"],
      ["with a session", `[profile p]\nsso_session = work\n${SSO}${SESSION}`, "sso of p"],
      [
        "a session that is nowhere",
        `[profile p]\nsso_session = wrok\n${SSO}${SESSION}`,
        "sso-session-not-found in p, by sso_session",
      ],
      [
        "a session alone",
        `[profile p]\nsso_session = work\n${SESSION}`,
        { cli: "nothing in p", sdk: "sso-incomplete in p, by sso_session, without sso_account_id sso_role_name" },
      ],
      [
        "no role name",
        `[profile p]\nsso_session = work\nsso_account_id = 111122223333\n${SESSION}`,
        "sso-incomplete in p, by sso_session, without sso_role_name",
      ],
      [
        "no region",
        `[profile p]\n${SSO}sso_start_url = https://one.awsapps.com/start\n`,
        "sso-incomplete in p, by sso_start_url, without sso_region",
      ],
      [
        "neither account nor role",
        `[profile p]\n${START}`,
        { cli: "nothing in p", sdk: "sso-incomplete in p, by sso_start_url, without sso_account_id sso_role_name" },
      ],
      [
        "the region in the profile, and not in the session",
        `[profile p]\nsso_session = work\nsso_region = eu-west-1\n${SSO}[sso-session work]\nsso_start_url = https://one.awsapps.com/start\n`,
        { cli: "sso of p", sdk: "sso-incomplete in p, by sso_session, without sso_region" },
      ],
      [
        "another region than the session's",
        `[profile p]\nsso_session = work\nsso_region = us-east-1\n${SSO}${SESSION}`,
        "sso-session-conflict in p, by sso_region",
      ],
      [
        "the session's region once more",
        `[profile p]\nsso_session = work\nsso_region = eu-west-1\n${SSO}${SESSION}`,
        "sso of p",
      ],
      [
        "another account than the session's",
        `[profile p]\nsso_session = work\n${SSO}${SESSION}sso_account_id = 444455556666\n`,
        { cli: "sso-session-conflict in p, by sso_account_id", sdk: "sso of p" },
      ],
    ],
  ],
  [
    "roles",
    [
      ["from keys", `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${KEYS}`, "static of q, role of p"],
      [
        "from single sign-on",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${SSO}${START}`,
        "sso of q, role of p",
      ],
      [
        "from a token",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${TOKEN}${ROLE}`,
        "web-identity of q, role of p",
      ],
      [
        "from the machine",
        `[profile p]\n${ROLE}credential_source = Ec2InstanceMetadata\n`,
        "named-source of p, role of p",
      ],
      [
        "from no such machine",
        `[profile p]\n${ROLE}credential_source = ec2instancemetadata\n`,
        "source-unknown in p, by credential_source",
      ],
      [
        "from two sources",
        `[profile p]\n${ROLE}source_profile = q\ncredential_source = Environment\n[profile q]\n${KEYS}`,
        "two-sources in p, by credential_source",
      ],
      ["from nothing", `[profile p]\n${ROLE}`, "role-without-source in p, by role_arn"],
      ["from its own keys, unsaid", `[profile p]\n${ROLE}${KEYS}`, "role-without-source in p, by role_arn"],
      ["from an empty name", `[profile p]\n${ROLE}source_profile =\n`, "role-without-source in p, by role_arn"],
      ["from nobody", `[profile p]\n${ROLE}source_profile = q\n`, "source-not-found in p, by source_profile"],
      [
        "from a profile with nothing",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\nregion = x\n`,
        "nothing in q",
      ],
      ["a source without a role", `[profile p]\nsource_profile = q\n${KEYS}[profile q]\n${KEYS}`, "static of p"],
      [
        "from a source with keys and single sign-on",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${KEYS}${SSO}${START}`,
        { cli: "sso of q, role of p", sdk: "static of q, role of p" },
      ],
      [
        "from a source with keys and a role",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${KEYS}${ROLE}source_profile = r\n[profile r]\n${KEYS}`,
        "static of q, role of p",
      ],
      [
        "over keys of the profile's own",
        `[profile p]\n${KEYS}${ROLE}source_profile = q\n[profile q]\n${KEYS}`,
        "static of q, role of p",
      ],
      [
        "of which the source is in the other file",
        { config: `[profile p]\n${ROLE}source_profile = q\n`, credentials: `[q]\n${KEYS}` },
        "static of q, role of p",
      ],
    ],
  ],
  [
    "circles",
    [
      ["of one", `[profile p]\n${ROLE}source_profile = p\n`, "loop in p, by source_profile"],
      ["of one with keys", `[profile p]\n${ROLE}source_profile = p\n${KEYS}`, "static of p, role of p"],
      [
        "of one with a process",
        `[profile p]\n${ROLE}source_profile = p\ncredential_process = tool\n`,
        "loop in p, by source_profile",
      ],
      [
        "of one with half a key",
        `[profile p]\n${ROLE}source_profile = p\naws_access_key_id = one\n`,
        "half-a-key in p, by aws_access_key_id, without aws_secret_access_key",
      ],
      [
        "of two",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${ROLE}source_profile = p\n`,
        "loop in q, by source_profile",
      ],
      [
        "back to keys of the profile that was asked for",
        `[profile p]\n${KEYS}${ROLE}source_profile = q\n[profile q]\n${ROLE}source_profile = p\n`,
        "loop in p, by source_profile",
      ],
      [
        "that a chain leads into",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${ROLE}source_profile = r\n[profile r]\n${ROLE}source_profile = q\n`,
        "loop in r, by source_profile",
      ],
    ],
  ],
];

describe.each(ROUTES)("%s", (_, rows) => {
  test.each(rows)("%s", (_what, files, expected) => {
    const ours = { cli: tell("cli", files), sdk: tell("sdk", files) };
    expect(ours).toEqual(typeof expected === "string" ? { cli: expected, sdk: expected } : expected);
  });
});

describe("without a look at the credentials file", () => {
  const unseen = { stored: undefined, seesCredentials: false };
  test.each([
    ["a profile with nothing may have keys there", "[profile p]\nregion = x\n", "stored of p"],
    ["the other half of a key may be there", "[profile p]\naws_secret_access_key = two\n", "stored of p"],
    ["a source may be there", `[profile p]\n${ROLE}source_profile = q\n`, "stored of q, role of p"],
  ])("%s", (_, config, expected) => {
    expect([tell("cli", config, unseen), tell("sdk", config, unseen)]).toEqual([expected, expected]);
  });
});

test.each(["cli", "sdk"] as const)("%s: thousands of keys on one long chain cost a step each", (tool) => {
  const LENGTH = 4000;
  const chain = Array.from({ length: LENGTH }, (_, n) => `[profile c${n}]\n${ROLE}source_profile = c${n + 1}\n`);
  const leaning = Array.from({ length: LENGTH }, (_, n) => `[profile l${n}]\n${KEYS}${ROLE}source_profile = c0\n`);
  const reading = plainReading(tool, [...chain, `[profile c${LENGTH}]\n${KEYS}`, ...leaning].join(""));
  assert.isBelow(
    cost(() => expect(hops(routes(reading, ALL_SEEN).get("l0")!)).toHaveLength(LENGTH + 2), 800),
    1000,
  );
});
