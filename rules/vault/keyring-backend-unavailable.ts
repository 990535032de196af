import { AWS_VAULT, didYouMean, type Environment, type Facts, list, rule, sightings } from "#rule";

const EVERYWHERE = ["file", "op-connect", "op", "op-desktop", "proton-pass"];
const BACKENDS: Readonly<Record<string, readonly string[]>> = {
  linux: ["secret-service", "kwallet", "keyctl", "pass", "passage", ...EVERYWHERE],
  darwin: ["keychain", "pass", "passage", ...EVERYWHERE],
  win32: ["wincred", "winhello", ...EVERYWHERE],
};
const ALL = [...new Set(Object.values(BACKENDS).flat())];

export default rule({
  id: "keyring-backend-unavailable",
  severity: "error",
  category: "vault",
  for: AWS_VAULT,
  summary: "AWS_VAULT_BACKEND names a store that this machine does not have",
  why:
    "aws-vault opens the one store that is named and no other. The keychain is macOS's, wincred is Windows's, secret-service and kwallet need " +
    "a D-Bus session, and pass needs the program of that name.",
  remedy: "name a store that is there (`file` is everywhere), or install what the chosen one needs",
  links: [
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md",
    "https://github.com/99designs/aws-vault#vaulting-backends",
  ],
  errors: [
    "Specified keyring backend not available, try --help",
    "enum value must be one of …, got '…'",
    "The pass program is not available",
    "The name org.kde.kwalletd was not provided by any .service files",
    'accessing "…" keyring failed: …',
    'unknown scope "…"',
    "no keyring backends available",
    "No directory provided for file keyring",
    "<dir> is a file, not a directory",
    "No such interface “org.freedesktop.DBus.Properties” on object at path /",
  ],
  about: { variables: ["AWS_VAULT_BACKEND"] },
  needs: ["environment", "startup", "machine", "programs", "store"],
  *check({ environment, startup, machine, programs, store }) {
    for (const { at, value, hidden, also } of sightings("AWS_VAULT_BACKEND", environment, startup)) {
      if (hidden !== undefined || value === "") continue;
      const here = BACKENDS[machine.os] ?? EVERYWHERE;
      const fault = !here.includes(value)
        ? ALL.includes(value)
          ? `is not there on this system, which has ${list(here)}`
          : `is no store of aws-vault${didYouMean(value, here)}`
        : (missing(value, environment, programs) ?? missingOnBus(value, environment, store));
      if (fault !== undefined) yield { at, says: `AWS_VAULT_BACKEND is '${value}', which ${fault}`, also };
    }
  },
});

function missing(backend: string, environment: Environment, programs: ReadonlyMap<string, string>): string | undefined {
  const command = environment.get("AWS_VAULT_PASS_CMD")?.value || backend;
  if (
    (backend === "pass" || backend === "passage") &&
    !command.includes("/") &&
    ["pass", "passage", "gopass"].includes(command) &&
    !programs.has(command)
  )
    return `needs the program '${command}', and that is not on PATH`;
  return undefined;
}

function missingOnBus(backend: string, environment: Environment, { session }: Facts["store"]): string | undefined {
  if (backend !== "secret-service" && backend !== "kwallet") return undefined;
  if (session?.hasBus === false) return `needs the session's D-Bus, and ${session.keyringTrouble}`;
  if (backend === "kwallet")
    return environment.get("DISABLE_KWALLET")?.value === "1" ? "DISABLE_KWALLET switches off" : undefined;
  return session?.keyringTrouble && `needs a keyring, and ${session.keyringTrouble}`;
}
