import { EXIT, UserError } from "../errors.ts";
import type { System } from "../system/system.ts";
import { fileStore } from "./file-store.ts";
import { vaultFolder } from "./names.ts";
import { passphraseOf } from "./passphrase.ts";
import type { Store } from "./store.ts";

/** What the flags of a command say about the store; where they say nothing, the variables of aws-vault do. */
export interface Wanted {
  readonly backend: string | undefined;
  readonly fileDir: string | undefined;
}

/** aws-vault's names, in the order in which it takes the first that the machine has. */
const BACKENDS = [
  "wincred",
  "winhello",
  "keychain",
  "secret-service",
  "kwallet",
  "keyctl",
  "pass",
  "passage",
  "file",
  "op-connect",
  "op",
  "op-desktop",
  "proton-pass",
];

/**
 * The store that a person chose, or the one that works here. Throws a UserError for one that does not; `note` takes a
 * line for the person who chose none and may look for their keys elsewhere.
 */
export function openStore(wanted: Wanted, system: System, note: (line: string) => void): Store {
  const { environment, machine } = system;
  const backend = wanted.backend ?? environment["AWS_VAULT_BACKEND"] ?? "";
  const folder = vaultFolder(wanted.fileDir ?? environment["AWS_VAULT_FILE_DIR"], machine.home, machine.folder);
  if (backend === "") {
    const other = firstOfAwsVault(system);
    if (other !== undefined) {
      note(
        `using the backend 'file' ('${folder}'), where aws-vault would take '${other}': AWS_VAULT_BACKEND chooses one`,
      );
    }
  } else if (backend !== "file") throw notBuilt(backend);
  return fileStore(system, folder, passphraseOf(folder, system));
}

function notBuilt(backend: string): UserError {
  const isKnown = BACKENDS.includes(backend);
  const message = isKnown
    ? `the backend '${backend}' is not built yet; use --backend=file`
    : `there is no backend '${backend}'; use --backend=file`;
  return new UserError("NO_BACKEND", message, { exitCode: EXIT.failed });
}

/** Where aws-vault would look when nobody tells it, if that is a place that can hold keys. */
function firstOfAwsVault({ machine, environment, files }: System): string | undefined {
  if (machine.os === "darwin") return "keychain";
  if (machine.os === "win32") return "wincred";
  const hasBus =
    Boolean(environment["DBUS_SESSION_BUS_ADDRESS"]) || files.follow(`/run/user/${machine.user}/bus`) !== undefined;
  return hasBus ? "secret-service" : undefined; // Else it takes `keyctl`, which it cannot open.
}
