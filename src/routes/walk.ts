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
  const known = new Map<string, Route | "on the way">();
  return (first) => {
    const pending: Profile[] = [];
    let profile = first;
    let tail = known.get(profile.name);
    while (tail === undefined) {
      const { name } = profile;
      const step = takeStep(profile);
      if ("route" in step) {
        tail = step.route;
        known.set(name, tail);
        break;
      }
      known.set(name, "on the way");
      pending.push(profile);
      tail = known.get(step.source.name);
      if (tail === "on the way") tail = lost(profile, "loop", step.by);
      profile = step.source;
    }
    let route = tail as Route;
    for (const above of pending.reverse()) {
      if (route.found) route = withRole(above, route);
      known.set(above.name, route);
    }
    return route;
  };
}
