import { Secret } from "../secret.ts";
import type { CredentialManager, System } from "../system/system.ts";
import type { Store } from "./store.ts";
import { failed, mustBeKey } from "./trouble.ts";

const PREFIX = "aws-vault:aws-vault:";
const LIMITS = { milliseconds: 10_000, bytes: 4 * 1024 * 1024 };
const DATA_BYTES_MAX = 2560; // Windows's own limit.

/**
 * aws-vault's backend `wincred`: generic credentials of Windows's Credential Manager, named `aws-vault:aws-vault:KEY`. The
 * library for it cannot list what aws-vault has stored, so that Windows's program `cmdkey` does: it tells names alone.
 */
export function wincredStore(system: System): Store {
  const manager = async (): Promise<CredentialManager> => {
    const found = await system.credentialManager();
    if (found !== undefined) return found;
    const hint = "install aws-vault-doctor with its optional parts, or use --backend=file";
    throw failed("NO_WINCRED", "Windows's Credential Manager cannot be reached: @napi-rs/keyring is not there", hint);
  };
  return {
    name: "Windows's Credential Manager",

    async list() {
      const folder = `${system.environment["SystemRoot"] ?? "C:\\Windows"}\\System32`;
      const said = await system.programs.capture(`${folder}\\cmdkey.exe`, ["/list"], {
        ...LIMITS,
        environment: system.environment,
        folder: system.machine.home,
      });
      if (!said.ended) throw failed("NO_LIST", `Windows's Credential Manager cannot be listed: cmdkey ${said.trouble}`);
      return keysIn(said.output);
    },

    async get(key) {
      mustBeKey(key);
      const bytes = (await manager()).get(PREFIX + key);
      if (bytes === undefined) return undefined;
      return { key, data: Secret.ofBytes(bytes), label: "", description: "", isGuarded: false, staysHere: false };
    },

    async put({ key, data }) {
      mustBeKey(key);
      const bytes = data.revealBytes();
      if (bytes.length > DATA_BYTES_MAX) {
        const message = `the item '${key}' has ${bytes.length} bytes, and Windows takes ${DATA_BYTES_MAX}`;
        throw failed("TOO_LONG", message, "--backend=file takes it");
      }
      (await manager()).set(PREFIX + key, bytes);
    },

    async remove(key) {
      mustBeKey(key);
      return (await manager()).remove(PREFIX + key);
    },
  };
}

/** Only the words before it are translated: `Target: LegacyGeneric:target=aws-vault:aws-vault:work`. */
const keysIn = (list: string): string[] =>
  list
    .split(/\r?\n/)
    .flatMap((line) => /LegacyGeneric:target=(.*)$/.exec(line)?.[1]?.trimEnd() ?? [])
    .filter((target) => target.startsWith(PREFIX))
    .map((target) => target.slice(PREFIX.length))
    .toSorted();
