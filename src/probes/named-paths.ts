import { profilesWith } from "../awsconfig/profiles.ts";
import type { AwsDocument } from "../model/document.ts";
import type { Bundle, NamedPaths, PathState } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import { type Seen, seen } from "../model/seen.ts";
import { findProgram, foldersOf, isAbsolute } from "../system/path.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import type { SeenFacts } from "./probe.ts";

const PATH_SETTINGS = ["web_identity_token_file", "ca_bundle"];
const COMMAND_SETTINGS = ["credential_process", "mfa_process", "web_identity_token_process"];
const PATH_VARIABLES = [
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CA_BUNDLE",
  "REQUESTS_CA_BUNDLE",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
];
const BUNDLE_VARIABLES = ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"];
/** Of each kind. A file made to be slow must not make us look at a million places. */
const LOOKED_AT_MAX = 1000;

/** What stands where the two files and the variables point to. Nothing is opened, and no command is run. */
export function lookAtNamedPaths(system: System, _: unknown, { config, profiles }: SeenFacts): Seen<NamedPaths> {
  const { environment } = system;
  const names = new Set<string>();
  const words = new Set<string>();
  for (const reading of profiles?.known === true ? profiles.value.readings.values() : []) {
    for (const setting of PATH_SETTINGS) for (const value of valuesOf(reading, setting)) names.add(value);
    for (const setting of COMMAND_SETTINGS) for (const value of valuesOf(reading, setting)) words.add(firstWord(value));
  }
  for (const path of config?.known === true ? pluginPaths(config.value) : []) names.add(path);
  for (const variable of PATH_VARIABLES) names.add(environment[variable] ?? "");
  const paths = new Map<string, PathState>();
  for (const name of first(names)) {
    const path = expanded(system, name);
    if (path !== undefined) paths.set(name, stateOf(system, path));
  }
  const folders = foldersOf(system);
  const commands = new Map<string, "program" | "missing" | "not-executable">();
  for (const word of first(words)) {
    const state = programState(system, folders, word);
    if (state !== undefined) commands.set(word, state);
  }
  const store = environment["AWS_VAULT_PASS_PASSWORD_STORE_DIR"] || environment["PASSWORD_STORE_DIR"];
  const id = `${expanded(system, store ?? "") ?? `${system.machine.home}/.password-store`}/.gpg-id`;
  const bundles = new Map<string, Bundle>();
  for (const name of first(
    new Set([...namedBundles(profiles), ...BUNDLE_VARIABLES.map((one) => environment[one] ?? "")]),
  )) {
    const bundle = paths.get(name) === "file" ? bundleAt(system, expanded(system, name)!) : undefined;
    if (bundle !== undefined) bundles.set(name, bundle);
  }
  return seen({ paths, commands, bundles, passStore: { path: id, state: stateOf(system, id) } });
}

const namedBundles = (profiles: SeenFacts["profiles"]): string[] =>
  profiles?.known === true
    ? [...profiles.value.readings.values()].flatMap((reading) => valuesOf(reading, "ca_bundle"))
    : [];

/** Bytes. The public list has a quarter of a megabyte. */
const BUNDLE_BYTES_MAX = 4 * 1024 * 1024;
/** The authorities whose names stand in the certificates of AWS's addresses. */
const AUTHORITIES = /Amazon Root CA|Starfield (?:Services )?Root|Starfield Class 2/;

function bundleAt(system: System, path: string): Bundle | undefined {
  return tried(() => {
    const text = new TextDecoder().decode(system.files.read(path, BUNDLE_BYTES_MAX));
    const bodies = [...text.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----([^-]*)-----END/g)];
    const names = ([, body]: readonly string[]): string => Buffer.from(body!, "base64").toString("latin1");
    return { certificates: bodies.length, trustsAws: bodies.some((one) => AUTHORITIES.test(names(one))) };
  });
}

const first = (values: ReadonlySet<string>): string[] =>
  [...values].filter((value) => value !== "" && !value.includes("·")).slice(0, LOOKED_AT_MAX);

const valuesOf = (reading: Reading, name: string): string[] =>
  profilesWith(reading, name).map((profile) => profile.get(name)!.value);

const pluginPaths = (config: AwsDocument): string[] =>
  config.linesNamed("cli_legacy_plugin_path").map((line) => config.setting(line)!.value);

/** Without quotes around it. */
export const firstWord = (command: string): string =>
  /^"([^"]*)"|^'([^']*)'|^\S*/.exec(command)![0].replaceAll(/^["']|["']$/g, "");

function expanded(system: System, path: string): string | undefined {
  if (path === "~" || path.startsWith("~/")) return system.machine.home + path.slice(1);
  return isAbsolute(path) && !/[$%]/.test(path) ? path : undefined;
}

function stateOf(system: System, path: string): PathState {
  return tried(() => {
    const facts = system.files.follow(path);
    if (facts === undefined) return "missing";
    return facts.kind === "file" ? "file" : facts.kind === "directory" ? "folder" : "other";
  }, "unreadable");
}

/** Undefined where a shell would have to say what it is. */
function programState(
  system: System,
  folders: readonly string[],
  word: string,
): "program" | "missing" | "not-executable" | undefined {
  if (/[$%~`]/.test(word)) return undefined;
  if (!/[\\/]/.test(word)) return findProgram(system, folders, word) === undefined ? "missing" : "program";
  if (!isAbsolute(word)) return undefined;
  return tried(() => {
    const facts = system.files.follow(word);
    if (facts === undefined || facts.kind === "directory") return "missing";
    return facts.executable ? "program" : "not-executable";
  });
}
