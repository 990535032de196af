import type { Where } from "../aws/asking.ts";
import { AwsError } from "../aws/error.ts";
import type { AccessKeyFacts } from "../aws/iam.ts";
import type { Identity } from "../aws/sts.ts";
import type { Call } from "../model/session.ts";
import { routeInAwsVault } from "../routes/route-aws-vault.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { sessionPlan } from "../routes/sessions.ts";
import { profileNamed } from "../routes/vault-settings.ts";
import { removeSessionsOf } from "../vault/listing.ts";
import { keyIn, type LongTermKey, readLongTermKey, storeProved } from "../vault/long-term-key.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";
import { credentialsOf, planOf } from "./resolve.ts";
import { type Begun, type RotationJournal, rotationJournal } from "./rotation-journal.ts";
import { failed } from "./trouble.ts";
import { whereFor } from "./where.ts";

const PAUSE_MS = 2000;
const TRIES = 20; // A new key is known everywhere within seconds; AWS promises nothing.

/**
 * Gives the user of a stored key a new one. At every moment the store holds a key that works: the new one is kept beside the
 * old one until STS has said that it is the same user's, and only when it has taken the old one's place and was read back,
 * the old one is deleted. What was broken off is finished by the next call.
 */
export async function rotate(profile: string, means: Means, tell: (line: string) => void): Promise<void> {
  const { calls } = await planOf(profile, means);
  const [first] = calls;
  if (first?.kind !== "stored-keys") {
    const message = `Error determining credential name for '${profile}': No master credentials found`;
    throw failed("NO_KEY", message, `'${profile}' starts from no key of the vault, so that there is none to rotate`);
  }
  const journal = rotationJournal(first.profile, means);
  const changes = await means.system.changes();
  const release = await changes.lock(journal.lockPath, { milliseconds: 30_000, what: "rotating this key" });
  const rotation = new Rotation(profile, first.profile, calls, journal, means, tell);
  try {
    await rotation.run();
  } catch (error) {
    throw told(error, "The rotation was broken off", rotation.again);
  } finally {
    release();
  }
}

class Rotation {
  readonly #profile: string;
  /** The profile whose key it is. */
  readonly #owner: string;
  readonly #calls: readonly Call[];
  readonly #journal: RotationJournal;
  readonly #means: Means;
  readonly #tell: (line: string) => void;
  #caller: Promise<Credentials> | undefined;

  constructor(
    profile: string,
    owner: string,
    calls: readonly Call[],
    journal: RotationJournal,
    means: Means,
    tell: (line: string) => void,
  ) {
    this.#profile = profile;
    this.#owner = owner;
    this.#calls = calls;
    this.#journal = journal;
    this.#means = means;
    this.#tell = tell;
  }

  async run(): Promise<void> {
    const stored = await this.#stored();
    const how = this.#usesKey ? "master credentials" : `a session from profile '${this.#profile}'`;
    this.#tell(`Rotating credentials stored for profile '${this.#owner}' using ${how} (takes 10-20 seconds)`);
    const begun = this.#journal.read();
    const isDone = begun !== undefined && (await this.#goOn(begun, stored));
    if (!isDone) await this.#begin(stored);
    this.#tell("Finished rotating access key");
  }

  /** From the beginning. */
  async #begin(old: LongTermKey): Promise<void> {
    const identity = await this.#identity(old);
    const oldId = old.accessKeyId.reveal();
    const keysBefore = (await this.#keys(identity))?.map(({ id }) => id);
    // Whether the store can be written is found out before there is a key that only this process knows.
    await this.#keepAside(old);
    const begun: Begun = {
      schemaVersion: 1,
      profile: this.#owner,
      since: this.#means.system.now().toISOString(),
      oldId,
      ...(keysBefore === undefined ? {} : { keysBefore }),
    };
    this.#journal.write(begun);
    this.#tell("Creating a new access key");
    const made = await this.#create(identity);
    this.#tell(`Created new access key ${shown(made.accessKeyId.reveal())}`);
    try {
      await this.#keepAside(made);
    } catch (error) {
      await this.#takeBack(made, identity);
      throw error;
    }
    await this.#finish(begun, made, identity);
  }

  /** From where another run was broken off. False when nothing of it is left, so that a new one can begin. */
  async #goOn(begun: Begun, stored: LongTermKey): Promise<boolean> {
    const { store } = this.#means;
    const storedId = stored.accessKeyId.reveal();
    const item = await store.get(this.#asideKey);
    const aside = item && readLongTermKey(item);
    const asideId = aside?.accessKeyId.reveal();
    this.#tell(`Going on with what was begun at ${begun.since} and broken off`);
    if (storedId !== begun.oldId && (storedId === begun.newId || storedId === asideId)) {
      await this.#afterStoring(begun, stored, await this.#identity(stored));
      return true;
    }
    if (storedId === begun.oldId && aside !== undefined && asideId !== begun.oldId) {
      await this.#finish(begun, aside, await this.#identity(stored));
      return true;
    }
    if (storedId === begun.oldId) await this.#removeLost(begun, await this.#identity(stored));
    else {
      this.#tell(`Somebody has stored another key for '${this.#owner}' since: what was begun is dropped`);
      const left = asideId ?? begun.newId;
      if (left !== undefined && left !== begun.oldId)
        this.#tell(`Access key ${shown(left)}, which was made then, stays in IAM`);
    }
    await store.remove(this.#asideKey);
    this.#journal.remove();
    return false;
  }

  async #finish(begun: Begun, made: LongTermKey, identity: Identity): Promise<void> {
    const known = { ...begun, newId: made.accessKeyId.reveal() };
    this.#journal.write(known);
    await this.#prove(made, identity);
    await storeProved(this.#means.store, this.#owner, made);
    await this.#afterStoring(known, made, identity);
  }

  async #afterStoring(begun: Begun, made: LongTermKey, identity: Identity): Promise<void> {
    await this.#storeForOthers(begun.oldId, made);
    await this.#means.store.remove(this.#asideKey);
    await this.#removeSessions();
    await this.#deleteOld(begun.oldId, made, identity);
    this.#journal.remove();
  }

  /* ────────────────────────────── the store ─────────────────────────────── */

  #stored(): Promise<LongTermKey> {
    return keyIn(this.#means.store, this.#owner);
  }

  get #asideKey(): string {
    return `${this.#owner} (being rotated)`;
  }

  #keepAside(key: LongTermKey): Promise<void> {
    return storeProved(this.#means.store, this.#asideKey, key);
  }

  /** Other profiles may hold the same key, which is about to be deleted. What cannot be opened is none that works now. */
  async #storeForOthers(oldId: string, made: LongTermKey): Promise<void> {
    const { store } = this.#means;
    for (const profile of (await store.list()).filter(isProfileKey)) {
      if (profile === this.#owner || profile === this.#asideKey) continue;
      const key = await keyIn(store, profile).catch(() => undefined);
      if (key?.accessKeyId.reveal() !== oldId) continue;
      await storeProved(store, profile, made);
      this.#tell(`Stored it for '${profile}' too, which had the old one`);
    }
  }

  /** Of all profiles that start from the key. */
  async #removeSessions(): Promise<void> {
    const { store, reading, settings } = this.#means;
    const stored = new Set((await store.list()).filter(isProfileKey));
    for (const profile of new Set([this.#owner, ...reading.profiles.keys()])) {
      const route = routeInAwsVault(profile, reading, { stored, seesCredentials: false });
      if (!route.found || sessionPlan(profile, route, reading, settings).calls[0]?.profile !== this.#owner) continue;
      const count = await removeSessionsOf(profile, store);
      if (count > 0) this.#tell(`Deleted ${count} sessions for ${profile}`);
    }
  }

  /* ─────────────────────────── the calls to AWS ─────────────────────────── */

  /** With the key itself, or with what is made from it. A session without MFA is nobody to IAM. */
  get #usesKey(): boolean {
    const isBare = this.#calls.every(
      (call) => call.kind === "stored-keys" || (call.kind === "GetSessionToken" && call.mfa.kind === "no-serial"),
    );
    return this.#means.settings.noSession || isBare;
  }

  /** Once: a person is not asked for a code again. */
  #callerWith(key: LongTermKey): Promise<Credentials> {
    if (this.#usesKey) return Promise.resolve(asCredentials(key));
    return (this.#caller ??= credentialsOf(this.#profile, this.#means));
  }

  #where(service: "sts" | "iam"): Where {
    return whereFor(service, profileNamed(this.#owner, this.#means.reading), this.#owner, this.#means);
  }

  /** IAM takes a call without a name for one about the caller, who here may be a role. */
  #userName({ arn }: Identity): string | undefined {
    const isRole = !this.#usesKey && this.#calls.some(({ kind }) => kind === "AssumeRole");
    return isRole ? arn.slice(arn.lastIndexOf("/") + 1) : undefined;
  }

  async #identity(key: LongTermKey): Promise<Identity> {
    const { getCallerIdentity } = await import("../aws/sts.ts");
    try {
      return await getCallerIdentity(this.#where("sts"), asCredentials(key));
    } catch (error) {
      if (!(error instanceof AwsError) || error.status === undefined) throw error; // Nobody has said a word about the key.
      const id = shown(key.accessKeyId.reveal());
      throw told(error, `the stored key ${id} of '${this.#owner}' does not work`, "`vault add` stores another one");
    }
  }

  /** Undefined where the user may not ask. */
  async #keys(identity: Identity): Promise<readonly AccessKeyFacts[] | undefined> {
    const { listAccessKeys } = await import("../aws/iam.ts");
    try {
      return await listAccessKeys(
        this.#where("iam"),
        await this.#callerWith(await this.#stored()),
        this.#userName(identity),
      );
    } catch (error) {
      if (!(error instanceof AwsError) || error.status === undefined) throw error;
      return undefined;
    }
  }

  async #create(identity: Identity): Promise<LongTermKey> {
    const { createAccessKey } = await import("../aws/iam.ts");
    const caller = await this.#callerWith(await this.#stored());
    try {
      return await createAccessKey(this.#where("iam"), caller, this.#userName(identity));
    } catch (error) {
      // Whoever gave no answer may have made the key all the same.
      if (error instanceof AwsError && error.status !== undefined) await this.#forget();
      if (error instanceof AwsError && error.code === "LimitExceeded") throw await this.#bothInUse(identity, error);
      const isNobody = error instanceof AwsError && error.code === "InvalidClientTokenId" && !this.#usesKey;
      const hint = isNobody
        ? "IAM takes no session that was made without MFA: set mfa_serial, or use --no-session"
        : this.again;
      throw told(error, "Error creating a new access key", hint);
    }
  }

  async #forget(): Promise<void> {
    await this.#means.store.remove(this.#asideKey);
    this.#journal.remove();
  }

  /** IAM allows two, so that a rotation has room for one. */
  async #bothInUse(identity: Identity, error: AwsError): Promise<Error> {
    const { accessKeyLastUsed } = await import("../aws/iam.ts");
    const stored = await this.#stored();
    const caller = await this.#callerWith(stored);
    const words: string[] = [];
    for (const { id, isActive, created } of (await this.#keys(identity)) ?? []) {
      const used = await accessKeyLastUsed(this.#where("iam"), caller, id).catch(() => null);
      const use = used === null ? [] : [used === undefined ? "never used" : `last used ${day(used)}`];
      const which = id === stored.accessKeyId.reveal() ? ["in the vault"] : [];
      const made = created === undefined ? [] : [`made ${day(created)}`];
      words.push(`${shown(id)} (${[...which, isActive ? "active" : "inactive", ...made, ...use].join(", ")})`);
    }
    const which = words.length === 0 ? "" : `: ${words.join(", ")}`;
    return failed(
      "TWO_KEYS",
      `Error creating a new access key: IAM allows two, and ${identity.arn} has both${which}`,
      "delete the one that nobody uses any more (`aws iam delete-access-key`), and rotate again",
      error,
    );
  }

  /** Until STS knows the new key, and says that it is the same user's. */
  async #prove(made: LongTermKey, identity: Identity): Promise<void> {
    const { getCallerIdentity } = await import("../aws/sts.ts");
    const id = shown(made.accessKeyId.reveal());
    const now = await this.#retried(`the new key ${id} is kept, and does not work yet`, isUnknownKey, () =>
      getCallerIdentity(this.#where("sts"), asCredentials(made)),
    );
    if (now.arn !== identity.arn) {
      const message = `the new key ${id} is that of ${now.arn}, and not of ${identity.arn}: the old one stays`;
      throw failed("OTHER_USER", message, "whoever answers in AWS's place gives other keys than it is asked for");
    }
  }

  async #deleteOld(id: string, made: LongTermKey, identity: Identity): Promise<void> {
    const { deleteAccessKey } = await import("../aws/iam.ts");
    this.#tell(`Deleting old access key ${shown(id)}`);
    const caller = await this.#callerWith(made);
    try {
      await this.#retried(`Can't delete old access key ${shown(id)}`, isUnknownKey, () =>
        deleteAccessKey(this.#where("iam"), caller, { id, user: this.#userName(identity) }),
      );
    } catch (error) {
      // Somebody, or a run that was killed right after, has done it.
      if (!isGone(error)) throw error;
    }
    this.#tell(`Deleted old access key ${shown(id)}`);
  }

  /** A key whose secret only this process knows is good for nothing. */
  async #takeBack(made: LongTermKey, identity: Identity): Promise<void> {
    const { deleteAccessKey } = await import("../aws/iam.ts");
    const id = made.accessKeyId.reveal();
    try {
      const caller = await this.#callerWith(await this.#stored());
      await deleteAccessKey(this.#where("iam"), caller, { id, user: this.#userName(identity) });
      this.#journal.remove();
    } catch {
      this.#means.note(`the new key ${id} could not be stored, nor deleted in IAM: delete it there`);
    }
  }

  /** The key that a run has made and could not store any more: only one that came since, and that nobody has used. */
  async #removeLost(begun: Begun, identity: Identity): Promise<void> {
    const { accessKeyLastUsed, deleteAccessKey } = await import("../aws/iam.ts");
    const { keysBefore, newId } = begun;
    if (keysBefore === undefined && newId === undefined) return;
    const caller = await this.#callerWith(await this.#stored());
    const all = (await this.#keys(identity)) ?? [];
    const isLost = ({ id, created }: AccessKeyFacts): boolean =>
      id === newId || (keysBefore?.includes(id) === false && isWithin(created, begun.since));
    for (const { id } of all.filter((key) => key.id !== begun.oldId && isLost(key))) {
      if ((await accessKeyLastUsed(this.#where("iam"), caller, id)) !== undefined) continue;
      this.#tell(`Deleting access key ${shown(id)}, which was made then and never stored`);
      await deleteAccessKey(this.#where("iam"), caller, { id, user: this.#userName(identity) });
    }
  }

  async #retried<T>(what: string, mayPass: (error: AwsError) => boolean, act: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await act();
      } catch (error) {
        if (isGone(error)) throw error;
        if (tries === TRIES || !(error instanceof AwsError) || !mayPass(error))
          throw told(error, tries === 1 ? what : `${what}: After ${tries} attempts, last error`, this.again);
        await this.#means.system.pause(PAUSE_MS);
      }
    }
  }

  get again(): string {
    return `nothing is lost: \`aws-vault-doctor vault rotate ${this.#profile}\` goes on from here`;
  }
}

/** AWS's services hear of a new key one after the other; the other codes are what an overloaded one says. */
const isUnknownKey = ({ code, status }: AwsError): boolean =>
  ["InvalidClientTokenId", "Throttling", "ServiceUnavailable"].includes(code) || (status ?? 0) >= 500;

const isGone = (error: unknown): boolean => error instanceof AwsError && error.code === "NoSuchEntity";

const told = (error: unknown, what: string, hint: string): unknown =>
  error instanceof AwsError ? failed("AWS_REFUSED", `${what}: ${error.message}`, hint, error) : error;

const asCredentials = (key: LongTermKey): Credentials => ({ ...key, sessionToken: undefined, expires: undefined });

const WINDOW_MS = 10 * 60 * 1000; // A run takes seconds, but for a clock that is wrong here.

const isWithin = (time: Date | undefined, since: string): boolean =>
  time !== undefined && Math.abs(time.getTime() - new Date(since).getTime()) < WINDOW_MS;

const shown = (id: string): string => `****************${id.slice(-4)}`;

const day = (time: Date): string => time.toISOString().slice(0, 10);
