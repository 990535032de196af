import type { Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import type { Surroundings } from "./step.ts";
import { stepsInAwsVault, withVaultRole } from "./step-aws-vault.ts";
import { profileNamed } from "./vault-settings.ts";
import { type Ways, walker } from "./walk.ts";

/** The way of one profile, also where its name stands in no section. */
export const routeInAwsVault = (name: string, reading: Reading, surroundings: Surroundings): Route =>
  waysInAwsVault(reading, surroundings)(profileNamed(name, reading));

export const waysInAwsVault = (reading: Reading, surroundings: Surroundings): Ways =>
  walker(stepsInAwsVault(reading, surroundings), withVaultRole);
