import { profilesWith } from "../awsconfig/profiles.ts";
import type { SsoCache, SsoToken } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import { type Seen, seen } from "../model/seen.ts";
import { ssoTokenFile } from "../routes/cache-key.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import type { SeenFacts } from "./probe.ts";

/** Bytes. A token has a few thousand. */
const TOKEN_BYTES_MAX = 256 * 1024;
/** A portal has one start URL; nobody signs in at a thousand. */
const PORTALS_MAX = 1000;

/** Which of the sessions that the files name have a token, and until when. The token itself is never kept. */
export function lookAtSsoCache(system: System, _: Scope, { profiles }: SeenFacts): Seen<SsoCache> {
  const path = `${system.machine.home}/.aws/sso/cache`;
  const sessions = new Map<string, SsoToken | undefined>();
  const startUrls = new Map<string, SsoToken | undefined>();
  const sha1 = (text: string): string => system.sha1(text);
  const look = (file: string): SsoToken | undefined => readToken(system, `${system.machine.home}/.aws/${file}`);
  for (const reading of profiles?.known === true ? profiles.value.readings.values() : []) {
    for (const session of reading.ssoSessions.keys()) {
      if (sessions.has(session) || sessions.size === PORTALS_MAX) continue;
      sessions.set(session, look(ssoTokenFile({ session }, sha1)));
    }
    for (const profile of profilesWith(reading, "sso_start_url")) {
      const startUrl = profile.get("sso_start_url")!.value;
      if (startUrls.has(startUrl) || startUrls.size === PORTALS_MAX) continue;
      startUrls.set(startUrl, look(ssoTokenFile({ startUrl }, sha1)));
    }
  }
  return seen({ path, isThere: isFolder(system, path), sessions, startUrls });
}

const readToken = (system: System, path: string): SsoToken | undefined =>
  tried(() => {
    if (system.files.follow(path)?.kind !== "file") return undefined;
    return { path, ...tokenIn(new TextDecoder().decode(system.files.read(path, TOKEN_BYTES_MAX))) };
  });

function tokenIn(text: string): Pick<SsoToken, "expires" | "canRefresh"> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { expires: undefined, canRefresh: false };
  }
  const { accessToken, expiresAt, refreshToken } = (json ?? {}) as Record<string, unknown>;
  // An old AWS CLI wrote UTC in place of Z.
  const time = new Date(typeof expiresAt === "string" ? expiresAt.replace(/UTC$/, "Z") : Number.NaN);
  const isWhole = typeof accessToken === "string" && !Number.isNaN(time.getTime());
  return { expires: isWhole ? time : undefined, canRefresh: typeof refreshToken === "string" };
}

const isFolder = (system: System, path: string): boolean =>
  tried(() => system.files.follow(path)?.kind === "directory", false);
