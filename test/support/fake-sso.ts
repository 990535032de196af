import { createHash, randomBytes } from "node:crypto";
import { type FakePortal, type FakeState, Refusal } from "./fake-aws-world.ts";
import { roleCaller } from "./fake-sts.ts";
import type { Request } from "./sigv4.ts";

/** IAM Identity Center: the sign-in of a client, and the portal that gives the credentials of roles. */
export class FakeSso {
  readonly #state: FakeState;
  readonly #portal: FakePortal;
  readonly #clients = new Map<string, { secret: string; redirectUris: readonly string[] }>();
  readonly #devices = new Map<string, { clientId: string; polls: number; isUsed: boolean }>();
  readonly #codes = new Map<string, { clientId: string; challenge: string; redirectUri: string }>();
  readonly #tokens = new Map<string, Date>();

  constructor(state: FakeState, portal: FakePortal) {
    this.#state = state;
    this.#portal = portal;
  }

  /** Undefined for a path that is not one of its own. */
  answer(request: Request): object | undefined {
    const url = new URL(request.path, "http://localhost");
    switch (`${request.method} ${url.pathname}`) {
      case "POST /client/register":
        return this.#register(JSON.parse(request.body) as RegisterRequest);
      case "POST /device_authorization":
        return this.#authorizeDevice(JSON.parse(request.body) as Client & { startUrl: string });
      case "POST /token":
        return this.#token(JSON.parse(request.body) as TokenRequest);
      case "GET /federation/credentials":
        return this.#roleCredentials(request, url.searchParams);
      case "GET /assignment/accounts":
        this.#signedIn(request);
        return { accountList: Object.keys(this.#portal.accounts).map((accountId) => ({ accountId })) };
      default:
        return undefined;
    }
  }

  /** What the browser does when the person says yes: where it is sent on to, for a request of the authorization page. */
  approve(page: string): string {
    const asked = new URL(page).searchParams;
    const redirectUri = asked.get("redirect_uri") ?? "";
    const clientId = asked.get("client_id") ?? "";
    const client = this.#clients.get(clientId);
    const isKnown = client?.redirectUris.some((one) => sameButPort(one, redirectUri)) === true;
    if (!isKnown || asked.get("code_challenge_method") !== "S256") throw new Error(`no such authorization: ${page}`);
    const code = randomBytes(16).toString("base64url");
    this.#codes.set(code, { clientId, redirectUri, challenge: asked.get("code_challenge") ?? "" });
    return `${redirectUri}?code=${code}&state=${encodeURIComponent(asked.get("state") ?? "")}`;
  }

  /** All tokens are over, as an administrator ends sessions. */
  signOut(): void {
    this.#tokens.clear();
  }

  #register({ clientName, clientType, redirectUris = [] }: RegisterRequest): object {
    if (clientType !== "public" || !clientName) throw oidc("InvalidClientMetadataException", "invalid_client_metadata");
    const clientId = randomBytes(16).toString("base64url");
    const secret = randomBytes(32).toString("base64url");
    this.#clients.set(clientId, { secret, redirectUris });
    return { clientId, clientSecret: secret, clientIdIssuedAt: 0, clientSecretExpiresAt: 4e9 };
  }

  #authorizeDevice(given: Client & { startUrl: string }): object {
    this.#client(given);
    // As the real one, which takes the address to the letter.
    if (given.startUrl !== this.#portal.startUrl) throw oidc("InvalidRequestException", "invalid_request");
    const deviceCode = randomBytes(24).toString("base64url");
    this.#devices.set(deviceCode, { clientId: given.clientId, polls: 0, isUsed: false });
    const page = "https://device.sso.eu-west-1.amazonaws.com/";
    return {
      deviceCode,
      userCode: "ABCD-EFGH",
      verificationUri: page,
      verificationUriComplete: `${page}?user_code=ABCD-EFGH`,
      expiresIn: 600,
      interval: 1,
    };
  }

  #token(given: TokenRequest): object {
    this.#client(given);
    if (given.grantType === "authorization_code") this.#checkCode(given);
    else if (given.grantType === "urn:ietf:params:oauth:grant-type:device_code") this.#checkDevice(given);
    else throw oidc("UnsupportedGrantTypeException", "unsupported_grant_type");
    const accessToken = `aoa${randomBytes(48).toString("base64url")}`;
    this.#tokens.set(accessToken, new Date(this.#state.now().getTime() + 8 * 3600 * 1000));
    return { accessToken, tokenType: "Bearer", expiresIn: 8 * 3600 };
  }

  #checkDevice({ clientId, deviceCode = "" }: TokenRequest): void {
    const device = this.#devices.get(deviceCode);
    if (device === undefined || device.clientId !== clientId || device.isUsed)
      throw oidc("InvalidGrantException", "invalid_grant");
    const { waits = 0, answer = "yes" } = this.#portal;
    if (answer === "never" || device.polls++ < waits)
      throw oidc("AuthorizationPendingException", "authorization_pending");
    if (answer === "no") throw oidc("AccessDeniedException", "access_denied");
    device.isUsed = true;
  }

  #checkCode({ clientId, code = "", codeVerifier = "", redirectUri = "" }: TokenRequest): void {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash("sha256").update(codeVerifier).digest("base64url");
    if (known?.clientId !== clientId || known.redirectUri !== redirectUri || known.challenge !== challenge)
      throw oidc("InvalidGrantException", "invalid_grant");
  }

  #client({ clientId, clientSecret }: Client): void {
    if (this.#clients.get(clientId)?.secret !== clientSecret)
      throw oidc("InvalidClientException", "invalid_client", 401);
  }

  #signedIn({ headers }: Request): void {
    const expires = this.#tokens.get(headers["x-amz-sso_bearer_token"] ?? "");
    if (expires === undefined || expires <= this.#state.now())
      throw new Refusal(401, "UnauthorizedException", "Session token not found or invalid");
  }

  #roleCredentials(request: Request, asked: URLSearchParams): object {
    this.#signedIn(request);
    const account = asked.get("account_id") ?? "";
    const role = asked.get("role_name") ?? "";
    if (this.#portal.accounts[account]?.includes(role) !== true)
      throw new Refusal(403, "ForbiddenException", "No access");
    const arn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${role}_0123456789abcdef`;
    const { id, secret, token, expires } = this.#state.issue(roleCaller(arn, "jane"), 3600);
    return {
      roleCredentials: { accessKeyId: id, secretAccessKey: secret, sessionToken: token, expiration: expires.getTime() },
    };
  }
}

interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface RegisterRequest {
  readonly clientName?: string;
  readonly clientType?: string;
  readonly redirectUris?: readonly string[];
}

interface TokenRequest extends Client {
  readonly grantType: string;
  readonly deviceCode?: string;
  readonly code?: string;
  readonly codeVerifier?: string;
  readonly redirectUri?: string;
}

/** For a redirect to this machine, RFC 8252 lets the port be any. */
const sameButPort = (one: string, other: string): boolean =>
  one.replace(/:\d+/, "") === other.replace(/(?<=127\.0\.0\.1):\d+/, "");

class OidcRefusal extends Refusal {
  readonly oauth: string;
  constructor(status: number, code: string, oauth: string) {
    super(status, code, oauth);
    this.oauth = oauth;
  }
}

const oidc = (code: string, oauth: string, status = 400): Refusal => new OidcRefusal(status, code, oauth);

export const jsonOf = (refusal: Refusal): object =>
  refusal instanceof OidcRefusal
    ? { error: refusal.oauth, error_description: `${refusal.code}: ${refusal.oauth}` }
    : { message: refusal.message, __type: refusal.code };
