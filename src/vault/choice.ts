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
  /** Who was looked for on the session's D-Bus. */
  readonly keyring?: SessionKeyring;
}

/** A keyring on the session's D-Bus. */
export interface SessionKeyring {
  /** There is such a session, and it answers us. */
  readonly hasBus: boolean;
  /** Why there is no keyring; undefined where there is one, or one that is started when it is called. */
  readonly trouble: string | undefined;
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
  const keyring = await lookForKeyring(system);
  return keyring.trouble === undefined
    ? { backend: "secret-service", why: "a keyring is on this session's D-Bus", isChosen: false, keyring }
    : { backend: "file", why: keyring.trouble, isChosen: false, keyring };
}

/** Asks the bus itself, so that no keyring is started, and none asks to be unlocked. */
export async function lookForKeyring(system: System): Promise<SessionKeyring> {
  const names = {
    destination: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
  };
  const service = "org.freedesktop.secrets";
  let hasBus = false;
  try {
    const bus = await system.bus();
    const [isRunning] = await bus.call({ ...names, member: "NameHasOwner", signature: "s", body: [service] });
    hasBus = true;
    if (isRunning === true) return { hasBus, trouble: undefined };
    const [startable] = await bus.call({ ...names, member: "ListActivatableNames" });
    const isStartable = (startable as readonly string[]).includes(service);
    return { hasBus, trouble: isStartable ? undefined : "no keyring is on this session's D-Bus" };
  } catch (error) {
    if (!(error instanceof BusTrouble)) throw error;
    return { hasBus, trouble: error.message };
  }
}
