import type { Profile, Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import { hasKeysThatEndAChain } from "./own-aws.ts";
import { lost, type Step, type Surroundings, withRole } from "./step.ts";
import { onTopOf, stepFromSource, stepInAws } from "./step-aws.ts";

type Ways = (profile: Profile) => Route;

/** The AWS tools take a profile in one way when it is asked for, and in another when it is a source. */
export function waysInAws(reading: Reading, surroundings: Surroundings): Ways {
  const asSource = walker((profile) => stepFromSource(profile, reading, surroundings));
  const starts = new Map<Route, string>();
  const found = (profile: Profile): Route => {
    // Without keys it is the same.
    if (!hasKeysThatEndAChain(profile, reading.tool)) return asSource(profile);
    const step = stepInAws(profile, reading, surroundings);
    if ("route" in step) return step.route;
    const source = asSource(step.source);
    // Who has keys of its own may be its source's source, but not on the same way.
    const isLoop = (source.found ? startOf(source, starts) : source.profile) === profile.name;
    return isLoop ? lost(profile, "loop", step.by) : onTopOf(source, profile);
  };
  const known = new Map<string, Route>();
  return (profile) => {
    let route = known.get(profile.name);
    if (route === undefined) known.set(profile.name, (route = found(profile)));
    return route;
  };
}

function walker(takeStep: (profile: Profile) => Step): Ways {
  const known = new Map<string, Route>();
  return (profile) => {
    if (!known.has(profile.name)) walk(profile, takeStep, known);
    return known.get(profile.name)!;
  };
}

/** Goes up from a profile until a route is known, and gives each profile on the way its own. */
function walk(first: Profile, takeStep: (profile: Profile) => Step, known: Map<string, Route>): void {
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
