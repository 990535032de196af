import type { Profile, Reading } from "../model/reading.ts";
import type { Route, Routes } from "../model/route.ts";
import type { Surroundings } from "./step.ts";
import { stepsInAwsVault, withVaultRole } from "./step-aws-vault.ts";
import { profileNamed } from "./vault-settings.ts";

/** The way of every profile to its credentials in aws-vault, each found when it is asked for. */
export function routesInAwsVault(reading: Reading, surroundings: Surroundings): Routes {
  const ways = waysIn(reading, surroundings);
  // To aws-vault every name is a profile, but not every one is the reading's.
  const get = (name: string): Route | undefined => {
    const profile = reading.profiles.get(name);
    return profile && ways(profile);
  };
  return {
    get,
    *[Symbol.iterator]() {
      for (const profile of reading.profiles.values()) yield [profile.name, ways(profile)] as const;
    },
  };
}

/** The way of one profile, also where its name stands in no section. */
export const routeInAwsVault = (name: string, reading: Reading, surroundings: Surroundings): Route =>
  waysIn(reading, surroundings)(profileNamed(name, reading));

function waysIn(reading: Reading, surroundings: Surroundings): (profile: Profile) => Route {
  const known = new Map<Profile, Route>();
  const stepFrom = stepsInAwsVault(reading, surroundings);
  return (first) => {
    const pending: Profile[] = [];
    let profile = first;
    let tail = known.get(profile);
    while (tail === undefined) {
      const step = stepFrom(profile);
      if ("route" in step) {
        tail = step.route;
        known.set(profile, tail);
        break;
      }
      pending.push(profile);
      profile = step.source; // This ends: no step goes on into a circle.
      tail = known.get(profile);
    }
    for (const above of pending.reverse()) {
      tail = tail.found ? withVaultRole(above, tail) : tail;
      known.set(above, tail);
    }
    return tail;
  };
}
