import { Secret } from "../secret.ts";
import type { System } from "../system/system.ts";

export interface Passphrase {
  readonly secret: Secret;
  /** By a person just now, who saw nothing of it and may have slipped. */
  readonly isTyped: boolean;
  /** Asks them once more. */
  readonly again?: () => Promise<Secret>;
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
    const ask = (question: string) => terminal.askSecret(question, "AWS_VAULT_FILE_PASSPHRASE can hold it");
    return {
      secret: await ask(`Enter passphrase to unlock "${folder}":`),
      isTyped: true,
      again: () => ask("The vault is new, so enter its passphrase once more:"),
    };
  };
  return () => (known ??= find());
}
