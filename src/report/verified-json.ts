import type { Verified } from "../model/verified.ts";
import { meaningOf } from "./meaning.ts";
import type { LikelyCause } from "./verified.ts";

/** One document for all profiles, versioned. Times are RFC 3339; what is not known is null. */
export function verifiedJson(
  all: readonly { readonly told: Verified; readonly causes: readonly LikelyCause[] }[],
  version: string,
): string {
  const profiles = all.map(({ told, causes }) => ({
    profile: told.profile,
    tool: told.tool,
    ok: told.failure === undefined,
    identity: told.identity ?? null,
    expectedAccount: told.expected ?? null,
    clockSkewSeconds: told.skewSeconds ?? null,
    steps: told.steps.map(({ call, isFromCache, milliseconds, expires, identity }) => ({
      call: call.kind,
      profile: call.profile,
      role: "role" in call ? (call.role?.value ?? null) : null,
      cached: isFromCache,
      milliseconds: Math.round(milliseconds),
      expires: expires === undefined ? null : expires.toISOString(),
      ...identity,
    })),
    failure:
      told.failure === undefined
        ? null
        : {
            call: told.failure.call?.kind ?? null,
            profile: told.failure.call?.profile ?? null,
            operation: told.failure.operation ?? null,
            code: told.failure.code,
            message: told.failure.says,
            meaning: meaningOf(told) ?? null,
            causes: causes.map(({ id, here }) => ({ rule: id, here })),
          },
  }));
  const document = { schemaVersion: 1, tool: { name: "aws-vault-doctor", version }, profiles };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
