import { absolute } from "../awsconfig/locations.ts";
import { type Baseline, baselineOf, type Judged, readBaseline, textOf, withoutKnown } from "../doctor/baseline.ts";
import { ENGINE_RULES } from "../doctor/engine-rules.ts";
import type { Request } from "../doctor/examine.ts";
import { UserError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { pathName } from "../report/folders.ts";
import { count, printable } from "../report/printable.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { foldersOf, printsOf } from "./prints.ts";
import { mustStayInside } from "./repository.ts";
import { writeNamed } from "./written.ts";

const BASELINE_BYTES_MAX = 32 * 1024 * 1024;

/** The request, with what is known left out of its reports. */
export function withBaseline(request: Request, name: string, system: System): Request {
  const baseline = load(name, system);
  const revise = (report: Report): Report =>
    withoutKnown(report, baseline, printsOf(report, system), judged(report, request, system), request);
  return { ...request, revise };
}

/** Writes down all that a report says. A baseline of before is replaced, and nothing else is. */
export function writeBaseline(report: Report, name: string, system: System): void {
  const path = pathOf(name, system);
  if (system.files.follow(path) !== undefined) load(name, system);
  const entries = baselineOf(report, printsOf(report, system));
  writeNamed(name, path, textOf(entries), system);
  system.terminal.errors.write(`${count(entries.length, "finding")} written to ${printable(name)}\n`);
}

export function load(name: string, system: System): Baseline {
  const path = pathOf(name, system);
  if (system.files.follow(path) === undefined)
    throw new UserError("NO_BASELINE", `there is no baseline '${name}'`, {
      hint: "`aws-vault-doctor check --write-baseline FILE` makes one",
    });
  try {
    return readBaseline(path, new TextDecoder().decode(system.files.read(path, BASELINE_BYTES_MAX)));
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw new UserError("NO_BASELINE", `${name} cannot be read: ${error.message}`, { cause: error });
  }
}

function pathOf(name: string, system: System): string {
  const path = absolute(name, system.machine.home, system.machine.folder);
  mustStayInside(name, path, system);
  return path;
}

export function judged({ skipped, crashed, cut, looked, sources }: Report, request: Request, system: System): Judged {
  const folders = foldersOf(system);
  const rules = new Set([...request.rules, ...ENGINE_RULES].map(({ id }) => id));
  for (const { rule } of [...skipped, ...crashed]) rules.delete(rule.id);
  for (const id of [...cut.map((rule) => rule.id), ...(request.unwanted ?? [])]) rules.delete(id);
  // What is too mild to be told may be there.
  const isAll = request.severity === "info";
  const paths = [...looked.files.map(({ path }) => path), ...sources.keys()];
  return {
    rules: isAll ? rules : new Set(),
    files: new Set(paths.map((path) => pathName(path, folders))),
    isMachine: request.scopes.every(({ filesOnly }) => !filesOnly),
  };
}
