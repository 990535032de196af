import type { FactName, Facts } from "../model/facts.ts";
import type { Consent, Scope } from "../model/scope.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import type { Probe, Probes, SeenFacts } from "../probes/probe.ts";
import type { System } from "../system/system.ts";

/** Looks once at what is needed and not seen before, each thing after the things it stands on. */
export async function gather(
  system: System,
  scope: Scope,
  probes: Probes,
  needed: Iterable<FactName>,
  before: SeenFacts,
  log: (line: string) => void,
): Promise<SeenFacts> {
  const facts: { [Name in FactName]?: Seen<Facts[Name]> } = { ...before };
  const underWay = new Map<FactName, Promise<void>>();
  const take = (name: FactName): Promise<void> => {
    const known = underWay.get(name) ?? look(name);
    underWay.set(name, known);
    return known;
  };
  const look = async <Name extends FactName>(name: Name): Promise<void> => {
    if (name in facts) return;
    const probe = probes[name] as Probe<Name>;
    for (const other of probe.after) await take(other);
    const started = system.elapsed();
    const fact = refusal(probe, scope) ?? (await probe.look(system, scope, facts));
    Object.assign(facts, { [name]: Object.freeze(fact) });
    const took = (system.elapsed() - started).toFixed(1);
    log(`${name}: ${fact.known ? "seen" : `unseen, because ${fact.why}`} (${took} ms)`);
  };
  const wanted = new Set(needed);
  const order = Object.keys(probes) as FactName[];
  await Promise.all(order.filter((name) => wanted.has(name)).map(take));
  return facts;
}

const FLAGS: Readonly<Record<Consent, string>> = { run: "--run", unlock: "--unlock", network: "--online" };
const MEANINGS: Readonly<Record<Consent, string>> = {
  run: "starts programs on PATH, and asks local servers",
  unlock: "may raise a prompt of the keychain",
  network: "asks AWS",
};

function refusal<Name extends FactName>(probe: Probe<Name>, scope: Scope): Seen<Facts[Name]> | undefined {
  if (probe.ofMachine && scope.filesOnly) {
    return probe.inFilesAlone === undefined
      ? unseen("not-asked", "only files are judged, and nothing of this machine")
      : seen(probe.inFilesAlone);
  }
  if (probe.asks === "nothing" || scope.consent.has(probe.asks)) return undefined;
  return unseen("not-allowed", `it needs ${FLAGS[probe.asks]}, which ${MEANINGS[probe.asks]}`);
}
