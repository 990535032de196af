import { matters, show } from "../awsconfig/variables.ts";
import type { Environment, Variable } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";

/** The variables that matter for AWS credentials, masked. */
export function lookAtEnvironment(system: System): Seen<Environment> {
  const variables = new Map<string, Variable>();
  for (const name of Object.keys(system.environment).sort()) {
    const value = system.environment[name];
    if (value !== undefined && matters(name)) variables.set(name, { name, ...show(name, value) });
  }
  return seen(variables);
}
