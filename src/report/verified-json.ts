import type { Lost, Verified } from "../model/verified.ts";
import { location } from "./json.ts";
import { jsonText } from "./json-text.ts";
import { meaningOf } from "./meaning.ts";
import type { LikelyCause } from "./verified.ts";

/** One document for all profiles, versioned. Times are RFC 3339; what is not known is null. */
export function verifiedJson(
  all: readonly { readonly told: Verified; readonly causes: readonly LikelyCause[] }[],
  home: string,
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
            lost: told.failure.lost === undefined ? null : lostAsData(told.failure.lost, home),
            meaning: meaningOf(told) ?? null,
            causes: causes.map(({ id, here }) => ({ rule: id, here })),
          },
  }));
  const document = { schemaVersion: 1, tool: { name: "aws-vault-doctor", version }, profiles };
  return `${jsonText(document, 2)}\n`;
}

/** As `why` has it. */
const lostAsData = ({ because, missing, at }: Lost, home: string): object => ({
  because,
  missing,
  location: location(at, home),
});
