import { UserError } from "../errors.ts";
import type { Reading } from "../model/reading.ts";
import type { SessionPlan } from "../model/session.ts";
import { didYouMean } from "../nearest.ts";
import { routes } from "../routes/route.ts";
import { planInAws } from "../routes/sessions-aws.ts";
import type { Store } from "../vault/store.ts";
import type { Means } from "./means.ts";
import { planOf } from "./resolve.ts";
import { failed } from "./trouble.ts";

/** A plan, and what it takes to follow it: the files as the tool reads them whose plan it is. */
export interface Way {
  readonly plan: SessionPlan;
  readonly means: Means;
}

export interface Ways {
  readonly vault: Means;
  readonly cli: Means;
  /** Whose way it shall be. */
  readonly as: Walker | undefined;
}

export type Walker = "aws-vault" | "cli";

/** The reading is that of both files by the AWS CLI. */
export const waysWith = (vault: Means, reading: Reading, as: Walker | undefined): Ways => ({
  vault,
  cli: { ...vault, reading, store: NO_STORE },
  as,
});

/** The AWS CLI knows none. */
const NO_STORE: Store = {
  name: "no store",
  list: async () => [],
  get: async () => undefined,
  put: async () => {},
  remove: async () => false,
};

/**
 * The way to a profile's credentials: aws-vault's where there is one, and else that of the AWS CLI, which takes keys that
 * stand in files. Throws a UserError where there is none.
 */
export async function wayTo(profile: string, { vault, cli, as }: Ways): Promise<Way> {
  if (as === "cli") return inAws(profile, cli);
  try {
    return { plan: await planOf(profile, vault, as === "aws-vault"), means: vault };
  } catch (error) {
    const code = error instanceof UserError && as === undefined ? error.code : undefined;
    const route = routeInAws(profile, cli);
    // What neither finds is told in aws-vault's words, unless it has never heard of the profile.
    if ((code === "NO_ROUTE" && route?.found === true) || (code === "NO_PROFILE" && route !== undefined))
      return inAws(profile, cli);
    throw error;
  }
}

const routeInAws = (profile: string, { reading }: Means) =>
  routes(reading, { stored: undefined, seesCredentials: true }).get(profile);

function inAws(profile: string, means: Means): Way {
  const { reading, settings } = means;
  const [refused] = reading.refused;
  if (refused !== undefined) {
    const { path, span } = refused.at;
    const place = span === undefined ? path : `${path}, line ${span.line}`;
    const hint = "`aws-vault-doctor check` says what to do";
    throw failed("BAD_CONFIG", `the AWS CLI cannot read ${place}: ${refused.message}`, hint);
  }
  const route = routeInAws(profile, means);
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
