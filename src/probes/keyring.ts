import type { Keyring } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { findProgram, foldersOf } from "../system/path.ts";
import type { System } from "../system/system.ts";

const LIMITS = { milliseconds: 5000, bytes: 64 * 1024 };
const NOTHING: Keyring = {
  kind: "none",
  isLocked: undefined,
  isThere: false,
  locksAfter: undefined,
  locksOnSleep: false,
};

/** The store that the system keeps for aws-vault: whether it is there and locked. No item of it is read. */
export async function lookAtKeyring(system: System): Promise<Seen<Keyring>> {
  if (system.machine.os === "darwin") return lookAtKeychain(system);
  const bus = findProgram(system, foldersOf(system), "busctl");
  if (system.machine.os !== "linux" || bus === undefined) return seen(NOTHING);
  return lookAtCollection(system, bus);
}

async function lookAtKeychain(system: System): Promise<Seen<Keyring>> {
  const name = system.environment["AWS_VAULT_KEYCHAIN_NAME"] || "aws-vault";
  if (!/^[\w.-]{1,100}$/.test(name)) return seen(NOTHING);
  const path = `${system.machine.home}/Library/Keychains/${name}.keychain-db`;
  if (system.files.look(path) === undefined) return seen({ ...NOTHING, kind: "keychain" });
  const said = await system.programs.capture("/usr/bin/security", ["show-keychain-info", path], within(system));
  if (!said.ended) return unseen("failed", `the keychain could not be looked at: security ${said.trouble}`);
  return seen(keychainIn(`${said.output}\n${said.errors}`));
}

/** What `security show-keychain-info` says: `Keychain "…" lock-on-sleep timeout=300s`, or that it may not ask. */
export const keychainIn = (text: string): Keyring => ({
  kind: "keychain",
  isThere: true,
  isLocked: /interaction is not allowed|-25308/i.test(text),
  locksAfter: Number(/timeout=(\d+)/.exec(text)?.[1] ?? Number.NaN) || undefined,
  locksOnSleep: /lock-on-sleep/.test(text),
});

const SERVICE = "org.freedesktop.secrets";

async function lookAtCollection(system: System, bus: string): Promise<Seen<Keyring>> {
  const name = system.environment["AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME"] || "awsvault";
  if (!/^\w{1,100}$/.test(name)) return seen(NOTHING);
  const path = `/org/freedesktop/secrets/collection/${name}`;
  const said = await system.programs.capture(
    bus,
    ["--user", "get-property", SERVICE, path, "org.freedesktop.Secret.Collection", "Locked"],
    within(system),
  );
  if (!said.ended) return unseen("failed", `the secret service could not be asked: busctl ${said.trouble}`);
  const base = { ...NOTHING, kind: "secret-service" } as const;
  if (said.code === 0) return seen({ ...base, isThere: true, isLocked: said.output.startsWith("b true") });
  // Without a service on the bus there is no store at all, and another rule speaks of that.
  return seen(/Unknown object|No such object|does not exist/i.test(said.errors) ? base : NOTHING);
}

const within = ({ environment, machine }: System) => ({ ...LIMITS, environment, folder: machine.home });
