import { edit, exportedHere, KEY_VARIABLES, KNOWN_VARIABLES, nearest, rule, variable } from "#rule";

const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AWS_ACCESS_KEY: "AWS_ACCESS_KEY_ID",
    AWS_KEY_ID: "AWS_ACCESS_KEY_ID",
    AWS_ACCESS_ID: "AWS_ACCESS_KEY_ID",
    AWS_ACCESSKEYID: "AWS_ACCESS_KEY_ID",
    AWS_SECRET_KEY: "AWS_SECRET_ACCESS_KEY",
    AWS_SECRET: "AWS_SECRET_ACCESS_KEY",
    AWS_SECRETKEY: "AWS_SECRET_ACCESS_KEY",
    AWS_SECRET_ACCESS: "AWS_SECRET_ACCESS_KEY",
    AWS_ACCESS_SECRET_KEY: "AWS_SECRET_ACCESS_KEY",
    AWS_SECRET_KEY_ID: "AWS_SECRET_ACCESS_KEY",
    AWS_ACCESS_SECRET: "AWS_SECRET_ACCESS_KEY",
    AWS_SECRET_ACCESS_TOKEN: "AWS_SECRET_ACCESS_KEY",
    AWS_TOKEN: "AWS_SESSION_TOKEN",
    AWS_ACCESS_TOKEN: "AWS_SESSION_TOKEN",
    AWS_SHARED_CREDENTIALS: "AWS_SHARED_CREDENTIALS_FILE",
    AWS_CREDENTIALS_PATH: "AWS_SHARED_CREDENTIALS_FILE",
    AWS_CONFIG_PATH: "AWS_CONFIG_FILE",
    AWS_LOAD_CONFIG: "AWS_SDK_LOAD_CONFIG",
    AWS_WEB_IDENTITY_TOKEN: "AWS_WEB_IDENTITY_TOKEN_FILE",
    AWS_SESSION_TTL: "AWS_SESSION_TOKEN_TTL",
    AWS_VAULT_KEYCHAIN: "AWS_VAULT_KEYCHAIN_NAME",
    AWS_VAULT_PASS_PASSWORD_STORE: "AWS_VAULT_PASS_PASSWORD_STORE_DIR",
    AWS_VAULT_FILE_PASSWORD: "AWS_VAULT_FILE_PASSPHRASE",
    AWS_VAULT_PASSPHRASE: "AWS_VAULT_FILE_PASSPHRASE",
    AWS_CREDENTIAL_FILE: "AWS_SHARED_CREDENTIALS_FILE",
    AWS_CREDENTIALS_FILE: "AWS_SHARED_CREDENTIALS_FILE",
    AWS_SHARED_CREDENTIAL_FILE: "AWS_SHARED_CREDENTIALS_FILE",
    AWS_CONFIG: "AWS_CONFIG_FILE",
    AWS_DEFAULTPROFILE: "AWS_DEFAULT_PROFILE",
    AWS_PROFILE_NAME: "AWS_PROFILE",
    AWS_REGION_NAME: "AWS_REGION",
    AWS_MFA_SERIAL_NUMBER: "AWS_MFA_SERIAL",
    AWS_VAULT_BACKENDS: "AWS_VAULT_BACKEND",
    AWS_VAULT_ASSUME_ROLE_TTL: "AWS_ASSUME_ROLE_TTL",
    AWS_VAULT_SESSION_TOKEN_TTL: "AWS_SESSION_TOKEN_TTL",
    AWS_VAULT_MIN_TTL: "AWS_MIN_TTL",
  }),
);
/** Other programs may have variables of these names, too: then the value tells. */
const BY_VALUE: ReadonlyMap<string, string> = new Map([
  ["AWS_ID", "AWS_ACCESS_KEY_ID"],
  ["AWS_KEY", "AWS_ACCESS_KEY_ID"],
  ["AWS_PASSWORD", "AWS_SECRET_ACCESS_KEY"],
]);
/** Of other tools, and not misspelt. AWS_ACCESS_KEY and AWS_SECRET_KEY are old names of the SDK for Java. */
const OTHERS =
  /^AWS_(?:SDK_.*|LAMBDA_.*|XRAY_.*|CLI_.*|CDK_.*|SAM_.*|S3_.*|OKTA_.*|SSO_.*|VAULT_.*|COPILOT_.*|CONTAINER_.*|EC2_.*|ENDPOINT_.*|ACCOUNT.*|NUKE_.*|BATCH_.*|ECS_.*|EKS_.*|REQUEST_.*|RESPONSE_.*|AUTH_.*|DEFAULTS_.*|STS_.*|IAM_.*|LOGIN_.*|APP_.*)$/;
const NEVER = /^AWS_(?:ROLE|SESSION_NAME|REGIONS|PROFILES|ACCOUNTS?|VAULT_PROFILE|SECRETS|CONFIGS?_DIR)$/;

/** Programs have variables of their own such as aws_region; these few mean what they mean in capitals. */
const CARRIERS: readonly string[] = [...KEY_VARIABLES, "AWS_PROFILE"];

export default rule({
  id: "misspelt-env-name",
  severity: "warning",
  category: "environment",
  summary: "a variable that no tool reads, and whose name is nearly one that they do",
  why:
    "Nobody says that a variable is unknown. With AWS_SECRET_KEY in place of AWS_SECRET_ACCESS_KEY there are no credentials, or other " +
    "ones; a misspelt `unset` leaves the key in place.",
  remedy: "write the name as the documentation has it",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html#EVarSettings",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html",
  ],
  errors: ['Unable to locate credentials. You can configure credentials by running "aws configure".'],
  about: { variables: ["AWS*", "aws*"] },
  needs: ["environment", "startup", "machine"],
  *check({ environment, startup, machine }) {
    const sameInAnyCase = machine.os === "win32";
    for (const [name, { hidden }] of environment) {
      const isKey = hidden !== undefined && hidden.looksLike !== "other";
      const meant = meaning(sameInAnyCase ? name.toUpperCase() : name) ?? (isKey ? BY_VALUE.get(name) : undefined);
      // Old names beside the right ones are for old programs.
      if (meant === undefined || ((ALIASES.has(name) || name !== name.toUpperCase()) && environment.has(meant)))
        continue;
      const also = startup.flatMap(({ statements }) =>
        exportedHere(statements.filter((one) => one.name === name && one.kind === "export")),
      );
      yield { at: variable(name), says: `no tool reads ${name}, did you mean ${meant}?`, also };
    }
    for (const { statements } of startup) {
      const names = new Set(statements.map(({ name }) => name));
      for (const { kind, name, nameAt } of statements) {
        const meant = kind === "alias" || environment.has(name) ? undefined : meaning(name);
        if (meant === undefined || (ALIASES.has(name) && names.has(meant))) continue;
        yield {
          at: nameAt,
          says:
            kind === "unset"
              ? `this unsets ${name}, did you mean ${meant}?`
              : `no tool reads ${name}, did you mean ${meant}?`,
          fix: { title: `write ${meant}`, safety: "ask", steps: [edit(nameAt, meant)] },
        };
      }
    }
  },
});

function meaning(name: string): string | undefined {
  const upper = name.toUpperCase();
  // In lower case it is another variable.
  if (upper !== name && CARRIERS.includes(upper)) return upper;
  if (!name.startsWith("AWS") || NEVER.test(name) || KNOWN_VARIABLES.includes(name)) return undefined;
  const alias = ALIASES.get(name);
  if (alias !== undefined) return alias;
  if (name.length < 9) return undefined;
  const [near] = nearest(name, KNOWN_VARIABLES, 1, 2);
  if (near === undefined) return undefined;
  // In a family of names, only a slip of the finger counts, and not another member.
  return OTHERS.test(name) && nearest(name, KNOWN_VARIABLES, 1, 1).length === 0 ? undefined : near;
}
