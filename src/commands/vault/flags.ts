import { printable } from "../../report/printable.ts";
import type { System } from "../../system/system.ts";
import { openStore } from "../../vault/open.ts";
import type { Store } from "../../vault/store.ts";
import type { Flag, Given } from "../command.ts";

/** Flags that all of `vault` takes. */
export const VAULT_FLAGS: Readonly<Record<string, Flag>> = {
  backend: {
    kind: "text",
    says: "where secrets are kept: file, pass, passage, secret-service, keychain, wincred (AWS_VAULT_BACKEND)",
  },
  keychain: { kind: "text", says: "of 'keychain', which one (AWS_VAULT_KEYCHAIN_NAME; default: aws-vault)" },
  "secret-service-collection": {
    kind: "text",
    says: "of 'secret-service', which one (AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME; default: awsvault)",
  },
  "pass-dir": { kind: "text", says: "the store of 'pass' (AWS_VAULT_PASS_PASSWORD_STORE_DIR)" },
  "pass-cmd": { kind: "text", says: "the program for it, such as gopass (AWS_VAULT_PASS_CMD)" },
  "pass-prefix": { kind: "text", says: "the folder in it (AWS_VAULT_PASS_PREFIX)" },
  "file-dir": { kind: "text", says: "the folder of 'file' (AWS_VAULT_FILE_DIR; default: ~/.awsvault/keys)" },
};

/** The store that the flags and variables name, or `backend` with what they say of it. */
export function storeFor(given: Given, system: System, backend = given.text("backend")): Promise<Store> {
  const wanted = {
    backend,
    keychain: given.text("keychain"),
    collection: given.text("secret-service-collection"),
    passDir: given.text("pass-dir"),
    passCmd: given.text("pass-cmd"),
    passPrefix: given.text("pass-prefix"),
    fileDir: given.text("file-dir"),
  };
  const note = (line: string): void => system.terminal.errors.write(`aws-vault-doctor: ${printable(line)}\n`);
  return openStore(wanted, system, { note, log: given.log });
}

/** As Go prints a name in double quotes. */
export const quoted = (name: string): string => printable(JSON.stringify(name));
