import type { Where } from "../aws/asking.ts";
import { AwsError } from "../aws/error.ts";
import type { SsoToken } from "../vault/sso-token.ts";
import { openInBrowser } from "./browser.ts";
import type { Means } from "./means.ts";
import { failed } from "./trouble.ts";

const CLIENT = "aws-vault-doctor";

/**
 * Signs a person in to IAM Identity Center: they say yes in their browser, and meanwhile AWS is asked again and again whether
 * they did. https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export async function signIn(where: Where, startUrl: string, means: Means): Promise<SsoToken> {
  const { system } = means;
  const { createToken, registerClient, startDeviceAuthorization } = await import("../aws/sso-oidc.ts");
  const client = await registerClient(where, { name: CLIENT, scopes: [] });
  const device = await startDeviceAuthorization(where, client, startUrl);
  await show(device.url, device.userCode, means);
  const end = system.now().getTime() + device.lifetimeSeconds * 1000;
  for (let seconds = device.intervalSeconds; ; ) {
    try {
      const token = await createToken(where, client, { kind: "device", deviceCode: device.deviceCode });
      const expires = new Date(system.now().getTime() + token.lifetimeSeconds * 1000);
      return { ...token, lifetime: token.lifetimeSeconds, expires };
    } catch (error) {
      const code = error instanceof AwsError ? error.code : "";
      if (code === "AccessDeniedException")
        throw failed("SIGN_IN_REFUSED", "the sign-in was refused in the browser", undefined, error);
      if (code === "ExpiredTokenException" || system.now().getTime() > end)
        throw failed("SIGN_IN_LATE", "nobody said yes in the browser in time", "run the command again", error);
      // RFC 8628: who asks too often waits five seconds longer from then on.
      if (code === "SlowDownException") seconds += 5;
      else if (code !== "AuthorizationPendingException") throw error;
      await system.pause(seconds * 1000);
    }
  }
}

/** Whoever started this has to see that it is their own sign-in: the page shows the same code. */
async function show(url: string, code: string, { system, opensBrowser, log }: Means): Promise<void> {
  const { errors } = system.terminal;
  const opens = opensBrowser && !system.environment["CI"];
  const what = opens
    ? "Opening the SSO authorization page in your default browser (use Ctrl-C to abort)"
    : "Open the SSO authorization page in a browser (use Ctrl-C to abort)";
  errors.write(`${what}\n${url}\nIt must show the code ${code}\n`);
  if (opens && !(await openInBrowser(url, system))) log("no browser could be started");
}
