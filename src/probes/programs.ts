import { type Seen, seen } from "../model/seen.ts";
import { findProgram, foldersOf } from "../system/path.ts";
import type { System } from "../system/system.ts";

/** The programs whose presence changes what is wrong, or what to advise. None of them is run. */
const PROGRAMS = (
  "aws-vault aws session-manager-plugin docker less pass passage gopass gpg gpg2 op ykman " +
  "security secret-tool zenity kdialog osascript awsume assume granted aws-sso saml2aws"
).split(" ");

/** Which of the programs that matter are on PATH: name to absolute path. */
export function lookAtPrograms(system: System): Seen<ReadonlyMap<string, string>> {
  const folders = foldersOf(system);
  const found = new Map<string, string>();
  for (const name of PROGRAMS) {
    const path = findProgram(system, folders, name);
    if (path !== undefined) found.set(name, path);
  }
  return seen(found);
}
