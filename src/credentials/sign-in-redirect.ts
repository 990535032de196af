import type { Where } from "../aws/asking.ts";
import { Secret } from "../secret.ts";
import type { HttpAnswer, HttpRequest, System } from "../system/system.ts";
import type { SsoToken } from "../vault/sso-token.ts";
import { openInBrowser } from "./browser.ts";
import type { Means } from "./means.ts";
import { failed } from "./trouble.ts";

const CLIENT = "aws-vault-doctor";
const SCOPE = "sso:account:access";
/** Registered without a port, which is another one each time: RFC 8252 wants servers to let it be. */
const REDIRECT = "http://127.0.0.1/oauth/callback";
const PATIENCE_MS = 10 * 60 * 1000; // As long as a code of the other way lives.
const PAUSE_MS = 200;

/**
 * Signs a person in as the AWS CLI does by default: the browser comes back to this machine with a code, which is good only
 * together with what nobody but this process knows (PKCE, RFC 7636). A page that somebody else sent a link to leads nowhere.
 */
export async function signInByRedirect(where: Where, startUrl: string, means: Means): Promise<SsoToken> {
  const { system } = means;
  const { createToken, registerClient } = await import("../aws/sso-oidc.ts");
  const redirect = { uri: REDIRECT, startUrl };
  const client = await registerClient(where, { name: CLIENT, scopes: [SCOPE], redirect });
  const [verifier, state] = [chance(system), chance(system)];
  const listener = await listen(state, system);
  try {
    const redirectUri = REDIRECT.replace("127.0.0.1", `127.0.0.1:${listener.port}`);
    const challenge = Buffer.from((await system.changes()).sha256(new TextEncoder().encode(verifier)), "hex");
    const page = new URL(`${where.endpoint ?? hostOf(where.region)}/authorize`);
    page.search = new URLSearchParams({
      response_type: "code",
      client_id: client.id,
      redirect_uri: redirectUri,
      state,
      code_challenge_method: "S256",
      code_challenge: challenge.toString("base64url"),
      scopes: SCOPE,
    }).toString();
    await show(page.href, means);
    const code = await listener.code();
    const grant = { kind: "code", code, verifier: Secret.ofText(verifier), redirectUri } as const;
    const token = await createToken(where, client, grant);
    const expires = new Date(system.now().getTime() + token.lifetimeSeconds * 1000);
    return { ...token, lifetime: token.lifetimeSeconds, expires };
  } finally {
    await listener.close();
  }
}

const chance = (system: System): string => Buffer.from(system.random(48)).toString("base64url");

const hostOf = (region: string): string =>
  `https://oidc.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;

async function show(page: string, { system, opensBrowser, log }: Means): Promise<void> {
  const opens = opensBrowser && !system.environment["CI"];
  const what = opens
    ? "Opening the SSO authorization page in your default browser (use Ctrl-C to abort)"
    : "Open the SSO authorization page in a browser on this machine (use Ctrl-C to abort)";
  system.terminal.errors.write(`${what}\n${page}\n`);
  if (opens && !(await openInBrowser(page, system))) log("no browser could be started");
}

interface Listener {
  readonly port: number;
  /** What the browser brings. Throws a UserError where the person said no, or nothing came in time. */
  code(): Promise<Secret>;
  close(): Promise<void>;
}

async function listen(state: string, system: System): Promise<Listener> {
  const told: { brought?: { readonly code: string } | { readonly error: string } } = {};
  const server = await system.servers.serve("127.0.0.1", 0, (request) => {
    const asked = queryOf(request, server.port);
    // A page of somebody else's can send a browser here, but does not know the state.
    if (asked === undefined || asked.get("state") !== state)
      return answer(400, "This is not the sign-in that was begun.");
    const code = asked.get("code");
    told.brought ??= code === null ? { error: asked.get("error") ?? "no code" } : { code };
    return answer(200, code === null ? "You are not signed in." : "You are signed in, and may close this page.");
  });
  return {
    port: server.port,
    close: () => server.close(),
    async code() {
      for (let waited = 0; told.brought === undefined; waited += PAUSE_MS) {
        if (waited > PATIENCE_MS)
          throw failed("SIGN_IN_LATE", "nobody said yes in the browser in time", "run the command again");
        await system.pause(PAUSE_MS);
      }
      if ("error" in told.brought) throw failed("SIGN_IN_REFUSED", "the sign-in was refused in the browser");
      return Secret.ofText(told.brought.code);
    },
  };
}

/** Undefined for what is not the browser on its way back: another path, or another host's name for this address. */
function queryOf({ method, target, headers }: HttpRequest, port: number): URLSearchParams | undefined {
  const [path, query = ""] = target.split("?");
  const isMeant = method === "GET" && path === "/oauth/callback" && headers.get("host") === `127.0.0.1:${port}`;
  return isMeant ? new URLSearchParams(query) : undefined;
}

const answer = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  body: `${body}\n`,
  closes: true,
});
