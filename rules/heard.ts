import type { RuleCard } from "#rule";

/**
 * What no file and no setting of a machine shows: it is known by what tools say. These have a page, and `explain "<text>"`
 * leads to it; nothing is judged by them.
 */
export const heard: readonly RuleCard[] = [
  card({
    id: "mfa-code-rejected",
    category: "roles",
    summary: "a code for MFA that AWS does not take",
    why:
      "A code counts once, and for half a minute. The same one in a second terminal, a device whose clock has gone astray, the code of " +
      "another account's device and a mistyped digit all end so.",
    remedy:
      "wait for the next code; when none is taken, look at this machine's clock, and resynchronise the device in the IAM console",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html"],
    errors: [
      "MultiFactorAuthentication failed with invalid MFA one time pass code",
      "An error occurred (AccessDenied) when calling the AssumeRole operation: MultiFactorAuthentication failed with invalid MFA one time pass code.",
      "An error occurred (AccessDenied) when calling the GetSessionToken operation: MultiFactorAuthentication failed with invalid MFA one time pass code.",
    ],
  }),
  card({
    id: "mfa-prompt-failed",
    category: "vault",
    summary: "what should have asked for the MFA code gave none",
    why:
      "aws-vault lets a driver or the profile's mfa_process ask for the code. A window that was closed, a YubiKey that is not there or was not " +
      "touched, and a terminal that does not exist, as under credential_process, end it.",
    remedy: "touch the key or type the code in time; choose a driver that works here with --prompt or AWS_VAULT_PROMPT",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
    errors: [
      "process provider: exit status …",
      "ykman: exit status …",
      "wincredui: call to CredUIPromptForCredentialsW failed",
      "open /dev/tty: no such device or address",
      "No prompt found",
      'Prompt method "…" doesn\'t exist',
      "Touch account timed out!",
    ],
  }),
  card({
    id: "ykman-ambiguous",
    category: "vault",
    summary: "two accounts on the YubiKey fit one device",
    why: "ykman is asked for the code of an account by the ARN of the device. Where two accounts on the key begin alike, it asks which one is meant, and aws-vault cannot answer.",
    remedy: "rename one of them (`ykman oath accounts rename`), or set YKMAN_OATH_CREDENTIAL_NAME to the whole name",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
    errors: ["Multiple matches, please make the query more specific."],
  }),
  card({
    id: "sso-token-revoked",
    category: "sso",
    summary: "a token of single sign-on that is valid by its date, and was taken back",
    why: "An administrator, a sign-out in the portal or a changed permission set ends a session on AWS's side. The token in the cache has no word of it.",
    remedy: "sign on again: `aws sso login`; in aws-vault take its token away first, `aws-vault clear`",
    links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html"],
    errors: [
      "UnauthorizedException: Session token not found or invalid",
      "An error occurred (UnauthorizedException) when calling the GetRoleCredentials operation: Session token not found or invalid",
    ],
  }),
  card({
    id: "sso-custom-portal-url",
    category: "sso",
    summary: "a portal that does not know its start URL by that name",
    why: "A portal has an address of its own, https://d-….awsapps.com/start, and perhaps one with a name that somebody chose. The second is not taken everywhere, or not any more.",
    remedy: "write the address with d- that stands in IAM Identity Center's settings",
    links: ["https://docs.aws.amazon.com/singlesignon/latest/userguide/howtochangeURL.html"],
    errors: [
      "An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation",
      "InvalidRequestException when calling the StartDeviceAuthorization operation",
    ],
  }),
  card({
    id: "global-service-region",
    category: "environment",
    summary: "a service that lives in one region, asked for in another",
    why: "Support, Health, Organizations and some others answer in us-east-1 alone (in us-gov-west-1, cn-northwest-1). An address with another region in it does not exist.",
    remedy: "`--region us-east-1` for this command",
    links: ["https://docs.aws.amazon.com/general/latest/gr/rande.html"],
    errors: [
      'Could not connect to the endpoint URL: "https://support.….amazonaws.com/"',
      'Could not connect to the endpoint URL: "https://health.….amazonaws.com/"',
      'Could not connect to the endpoint URL: "https://organizations.….amazonaws.com/"',
    ],
  }),
  card({
    id: "federation-with-temporary-keys",
    category: "roles",
    summary: "a link to the console, asked for with keys that may not ask for one",
    why: "GetFederationToken takes long-term keys alone, and the console's sign-in takes sessions of roles and federation alone. `aws-vault login` out of an exported session, or with a session without a role, has neither.",
    remedy: "log in with a profile that has a role or single sign-on, outside of shells with exported keys",
    links: [
      "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html",
    ],
    errors: [
      "An error occurred (AccessDenied) when calling the GetFederationToken operation: Cannot call GetFederationToken with session credentials",
      "AccessDenied: Cannot call GetFederationToken with session credentials",
      "Only federation tokens or assume role tokens may be used for federated login.",
      "aws-vault: error: login: profile …: No master credentials found",
      "Call to getSigninToken failed with …",
    ],
  }),
  card({
    id: "credential-process-stale-output",
    category: "profiles",
    summary: "a credential_process that hands out credentials which have ended",
    why: "A helper keeps what it got, and gives it again after its end; tools that ask once more get the same, and give up.",
    remedy: "clear the helper's cache, or sign on with it again",
    links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html"],
    errors: ["Credentials were refreshed, but the refreshed credentials are still expired."],
  }),
  card({
    id: "wincred-size-limit",
    category: "vault",
    summary: "an item that is too long for Windows's Credential Manager",
    why: "An entry there has at most 2560 bytes. Tokens of single sign-on and long sessions are longer.",
    remedy: "use the file store: AWS_VAULT_BACKEND=file",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
    errors: ["The stub received bad data"],
  }),
  card({
    id: "aligned-equals-old-go-sdk",
    category: "files",
    summary: "an old SDK for Go that stumbles over blanks in front of the equals sign",
    why: "aws-sdk-go 1.15.7x could not read a credentials file whose equals signs are aligned. Every other version, and every other tool, reads it well.",
    remedy: "update the program; or write the lines with one blank",
    links: ["https://github.com/aws/aws-sdk-go/issues/2281"],
    errors: ["SharedCredsLoad: failed to load shared credentials file"],
  }),
  card({
    id: "file-backend-wrong-passphrase",
    category: "vault",
    summary: "the passphrase does not open aws-vault's files",
    why: "Each file is sealed with the passphrase of its time. A mistyped one, one that changed in between, and files of aws-vault before 6.2 all fail on the same check.",
    remedy:
      "try the passphrase of before; `vault list` shows the items, and what cannot be opened has to be added anew",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
    errors: ["aes.KeyUnwrap(): integrity check failed."],
  }),
  card({
    id: "stored-key-differs-from-file",
    category: "vault",
    summary: "the vault has another key than the credentials file",
    why: "After a rotation by hand the file has the new key and the vault the old one, or the other way round: one tool works, and the other says that the token is invalid.",
    remedy: "`aws-vault add PROFILE` with the key that is valid, and take the other out of the file",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"],
    errors: [
      "An error occurred (InvalidClientTokenId) when calling the GetSessionToken operation: The security token included in the request is invalid",
    ],
  }),
  card({
    id: "aws-vault-flags-together",
    category: "vault",
    summary: "two flags of aws-vault exec that exclude each other",
    why: "A server hands out credentials as long as a command runs, and prints none; and it can neither ask on the command's own terminal nor do without a session.",
    remedy: "leave one of the two out; with a server choose a driver that opens a window, or ykman",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
    errors: [
      "Can't use --ec2-server with --ecs-server",
      "Can't use --ec2-server with --json",
      "Can't use --ec2-server with --no-session",
      "Can't use --ecs-server with --json",
      "Can't use --ecs-server with --no-session",
      "Can't use --prompt=terminal with --ecs-server. Specify a different prompt driver",
      "Can't use --prompt=terminal with --ec2-server. Specify a different prompt driver",
    ],
  }),
  card({
    id: "aws-vault-old-flags",
    category: "vault",
    summary: "a flag or a driver that this aws-vault does not have",
    why: "What stands behind the profile's name without `--` is taken for aws-vault's own. And old guides name flags that are gone: --session-ttl, --assume-role-ttl, --prompt=pass.",
    remedy: "put `--` in front of the command; use --duration, and mfa_process in place of --prompt=pass",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/cli.md"],
    errors: [
      "aws-vault: error: unknown long flag '--…', try --help",
      "aws-vault: error: unknown short flag '-…', try --help",
      "--prompt=pass (or AWS_VAULT_PROMPT=pass) has been removed from aws-vault as using TOTPs without a dedicated device goes against security best practices.",
    ],
  }),
  card({
    id: "aws-vault-no-profile-named",
    category: "vault",
    summary: "aws-vault was not told which profile",
    why: "Most of its commands want a profile. The newer one lets you choose from a list, but only on a terminal.",
    remedy: "name the profile: `aws-vault exec PROFILE -- command`",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/cli.md"],
    errors: [
      "aws-vault: error: required argument 'profile' not provided, try --help",
      "unable to select a 'profile'. Try --help: …",
      "unable to select a 'profile', nor any AWS env vars found. Try --help: …",
    ],
  }),
  card({
    id: "keychain-broken",
    category: "vault",
    summary: "aws-vault's keychain of macOS is gone, or does not obey",
    why:
      "The keychain has a file and a password of its own. Where the file was deleted, macOS still has it in its list and makes no new one; " +
      "after a move to another Mac, or another build of aws-vault, items may be read and not changed.",
    remedy:
      "make it anew in Keychain Access, by the name aws-vault; delete the item that does not obey there, and add the key again",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
    errors: [
      "aws-vault: error: No such keychain (-25294)",
      "The specified keychain could not be found. (-25294)",
      "aws-vault: error: clear: Keychain Error. (-25244)",
      "Error deleting session: Keychain Error (-25244)",
      "The user name or passphrase you entered is not correct. (-25293)",
    ],
  }),
  card({
    id: "docker-without-token",
    category: "environment",
    summary: "Docker has no password for this registry of ECR",
    why:
      "Docker knows registries by their whole names, account and region included, and each for twelve hours. Its helper docker-credential-ecr-login " +
      "looks for AWS credentials in the environment that docker was started in: without AWS_PROFILE, and under sudo, those are others.",
    remedy:
      "`aws ecr get-login-password --profile PROFILE --region REGION | docker login --username AWS --password-stdin ACCOUNT.dkr.ecr.REGION.amazonaws.com`; " +
      "for the helper, start docker with AWS_PROFILE or inside of `aws-vault exec`",
    links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html"],
    errors: ["no basic auth credentials", "Your authorization token has expired. Reauthenticate and try again."],
  }),
  card({
    id: "web-identity-refused",
    category: "roles",
    summary: "a token of a web identity that AWS does not take for this role",
    why:
      "IAM compares three things: the issuer has to be a provider of this account, the audience has to be one of the provider's, and the role's " +
      "trust policy has to name the subject: the branch, the service account. The files of this machine have nothing to do with it.",
    remedy:
      "compare the token's iss, aud and sub with the provider and the role's trust policy, letter by letter; look at the account in role_arn, too",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"],
    errors: [
      "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for …",
      "An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: Incorrect token audience",
      "Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "It looks like you might be trying to authenticate with OIDC. Did you mean to set the `id-token` permission?",
    ],
  }),
  card({
    id: "kubectl-gets-no-token",
    category: "environment",
    summary: "kubectl asks the AWS CLI for its token, and gets none, or somebody else's",
    why:
      "For EKS the kubeconfig names a command, `aws eks get-token`, that every program with a kubeconfig runs with its own PATH and environment: " +
      "an editor or a container may have no aws there, no AWS_PROFILE, or the keys of another identity, which the cluster does not know.",
    remedy:
      "`aws eks update-kubeconfig --name CLUSTER --profile PROFILE` writes the profile into the kubeconfig; see who asks with `aws sts get-caller-identity`",
    links: [
      "https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html",
      "https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#unauthorized",
    ],
    errors: [
      "Unable to connect to the server: getting credentials: exec: executable aws not found",
      "Unable to connect to the server: getting credentials: exec: executable aws failed with exit code …",
      "error: You must be logged in to the server (Unauthorized)",
      "error: You must be logged in to the server (the server has asked for the client to provide credentials)",
    ],
  }),
  card({
    id: "aws-vault-command-not-found",
    category: "vault",
    summary: "the command that aws-vault should start is not there",
    why: "aws-vault looks for the command on PATH as it is in this shell. Aliases and functions of the shell are no commands to it.",
    remedy:
      "write the program's name or path; for an alias, `aws-vault exec PROFILE` alone starts a shell that knows it",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/cli.md"],
    errors: [
      'aws-vault: error: exec: "…": executable file not found in $PATH',
      "Couldn't find the executable '…'",
      "Failed to wait for command termination: exit status …",
    ],
  }),
  card({
    id: "aws-vault-server-refuses",
    category: "metadata",
    summary: "aws-vault's server hands out no credentials to who asked",
    why: "The ECS server wants the token that the command got in its environment, and both servers answer to this machine under its own names alone: not through a forwarded port, and not from a container.",
    remedy: "ask from inside of `aws-vault exec --ecs-server`, with its variables",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
    errors: [
      "invalid Authorization token",
      "Access denied from non-localhost address",
      "Access denied for host '…'",
      "Retrieving creds: …",
    ],
  }),
  card({
    id: "aws-vault-server-address",
    category: "metadata",
    summary: "aws-vault's EC2 server cannot have its address",
    why: "It answers at 169.254.169.254:80, which takes root's rights, and nobody else may be there: a machine of EC2 has its own service at that address.",
    remedy: "`aws-vault exec --ecs-server` needs neither; `aws-vault proxy --stop` ends a proxy that was left behind",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server"],
    errors: [
      "Another process is already bound to 169.254.169.254:80",
      "The EC2 Instance Metadata endpoint proxy server isn't running. Run `aws-vault proxy` as Administrator or root in the background and then try this command again",
      "Creation of network alias for server mode requires elevated permissions, run as administrator",
    ],
  }),
  card({
    id: "aws-vault-cannot-rotate",
    category: "vault",
    summary: "aws-vault rotate finds no key to exchange, or may not",
    why: "It exchanges the stored long-term key of the profile, with a session of that key. A role, single sign-on and a session without MFA, where the policy asks for one, cannot do it.",
    remedy: "name the profile that has the stored key; give it mfa_serial, or use --no-session",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-credentials.md"],
    errors: [
      "Error determining credential name for '…': No master credentials found",
      "Error loading source credentials for '…': …",
      "Error getting IAM username from session: …",
      "Error creating a new access key: …",
      "Can't delete old access key …: After … attempts, last error: …",
    ],
  }),
  card({
    id: "aws-vault-add-incomplete",
    category: "vault",
    summary: "aws-vault add got no key, or one that would not be used",
    why: "With --env it takes both keys from the environment. And a profile with a source_profile uses the source's key.",
    remedy: "export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY first; add the key to the source profile",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-credentials.md"],
    errors: [
      "Missing value for AWS_ACCESS_KEY_ID",
      "Missing value for AWS_SECRET_ACCESS_KEY",
      "Error adding profile: …",
      "Your profile has a source_profile of …, adding credentials to … won't have any effect",
    ],
  }),
  card({
    id: "aws-vault-cannot-migrate",
    category: "vault",
    summary: "keys could not be moved from one store to the other",
    why: "The newer aws-vault copies items between its stores. Each of the two has to open, and what was written is read back before the old one goes.",
    remedy:
      "name two different stores, see that both open (`--backend … list`), and try again: nothing is lost on the way",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
    errors: [
      "source and destination backends must differ",
      'open source backend "…": …',
      'open destination backend "…": …',
      'profile "…" not found in source backend',
      'check destination profile "…": …',
      'read source profile "…": …',
      'write destination profile "…": …',
      'verify destination profile "…": credential mismatch',
      'delete source profile "…": …',
    ],
  }),
  card({
    id: "aws-vault-token-not-shared",
    category: "sso",
    summary: "aws-vault could not put its sign-on where the AWS CLI looks for it",
    why: "The newer aws-vault writes its token into ~/.aws/sso/cache as well. A folder that belongs to somebody else, or a full disk, stops that; aws-vault itself goes on.",
    remedy: "see that ~/.aws/sso/cache is yours and may be written",
    links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
    errors: [
      "Warning: failed to sync OIDC token to standard cache: …",
      "OIDC token not found in keyring for …",
      "create temp file: …",
      "rename temp file into place: …",
    ],
  }),
  card({
    id: "aws-vault-cannot-export",
    category: "vault",
    summary: "aws-vault could not write the credentials down",
    why: "These are faults of aws-vault's own, and say nothing about the credentials.",
    remedy: "take another --format; with --debug it says more",
    links: ["https://github.com/ByteNess/aws-vault/issues"],
    errors: ["Error creating credential json: …", "Failed to create ini section: …", "Failed to output ini: …"],
  }),
];

function card(given: Omit<RuleCard, "severity" | "needs">): RuleCard {
  return { ...given, severity: "error", needs: [] };
}
