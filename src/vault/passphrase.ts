import { Secret } from "../secret.ts";
import type { System } from "../system/system.ts";

/**
 * The passphrase of a folder, asked for when it is first needed, and once. AWS_VAULT_FILE_PASSPHRASE answers for the
 * person; that it is there counts, so that an empty one is an empty passphrase.
 */
export function passphraseOf(folder: string, { environment, terminal }: System): () => Promise<Secret> {
  let known: Promise<Secret> | undefined;
  const find = async (): Promise<Secret> => {
    const told = environment["AWS_VAULT_FILE_PASSPHRASE"];
    if (told !== undefined) return Secret.ofText(told);
    return terminal.askSecret(`Enter passphrase to unlock "${folder}":`, "AWS_VAULT_FILE_PASSPHRASE can hold it");
  };
  return () => (known ??= find());
}
