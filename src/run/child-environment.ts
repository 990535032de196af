import { type Exported, variables } from "../credentials/formats.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** What would tell the child of other credentials, or of ours more than it needs: the last two aws-vault hands on. */
const STALE = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CREDENTIAL_FILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_PROFILE",
  "AWS_SDK_LOAD_CONFIG",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_VAULT_FILE_PASSPHRASE",
];

/** The environment of a child: the parent's, without what is stale, with fresh credentials and the profile's name. */
export function childEnvironment(parent: Variables, exported: Exported, endpointUrl: string | undefined): Variables {
  const child: Record<string, string | undefined> = { ...parent };
  // On Windows the names of variables are the same in any case.
  for (const name of Object.keys(child)) if (STALE.includes(name.toUpperCase())) delete child[name];
  child["AWS_VAULT"] = exported.profile;
  if (endpointUrl !== undefined) child["AWS_ENDPOINT_URL"] = endpointUrl;
  for (const [name, value] of variables(exported)) child[name] = value;
  return child;
}
