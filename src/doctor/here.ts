import { isKnownSetting } from "../awsconfig/sight.ts";
import { unusualValues } from "../awsconfig/unusual.ts";
import type { AwsDocument } from "../model/document.ts";
import type { FactName, Facts } from "../model/facts.ts";
import type { About, RuleEntry } from "../model/rule.ts";
import type { SeenFacts } from "../probes/probe.ts";

/** As much of a machine as tells which rules there is no need to ask. */
export interface Here {
  readonly documents: readonly AwsDocument[];
  readonly settings: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly programs: ReadonlySet<string>;
  readonly hasOddLines: boolean;
  readonly hasOtherSections: boolean;
  readonly hasOddFiles: boolean;
  readonly hasServers: boolean;
  readonly facts: SeenFacts;
}

/** The facts that tell which rules there is no need to ask, as far as these rules turn on them. */
export function factsToTell(rules: readonly RuleEntry[]): FactName[] {
  const needed = rules.flatMap(({ about }) => [
    ...((about?.settings ?? about?.values ?? about?.oddLines ?? about?.otherSections ?? about?.unknownSettings)
      ? (["config", "credentials"] as const)
      : []),
    ...(about?.files ? (["files", "vault", "machine"] as const) : []),
    ...(about?.variables ? (["environment", "startup"] as const) : []),
    ...(about?.programs ? (["programs"] as const) : []),
    ...(about?.servers ? (["metadata", "serverPort"] as const) : []),
    ...(about?.facts ?? []),
  ]);
  return [...new Set(needed)];
}

export function hereIs(facts: SeenFacts): Here {
  const { config, credentials, environment, startup, programs, metadata, serverPort, files, vault, machine } = facts;
  const documents = [config, credentials].flatMap((one) => (one?.known === true ? [one.value] : []));
  const mentioned = startup?.known === true ? startup.value.flatMap((file) => [...file.statements, ...file.uses]) : [];
  return {
    documents,
    settings: new Set(documents.flatMap((one) => [...one.settingNames])),
    variables: new Set([
      ...(environment?.known === true ? environment.value.keys() : []),
      ...mentioned.map(({ name }) => name),
    ]),
    programs: new Set(programs?.known === true ? programs.value.keys() : []),
    hasOddLines: documents.length < 2 || !documents.every(isPlain),
    hasOtherSections: config?.known !== true || config.value.hasOtherSections,
    hasOddFiles: !files?.known || !vault?.known || !machine?.known || areOdd(files.value, vault.value, machine.value),
    hasServers: metadata?.known !== true || serverPort?.known !== true || areBusy(metadata.value, serverPort.value),
    facts,
  };
}

const isPlain = ({ isPlain: isAlike, hasBom, encoding }: AwsDocument): boolean =>
  isAlike && !hasBom && encoding === "utf-8";

/** Not there as files and folders that their owner alone may read, and this user is that owner. */
function areOdd(
  { config, credentials, folder, lostFolder }: Facts["files"],
  vault: Facts["vault"],
  { user }: Facts["machine"],
) {
  const isNotOurs = (one: { readonly mode: number | undefined; readonly owner: number | undefined } | undefined) =>
    one?.mode !== undefined && ((one.mode & 0o477) !== 0o400 || one.owner !== user);
  return (
    [config, credentials].some(({ state }) => state !== "file" && state !== "missing") ||
    [config, credentials, folder, vault].some(isNotOurs) ||
    vault.open.length > 0 ||
    lostFolder !== undefined
  );
}

const areBusy = ({ alias, listeners }: Facts["metadata"], serverPort: Facts["serverPort"]): boolean =>
  alias !== undefined || listeners.length > 0 || serverPort.length > 0;

export function isHere(
  { settings, values, variables, programs, oddLines, otherSections, unknownSettings, files, servers, facts }: About,
  here: Here,
): boolean {
  return (
    // Where lines are odd, each tool may see settings of its own.
    (here.hasOddLines && (oddLines ?? settings ?? values ?? unknownSettings) !== undefined) ||
    (here.hasOtherSections && otherSections === true) ||
    (unknownSettings === true && ![...here.settings].every(isKnownSetting)) ||
    (here.hasOddFiles && files === true) ||
    (here.hasServers && servers === true) ||
    hasAny(settings, here.settings) ||
    hasAny(variables, here.variables) ||
    hasAny(programs, here.programs) ||
    facts?.some((name) => holdsSomething(here.facts[name])) === true ||
    values?.some((name) => here.documents.some((document) => unusualValues(document, name).size > 0)) === true
  );
}

/** What could not be looked at may. */
const holdsSomething = (fact: SeenFacts[FactName]): boolean =>
  fact?.known !== true || (Array.isArray(fact.value) ? fact.value.length > 0 : fact.value !== undefined);

/** Whether there is a need to ask a rule. */
export const concerns = ({ about }: RuleEntry, here: Here): boolean => about === undefined || isHere(about, here);

const hasAny = (wanted: readonly string[] | undefined, there: ReadonlySet<string>): boolean =>
  wanted?.some((name) =>
    name.endsWith("*") ? [...there].some((one) => one.startsWith(name.slice(0, -1))) : there.has(name),
  ) === true;
