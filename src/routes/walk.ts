import type { Profile } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import { lost, type Step } from "./step.ts";

/** The way of every profile that is asked for. */
export type Ways = (profile: Profile) => Route;

/**
 * Goes up from a profile until a route is known, and gives each profile on the way its own: every step is taken once,
 * however many profiles lead to it.
 */
export function walker(takeStep: (profile: Profile) => Step, withRole: (profile: Profile, from: Route) => Route): Ways {
  const known = new Map<string, Route>();
  return (first) => {
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
    return tail;
  };
}
