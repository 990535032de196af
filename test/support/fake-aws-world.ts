import { randomBytes } from "node:crypto";
import { codeAt, stepAt, stepStart } from "./totp.ts";

/** Who and what there is in a fake AWS. */

export interface FakeUser {
  readonly account: string;
  readonly name: string;
  readonly keys: FakeKey[];
  readonly devices: readonly FakeDevice[];
  /** What its policy does not allow, such as `iam:GetUser`. */
  readonly denied?: readonly string[];
}

export interface FakeKey {
  readonly id: string;
  readonly secret: string;
  isActive: boolean;
  readonly created: Date | string;
  /** How many calls do not know it yet. */
  unknownFor?: number;
  used?: Date;
}

export interface FakeDevice {
  readonly serial: string;
  /** What its codes are made from. */
  readonly seed: string;
}

export interface FakeRole {
  readonly arn: string;
  /** The ARNs that may assume it: of users, of roles; for a web identity, the token. */
  readonly trusts: readonly string[];
  readonly needsMfa?: boolean;
  readonly externalId?: string;
  /** Tags that must come along. */
  readonly needsTags?: readonly string[];
  /** Seconds. */
  readonly longest?: number;
}

export interface FakePortal {
  readonly startUrl: string;
  /** Roles by account. */
  readonly accounts: Readonly<Record<string, readonly string[]>>;
  /** How often a client is told to wait before the person has said yes. */
  readonly waits?: number;
  readonly answer?: "yes" | "no" | "never";
}

export interface FakeWorld {
  readonly users?: readonly FakeUser[];
  readonly roles?: readonly FakeRole[];
  readonly portal?: FakePortal;
  /** How far the clock here is behind AWS's, in seconds. */
  readonly ahead?: number;
  /** The sessions that are given are counted, and not made by chance. */
  readonly isCounted?: boolean;
  /** How many calls a new key is not known to. */
  readonly settling?: number;
}

/** Who makes a call. */
export interface Caller {
  readonly kind: "user" | "user-session" | "role" | "federated";
  readonly account: string;
  /** As policies name it: of a user or of a role. */
  readonly principal: string;
  /** As GetCallerIdentity tells it. */
  readonly arn: string;
  readonly userId: string;
  readonly hasMfa: boolean;
  readonly user: FakeUser | undefined;
  readonly sourceIdentity: string | undefined;
  readonly transitiveTags: ReadonlyMap<string, string>;
}

export interface IssuedSession {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  readonly expires: Date;
  readonly caller: Caller;
}

/** What AWS refuses, with the HTTP status that it does so with. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const denied = (message: string): Refusal => new Refusal(403, "AccessDenied", message);
export const invalid = (message: string): Refusal => new Refusal(400, "ValidationError", message);

/** What changes in it: sessions that were given, codes that were used. */
export class FakeState {
  readonly world: FakeWorld;
  readonly users: readonly FakeUser[];
  readonly roles: readonly FakeRole[];
  readonly sessions = new Map<string, IssuedSession>();
  readonly #lastSteps = new Map<string, number>();

  constructor(world: FakeWorld) {
    this.world = world;
    this.users = world.users ?? [];
    this.roles = world.roles ?? [];
  }

  now(): Date {
    return new Date(Date.now() + (this.world.ahead ?? 0) * 1000);
  }

  userWithKey(id: string): { user: FakeUser; key: FakeKey } | undefined {
    for (const user of this.users) {
      const key = user.keys.find((one) => one.id === id);
      if (key !== undefined) return { user, key };
    }
    return undefined;
  }

  issue(caller: Caller, seconds: number): IssuedSession {
    const number = this.world.isCounted ? String(this.sessions.size + 1) : "";
    const session = {
      id: number ? `ASIAEXAMPLE${number.padStart(9, "0")}` : `ASIA${base32(16)}`,
      secret: number ? `secret-example-${number}` : randomBytes(30).toString("base64"),
      token: number ? `token-example-${number}` : `FwoG${randomBytes(90).toString("base64")}`,
      expires: new Date(Math.floor(this.now().getTime() / 1000 + seconds) * 1000),
      caller,
    };
    this.sessions.set(session.id, session);
    return session;
  }

  /** A code counts near its time, and once. */
  checkCode(user: FakeUser | undefined, serial: string, code: string): void {
    const device = user?.devices.find((one) => one.serial === serial);
    if (device === undefined)
      throw denied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      );
    const now = stepAt(this.now());
    const step = [now, now - 1, now + 1, now + 2].find((one) => codeAt(device.seed, stepStart(one)) === code);
    if (step === undefined || step <= (this.#lastSteps.get(serial) ?? 0))
      throw denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    this.#lastSteps.set(serial, step);
  }
}

const base32 = (length: number): string =>
  Array.from(randomBytes(length), (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte & 31]).join("");

export const newKey = (id = `AKIA${base32(16)}`): FakeKey => ({
  id,
  secret: randomBytes(30).toString("base64"),
  isActive: true,
  created: new Date(),
});
