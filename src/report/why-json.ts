import type { Candidate } from "../model/chain.ts";
import type { Setting } from "../model/reading.ts";
import type { Call, Decider, Duration } from "../model/session.ts";
import type { Explanation } from "../model/why.ts";
import { location } from "./json.ts";
import { jsonText } from "./json-text.ts";

/** One entry a tool, unfolded; lines and columns count from 1. */
export function whyJson(explanations: readonly Explanation[], home: string): string {
  const tools = explanations.map((one) => asData(one, home));
  return `${jsonText({ schemaVersion: 1, profile: explanations[0]?.profile, tools }, 2)}\n`;
}

function asData({ tool, exists, refused, chain, steps, lost, reuse }: Explanation, home: string): object {
  const at = (setting: Setting): object => location(setting.at, home);
  const value = (setting: Setting): object => ({
    name: setting.name,
    ...(setting.hidden ? { secret: true } : { value: setting.value }),
    location: at(setting),
  });
  return {
    tool,
    exists,
    refused: refused.map((one) => ({ location: location(one.at, home), message: one.message })),
    chain: chain.candidates
      .filter(({ standing }) => standing !== "absent")
      .map(({ kind, standing, at: places, because }: Candidate) => ({
        kind,
        standing,
        locations: places.map((place) => location(place, home)),
        ...(because ? { because } : {}),
      })),
    hops: steps.map(({ hop, uses, unused, calls }) => ({
      kind: hop.kind,
      profile: hop.profile,
      ...("by" in hop ? { decidedBy: value(hop.by) } : {}),
      uses: uses.map(({ setting, from, over, under }) => ({
        ...value(setting),
        from,
        ...(under ? { under } : {}),
        over: over.map((place) => location(place, home)),
      })),
      unused: unused.map(({ setting, because }) => ({ ...value(setting), because })),
      calls: calls.map((call) => callAsData(call, value)),
    })),
    ...(lost
      ? {
          lost: {
            because: lost.because,
            ...(lost.by ? { decidedBy: value(lost.by) } : {}),
            missing: lost.missing,
            path: lost.path.map(({ profile, by }) => ({ profile, ...(by ? { sourceProfile: value(by) } : {}) })),
          },
        }
      : {}),
    ...(reuse ? { reuseCachedFor: durationAsData(reuse, value) } : {}),
  };
}

function callAsData(call: Call, value: (setting: Setting) => object): object {
  const data: Record<string, unknown> = { kind: call.kind, profile: call.profile };
  if ("duration" in call) data["duration"] = durationAsData(call.duration, value);
  if ("mfa" in call)
    data["mfa"] =
      call.mfa.kind === "no-serial"
        ? { kind: call.mfa.kind }
        : { kind: call.mfa.kind, serial: call.mfa.serial.value, decidedBy: deciderAsData(call.mfa.serial.by, value) };
  if ("cache" in call) data["cached"] = call.cache !== undefined;
  if ("withoutSession" in call)
    data["withoutSession"] = call.withoutSession.map(({ profile, because }) => ({ profile, because }));
  return data;
}

const durationAsData = ({ seconds, by }: Duration, value: (setting: Setting) => object): object => ({
  seconds,
  decidedBy:
    by.kind === "role-chaining"
      ? { kind: by.kind, asked: by.asked.seconds }
      : by.kind === "flag" || by.kind === "default"
        ? { kind: by.kind }
        : deciderAsData(by, value),
});

const deciderAsData = (by: Decider, value: (setting: Setting) => object): object =>
  by.kind === "variable" ? { kind: by.kind, variable: by.variable } : { kind: by.kind, ...value(by.setting) };
