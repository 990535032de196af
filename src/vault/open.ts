import type { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { System } from "../system/system.ts";
import { backendsOn, chooseBackend, isBackend } from "./choice.ts";
import { fileStore } from "./file-store.ts";
import { vaultFolder } from "./names.ts";
import { passPlace } from "./pass-names.ts";
import { passphraseOf } from "./passphrase.ts";
import type { Store } from "./store.ts";
import { failed } from "./trouble.ts";

/** What the flags of a command say about the store; where they say nothing, the variables of aws-vault do. */
export interface Wanted {
  readonly backend?: string | undefined;
  readonly keychain?: string | undefined;
  readonly collection?: string | undefined;
  readonly passDir?: string | undefined;
  readonly passCmd?: string | undefined;
  readonly passPrefix?: string | undefined;
  readonly fileDir?: string | undefined;
}

const VARIABLES = {
  backend: "AWS_VAULT_BACKEND",
  keychain: "AWS_VAULT_KEYCHAIN_NAME",
  collection: "AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME",
  passDir: "AWS_VAULT_PASS_PASSWORD_STORE_DIR",
  passCmd: "AWS_VAULT_PASS_CMD",
  passPrefix: "AWS_VAULT_PASS_PREFIX",
  fileDir: "AWS_VAULT_FILE_DIR",
} as const satisfies Readonly<Record<keyof Wanted, string>>;

/** What a person hears of it: lines for everybody, and those for who looks for a mistake. */
export interface Telling {
  readonly note: (line: string) => void;
  readonly log?: (line: string) => void;
}

/** The store that a person chose, or the one that works here. Throws a UserError for one that does not. */
export async function openStore(wanted: Wanted, system: System, { note, log }: Telling): Promise<Store> {
  const told = (name: keyof Wanted): string | undefined =>
    wanted[name] ?? (system.environment[VARIABLES[name]] || undefined);
  const { backend, why, isChosen } = await chooseBackend(told("backend"), system);
  const store = await storeOf(backend, told, system);
  log?.(`store: ${store.name} (backend '${backend}': ${why})`);
  const folder = folderOf(told, system);
  if (!isChosen && backend !== "file" && system.files.follow(folder)?.kind === "directory") {
    note(`using the backend '${backend}'; what is in '${folder}' is not looked at: AWS_VAULT_BACKEND chooses one`);
  }
  return store;
}

type Told = (name: keyof Wanted) => string | undefined;

async function storeOf(backend: string, told: Told, system: System): Promise<Store> {
  const here = backendsOn(system.machine.os);
  if (!isBackend(backend) || !here.includes(backend)) throw noBackend(backend, here);
  switch (backend) {
    case "file": {
      const folder = folderOf(told, system);
      return fileStore(system, folder, passphraseOf(folder, system));
    }
    case "pass":
    case "passage":
      return (await import("./pass-store.ts")).passStore(
        system,
        passPlace(backend, { dir: told("passDir"), cmd: told("passCmd"), prefix: told("passPrefix") }, system),
      );
    case "secret-service":
      return (await import("./secret-service-store.ts")).secretServiceStore(system, told("collection") ?? "awsvault");
    case "keychain":
      return (await import("./keychain-store.ts")).keychainStore(system, told("keychain") ?? "aws-vault");
    case "wincred":
      return (await import("./wincred-store.ts")).wincredStore(system);
  }
}

const folderOf = (told: Told, { machine }: System): string =>
  vaultFolder(told("fileDir"), machine.home, machine.folder);

/** aws-vault's other backends, and what to do instead. */
const OTHERS: Readonly<Record<string, string>> = {
  kwallet: "KWallet speaks the protocol of 'secret-service' too, from KDE Frameworks 5.97 on",
  keyctl: "aws-vault cannot open it either",
  winhello: "'wincred' is there",
  op: "1Password is not built in",
  "op-connect": "1Password is not built in",
  "op-desktop": "1Password is not built in",
  "proton-pass": "Proton Pass is not built in",
};

function noBackend(backend: string, here: readonly string[]): UserError {
  const other = OTHERS[backend];
  const what = isBackend(backend)
    ? `the backend '${backend}' is not there on this system, which has ${here.join(", ")}`
    : other === undefined
      ? `there is no backend '${backend}'${didYouMean(backend, [...here, ...Object.keys(OTHERS)])}`
      : `the backend '${backend}' is not supported: ${other}`;
  return failed("NO_BACKEND", what, "--backend=file works everywhere");
}
