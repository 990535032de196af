import type { Profile, Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import { isAwsVault } from "../model/tool.ts";
import { hasKeysThatEndAChain } from "./own-aws.ts";
import { lost, type Step, type Surroundings, withRole } from "./step.ts";
import { onTopOf, stepFromSource, stepInAws } from "./step-aws.ts";
import { stepInAwsVault } from "./step-aws-vault.ts";

/**
 * The way of every profile to its credentials, in one tool's reading. Chains share their tails, so the cost is that of
 * one step a profile, however long the chains are.
 */
export function routes(reading: Reading, surroundings: Surroundings): ReadonlyMap<string, Route> {
  if (isAwsVault(reading.tool)) return walkAll(reading, (profile) => stepInAwsVault(profile, reading, surroundings));
  const asSources = walkAll(reading, (profile) => stepFromSource(profile, reading, surroundings));
  const all = new Map<string, Route>();
  const starts = new Map<Route, string>();
  for (const profile of reading.profiles.values()) {
    // Without keys, it is the same whether a profile is asked for or is a source.
    if (!hasKeysThatEndAChain(profile, reading.tool)) {
      all.set(profile.name, asSources.get(profile.name)!);
      continue;
    }
    const step = stepInAws(profile, reading, surroundings);
    if ("route" in step) {
      all.set(profile.name, step.route);
      continue;
    }
    const source = asSources.get(step.source.name)!;
    // Who has keys of its own may be its source's source, but not on the same way.
    const isLoop = (source.found ? startOf(source, starts) : source.profile) === profile.name;
    all.set(profile.name, isLoop ? lost(profile, "loop", step.by) : onTopOf(source, profile));
  }
  return all;
}

type TakeStep = (profile: Profile) => Step;

function walkAll(reading: Reading, takeStep: TakeStep): Map<string, Route> {
  const known = new Map<string, Route>();
  for (const first of reading.profiles.values()) if (!known.has(first.name)) walk(first, takeStep, known);
  return known;
}

/** Goes up from a profile until a route is known, and gives each profile on the way its own. */
function walk(first: Profile, takeStep: TakeStep, known: Map<string, Route>): void {
  const pending: Profile[] = [];
  const visiting = new Set<string>();
  let profile = first;
  let tail = known.get(profile.name);
  while (tail === undefined) {
    const step = takeStep(profile);
    if ("route" in step) {
      tail = step.route;
      known.set(profile.name, tail);
      break;
    }
    visiting.add(profile.name);
    pending.push(profile);
    if (visiting.has(step.source.name)) {
      tail = lost(profile, "loop", step.by);
      break;
    }
    profile = step.source;
    tail = known.get(profile.name);
  }
  for (const above of pending.reverse()) {
    tail = tail.found ? withRole(above, tail) : tail;
    known.set(above.name, tail);
  }
}

/** The profile that a route starts from; remembered for every route on the way. */
function startOf(route: Route, known: Map<Route, string>): string | undefined {
  const path: Route[] = [];
  let at: Route | undefined = route;
  let name: string | undefined;
  while (at?.found && name === undefined) {
    name = known.get(at) ?? (at.from === undefined ? at.hop.profile : undefined);
    path.push(at);
    at = at.from;
  }
  if (name !== undefined) for (const one of path) known.set(one, name);
  return name;
}
