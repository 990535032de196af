import { fingerprints, type Print } from "../doctor/fingerprint.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { type Folders, pathName } from "../report/folders.ts";
import type { System } from "../system/system.ts";
import { repositoryRoot } from "./repository.ts";

/** From where paths are told. */
export const foldersOf = (system: System): Folders => ({
  root: repositoryRoot(system) ?? system.machine.folder,
  home: system.machine.home,
});

/** The fingerprints of what a report says. */
export function printsOf(report: Report, system: System): Map<ReportedFinding, Print> {
  const folders = foldersOf(system);
  return fingerprints(
    report,
    (path) => pathName(path, folders),
    (text) => system.sha1(text),
  );
}
