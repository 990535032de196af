import { gather } from "../doctor/gather.ts";
import { EXIT, UserError } from "../errors.ts";
import type { FactName, Facts } from "../model/facts.ts";
import { wholeMachine } from "../model/scope.ts";
import type { Tool } from "../model/tool.ts";
import { parseTools } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import type { System } from "../system/system.ts";
import type { Given } from "./command.ts";

/** The tools that `--as` names, if it is given. */
export function toolsAsked(given: Given): readonly Tool[] | undefined {
  const as = given.text("as");
  if (as === undefined) return undefined;
  return parseTools(as, (message) => {
    throw new UserError("BAD_FLAG", `--as: ${message}`);
  });
}

/** What is seen of this machine, for commands that show it and judge nothing. Ends the program where something is unseen. */
export async function look<Name extends FactName>(
  given: Given,
  system: System,
  tools: readonly Tool[],
  ...names: readonly Name[]
): Promise<Pick<Facts, Name>> {
  const facts = await gather(system, wholeMachine(tools), probes, names, {}, given.log);
  const seen: Partial<Facts> = {};
  for (const name of names) {
    const fact = facts[name]!;
    if (!fact.known) throw new UserError("UNSEEN", fact.why, { exitCode: EXIT.incomplete });
    Object.assign(seen, { [name]: fact.value });
  }
  return seen as Pick<Facts, Name>;
}
