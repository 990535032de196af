/** All that a rule may know. */
import { profilesBySource, profilesWith } from "./awsconfig/profiles.ts";
import type { Environment, FactName, Listener, Profiles, StartupFile, Statement } from "./model/facts.ts";
import type { Finding } from "./model/finding.ts";
import type { Fix } from "./model/fix.ts";
import type { EnvironmentPlace, FilePlace, NetworkPlace, Span } from "./model/place.ts";
import type { Profile, Reading, Section } from "./model/reading.ts";
import type { Rule } from "./model/rule.ts";
import { TOOL_NAMES, TOOLS, type Tool } from "./model/tool.ts";

export { profilesBySource, profilesWith, setting, settings } from "./awsconfig/profiles.ts";
export { IDENTITY_SETTINGS } from "./awsconfig/settings.ts";
export { KEY_VARIABLES } from "./awsconfig/variables.ts";
export type { AwsDocument, RawSection } from "./model/document.ts";
export type { Environment, Listener, StartupFile, Statement, Variable } from "./model/facts.ts";
export type { Finding, Related } from "./model/finding.ts";
export type { Fix, Step } from "./model/fix.ts";
export type { FilePlace } from "./model/place.ts";
export type { Layer, Profile, Reading, Section, Setting } from "./model/reading.ts";
export { hops, type Route, type Routes } from "./model/route.ts";
export { AWS_VAULT, isAwsVault, type Tool } from "./model/tool.ts";
export { didYouMean, nearest } from "./nearest.ts";

/** A rule whose `check` gets exactly the facts named in `needs`. */
export const rule = <const Needs extends FactName>(definition: Rule<Needs>): Rule => definition;

/** A variable that is exported empty counts as none. */
export const isSet = (environment: Environment, name: string): boolean => (environment.get(name)?.value ?? "") !== "";

export const variable = (name: string): EnvironmentPlace => ({ kind: "environment", variable: name });

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)!}`;
}

/** `the AWS CLI and aws-vault`, in one order everywhere. */
export const toolNames = (tools: Iterable<Tool>): string => {
  const named = new Set(tools);
  return list(TOOLS.filter((tool) => named.has(tool)).map((tool) => TOOL_NAMES[tool]));
};

/** The tools to name in a finding: none when all that the user asked about suffer. */
export const someOf = (tools: ReadonlySet<Tool>, { tools: asked }: Pick<Profiles, "tools">): Tool[] | undefined =>
  asked.every((tool) => tools.has(tool)) ? undefined : asked.filter((tool) => tools.has(tool));

/** `in aws-vault, `: the start of a sentence that is not true of all tools. */
export const inSome = (tools: readonly Tool[] | undefined): string =>
  tools === undefined ? "" : `in ${toolNames(tools)}, `;

/** Puts a text in place of a stretch of a file. */
export const edit = (at: FilePlace, text: string): Fix["steps"][0] => ({
  kind: "edit",
  path: at.path,
  span: at.span!,
  text,
});

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

/** Where a variable is set that should not be: in the environment, with the lines that export it, or only in those. */
export function* whereSet(name: string, environment: Environment, startup: readonly StartupFile[]): Iterable<Finding> {
  const lines = exportsOf(startup, name);
  if (isSet(environment, name)) {
    yield {
      at: variable(name),
      says: `${name} is set to '${environment.get(name)!.value}'`,
      also: lines.map(({ at }) => ({ at, says: "every new shell exports it here" })),
      ...commentingOut(lines),
    };
    return;
  }
  for (const line of lines) yield { at: line.at, says: `every new shell exports ${name}`, ...commentingOut([line]) };
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

/** The profiles that assume a role straight from long-term keys, in the readings where they have no MFA device. */
export function* rolesWithoutMfa({
  readings,
  routes,
}: Profiles): Iterable<{ tool: Tool; reading: Reading; profile: Profile }> {
  for (const [tool, reading] of readings) {
    for (const profile of profilesWith(reading, "role_arn")) {
      if (profile.has("mfa_serial")) continue;
      const route = routes.get(tool)!.get(profile.name)!;
      if (!route.found || route.hop.kind !== "role" || route.hop.profile !== profile.name || !route.from?.found)
        continue;
      const { kind } = route.from.hop;
      // A temporary key is a session already, and can carry no new MFA code.
      if ("by" in route.from.hop && route.from.hop.by.hidden?.looksLike === "temporary key") continue;
      if (kind === "static" || kind === "stored") yield { tool, reading, profile };
    }
  }
}

/** Whether a listener is an aws-vault (or this program's own server), as far as its process is known. */
export const isAwsVaultProcess = ({ process }: Listener): boolean =>
  process.known && process.value.name.startsWith("aws-vault");

/** An address that somebody listens on, with the program's name where it is known. */
export const heldAddress = (address: string, { process }: Listener): NetworkPlace => ({
  kind: "network",
  address,
  ...(process.known ? { process: process.value.name } : {}),
});

/** Who listens, in words: a program by its name, or what is known of it. */
export function holder({ process, owner }: Listener): string {
  if (process.known) return `'${process.value.name}' (process ${process.value.pid})`;
  return owner === undefined
    ? "a program that this system does not name"
    : `a program of user id ${owner}, which only that user may name,`;
}

/** Puts a remark before a line of a start-up file, so that the shell passes it over and a person can bring it back. */
export const commentOut = (at: FilePlace): Fix["steps"][0] => edit(startOf(at), "# aws-vault-doctor: ");

/** The empty stretch where a place starts. */
export function startOf(at: FilePlace): FilePlace & { readonly span: Span } {
  const { start, line, column } = at.span!;
  return { ...at, span: { start, end: start, line, column, endLine: line, endColumn: column } };
}

/** The profile that a header opens; none for the headers of sessions and services. */
export const profilesOf = (header: string): { profiles?: string[] } =>
  /^(?:sso-session|services)\s/.test(header) ? {} : { profiles: [header.replace(/^profile\s+/, "")] };

/** The section that a profile is written in: the config file's, or else the credentials file's. */
export const ownSection = ({ layers }: Profile): Section =>
  (layers.find(({ kind }) => kind === "config") ?? layers[0]!).section;

/** The profiles that lean on one as their source, near or far, itself included. */
export function dependents(reading: Reading, name: string): Set<string> {
  const bySource = profilesBySource(reading);
  const found = new Set([name]);
  for (const one of found) for (const other of bySource.get(one) ?? []) found.add(other.name);
  return found;
}
