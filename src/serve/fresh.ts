import type { Credentials } from "../credentials/credentials.ts";
import type { Source } from "../credentials/source.ts";

/** The credentials of the profile, or of a role that they may assume; at once where they are at hand. */
export type Fresh = (roleArn?: string) => Credentials | Promise<Credentials>;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** botocore asks for new ones when the old ones have this long to live, and the other SDKs later. */
const EARLY_MS = 15 * MINUTE_MS;
/** Of what lives a quarter of an hour in all, a new one is not asked for all the time. */
const EARLY_PART = 4;
/** From here on the SDKs do not use them any more, so that it is better to wait for new ones than to have these. */
const URGENT_MS = 5 * MINUTE_MS;
/** A source that gives nothing better, or fails, is left alone for a while: it may ask a person, or AWS. */
const PAUSE_MS = 5 * SECOND_MS;
/** Whoever has the token may ask for any number of them. */
const ROLES_MAX = 64;

/**
 * Keeps what a source gives, and asks it anew before that expires: once at a time, and while the old ones are still good
 * nobody waits for it. Where it fails, the old ones serve until their end. Nothing is asked for while nobody asks here. `first`
 * are those that there are already.
 */
export function keptFresh(source: Source, now: () => Date, first?: Credentials): Fresh {
  const own = keptFreshOne(() => source.own(), now, first);
  const roles = new Map<string, Kept>();
  return (roleArn) => {
    if (roleArn === undefined) return own();
    const known = roles.get(roleArn);
    if (known !== undefined) return known();
    if (roles.size >= ROLES_MAX) roles.delete([...roles.keys()][0]!);
    const made = keptFreshOne(async () => source.role(roleArn, await own()), now);
    roles.set(roleArn, made);
    return made();
  };
}

type Kept = () => Credentials | Promise<Credentials>;

function keptFreshOne(source: () => Promise<Credentials>, now: () => Date, first?: Credentials): Kept {
  const hold = (credentials: Credentials) => ({
    credentials,
    earlyMs: Math.min(EARLY_MS, msLeft(credentials, now()) / EARLY_PART),
  });
  let held = first && hold(first);
  let underWay: Promise<Credentials> | undefined;
  let failure: unknown;
  let pauseEnds = 0;

  const renew = (): Promise<Credentials> => {
    underWay ??= source()
      .then(
        (credentials) => {
          held = hold(credentials);
          failure = undefined;
          return credentials;
        },
        (error: unknown) => {
          failure = error;
          throw error;
        },
      )
      .finally(() => {
        underWay = undefined;
        pauseEnds = now().getTime() + PAUSE_MS;
      });
    return underWay;
  };

  return () => {
    const at = now();
    const left = held === undefined ? 0 : msLeft(held.credentials, at);
    if (held !== undefined && left > held.earlyMs) return held.credentials;
    const pause = pauseEnds - at.getTime(); // More than there was to be: somebody has set the clock.
    const isPause = underWay === undefined && pause > 0 && pause <= PAUSE_MS;
    if (held !== undefined && left > 0) {
      const { credentials } = held;
      if (isPause) return credentials;
      const renewed = renew().catch(() => credentials);
      return left > URGENT_MS ? credentials : renewed;
    }
    if (isPause && failure !== undefined) return Promise.reject(failure);
    return renew();
  };
}

const msLeft = ({ expires }: Credentials, at: Date): number =>
  expires === undefined ? Infinity : expires.getTime() - at.getTime();
