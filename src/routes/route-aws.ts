import type { Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import { hasKeysThatEndAChain } from "./own-aws.ts";
import { lost, type Surroundings, withRole } from "./step.ts";
import { onTopOf, stepFromSource, stepInAws } from "./step-aws.ts";
import { type Ways, walker } from "./walk.ts";

/** The AWS tools take a profile in one way when it is asked for, and in another when it is a source. */
export function waysInAws(reading: Reading, surroundings: Surroundings): Ways {
  const asSource = walker((profile) => stepFromSource(profile, reading, surroundings), withRole);
  const starts = new Map<Route, string>();
  return (profile) => {
    // Without keys it is the same.
    if (!hasKeysThatEndAChain(profile, reading.tool)) return asSource(profile);
    const step = stepInAws(profile, reading, surroundings);
    if ("route" in step) return step.route;
    const source = asSource(step.source);
    // Who has keys of its own may be its source's source, but not on the same way.
    const isLoop = (source.found ? startOf(source, starts) : source.profile) === profile.name;
    return isLoop ? lost(profile, "loop", step.by) : onTopOf(source, profile);
  };
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
