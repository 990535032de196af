import { type CredentialManager, FileTrouble } from "./system.ts";

/** The library is an optional part, with a binary for each system: where that is missing, there is none. */
export async function credentialManager(): Promise<CredentialManager | undefined> {
  let library: typeof import("@napi-rs/keyring");
  try {
    library = await import("@napi-rs/keyring");
  } catch {
    return undefined;
  }
  // The service and the user stand in the credential's comment and user name, which aws-vault does not look at.
  const entry = (target: string) => library.Entry.withTarget(target, "aws-vault", target);
  return {
    get: (target) => orTrouble(() => bytesOf(entry(target).getSecret())),
    set: (target, bytes) => orTrouble(() => entry(target).setSecret(bytes)),
    remove: (target) => orTrouble(() => entry(target).deleteCredential()),
  };
}

const bytesOf = (secret: readonly number[] | null): Uint8Array | undefined =>
  secret === null ? undefined : Uint8Array.from(secret);

function orTrouble<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new FileTrouble(`Windows's Credential Manager refuses: ${cause instanceof Error ? cause.message : ""}`, {
      cause,
    });
  }
}
