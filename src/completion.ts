import { rules } from "../rules/index.ts";
import { readDocument } from "./awsconfig/document.ts";
import { locations } from "./awsconfig/locations.ts";
import { COMMON_FLAGS, type Command, type Flag } from "./commands/command.ts";
import { commands, groups } from "./commands/index.ts";
import { allRuleIds } from "./doctor/rules.ts";
import { EXIT } from "./errors.ts";
import { TOOLS } from "./model/tool.ts";
import { FILE_BYTES_MAX } from "./probes/files.ts";
import { printable } from "./report/printable.ts";
import type { System } from "./system/system.ts";
import { tried } from "./system/tried.ts";

/** What may stand in a place; a candidate `:files` leaves it to the shell, which knows paths better. */
type Candidates = (system: System) => readonly string[];

const FILES = ":files";
const files: Candidates = () => [FILES];
const ruleIds: Candidates = () => [...allRuleIds(rules)].sort();
const tools: Candidates = () => ["aws-vault", ...TOOLS.filter((tool) => tool !== "aws-vault-byteness")];

/** By the name of a flag, or of a word that a command takes. */
const BY_NAME: Readonly<Record<string, Candidates>> = {
  profile: profileNames,
  rule: ruleIds,
  only: ruleIds,
  skip: ruleIds,
  for: tools,
  as: tools,
  shell: () => ["bash", "zsh", "fish"],
  what: () => ["preferences", "pre-commit", "github", "gitlab"],
  files,
  file: files,
  output: files,
  baseline: files,
  command: files,
  "write-baseline": files,
  "config-file": files,
  "credentials-file": files,
  "file-dir": files,
};

/** What aws-vault answers its own script for bash, which has all of it expanded as code, and offers paths by itself. */
export async function completeAsAwsVault(words: readonly string[], system: System): Promise<number> {
  const found = await candidates(["vault", ...words.slice(0, -1)], words.at(-1) ?? "", system);
  const plain = found.filter((one) => /^[\w@%+=:,./-]+$/.test(one) && one !== FILES);
  system.terminal.output.write(plain.map((one) => `${one}\n`).join(""));
  return EXIT.ok;
}

/** `--complete SHELL word…`: what the last word, which may be empty, may become. Nothing but the two files is looked at. */
export async function complete([shell, ...typed]: readonly string[], system: System): Promise<number> {
  const words = (shell === "bash" ? rejoined(typed) : typed).map(unquoted);
  const last = words.at(-1) ?? "";
  const found = (await candidates(words.slice(0, -1), last, system)).filter(
    (one) => one === FILES || (one.startsWith(last) && printable(one) === one),
  );
  // Bash has broken the word, and wants what comes behind the break.
  const start = shell === "bash" ? last.search(/[^=:]*$/) : 0;
  const lines = found.map((one) => `${one === FILES ? one : one.slice(start)}\n`);
  system.terminal.output.write(lines.join(""));
  return EXIT.ok;
}

/** Bash makes three words of `--format=json` and of `a:b`. */
function rejoined(typed: readonly string[]): string[] {
  const words: string[] = [];
  let isBroken = false;
  for (const word of typed) {
    const isBreak = /^[=:]+$/.test(word);
    if ((isBreak || isBroken) && words.length > 0) words.push(words.pop()! + word);
    else words.push(word);
    isBroken = isBreak;
  }
  return words;
}

const unquoted = (word: string): string => word.replace(/^["']|["']$/g, "").replaceAll(/\\(.)/g, "$1");

async function candidates(before: readonly string[], last: string, system: System): Promise<readonly string[]> {
  const [first = "", second] = before;
  const group = groups.find(({ name }) => name === first);
  if (group !== undefined && second === undefined) return (await group.load()).map(({ name }) => name);
  const named = commands.find(({ name }) => name === first);
  const command = group
    ? (await group.load()).find(({ name, aliases = [] }) => [name, ...aliases].includes(second!))
    : await (named ?? commands[0]).load();
  if (command === undefined) return [];
  if (before.length === 0 && !last.startsWith("-")) return [...commands, ...groups].map(({ name }) => name);
  return inCommand(command, before.slice(group ? 2 : named ? 1 : 0), last, system);
}

function inCommand(command: Command, before: readonly string[], last: string, system: System): readonly string[] {
  if (before.includes("--")) return [FILES];
  const flags: Readonly<Record<string, Flag>> = { ...COMMON_FLAGS, ...command.flags };
  const taking = (word: string | undefined): string | undefined => {
    const name = word?.startsWith("--") === true ? word.slice(2) : undefined;
    const flag = name === undefined ? undefined : flags[name];
    return flag !== undefined && flag.kind !== "switch" && flag.alone === undefined ? name : undefined;
  };
  const values = (name: string): readonly string[] => flags[name]?.choices ?? BY_NAME[name]?.(system) ?? [];
  const open = taking(before.at(-1));
  if (open !== undefined) return values(open);
  const cut = last.indexOf("=");
  if (last.startsWith("--") && cut > 0)
    return values(last.slice(2, cut)).map((value) => (value === FILES ? FILES : last.slice(0, cut + 1) + value));
  if (last.startsWith("-")) return spellings(flags);
  const words = before.filter((word, at) => !word.startsWith("-") && taking(before[at - 1]) === undefined);
  const places = [...command.takes.matchAll(/(\w+)(\.\.)?/g)];
  const place = places[words.length] ?? (places.at(-1)?.[2] === undefined ? undefined : places.at(-1));
  return BY_NAME[place?.[1] ?? ""]?.(system) ?? [];
}

const spellings = (flags: Readonly<Record<string, Flag>>): string[] =>
  Object.entries(flags)
    .filter(([, { isHidden }]) => isHidden !== true)
    .map(([name, { isOn }]) => (isOn === true ? `--no-${name}` : `--${name}`));

/** Of both files, as most tools read them. */
function profileNames({ environment, machine, files: disk }: System): string[] {
  const places = locations("sdk", environment, machine.home, machine.folder);
  const names = (["config", "credentials"] as const).flatMap((kind) => {
    const { path } = places[kind];
    const bytes = tried(() => (disk.follow(path)?.kind === "file" ? disk.read(path, FILE_BYTES_MAX) : undefined));
    if (bytes === undefined) return [];
    const { sections } = readDocument(path, kind, bytes);
    return sections.flatMap(({ kind: what, name }) => (what === "profile" && name !== undefined ? [name] : []));
  });
  return [...new Set(names)].sort();
}
