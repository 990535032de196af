import type { Candidate } from "../model/chain.ts";
import type { VaultStore } from "../model/facts.ts";
import type { Setting } from "../model/reading.ts";
import type { Hop } from "../model/route.ts";
import type { Call, Chosen, Decider, Duration, Mfa, NoSession } from "../model/session.ts";
import { TOOL_NAMES, type Tool } from "../model/tool.ts";
import type { Explanation, Unused, Use, WhyLost, WhyStep } from "../model/why.ts";
import { durationText } from "./duration.ts";
import { lostText } from "./lost.ts";
import type { Paint } from "./paint.ts";
import { placeName } from "./place.ts";
import { capital, printable, wrap } from "./printable.ts";
import { storeText } from "./store.ts";
import { type TreeNode, tree } from "./tree.ts";
import { valueText } from "./value.ts";

export interface WhyStyle {
  readonly width: number;
  readonly paint: Paint;
  readonly home: string;
  /** Where the vault keeps keys; undefined where no key of it is on the way. */
  readonly store: VaultStore | undefined;
}

/** A tree for every tool; one for several where they agree in all of it. */
export function why(explanations: readonly Explanation[], { width, paint, home, store }: WhyStyle): string {
  const toolsByTree = new Map<string, Tool[]>();
  for (const one of explanations) {
    const text = tree(new Teller(one, home, store).nodes(), width, paint).join("\n");
    toolsByTree.set(text, [...(toolsByTree.get(text) ?? []), one.tool]);
  }
  const blocks = [...toolsByTree].map(([text, tools]) => {
    const names = capital(tools.map((tool) => TOOL_NAMES[tool]).join(", "));
    return `${wrap(names, width).map(paint.bold).join("\n")}\n${text}`;
  });
  return `${blocks.join("\n\n")}\n`;
}

class Teller {
  readonly #explained: Explanation;
  readonly #home: string;
  readonly #store: VaultStore | undefined;

  constructor(explained: Explanation, home: string, store: VaultStore | undefined) {
    this.#explained = explained;
    this.#home = home;
    this.#store = store;
  }

  nodes(): TreeNode[] {
    const { exists, refused, steps, lost, chain, profile, reuse } = this.#explained;
    if (refused.length > 0)
      return refused.map(({ at, message }) => ({
        says: `nothing is read: the tool gives up at ${printable(message)}`,
        at: placeName(at, this.#home),
      }));
    if (!exists) return [{ says: `there is no profile '${printable(profile)}'` }];
    return [
      ...chain.candidates.flatMap((one) => this.#candidate(one)),
      ...steps.map((step) => this.#step(step)),
      ...(lost ? [this.#lost(lost)] : []),
      ...(reuse && steps.some(({ calls }) => calls.some((call) => "cache" in call && call.cache))
        ? [{ says: `a cached session is used again while it lives ${this.#duration(reuse)} or more` }]
        : []),
    ];
  }

  /** What else than the profile could give credentials. */
  #candidate({ kind, standing, at }: Candidate): TreeNode[] {
    const says = kind === "profile" ? undefined : STANDINGS[standing]?.(CANDIDATES[kind]);
    if (says === undefined || at.length === 0) return [];
    return [{ says, at: at.map((place) => placeName(place, this.#home)).join(", ") }];
  }

  #step({ hop, uses, unused, calls }: WhyStep): TreeNode {
    return {
      says: hopText(hop),
      at: undefined,
      below: [
        ...(hop.kind === "stored" && this.#store !== undefined
          ? [{ says: `the store here: ${storeText(this.#store, this.#home)}` }]
          : []),
        ...uses.map((use) => this.#use(use)),
        ...calls.flatMap((call) => this.#call(call)),
        ...unused.map((one) => this.#unused(one)),
      ],
    };
  }

  #use({ setting, from, over, under }: Use): TreeNode {
    const loses = under === undefined ? "" : `, but $${under} comes first`;
    return {
      says: `${setting.name} = ${valueText(setting)}${ORIGINS[from]}${loses}`,
      at: this.#at(setting),
      below: over.map((at) => ({ says: "wins over", at: placeName(at, this.#home) })),
    };
  }

  #unused({ setting, because }: Unused): TreeNode {
    const says = because === "not-read" ? "is not read" : "does not count: what stands above comes first";
    return { says: `${setting.name} ${says}`, at: this.#at(setting) };
  }

  #call(call: Call): TreeNode[] {
    const says = this.#callText(call);
    return says === undefined ? [] : [{ says }];
  }

  #callText(call: Call): string | undefined {
    switch (call.kind) {
      case "stored-keys": {
        const [reason] = call.withoutSession;
        return reason && `the key is used as it is, without a session: ${NO_SESSION[reason.because]}`;
      }
      case "GetSessionToken":
      case "AssumeRole":
        return `${call.kind}, ${this.#duration(call.duration)}, ${this.#mfa(call.mfa)}, ${cacheText(call.cache)}`;
      case "AssumeRoleWithWebIdentity":
        return `${call.kind}, ${this.#duration(call.duration)}, ${cacheText(call.cache)}`;
      case "GetRoleCredentials":
        return `a browser opens when no token is cached, then ${call.kind}, ${cacheText(call.cache)}`;
      case "credential_process":
        return `the command is run, ${cacheText(call.cache)}`;
      // The hop says it all.
      case "written-keys":
      case "named-source":
      case "login":
        return undefined;
    }
  }

  #mfa(mfa: Mfa): string {
    if (mfa.kind === "no-serial") return "without MFA";
    if (mfa.kind === "chained") return "with the session's MFA, so that no second code is asked for";
    const how = mfa.process === undefined ? "asks for a code of" : "runs mfa_process for a code of";
    return `${how} ${printable(mfa.serial.value)}${this.#chosen(mfa.serial)}`;
  }

  #duration({ seconds, by }: Duration): string {
    if (by.kind === "role-chaining")
      return `${durationText(seconds)} (AWS's most for a role behind a session; ${this.#duration(by.asked)} was asked for)`;
    const from = by.kind === "default" ? "by default" : by.kind === "flag" ? "by flag" : this.#decider(by);
    return `${durationText(seconds)} (${from})`;
  }

  #chosen({ by }: Chosen): string {
    return by.kind === "variable" ? ` (${this.#decider(by)})` : "";
  }

  #decider(by: Decider): string {
    return by.kind === "variable" ? `$${by.variable}` : `${by.setting.name}, ${this.#at(by.setting)}`;
  }

  #lost({ because, by, missing, path }: WhyLost): TreeNode {
    const end = { says: lostText({ because, missing }), at: by && this.#at(by) };
    return {
      says: "no credentials",
      below: [
        ...path.flatMap(({ profile, by: source }) =>
          source === undefined
            ? []
            : [
                {
                  says: `'${printable(profile)}' goes on to '${printable(source.value)}'`,
                  at: this.#at(source),
                },
              ],
        ),
        end,
      ],
    };
  }

  #at(setting: Setting): string {
    return placeName(setting.at, this.#home);
  }
}

const CANDIDATES: Readonly<Record<Exclude<Candidate["kind"], "profile">, string>> = {
  "environment-keys": "the keys in the environment",
  "environment-token": "the web identity in the environment",
  container: "the container's credentials",
  "instance-metadata": "the instance's metadata",
};

const STANDINGS: Readonly<Partial<Record<Candidate["standing"], (what: string) => string>>> = {
  wins: (what) => `${what} come first: the profile is not asked`,
  fails: (what) => `${what} are incomplete, and the tool stops there`,
  loses: (what) => `${what} do not count: the profile comes first`,
  "left-out": (what) => `${what} do not count when a profile is named`,
  "passed-over": (what) => `${what} are incomplete, and passed over`,
};

const ORIGINS: Readonly<Record<Use["from"], string>> = {
  credentials: "",
  config: "",
  parent: " (from the section above)",
  include_profile: " (by include_profile)",
  default: " (from [default])",
  "sso-session": " (from the sso-session)",
};

const NO_SESSION: Readonly<Record<NoSession["because"], string>> = {
  "no-session-flag": "--no-session",
  login: "login signs in with the key itself",
  "user-has-no-mfa": "the profile that uses it has no mfa_serial",
  "no-mfa": "it has no mfa_serial",
  "other-mfa": "the profile that uses it has another mfa_serial",
  "role-too-long-for-chaining": "the role is to last longer than the hour that a session allows",
  "one-long-role": "the role is to last longer than the hour that a session allows",
  "role-takes-keys": "the role is taken with the key itself",
};

function hopText(hop: Hop): string {
  const name = `'${printable(hop.profile)}'`;
  switch (hop.kind) {
    case "static":
      return `the keys of ${name}, as they stand in the file`;
    case "stored":
      return `the key of ${name} in the vault`;
    case "sso":
      return `single sign-on of ${name}`;
    case "web-identity":
      return `the web identity token of ${name}`;
    case "process":
      return `the command of ${name}`;
    case "named-source":
      return `what the machine gives to ${name}`;
    case "login":
      return `the sign-in of ${name}`;
    case "role":
      return `the role of ${name}`;
  }
}

const cacheText = (cache: unknown): string => (cache === undefined ? "not cached" : "cached");
