import { BusTrouble, type System } from "../system/system.ts";

/** The places that secrets can be kept in, by aws-vault's names, and whether a system has them. */
const BACKENDS = {
  wincred: (os: string) => os === "win32",
  keychain: (os: string) => os === "darwin",
  "secret-service": (os: string) => os !== "win32" && os !== "darwin",
  pass: (os: string) => os !== "win32",
  passage: (os: string) => os !== "win32",
  file: () => true,
} as const;
export type Backend = keyof typeof BACKENDS;

export const isBackend = (name: string): name is Backend => Object.hasOwn(BACKENDS, name);

export const backendsOn = (os: string): Backend[] =>
  Object.keys(BACKENDS)
    .filter(isBackend)
    .filter((name) => BACKENDS[name](os));

export interface Choice {
  readonly backend: string;
  /** For people. */
  readonly why: string;
  /** By a person, and not by us. */
  readonly isChosen: boolean;
}

/**
 * The backend that was told, or one that works on this machine: what aws-vault would take first if that is there, and else
 * the file store. Without a keyring aws-vault would take one that it cannot open.
 */
export async function chooseBackend(told: string | undefined, system: System): Promise<Choice> {
  if (told !== undefined) return { backend: told, why: "it was chosen", isChosen: true };
  const { os } = system.machine;
  if (os === "darwin") return { backend: "keychain", why: "macOS has one", isChosen: false };
  if (os === "win32") {
    const isThere = (await system.credentialManager()) !== undefined;
    return isThere
      ? { backend: "wincred", why: "Windows has one", isChosen: false }
      : { backend: "file", why: "the part for Windows's Credential Manager is not installed", isChosen: false };
  }
  const trouble = await keyringTrouble(system);
  return trouble === undefined
    ? { backend: "secret-service", why: "a keyring is on this session's D-Bus", isChosen: false }
    : { backend: "file", why: trouble, isChosen: false };
}

/** Why there is no keyring; undefined where there is one, or one that is started when it is called. */
async function keyringTrouble(system: System): Promise<string | undefined> {
  const names = {
    destination: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
  };
  const service = "org.freedesktop.secrets";
  try {
    const bus = await system.bus();
    const [isRunning] = await bus.call({ ...names, member: "NameHasOwner", signature: "s", body: [service] });
    if (isRunning === true) return undefined;
    const [startable] = await bus.call({ ...names, member: "ListActivatableNames" });
    return (startable as readonly string[]).includes(service) ? undefined : "no keyring is on this session's D-Bus";
  } catch (error) {
    if (!(error instanceof BusTrouble)) throw error;
    return error.message;
  }
}
