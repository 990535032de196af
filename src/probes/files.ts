import { readDocument } from "../awsconfig/document.ts";
import { type Location, locations } from "../awsconfig/locations.ts";
import type { AwsDocument } from "../model/document.ts";
import type { AwsFile, AwsFiles, FolderFacts } from "../model/facts.ts";
import type { NamedFile, Scope } from "../model/scope.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { type FileFacts, FileTrouble, type System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** Bytes. A hundred times the largest set-up we know of; a stranger's file must not buy minutes of our time. */
export const FILE_BYTES_MAX = 32 * 1024 * 1024;

/** Where the two files are and in what state. */
export function lookAtFiles(system: System, scope: Scope): Seen<AwsFiles> {
  const { home, folder } = system.machine;
  // One place each for all tools; where they would look elsewhere is a matter for rules.
  const places = locations("sdk", scope.filesOnly ? {} : system.environment, home, folder);
  const parent = `${home}/.aws`;
  return seen({
    config: lookAtFile(system, scope.config, places.config),
    credentials: lookAtFile(system, scope.credentials, places.credentials),
    folder: scope.filesOnly ? undefined : lookAtFolder(system, parent),
    lostFolder: scope.filesOnly ? undefined : lostFolder(system, parent),
  });
}

/** The masked text of one of the two files; one that is not there, or not part of what is judged, reads as empty. */
export function readFile(
  system: System,
  kind: "config" | "credentials",
  file: AwsFile,
  named: NamedFile | undefined,
): Seen<AwsDocument> {
  const piped = named === "none" ? undefined : named?.bytes;
  switch (file.state) {
    case "dangling":
      return unseen("failed", `${file.path} is a link to ${file.linkTarget ?? "a place"}, where there is nothing`);
    case "missing":
      return seen(readDocument(file.path, kind, new Uint8Array()));
    case "directory":
      return unseen("failed", `${file.path} is a folder`);
    case "special":
      return unseen("failed", `${file.path} is not a regular file`);
    case "unreadable":
      return unseen("failed", `${file.path} cannot be read: ${file.trouble ?? "no reason given"}`);
    case "file":
      try {
        return seen(readDocument(file.path, kind, piped ?? system.files.read(file.path, FILE_BYTES_MAX)));
      } catch (error) {
        if (error instanceof FileTrouble) return unseen("failed", `${file.path} cannot be read: ${error.message}`);
        throw error;
      }
  }
}

function lookAtFile(system: System, named: NamedFile | undefined, location: Location): AwsFile {
  const isNamed = named !== undefined && named !== "none";
  const path = isNamed ? named.path : location.path;
  const chosenBy = isNamed ? named.by : location.variable;
  const nothing = { path, chosenBy, mode: undefined, owner: undefined, linkTarget: undefined, trouble: undefined };
  if (named === "none") return { ...nothing, state: "missing" };
  if (named?.bytes !== undefined) return { ...nothing, state: "file" };
  try {
    const own = system.files.look(path);
    if (own === undefined) return { ...nothing, state: "missing" };
    const linkTarget = own.kind === "link" ? system.files.readLink(path) : undefined;
    const target = system.files.follow(path);
    if (target === undefined) return { ...nothing, linkTarget, state: "dangling" };
    const state = target.kind === "link" ? "dangling" : target.kind;
    return { ...nothing, linkTarget, state, mode: target.mode, owner: target.owner };
  } catch (error) {
    if (error instanceof FileTrouble) return { ...nothing, state: "unreadable", trouble: error.message };
    throw error;
  }
}

function lookAtFolder(system: System, path: string): FolderFacts | undefined {
  let facts: FileFacts | undefined;
  try {
    facts = system.files.follow(path);
  } catch {
    return undefined;
  }
  return facts?.kind === "directory" ? { path, mode: facts.mode, owner: facts.owner } : undefined;
}

/** A link to nothing, in the place of the folder. */
function lostFolder(system: System, path: string): { path: string; linkTarget: string } | undefined {
  return tried(() => {
    const isLost = system.files.look(path)?.kind === "link" && system.files.follow(path) === undefined;
    return isLost ? { path, linkTarget: system.files.readLink(path) } : undefined;
  });
}
