import type { Profile, Reading, Setting } from "../model/reading.ts";
import { type Hop, hops, type Route } from "../model/route.ts";
import type {
  Call,
  Chosen,
  Duration,
  Mfa,
  NoSession,
  SessionId,
  SessionPlan,
  SessionSettings,
  SessionType,
} from "../model/session.ts";
import { formatGoDuration } from "./go-duration.ts";
import { reuseWindow, roleDuration, sessionDuration } from "./session-durations.ts";
import { chosen, profileNamed, sourceOf, ssoSettings, vaultSetting } from "./vault-settings.ts";

const ROLE_CHAINING_MAX = 3600; // What AWS allows a role that is assumed with temporary credentials.

/**
 * What aws-vault does for a profile when nothing is cached: the calls in their order, each with what decided it. A
 * cached result of a later call makes the earlier ones unnecessary.
 */
export function sessionPlan(target: string, route: Route, reading: Reading, settings: SessionSettings): SessionPlan {
  const chain = chainOf(target, route, reading);
  const calls = new Planner(target, reading, settings).plan(chain, hops(route)[0]);
  return { chain: chain.map(({ name }) => name), calls, reuse: reuseWindow(settings) };
}

/** The profile, its source, and so on, to the profile that the credentials start from, or as far as there is one. */
function chainOf(target: string, route: Route, reading: Reading): Profile[] {
  const last = hops(route)[0]?.profile;
  const chain: Profile[] = [];
  const seen = new Set<string>();
  for (let name: string | undefined = target; name !== undefined && !seen.has(name); ) {
    seen.add(name);
    const profile = profileNamed(name, reading);
    chain.push(profile);
    name = name === last ? undefined : sourceOf(profile)?.value;
  }
  return chain;
}

/** A profile in its chain, with the values that it goes by. */
interface Link {
  readonly profile: Profile;
  readonly name: string;
  readonly role: Chosen | undefined;
  readonly serial: Chosen | undefined;
  readonly mfaProcess: Setting | undefined;
  /** How long its role shall last. */
  readonly roleDuration: Duration;
  /** The profile that has this one as its source. */
  readonly user: Link | undefined;
  /** The roles from here to the target: how many, and how long the only one lasts. */
  readonly roles: number;
  readonly onlyRoleSeconds: number;
}

/** What a call starts from: the user's own keys, the session or the role of the call before it, or something else. */
type Input = "keys" | "session" | "role" | "other";

class Planner {
  readonly #target: string;
  readonly #reading: Reading;
  readonly #settings: SessionSettings;
  readonly #isByteness: boolean;
  readonly #calls: Call[] = [];
  readonly #withoutSession: NoSession[] = [];
  #input: Input = "other";
  /** The device of the session that the chain starts with. */
  #sessionSerial = "";

  constructor(target: string, reading: Reading, settings: SessionSettings) {
    this.#target = target;
    this.#reading = reading;
    this.#settings = settings;
    this.#isByteness = reading.tool === "aws-vault-byteness";
  }

  plan(chain: readonly Profile[], start: Hop | undefined): readonly Call[] {
    const links = this.#links(chain);
    const first = links.at(-1);
    if (start === undefined || first === undefined) return [];
    const call = this.#start(start, first);
    if (call === undefined) return [];
    this.#calls.push(call);
    if (call.kind === "stored-keys") this.#input = "keys";
    // What starts from something else is used as it is, without a role of the same profile; but this is there for the role.
    else if (call.kind !== "named-source") links.pop();
    // What containers and machines have is a role already.
    else if (call.source.value !== "Environment") this.#input = "role";
    for (const link of links.reverse()) this.#pass(link);
    return this.#calls;
  }

  #links(chain: readonly Profile[]): Link[] {
    const mfaProcesses = this.#mfaProcesses(chain);
    const links: Link[] = [];
    for (const [index, profile] of chain.entries()) {
      const user = links.at(-1);
      const role = this.#chosen(profile, "role_arn");
      const asked = roleDuration(profile, this.#settings);
      links.push({
        profile,
        name: profile.name,
        role,
        serial: this.#chosen(profile, "mfa_serial"),
        mfaProcess: mfaProcesses[index],
        roleDuration: asked,
        user,
        roles: (user?.roles ?? 0) + (role ? 1 : 0),
        onlyRoleSeconds: role ? asked.seconds : (user?.onlyRoleSeconds ?? 0),
      });
    }
    return links;
  }

  /**
   * The command that tells the MFA code. In the maintained fork a profile without one takes its source's, also where
   * the source itself is not needed.
   */
  #mfaProcesses(chain: readonly Profile[]): (Setting | undefined)[] {
    const all = chain.map((profile) => vaultSetting(profile, "mfa_process"));
    if (!this.#isByteness) return all;
    let inherited = mfaProcessBelow(chain.at(-1), this.#reading);
    for (let index = all.length - 1; index >= 0; index--) inherited = all[index] ??= inherited;
    return all;
  }

  #start(hop: Hop, link: Link): Call | undefined {
    const { profile, name } = link;
    switch (hop.kind) {
      case "stored":
        return { kind: "stored-keys", profile: name, withoutSession: this.#withoutSession };
      case "sso": {
        const { startUrl, region } = ssoSettings(profile, this.#reading);
        if (startUrl === undefined) return undefined;
        return {
          kind: "GetRoleCredentials",
          profile: name,
          startUrl,
          region,
          account: vaultSetting(profile, "sso_account_id"),
          role: vaultSetting(profile, "sso_role_name"),
          cache: this.#cache("sso.GetRoleCredentials", name, startUrl.value),
        };
      }
      case "web-identity":
        return {
          kind: "AssumeRoleWithWebIdentity",
          profile: name,
          role: link.role,
          token: hop.by,
          duration: link.roleDuration,
          cache: this.#cache("sts.AssumeRoleWithWebIdentity", name),
        };
      case "process":
        return {
          kind: "credential_process",
          profile: name,
          command: hop.by,
          cache: this.#cache("credential_process", name),
        };
      case "named-source":
        return { kind: "named-source", profile: name, source: hop.by };
      // No hops of aws-vault's.
      case "static":
      case "login":
      case "role":
        return undefined;
    }
  }

  /** What one profile adds to the credentials that come from below: a session, a role, both or nothing. */
  #pass(link: Link): void {
    if (this.#input === "keys") {
      const why = this.#whyNoSession(link);
      if (why === undefined) this.#startSession(link);
      else this.#withoutSession.push({ profile: link.name, ...why });
    }
    if (link.role !== undefined) this.#assume(link, link.role);
  }

  #startSession(link: Link): void {
    const serial = link.serial?.value ?? "";
    this.#calls.push({
      kind: "GetSessionToken",
      profile: link.name,
      duration: sessionDuration(link.user !== undefined, this.#reading.tool, this.#settings),
      mfa: mfaOf(link),
      cache: this.#cache("sts.GetSessionToken", link.name, serial),
    });
    this.#sessionSerial = serial;
    this.#input = "session";
  }

  #assume(link: Link, role: Chosen): void {
    const serial = link.serial?.value ?? "";
    const isChained = serial !== "" && serial === this.#sessionSerial;
    this.#calls.push({
      kind: "AssumeRole",
      profile: link.name,
      role,
      duration: this.#capped(link.roleDuration),
      mfa: isChained ? { kind: "chained", serial: link.serial! } : mfaOf(link),
      // Without a code to ask for, a new role costs nothing.
      cache: isChained || serial === "" ? undefined : this.#cache("sts.AssumeRole", link.name, serial),
    });
    this.#input = "role";
  }

  #whyNoSession(link: Link): Pick<NoSession, "because" | "says"> | undefined {
    const { user } = link;
    const servesRole = this.#isByteness && user?.role !== undefined;
    if (link.role !== undefined && !servesRole) return { because: "role-takes-keys", says: undefined };
    if (this.#isByteness && link.roles === 1 && link.onlyRoleSeconds > ROLE_CHAINING_MAX)
      return { because: "one-long-role", says: undefined };
    if (this.#settings.noSession) return { because: "no-session-flag", says: "sessions are disabled" };
    if (this.#settings.noSessionFor === link.name)
      return { because: "login", says: "sessions are disabled for this profile" };
    if (user === undefined) return undefined;
    if (user.serial === undefined)
      return { because: "user-has-no-mfa", says: `profile '${user.name}' has no MFA serial defined` };
    if (link.serial === undefined)
      return { because: "no-mfa", says: `profile '${link.name}' has no MFA serial defined` };
    if (link.serial.value !== user.serial.value)
      return { because: "other-mfa", says: `MFA serial doesn't match profile '${user.name}'` };
    const { seconds } = user.roleDuration;
    if (this.#isByteness || seconds <= ROLE_CHAINING_MAX) return undefined;
    const most = formatGoDuration(ROLE_CHAINING_MAX);
    return {
      because: "role-too-long-for-chaining",
      says: `duration ${formatGoDuration(seconds)} in profile '${user.name}' is greater than the AWS maximum ${most} for chaining MFA`,
    };
  }

  /** The maintained fork asks for no more than AWS gives; the other one asks, and is refused. */
  #capped(asked: Duration): Duration {
    const isChaining = this.#input === "session" || this.#input === "role";
    if (!this.#isByteness || !isChaining || asked.seconds <= ROLE_CHAINING_MAX) return asked;
    return { seconds: ROLE_CHAINING_MAX, by: { kind: "role-chaining", asked } };
  }

  #chosen(profile: Profile, name: string): Chosen | undefined {
    const { variables } = this.#settings;
    return chosen(profile, name, { target: this.#target, tool: this.#reading.tool, variables });
  }

  #cache(type: SessionType, profile: string, mfa = ""): SessionId | undefined {
    return this.#settings.caching ? { type, profile, mfa } : undefined;
  }
}

const mfaOf = ({ serial, mfaProcess }: Link): Mfa =>
  serial === undefined ? { kind: "no-serial" } : { kind: "sent", serial, process: mfaProcess };

function mfaProcessBelow(profile: Profile | undefined, reading: Reading): Setting | undefined {
  const seen = new Set<string>();
  let source = profile && sourceOf(profile);
  while (source !== undefined && !seen.has(source.value)) {
    seen.add(source.value);
    const below = profileNamed(source.value, reading);
    const found = vaultSetting(below, "mfa_process");
    if (found !== undefined) return found;
    source = sourceOf(below);
  }
  return undefined;
}
