import type { Where } from "../aws/asking.ts";
import { AwsError } from "../aws/error.ts";
import type { Profile } from "../model/reading.ts";
import type { Call } from "../model/session.ts";
import { type Sha1, ssoTokenFile } from "../routes/cache-key.ts";
import { ssoSettings } from "../routes/vault-settings.ts";
import { Secret } from "../secret.ts";
import { readSsoToken, type SsoToken, ssoTokenItem, ssoTokenKey } from "../vault/sso-token.ts";
import { waitingFor } from "./alone.ts";
import type { Credentials } from "./credentials.ts";
import { jsonAt } from "./json.ts";
import type { Means } from "./means.ts";
import { signIn } from "./sign-in.ts";
import { failed } from "./trouble.ts";
import { whereFor } from "./where.ts";

type SsoCall = Extract<Call, { kind: "GetRoleCredentials" }>;

/** The credentials of a role, for a person who is signed in, or signs in now. */
export async function ssoRole(call: SsoCall, profile: Profile, target: string, means: Means): Promise<Credentials> {
  const { account, role, region, startUrl } = call;
  for (const [name, setting] of Object.entries({ sso_account_id: account, sso_role_name: role, sso_region: region }))
    if (setting === undefined)
      throw failed("SSO_INCOMPLETE", `profile ${call.profile}: ${name} is missing for single sign-on`);
  const at = (service: "sso" | "sso-oidc"): Where =>
    whereFor(service, profile, target, means, { ssoRegion: region!.value });
  const { getRoleCredentials } = await import("../aws/sso.ts");
  const portal = at("sso");
  const ask = (token: SsoToken): Promise<Credentials> =>
    means.during("GetRoleCredentials", () =>
      getRoleCredentials(portal, { token: token.accessToken, account: account!.value, role: role!.value }),
    );
  const session = ssoSettings(profile, means.reading).session?.value;
  const known = await knownToken(startUrl.value, session, means);
  if (known !== undefined) {
    try {
      return await ask(known);
    } catch (error) {
      // Signed out somewhere else, or ended by an administrator.
      if (!(error instanceof AwsError) || error.status !== 401) throw error;
      means.log("the token of the sign-in is not taken any more");
      await means.store.remove(ssoTokenKey(startUrl.value));
    }
  }
  const refused = known?.accessToken.reveal();
  return ask(
    await waitingFor(ssoTokenKey(startUrl.value), means, async () => {
      const other = await knownToken(startUrl.value, session, means);
      if (other !== undefined && other.accessToken.reveal() !== refused) return other;
      const sign = means.signsInByRedirect ? (await import("./sign-in-redirect.ts")).signInByRedirect : signIn;
      const token = await sign(at("sso-oidc"), startUrl.value, means);
      await means.store.put(ssoTokenItem(startUrl.value, token));
      return token;
    }),
  );
}

/** From a sign-in before: of this vault, or of the AWS CLI. */
async function knownToken(startUrl: string, session: string | undefined, means: Means): Promise<SsoToken | undefined> {
  const { store, system } = means;
  const item = await store.get(ssoTokenKey(startUrl));
  const stored = item && readSsoToken(item);
  if (stored !== undefined && stored.expires > system.now()) return stored;
  return tokenOfCli(startUrl, session, means);
}

const TOKEN_FILE_BYTES_MAX = 64 * 1024;

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html */
function tokenOfCli(startUrl: string, session: string | undefined, { system }: Means): SsoToken | undefined {
  const { machine } = system;
  const now = system.now();
  const sha1: Sha1 = (text) => system.sha1(text);
  const path = `${machine.home}/.aws/${ssoTokenFile(session === undefined ? { startUrl } : { session }, sha1)}`;
  const json = jsonAt(path, TOKEN_FILE_BYTES_MAX, system);
  const { accessToken, expiresAt, startUrl: of } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof accessToken !== "string" || typeof expiresAt !== "string" || (of ?? startUrl) !== startUrl)
    return undefined;
  // Older ones of the AWS CLI write `UTC` for the zone.
  const expires = new Date(expiresAt.replace(/UTC$/, "Z"));
  if (!(expires > now)) return undefined;
  return {
    accessToken: Secret.ofText(accessToken),
    idToken: undefined,
    refreshToken: undefined,
    tokenType: "Bearer",
    lifetime: Math.round((expires.getTime() - now.getTime()) / 1000),
    expires,
  };
}
