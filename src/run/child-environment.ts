type Variables = Readonly<Record<string, string | undefined>>;

/** What would tell the child of other credentials, or of ours more than it needs: the last six aws-vault hands on. */
const STALE = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CREDENTIAL_FILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_PROFILE",
  "AWS_SDK_LOAD_CONFIG",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_VAULT_FILE_PASSPHRASE",
];

/** Who the child works as, and where. */
export interface ChildProfile {
  readonly profile: string;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

/**
 * The environment of a child: the parent's, without what is stale, with the profile's name, and with what leads it to
 * credentials: those themselves, or where it gets them; what has no value there would lead it elsewhere.
 */
export function childEnvironment(
  parent: Variables,
  { profile, region, endpointUrl }: ChildProfile,
  credentials: Iterable<readonly [name: string, value: string | undefined]>,
): Variables {
  const child: Record<string, string | undefined> = { ...parent };
  // On Windows the names of variables are the same in any case.
  for (const name of Object.keys(child)) if (STALE.includes(name.toUpperCase())) delete child[name];
  child["AWS_VAULT"] = profile;
  if (endpointUrl !== undefined) child["AWS_ENDPOINT_URL"] = endpointUrl;
  for (const [name, value] of credentials) {
    if (value === undefined) delete child[name];
    else child[name] = value;
  }
  if (region !== undefined) {
    child["AWS_REGION"] = region;
    child["AWS_DEFAULT_REGION"] = region;
  }
  return child;
}
