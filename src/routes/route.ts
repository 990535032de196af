import type { Reading } from "../model/reading.ts";
import type { Route, Routes } from "../model/route.ts";
import { isAwsVault } from "../model/tool.ts";
import { waysInAws } from "./route-aws.ts";
import { waysInAwsVault } from "./route-aws-vault.ts";
import type { Surroundings } from "./step.ts";

/**
 * The way of every profile to its credentials, in one tool's reading; each is found when it is asked for. Chains share
 * their tails, so the cost is that of one step a profile, however long the chains are.
 */
export function routes(reading: Reading, surroundings: Surroundings): Routes {
  const ways = (isAwsVault(reading.tool) ? waysInAwsVault : waysInAws)(reading, surroundings);
  const known = new Map<string, Route>();
  return {
    // To aws-vault every name is a profile, but not every one is the reading's.
    get(name) {
      let route = known.get(name);
      if (route !== undefined) return route;
      const profile = reading.profiles.get(name);
      if (profile !== undefined) known.set(name, (route = ways(profile)));
      return route;
    },
    *[Symbol.iterator]() {
      for (const profile of reading.profiles.values()) yield [profile.name, ways(profile)] as const;
    },
  };
}
