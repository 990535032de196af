import type { Profile } from "../model/reading.ts";
import type { Duration, SessionSettings, SessionVariable } from "../model/session.ts";
import type { Tool } from "../model/tool.ts";
import { parseGoDuration, parseGoWhole } from "./go-duration.ts";
import { inEachSection } from "./vault-settings.ts";

/** How long aws-vault asks for, and what decides it: the flag, a variable, the files, or a default of its own. */

const HOUR = 3600;
const REUSE = 300;

/** How long a profile's role lasts, before AWS's limits. */
export const roleDuration = (profile: Profile, settings: SessionSettings): Duration =>
  fromFlag(settings) ?? fromVariable("AWS_ASSUME_ROLE_TTL", settings) ?? fromFiles(profile) ?? byDefault(HOUR);

/** A session for a source lasts longer, because its roles share it. The flag of the 99designs version misses that one. */
export function sessionDuration(isShared: boolean, tool: Tool, settings: SessionSettings): Duration {
  if (!isShared) return fromFlag(settings) ?? fromVariable("AWS_SESSION_TOKEN_TTL", settings) ?? byDefault(HOUR);
  const flag = tool === "aws-vault-99designs" ? undefined : fromFlag(settings);
  return flag ?? fromVariable("AWS_CHAINED_SESSION_TOKEN_TTL", settings) ?? byDefault(8 * HOUR);
}

/** How long the console session of stored keys lasts. */
export const federationDuration = (settings: SessionSettings): Duration =>
  fromFlag(settings) ?? fromVariable("AWS_FEDERATION_TOKEN_TTL", settings) ?? byDefault(HOUR);

/** How much life a cached session must have left. No flag shortens it, and here zero is a value. */
export function reuseWindow({ variables }: SessionSettings): Duration {
  const seconds = parseGoDuration(variables.AWS_MIN_TTL ?? "");
  return seconds === undefined ? byDefault(REUSE) : { seconds, by: { kind: "variable", variable: "AWS_MIN_TTL" } };
}

const byDefault = (seconds: number): Duration => ({ seconds, by: { kind: "default" } });

const fromFlag = ({ duration }: SessionSettings): Duration | undefined =>
  duration ? { seconds: duration, by: { kind: "flag" } } : undefined;

/** Zero means unset. So does what is no duration, and aws-vault does not say so. */
function fromVariable(variable: SessionVariable, { variables }: SessionSettings): Duration | undefined {
  const seconds = parseGoDuration(variables[variable] ?? "");
  return seconds ? { seconds, by: { kind: "variable", variable } } : undefined;
}

/** The first `duration_seconds` that is a number; another section's counts where the own one is zero or no number. */
function fromFiles(profile: Profile): Duration | undefined {
  if (!profile.has("duration_seconds")) return undefined;
  for (const setting of inEachSection(profile, "duration_seconds")) {
    if (setting === undefined) continue;
    // Go counts nanoseconds in 64 bits, and what is too much comes out as something else.
    const nanoseconds = BigInt.asIntN(64, (parseGoWhole(setting.value) ?? 0n) * 1_000_000_000n);
    if (nanoseconds !== 0n) return { seconds: Number(nanoseconds) / 1e9, by: { kind: "setting", setting } };
  }
  return undefined;
}
