import { Secret } from "../secret.ts";
import type { System } from "../system/system.ts";

export interface Passphrase {
  readonly secret: Secret;
  /** By a person just now, who saw nothing of it and may have slipped. */
  readonly isTyped: boolean;
}

/**
 * The passphrase of a folder, asked for when it is first needed, and once. AWS_VAULT_FILE_PASSPHRASE answers for the
 * person; that it is there counts, so that an empty one is an empty passphrase.
 */
export function passphraseOf(folder: string, { environment, terminal }: System): () => Promise<Passphrase> {
  let known: Promise<Passphrase> | undefined;
  const find = async (): Promise<Passphrase> => {
    const told = environment["AWS_VAULT_FILE_PASSPHRASE"];
    if (told !== undefined) return { secret: Secret.ofText(told), isTyped: false };
    const question = `Enter passphrase to unlock "${folder}":`;
    return { secret: await terminal.askSecret(question, "AWS_VAULT_FILE_PASSPHRASE can hold it"), isTyped: true };
  };
  return () => (known ??= find());
}
