import { ssoTokenFile } from "../routes/cache-key.ts";
import { timestamp } from "../routes/timestamp.ts";
import { profileNamed, sourceOf, ssoSettings } from "../routes/vault-settings.ts";
import { FileTrouble } from "../system/system.ts";
import { readSsoToken, ssoTokenKey } from "../vault/sso-token.ts";
import type { Means } from "./means.ts";

/**
 * Puts the token of a profile's sign-in where the AWS CLI and the SDKs look for it: a command that gets the profile's name alone
 * finds its own way with it. https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export async function shareSignIn(name: string, means: Means): Promise<void> {
  const { store, system, note } = means;
  const found = startOf(name, means);
  if (found === undefined) return;
  const { startUrl, session, region } = found;
  const item = await store.get(ssoTokenKey(startUrl));
  const token = item && readSsoToken(item);
  if (token === undefined) return; // It is the AWS CLI's own already.
  const path = `${system.machine.home}/.aws/${ssoTokenFile(session === undefined ? { startUrl } : { session }, (text) => system.sha1(text))}`;
  const json = {
    startUrl,
    ...(region === undefined ? {} : { region }),
    accessToken: token.accessToken.reveal(),
    expiresAt: timestamp(token.expires),
    ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken.reveal() }),
  };
  try {
    system.files.makeFolder(path.slice(0, path.lastIndexOf("/")));
    system.files.replace(path, new TextEncoder().encode(`${JSON.stringify(json)}\n`), 0o600);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    note(`the sign-in could not be shared with the AWS CLI: ${error.message}`);
  }
}

/** The sign-in that a profile starts from, itself or by its sources. */
function startOf(name: string, { reading }: Means) {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const profile = profileNamed(at, reading);
    const { startUrl, session, region } = ssoSettings(profile, reading);
    if (startUrl !== undefined) return { startUrl: startUrl.value, session: session?.value, region: region?.value };
    at = sourceOf(profile)?.value;
  }
  return undefined;
}
