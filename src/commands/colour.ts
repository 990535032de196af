import type { Stream, System } from "../system/system.ts";
import type { Given } from "./command.ts";

/** A flag beats the variables, and these beat the terminal (https://no-color.org, https://force-color.org). */
export function hasColour(given: Given, system: System, stream: Stream): boolean {
  if (given.isOn("color")) return true;
  if (given.isOn("no-color")) return false;
  const isSet = (name: string): boolean => (system.environment[name] ?? "") !== "";
  if (isSet("NO_COLOR")) return false;
  if (isSet("FORCE_COLOR") || isSet("CLICOLOR_FORCE")) return system.environment["FORCE_COLOR"] !== "0";
  return stream.isTerminal && system.environment["TERM"] !== "dumb";
}
