import { show } from "../awsconfig/variables.ts";
import type { VaultStore } from "../model/facts.ts";
import type { Scope } from "../model/scope.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { chooseBackend, lookForKeyring } from "../vault/choice.ts";
import { isPass } from "../vault/pass-names.ts";
import type { SeenFacts } from "./probe.ts";

/** Of the stores that may be chosen, those that need the session's D-Bus. */
const ON_THE_BUS = ["secret-service", "kwallet"];

/** The store that the vault would take without a flag, by the vault's own choice. None is opened or woken. */
export async function lookAtStore(system: System, _: Scope, { vault }: SeenFacts): Promise<Seen<VaultStore>> {
  const told = system.environment["AWS_VAULT_BACKEND"] || undefined;
  const { backend, why, isChosen, keyring } = await chooseBackend(told, system);
  const isOnBus = system.machine.os === "linux" && ON_THE_BUS.includes(backend);
  const session = keyring ?? (isOnBus ? await lookForKeyring(system) : undefined);
  const isFolder = backend === "file" || isPass(backend);
  return seen({
    backend: show("AWS_VAULT_BACKEND", backend).value,
    path: isFolder && vault?.known === true ? vault.value.store : undefined,
    why: isChosen ? "AWS_VAULT_BACKEND names it" : why,
    isChosen,
    session: session && { hasBus: session.hasBus, keyringTrouble: session.trouble },
  });
}
