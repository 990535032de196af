import type { Profile, Reading } from "../model/reading.ts";
import type { Route, Routes } from "../model/route.ts";
import { isAwsVault } from "../model/tool.ts";
import { routesInAwsVault } from "./route-aws-vault.ts";
import { lost, type Surroundings, withRole } from "./step.ts";
import { stepInAws } from "./step-aws.ts";

/**
 * The way of every profile to its credentials, in one tool's reading; each is found when it is asked for. Chains share
 * their tails, so the cost is that of one step a profile, however long the chains are.
 */
export function routes(reading: Reading, surroundings: Surroundings): Routes {
  if (isAwsVault(reading.tool)) return routesInAwsVault(reading, surroundings);
  const known = new Map<string, Route>();
  const get = (name: string): Route | undefined => {
    const first = reading.profiles.get(name);
    if (first !== undefined && !known.has(name)) walk(first, reading, surroundings, known);
    return known.get(name);
  };
  return {
    get,
    *[Symbol.iterator]() {
      for (const name of reading.profiles.keys()) yield [name, get(name)!] as const;
    },
  };
}

/** Goes up from a profile until a route is known, and gives each profile on the way its own. */
function walk(first: Profile, reading: Reading, surroundings: Surroundings, known: Map<string, Route>): void {
  const pending: Profile[] = [];
  const visiting = new Set<string>();
  let profile = first;
  let tail = known.get(profile.name);
  while (tail === undefined) {
    const step = stepInAws(profile, reading, surroundings);
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
