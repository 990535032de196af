import type { RoleQuestion } from "../aws/sts.ts";
import type { Profile } from "../model/reading.ts";
import type { Call, Mfa, SessionPlan } from "../model/session.ts";
import { parseSessionTags, parseTransitiveTags } from "../routes/session-tags.ts";
import { chosen, profileNamed } from "../routes/vault-settings.ts";
import { Secret } from "../secret.ts";
import { FileTrouble } from "../system/system.ts";
import { keyIn } from "../vault/long-term-key.ts";
import { type Kept, kept } from "./cache.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";
import { codeFor, withCode } from "./mfa.ts";
import { mustNotBeWithin, outputOf, processCredentials } from "./process.ts";
import { ssoRole } from "./sso.ts";
import { badTags, failed } from "./trouble.ts";
import { endpointOf, whereFor } from "./where.ts";
import { writtenKeys } from "./written-keys.ts";

/** A call of a plan that was made, or found in the cache. */
export interface Step extends Kept {
  readonly call: Call;
  readonly milliseconds: number;
}

/**
 * Makes the calls of a plan: each uses what the one before it gave, and what is in the cache makes those before it
 * unnecessary. `saw` hears of each step when it is done, and of the one that begins.
 */
export class Walk {
  readonly #target: string;
  readonly #plan: SessionPlan;
  readonly #means: Means;
  readonly #saw: (step: Step) => void | Promise<void>;
  /** Milliseconds of the call that is being made, without the time that a person takes. */
  #took = 0;
  /** The call that is being made: the one at fault, when it throws. */
  current: Call | undefined;

  constructor(target: string, plan: SessionPlan, means: Means, saw: (step: Step) => void | Promise<void> = () => {}) {
    this.#target = target;
    this.#plan = plan;
    this.#means = { ...means, during: (what, act) => means.during(what, () => this.#timed(act)) };
    this.#saw = saw;
  }

  async #timed<T>(act: () => Promise<T>): Promise<T> {
    const { system } = this.#means;
    const started = system.elapsed();
    const made = await act();
    this.#took += system.elapsed() - started;
    return made;
  }

  /** The credentials at the end. Throws an AwsError or a UserError. */
  credentials(): Promise<Credentials> {
    return this.#upTo(this.#plan.calls.length - 1);
  }

  async #upTo(index: number): Promise<Credentials> {
    const call = this.#plan.calls[index]!;
    this.#took = 0;
    const make = async (): Promise<Credentials> => {
      const input = index === 0 ? undefined : await this.#upTo(index - 1);
      this.current = call;
      this.#took = 0;
      return this.#make(call, input);
    };
    const step = await this.#keptOrMade(call, make);
    this.current = call;
    await this.#saw({ ...step, call, milliseconds: this.#took });
    return step.credentials;
  }

  async #keptOrMade(call: Call, make: () => Promise<Credentials>): Promise<Kept> {
    if (call.kind === "credential_process") mustNotBeWithin(call.command.value, call.profile, this.#means.system);
    if (!("cache" in call) || call.cache === undefined) return { credentials: await make(), isFromCache: false };
    const wanted = {
      id: call.cache,
      question: this.#questionOf(call),
      seconds: "duration" in call ? wholeSeconds(call) : undefined,
      anyTime: call.kind === "GetSessionToken" && call.duration.by.kind === "default",
      reuseSeconds: this.#plan.reuse.seconds,
    };
    return kept(wanted, this.#means, make);
  }

  #make(call: Call, input: Credentials | undefined): Promise<Credentials> {
    switch (call.kind) {
      case "stored-keys":
        return this.#storedKeys(call.profile);
      case "written-keys":
        return this.#timed(() => writtenKeys(call, this.#profile(call)));
      case "named-source":
        return this.#named(call);
      case "login":
        return this.#login(call);
      case "GetSessionToken":
        return this.#session(call, input!);
      case "AssumeRole":
        return this.#role(call, input!);
      case "AssumeRoleWithWebIdentity":
        return this.#webIdentity(call);
      case "GetRoleCredentials":
        return ssoRole(call, this.#profile(call), this.#target, this.#means);
      case "credential_process":
        return this.#process(call);
    }
  }

  async #storedKeys(profile: string): Promise<Credentials> {
    const key = await this.#timed(() => keyIn(this.#means.store, profile));
    return { ...key, sessionToken: undefined, expires: undefined };
  }

  async #named(call: Extract<Call, { kind: "named-source" }>): Promise<Credentials> {
    const { namedSource } = await import("./named-source.ts");
    return this.#means.during(`credential_source = ${call.source.value}`, () => namedSource(call, this.#means));
  }

  async #login(call: Extract<Call, { kind: "login" }>): Promise<Credentials> {
    const { signedInByLogin } = await import("./login.ts");
    return this.#timed(() => signedInByLogin(call, this.#means));
  }

  async #session(call: Extract<Call, { kind: "GetSessionToken" }>, input: Credentials): Promise<Credentials> {
    const { getSessionToken } = await import("../aws/sts.ts");
    const mfa = await codeFor(call.mfa, this.#means);
    const where = this.#sts(call, serialOf(call.mfa));
    const ask = () => getSessionToken(where, input, { seconds: wholeSeconds(call), mfa });
    return withCode(mfa, this.#means, () => this.#means.during(call.kind, ask));
  }

  async #role(call: Extract<Call, { kind: "AssumeRole" }>, input: Credentials): Promise<Credentials> {
    const { assumeRole } = await import("../aws/sts.ts");
    const question = this.#roleQuestion(call);
    const mfa = await codeFor(call.mfa, this.#means);
    const where = this.#sts(call, question.role);
    const ask = () => assumeRole(where, input, { ...question, mfa });
    const made = await withCode(mfa, this.#means, () => this.#means.during(`AssumeRole ${question.role}`, ask));
    return made.credentials;
  }

  async #webIdentity(call: Extract<Call, { kind: "AssumeRoleWithWebIdentity" }>): Promise<Credentials> {
    const { assumeRoleWithWebIdentity } = await import("../aws/sts.ts");
    const role = call.role?.value;
    if (role === undefined) throw failed("NO_ROLE", `profile ${call.profile}: a web identity takes a role_arn`);
    const question = { role, sessionName: this.#sessionName(call), seconds: wholeSeconds(call) };
    const token = await this.#identityToken(call.token.name, call.token.value);
    const where = this.#sts(call, role);
    const ask = () => assumeRoleWithWebIdentity(where, { ...question, token });
    return (await this.#means.during(`AssumeRoleWithWebIdentity ${role}`, ask)).credentials;
  }

  /** A line end behind it, which every editor and `echo` leave, is no part of a token: aws-vault sends it, and is refused. */
  async #identityToken(setting: string, value: string): Promise<Secret> {
    if (setting !== "web_identity_token_file")
      return Secret.ofText((await outputOf(setting, value, this.#means)).trim());
    try {
      const bytes = this.#means.system.files.read(value, TOKEN_BYTES_MAX);
      return Secret.ofText(new TextDecoder().decode(bytes).trim());
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      throw failed("NO_TOKEN", `unable to read file at ${value}: ${error.message}`, undefined, error);
    }
  }

  async #process(call: Extract<Call, { kind: "credential_process" }>): Promise<Credentials> {
    const run = () => outputOf("credential_process", call.command.value, this.#means);
    const output = await this.#timed(run);
    return processCredentials(output, this.#means.system.now(), this.#means.reading.tool);
  }

  /** What AWS is asked in a call that is cached, but for the time. */
  #questionOf(call: Extract<Call, { readonly cache: unknown }>): Readonly<Record<string, unknown>> {
    // A session of some stand-in for AWS must not be taken for one of AWS's.
    const service = call.kind === "GetRoleCredentials" ? "sso" : "sts";
    const endpoint = endpointOf(service, this.#profile(call), this.#target, this.#means)?.url;
    switch (call.kind) {
      case "GetSessionToken":
        return { endpoint };
      case "AssumeRole": {
        const { role, externalId, tags, transitiveTags, sourceIdentity } = this.#roleQuestion(call);
        const named = this.#namedSession(call);
        return { endpoint, role, named, externalId, tags: [...tags], transitiveTags, sourceIdentity };
      }
      case "AssumeRoleWithWebIdentity":
        return { endpoint, role: call.role?.value, token: call.token.value };
      case "GetRoleCredentials":
        return { endpoint, account: call.account?.value, role: call.role?.value, region: call.region?.value };
      case "credential_process":
        return { command: call.command.value };
    }
  }

  #roleQuestion(call: Extract<Call, { kind: "AssumeRole" }>): Omit<RoleQuestion, "mfa"> {
    const valueOf = (name: string): string | undefined => this.#chosen(call, name);
    const tagText = valueOf("session_tags");
    const tags = tagText === undefined ? new Map<string, string>() : parseSessionTags(tagText);
    if (tags === undefined) throw badTags(`they are those of '${call.profile}', or AWS_SESSION_TAGS`);
    return {
      role: call.role.value,
      sessionName: this.#sessionName(call),
      seconds: wholeSeconds(call),
      externalId: valueOf("external_id"),
      tags,
      transitiveTags: parseTransitiveTags(valueOf("transitive_session_tags") ?? ""),
      sourceIdentity: valueOf("source_identity"),
    };
  }

  #namedSession = (call: Call): string | undefined => this.#chosen(call, "role_session_name");

  /** Unless it is named, the time in nanoseconds, as aws-vault has it. */
  #sessionName = (call: Call): string => this.#namedSession(call) ?? `${this.#means.system.now().getTime()}000000`;

  #profile = ({ profile }: Call): Profile => profileNamed(profile, this.#means.reading);

  #chosen(call: Call, name: string): string | undefined {
    const { reading, settings } = this.#means;
    const told = { target: this.#target, tool: reading.tool, variables: settings.variables };
    return chosen(this.#profile(call), name, told)?.value;
  }

  #sts = (call: Call, arn: string) => whereFor("sts", this.#profile(call), this.#target, this.#means, { arn });
}

const TOKEN_BYTES_MAX = 256 * 1024;

const serialOf = (mfa: Mfa): string => (mfa.kind === "no-serial" ? "" : mfa.serial.value);

/** STS counts in whole seconds. */
const wholeSeconds = ({ duration }: { readonly duration: { readonly seconds: number } }): number =>
  Math.floor(duration.seconds);
