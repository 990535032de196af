import { describe, expect, test } from "vitest";
import { show } from "../src/awsconfig/variables.ts";
import type { Candidate } from "../src/model/chain.ts";
import type { Environment } from "../src/model/facts.ts";
import type { Place } from "../src/model/place.ts";
import type { Tool } from "../src/model/tool.ts";
import { type Chosen, chain } from "../src/routes/chain.ts";
import { routes } from "../src/routes/route.ts";
import { plainReading } from "./plain-reading.ts";

type Variables = Readonly<Record<string, string>>;

/** `environment-keys wins by AWS_ACCESS_KEY_ID + AWS_SECRET_ACCESS_KEY | profile loses by config:2`; what is absent is not told. */
function tell(tool: Tool, config: string, variables: Variables, chosen: Chosen): string {
  const reading = plainReading(tool, config);
  const environment: Environment = new Map(
    Object.entries(variables).map(([name, value]) => [name, { name, ...show(name, value) }]),
  );
  const all = routes(reading, { stored: undefined, seesCredentials: true });
  const { candidates } = chain({ chosen, environment, reading, routes: all });
  return candidates
    .filter(({ standing }) => standing !== "absent")
    .map(one)
    .join(" | ");
}

function one({ kind, standing, because, at }: Candidate): string {
  const by = at.length > 0 ? ` by ${at.map(told).join(" + ")}` : "";
  return `${kind} ${standing}${by}${because ? `: ${because}` : ""}`;
}

function told(place: Place): string {
  if (place.kind === "environment") return place.variable;
  return place.kind === "file" ? `${place.path}:${place.span?.line}` : place.kind;
}

const FLAG: Chosen = { name: "p", by: "flag" };
const VARIABLE: Chosen = { name: "p", by: { kind: "environment", variable: "AWS_PROFILE" } };
const NOBODY: Chosen = { name: "default", by: undefined };

const KEYS = "aws_access_key_id = one\naws_secret_access_key = two\n";
const ROLE = "role_arn = arn:aws:iam::111122223333:role/reader\n";
const ENVIRONMENT_KEYS = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG" };
const ENVIRONMENT_TOKEN = {
  AWS_WEB_IDENTITY_TOKEN_FILE: "/run/token",
  AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/pod",
};
const BOTH_KEYS = "AWS_ACCESS_KEY_ID + AWS_SECRET_ACCESS_KEY";
const BOTH_TOKEN = "AWS_WEB_IDENTITY_TOKEN_FILE + AWS_ROLE_ARN";
const OFF = { AWS_EC2_METADATA_DISABLED: "true" };
const CONTAINER = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/credentials/x" };

type Row = readonly [string, string, Variables, Chosen, string | { readonly cli: string; readonly sdk: string }];

const CHAINS: readonly (readonly [string, readonly Row[]])[] = [
  [
    "keys of the environment",
    [
      ["alone", "", ENVIRONMENT_KEYS, NOBODY, `environment-keys wins by ${BOTH_KEYS}`],
      [
        "and a profile of a variable",
        `[profile p]\n${KEYS}`,
        ENVIRONMENT_KEYS,
        VARIABLE,
        `environment-keys wins by ${BOTH_KEYS} | profile loses by config:2`,
      ],
      [
        "and a profile of a flag",
        `[profile p]\n${KEYS}`,
        ENVIRONMENT_KEYS,
        FLAG,
        `environment-keys left-out by ${BOTH_KEYS} | profile wins by config:2`,
      ],
      [
        "the ID alone",
        `[profile p]\n${KEYS}`,
        { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" },
        VARIABLE,
        {
          cli: "environment-keys fails by AWS_ACCESS_KEY_ID: half-a-key | profile loses by config:2",
          sdk: "environment-keys passed-over by AWS_ACCESS_KEY_ID: half-a-key | profile wins by config:2",
        },
      ],
      [
        "the secret alone",
        `[profile p]\n${KEYS}`,
        { AWS_SECRET_ACCESS_KEY: "two" },
        VARIABLE,
        "environment-keys passed-over by AWS_SECRET_ACCESS_KEY: half-a-key | profile wins by config:2",
      ],
      [
        "empty ones",
        `[profile p]\n${KEYS}`,
        { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
        VARIABLE,
        "profile wins by config:2",
      ],
      [
        "blank ones",
        `[profile p]\n${KEYS}`,
        { AWS_ACCESS_KEY_ID: " ", AWS_SECRET_ACCESS_KEY: " " },
        VARIABLE,
        {
          cli: `environment-keys wins by ${BOTH_KEYS} | profile loses by config:2`,
          sdk: "profile wins by config:2",
        },
      ],
    ],
  ],
  [
    "a token of the environment",
    [
      [
        "and keys of a profile",
        `[profile p]\n${KEYS}`,
        ENVIRONMENT_TOKEN,
        VARIABLE,
        `environment-token wins by ${BOTH_TOKEN} | profile loses by config:2`,
      ],
      [
        "and a role of a profile",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\n${KEYS}`,
        ENVIRONMENT_TOKEN,
        VARIABLE,
        {
          cli: `profile wins by config:5 + config:2 | environment-token loses by ${BOTH_TOKEN}`,
          sdk: `environment-token wins by ${BOTH_TOKEN} | profile loses by config:5 + config:2`,
        },
      ],
      [
        "and a profile of a flag",
        `[profile p]\n${KEYS}`,
        ENVIRONMENT_TOKEN,
        FLAG,
        `environment-token left-out by ${BOTH_TOKEN} | profile wins by config:2`,
      ],
      [
        "without a role",
        `[profile p]\n${KEYS}`,
        { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/token" },
        VARIABLE,
        "environment-token fails by AWS_WEB_IDENTITY_TOKEN_FILE: token-without-role | profile loses by config:2",
      ],
      [
        "without a role, where the profile has one",
        `[profile p]\nweb_identity_token_file = /run/other\n${ROLE}`,
        { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/token" },
        VARIABLE,
        {
          cli: "environment-token wins by AWS_WEB_IDENTITY_TOKEN_FILE + config:3 | profile loses by config:2",
          sdk: "environment-token fails by AWS_WEB_IDENTITY_TOKEN_FILE: token-without-role | profile loses by config:2",
        },
      ],
      [
        "that is only the role, and the token is the profile's",
        "[profile p]\nweb_identity_token_file = /run/token\n",
        { AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/pod" },
        VARIABLE,
        {
          cli: "profile wins by config:2 + AWS_ROLE_ARN",
          sdk: "profile fails by config:2: token-without-role",
        },
      ],
      [
        "that is an empty role, and the token is the profile's",
        `[profile p]\nweb_identity_token_file = /run/token\n${ROLE}`,
        { AWS_ROLE_ARN: "" },
        VARIABLE,
        {
          cli: "profile fails by config:2 + AWS_ROLE_ARN: token-without-role",
          sdk: "profile wins by config:2",
        },
      ],
      [
        "that is only the role, with a flag",
        "[profile p]\nweb_identity_token_file = /run/token\n",
        { AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/pod" },
        FLAG,
        "profile fails by config:2: token-without-role",
      ],
    ],
  ],
  [
    "the profile",
    [
      ["of a name that is nowhere", "", OFF, VARIABLE, "profile fails by AWS_PROFILE: profile-not-found"],
      ["of a flag's name that is nowhere", "", OFF, FLAG, "profile fails: profile-not-found"],
      [
        "of a name that is nowhere, and keys of the environment",
        "",
        ENVIRONMENT_KEYS,
        VARIABLE,
        {
          cli: `profile fails by AWS_PROFILE: profile-not-found | environment-keys loses by ${BOTH_KEYS}`,
          sdk: `environment-keys wins by ${BOTH_KEYS} | profile loses by AWS_PROFILE: profile-not-found`,
        },
      ],
      [
        "in a file that is refused",
        "[profile p]\nregion\n",
        ENVIRONMENT_KEYS,
        VARIABLE,
        {
          cli: `profile fails by config:2: file-refused | environment-keys loses by ${BOTH_KEYS}`,
          sdk: `environment-keys wins by ${BOTH_KEYS} | profile loses by config:2: file-refused`,
        },
      ],
      [
        "with nothing",
        "[profile p]\nregion = x\n",
        CONTAINER,
        VARIABLE,
        "container wins by AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      ],
      [
        "with something wrong",
        `[profile p]\n${ROLE}`,
        CONTAINER,
        VARIABLE,
        "profile fails by config:2: role-without-source | container loses by AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      ],
      [
        "with a source that has nothing",
        `[profile p]\n${ROLE}source_profile = q\n[profile q]\nregion = x\n`,
        CONTAINER,
        VARIABLE,
        "profile fails: nothing | container loses by AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      ],
      [
        "from keys of the environment that are there",
        `[profile p]\n${ROLE}credential_source = Environment\n`,
        ENVIRONMENT_KEYS,
        FLAG,
        `environment-keys left-out by ${BOTH_KEYS} | profile wins by config:3 + config:2`,
      ],
      [
        "from keys of the environment that are not there",
        `[profile p]\n${ROLE}credential_source = Environment\n`,
        OFF,
        VARIABLE,
        "profile fails by config:3 + config:2: source-absent",
      ],
      [
        "from a container that is not there",
        `[profile p]\n${ROLE}credential_source = EcsContainer\n`,
        OFF,
        VARIABLE,
        "profile fails by config:3 + config:2: source-absent",
      ],
      [
        "from an instance that may not be asked",
        `[profile p]\n${ROLE}credential_source = Ec2InstanceMetadata\n`,
        OFF,
        VARIABLE,
        "profile fails by config:3 + config:2: source-absent",
      ],
    ],
  ],
  [
    "the machine",
    [
      ["an instance, perhaps", "", {}, NOBODY, "instance-metadata maybe"],
      ["not an instance", "", { AWS_EC2_METADATA_DISABLED: "TRUE" }, NOBODY, ""],
      [
        "a container with two addresses",
        "",
        { ...CONTAINER, AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.23/v1/credentials" },
        NOBODY,
        "container wins by AWS_CONTAINER_CREDENTIALS_RELATIVE_URI + AWS_CONTAINER_CREDENTIALS_FULL_URI",
      ],
      [
        "a container with an empty address",
        "",
        { AWS_CONTAINER_CREDENTIALS_FULL_URI: "" },
        NOBODY,
        { cli: "container wins by AWS_CONTAINER_CREDENTIALS_FULL_URI", sdk: "instance-metadata maybe" },
      ],
    ],
  ],
];

describe.each(CHAINS)("%s", (_, rows) => {
  test.each(rows)("%s", (_what, config, variables, chosen, expected) => {
    const ours = { cli: tell("cli", config, variables, chosen), sdk: tell("sdk", config, variables, chosen) };
    expect(ours).toEqual(typeof expected === "string" ? { cli: expected, sdk: expected } : expected);
  });
});

test("aws-vault looks at the profile alone", () => {
  const config = "[profile p]\ncredential_process = tool\n";
  expect(tell("aws-vault-byteness", config, { ...ENVIRONMENT_KEYS, ...CONTAINER }, VARIABLE)).toBe(
    "profile wins by config:2",
  );
});

test("a chain holds no secret", () => {
  const reading = plainReading("cli", "");
  const environment: Environment = new Map(
    Object.entries(ENVIRONMENT_KEYS).map(([name, value]) => [name, { name, ...show(name, value) }]),
  );
  const all = JSON.stringify(chain({ chosen: NOBODY, environment, reading, routes: new Map() }));
  for (const secret of Object.values(ENVIRONMENT_KEYS)) expect(all).not.toContain(secret);
});
