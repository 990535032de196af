import type { Environment, StartupFile, Statement } from "../model/facts.ts";
import type { Finding, Related } from "../model/finding.ts";
import type { Fix } from "../model/fix.ts";
import type { EnvironmentPlace, FilePlace, Place } from "../model/place.ts";
import type { Traits } from "../model/reading.ts";

import { commentOut } from "./fixes.ts";

/** A variable that is exported empty counts as none. */
export const isSet = (environment: Environment, name: string): boolean => (environment.get(name)?.value ?? "") !== "";

export const variable = (name: string): EnvironmentPlace => ({ kind: "environment", variable: name });

/** The statements that export a variable with a value when the shell starts, and that no later line takes back. */
export const exportsOf = (startup: readonly StartupFile[], name: string): Statement[] =>
  startup.flatMap(({ statements }) =>
    statements.filter((one, index) => {
      if (one.kind !== "export" || one.name !== name || one.inFunction || one.value === "") return false;
      return !statements
        .slice(index + 1)
        .some((later) => later.kind === "unset" && later.name === name && !later.inFunction);
    }),
  );

/** The same, to be told beside a finding about the variable. */
export const exportedAt = (startup: readonly StartupFile[], name: string): Related[] =>
  exportedHere(exportsOf(startup, name));

export const exportedHere = (lines: readonly Statement[]): Related[] =>
  lines.map(({ at }) => ({ at, says: "every new shell exports it here" }));

/** Where a variable is set that should not be: in the environment, with the lines that export it, or only in those. */
export function* whereSet(name: string, environment: Environment, startup: readonly StartupFile[]): Iterable<Finding> {
  const lines = exportsOf(startup, name);
  if (isSet(environment, name)) {
    yield {
      at: variable(name),
      says: `${name} is set to '${environment.get(name)!.value}'`,
      also: exportedHere(lines),
      ...commentingOut(lines),
    };
    return;
  }
  for (const line of lines) yield { at: line.at, says: `every new shell exports ${name}`, ...commentingOut([line]) };
}

/** In a shell that aws-vault started: its keys, or the address where it hands them out, are there. */
export const isLive = (environment: Environment): boolean =>
  isSet(environment, "AWS_VAULT") &&
  ["AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_FULL_URI"].some((name) => isSet(environment, name));

export interface Sighting {
  readonly at: Place;
  readonly value: string;
  readonly hidden: Traits | undefined;
  /** The lines that export it. */
  readonly also: readonly Related[];
  readonly lines: readonly Statement[];
}

/** A variable as the environment has it, with the lines that export it; or else as each of those will. */
export function* sightings(
  name: string,
  environment: Environment,
  startup: readonly StartupFile[],
): Iterable<Sighting> {
  const lines = exportsOf(startup, name);
  const own = environment.get(name);
  if (own !== undefined) {
    const also = exportedHere(lines);
    yield { at: variable(name), value: own.value, hidden: own.hidden, also, lines };
    return;
  }
  for (const line of lines) {
    if (!line.computed) yield { at: line.at, value: line.value, hidden: line.hidden, also: [], lines: [line] };
  }
}

/** Two variables that are set and say different things, as they are met first. */
export function differing(
  name: string,
  otherName: string,
  environment: Environment,
  startup: readonly StartupFile[],
): readonly [Sighting, Sighting] | undefined {
  const [first] = sightings(name, environment, startup);
  const [second] = sightings(otherName, environment, startup);
  if (!first?.value || !second?.value || first.value === second.value) return undefined;
  return [first, second];
}

const canBeRemark = ({ alone, at }: Statement): boolean => alone && at.span?.line === at.span?.endLine;

/** A fix for a finding: the lines become remarks. None when one of them shares its line with other commands, or goes on. */
export function commentingOut(lines: readonly Statement[]): { fix?: Fix } {
  const [first, ...others] = lines.filter(canBeRemark).map(({ at }) => commentOut(at));
  if (first === undefined || others.length + 1 < lines.length) return {};
  return {
    fix: {
      title: lines.length === 1 ? "make the line a comment" : "make the lines comments",
      safety: "ask",
      steps: [first, ...others],
    },
  };
}

/** Where the value of a statement stands; none where it is not written as it is, once, behind the name. */
export function valueIn({ value, at, nameAt }: Statement, startup: readonly StartupFile[]): FilePlace | undefined {
  const text = startup.find(({ path }) => path === at.path)?.text ?? "";
  const from = nameAt.span!.end;
  const rest = text.slice(from, at.span!.end);
  const index = rest.indexOf(value);
  if (value === "" || index < 0 || rest.indexOf(value, index + 1) >= 0 || rest.slice(0, index).includes("\n"))
    return undefined;
  const start = from + index;
  const column = nameAt.span!.endColumn + index;
  const { line } = nameAt.span!;
  return {
    ...at,
    span: { start, end: start + value.length, line, column, endLine: line, endColumn: column + value.length },
  };
}
