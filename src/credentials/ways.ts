import { UserError } from "../errors.ts";
import type { Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import type { SessionPlan } from "../model/session.ts";
import type { Lost } from "../model/verified.ts";
import { didYouMean } from "../nearest.ts";
import { routes } from "../routes/route.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { planInAws } from "../routes/sessions-aws.ts";
import { FileTrouble } from "../system/system.ts";
import type { Store } from "../vault/store.ts";
import type { Means } from "./means.ts";
import { planOf } from "./resolve.ts";
import { failed } from "./trouble.ts";

/** A plan, and what it takes to follow it: the files as the tool reads them whose plan it is. */
export interface Way {
  readonly plan: SessionPlan;
  readonly means: Means;
}

/** Whose way may be gone: aws-vault's, the AWS CLI's, or the first of these that leads to credentials. */
export type Ways =
  | { readonly vault: Means; readonly cli?: () => Means | undefined }
  | { readonly vault?: undefined; readonly cli: () => Means };

export const inCli = (means: Means, reading: Reading): Means => ({ ...means, reading, store: NO_STORE });

/** The AWS CLI knows none. */
const NO_STORE: Store = {
  name: "no store",
  list: async () => [],
  get: async () => undefined,
  put: async () => {},
  remove: async () => false,
};

/**
 * The AWS CLI's means beside aws-vault's. Its files are read when somebody needs them; what it gives up on is told, and is in
 * the way of nobody else.
 */
export function cliBeside(vault: Means, readFiles: () => Reading): () => Means | undefined {
  let made: { readonly means: Means | undefined } | undefined;
  const make = (): Means | undefined => {
    try {
      return inCli(vault, readFiles());
    } catch (error) {
      if (error instanceof FileTrouble) vault.note(error.inFull);
      else if (error instanceof UserError) vault.note(error.message);
      else throw error;
      return undefined;
    }
  };
  return () => (made ??= { means: make() }).means;
}

/** The profiles that one of them knows at least. */
export async function profilesOf({ vault, cli }: Ways): Promise<ReadonlySet<string>> {
  const stored = (await vault?.store.list())?.filter(isProfileKey) ?? [];
  const inFiles = [vault, cli?.()].flatMap((means) => [...(means?.reading.profiles.keys() ?? [])]);
  return new Set([...inFiles, ...stored]);
}

/**
 * The way to a profile's credentials: aws-vault's where there is one, and else that of the AWS CLI, which takes keys that
 * stand in files. Throws a UserError where there is none.
 */
export async function wayTo(profile: string, { vault, cli }: Ways): Promise<Way> {
  if (vault === undefined) {
    const means = cli();
    return inAws(profile, means, routeInAws(profile, means));
  }
  try {
    return { plan: await planOf(profile, vault, cli === undefined), means: vault };
  } catch (error) {
    const code = error instanceof UserError ? error.code : undefined;
    const means = code === "NO_ROUTE" || code === "NO_PROFILE" ? cli?.() : undefined;
    const route = means && routeInAws(profile, means);
    // What neither finds is told in aws-vault's words, unless it has never heard of the profile.
    if (means === undefined || route === undefined || (code === "NO_ROUTE" && !route.found)) throw error;
    return inAws(profile, means, route);
  }
}

/** Why the AWS CLI finds no way, as far as a setting is at fault. */
export function lostInAws(profile: string, { cli }: Ways): Lost | undefined {
  const means = cli?.();
  const route = means && routeInAws(profile, means);
  if (route?.found !== false || route.by === undefined) return undefined;
  return { because: route.because, missing: route.missing, at: route.by.at };
}

const routeInAws = (profile: string, { reading }: Means): Route | undefined =>
  routes(reading, { stored: undefined, seesCredentials: true }).get(profile);

function inAws(profile: string, means: Means, route: Route | undefined): Way {
  const { reading, settings } = means;
  if (route === undefined) {
    const near = didYouMean(profile, new Set(reading.profiles.keys()));
    const hint = "`aws-vault-doctor profiles` lists them";
    throw failed("NO_PROFILE", `the AWS CLI finds no profile '${profile}'${near}`, hint);
  }
  if (!route.found) {
    const hint = `\`aws-vault-doctor why ${profile} --as cli\` says why`;
    throw failed("NO_ROUTE", `the AWS CLI finds no credentials for profile '${profile}'`, hint);
  }
  return { plan: planInAws(profile, route, reading, settings), means };
}
