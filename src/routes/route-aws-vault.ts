import type { Profile, Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import type { Surroundings } from "./step.ts";
import { stepsInAwsVault, withVaultRole } from "./step-aws-vault.ts";
import { profileNamed } from "./vault-settings.ts";

/** The way of one profile, also where its name stands in no section. */
export const routeInAwsVault = (name: string, reading: Reading, surroundings: Surroundings): Route =>
  waysInAwsVault(reading, surroundings)(profileNamed(name, reading));

export function waysInAwsVault(reading: Reading, surroundings: Surroundings): (profile: Profile) => Route {
  const known = new Map<string, Route>();
  const stepFrom = stepsInAwsVault(reading, surroundings);
  return (first) => {
    const pending: Profile[] = [];
    let profile = first;
    let tail = known.get(profile.name);
    while (tail === undefined) {
      const step = stepFrom(profile);
      if ("route" in step) {
        tail = step.route;
        known.set(profile.name, tail);
        break;
      }
      pending.push(profile);
      profile = step.source; // This ends: no step goes on into a circle.
      tail = known.get(profile.name);
    }
    for (const above of pending.reverse()) {
      tail = tail.found ? withVaultRole(above, tail) : tail;
      known.set(above.name, tail);
    }
    return tail;
  };
}
