import { EXIT, UserError } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import type { System } from "../../system/system.ts";
import { readConfig } from "./config.ts";

/** The profile that a person chooses where none was named. Throws a UserError where there is nobody to ask, or nothing. */
export async function pickProfile(system: System, hint = "name one"): Promise<string> {
  const names = system.terminal.canAsk ? [...readConfig(system).reading.profiles.keys()] : [];
  if (names.length === 0) {
    throw new UserError("BAD_USAGE", "required argument 'profile' not provided", { exitCode: EXIT.failed, hint });
  }
  const choices = names.map((name) => ({ value: name, name: printable(name) }));
  return system.terminal.choose("Choose AWS profile:", choices, hint);
}
