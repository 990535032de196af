import { printable } from "../../report/printable.ts";
import type { System } from "../../system/system.ts";
import { openStore } from "../../vault/open.ts";
import type { Store } from "../../vault/store.ts";
import type { Flag, Given } from "../command.ts";

/** Flags that all of `vault` takes. */
export const VAULT_FLAGS: Readonly<Record<string, Flag>> = {
  backend: { kind: "text", says: "where secrets are kept (AWS_VAULT_BACKEND); 'file' is built so far" },
  "file-dir": {
    kind: "text",
    says: "the folder of the backend 'file' (AWS_VAULT_FILE_DIR; default: ~/.awsvault/keys)",
  },
};

export function storeFor(given: Given, system: System): Store {
  const wanted = { backend: given.text("backend"), fileDir: given.text("file-dir") };
  const store = openStore(wanted, system, (line) =>
    system.terminal.errors.write(`aws-vault-doctor: ${printable(line)}\n`),
  );
  given.log(`store: ${store.name}`);
  return store;
}

/** As Go prints a name in double quotes. */
export const quoted = (name: string): string => printable(JSON.stringify(name));
