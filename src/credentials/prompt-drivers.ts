import { didYouMean } from "../nearest.ts";
import { Secret } from "../secret.ts";
import { findProgram, foldersOf } from "../system/path.ts";
import type { Captured, System } from "../system/system.ts";
import { failed } from "./trouble.ts";

/** The ways to ask a person, or their device, for a code. */

interface Driver {
  /** The program it takes; undefined for none. */
  readonly program: string | undefined;
  /** Only there. */
  readonly os?: string;
  /** It opens a window. */
  readonly isWindow?: true;
  /** Undefined where the person can be asked again. */
  ask(serial: string, path: string, system: System): Promise<Secret>;
}

const DRIVERS: Readonly<Record<string, Driver>> = {
  kdialog: {
    program: "kdialog",
    isWindow: true,
    ask: (serial, path, system) =>
      dialog(path, ["--inputbox", question(serial), "--title", "aws-vault-doctor"], system, "kdialog"),
  },
  osascript: {
    program: "osascript",
    ask: (serial, path, system) => dialog(path, ["-e", appleScript(question(serial))], system, "osascript"),
  },
  terminal: {
    program: undefined,
    ask: (serial, _path, { terminal }) =>
      terminal.askSecret(question(serial), "--prompt names another way to be asked, --mfa-token gives the code"),
  },
  wincredui: {
    program: "powershell",
    os: "win32",
    ask: (serial, path, system) =>
      dialog(path, ["-NoProfile", "-NonInteractive", "-Command", powerShell(question(serial))], system, "wincredui"),
  },
  ykman: { program: "ykman", ask: (serial, path, system) => fromYubikey(serial, path, system) },
  zenity: {
    program: "zenity",
    isWindow: true,
    ask: (serial, path, system) =>
      dialog(path, ["--entry", "--title=aws-vault-doctor", `--text=${question(serial)}`], system, "zenity"),
  },
};

const question = (serial: string): string => `Enter MFA code for ${serial}:`;

/** The way that was named, or the one that suits: throws a UserError for a name that is none here. */
export function askWith(
  named: string | undefined,
  avoidsTerminal: boolean,
  system: System,
): (serial: string) => Promise<Secret> {
  const name = named ?? driverFor(avoidsTerminal, system);
  const path = DRIVERS[name] === undefined ? undefined : pathOf(name, system);
  if (path === undefined) throw notHere(name, system);
  return (serial) => DRIVERS[name]!.ask(serial, path, system);
}

/** The terminal, but for who has none to look at: then the first of the others, in the order of their names. */
function driverFor(avoidsTerminal: boolean, system: System): string {
  if (!avoidsTerminal) return "terminal";
  const others = driversHere(system).filter(
    (name) => name !== "terminal" && (hasScreen(system) || !DRIVERS[name]!.isWindow),
  );
  return others[0] ?? "terminal";
}

/** A program that opens a window is of no use on a server; aws-vault tries it there all the same. */
const hasScreen = ({ machine, environment }: System): boolean =>
  machine.os === "darwin" ||
  machine.os === "win32" ||
  Boolean(environment["DISPLAY"] || environment["WAYLAND_DISPLAY"]);

/** The names of those that can be used on this machine. */
export const driversHere = (system: System): string[] =>
  Object.keys(DRIVERS).filter((name) => pathOf(name, system) !== undefined);

/** Its program; empty for one that takes none, undefined for one that is not here. */
function pathOf(name: string, system: System): string | undefined {
  const { program, os } = DRIVERS[name]!;
  if (os !== undefined && os !== system.machine.os) return undefined;
  return program === undefined ? "" : findProgram(system, foldersOf(system), program);
}

function notHere(name: string, system: System) {
  if (name === "pass") {
    return failed(
      "NO_DRIVER",
      "--prompt=pass (or AWS_VAULT_PROMPT=pass) has been removed from aws-vault as using TOTPs without a dedicated device goes against security best practices",
      "a profile may still say `mfa_process = pass otp <its mfa_serial>`",
    );
  }
  const here = driversHere(system);
  const message = `--prompt value must be one of ${here.join(",")}, got '${name}'${didYouMean(name, here)}`;
  const { program } = DRIVERS[name] ?? {};
  return failed("NO_DRIVER", message, program === undefined ? undefined : `'${program}' is not on PATH`);
}

/* ──────────────────────────── the programs ──────────────────────────── */

const DIALOG_MS = 5 * 60 * 1000; // A person may have to find their device.
const DEVICE_MS = 60 * 1000; // A key that waits for a touch gives up by itself before.
const OUTPUT_BYTES_MAX = 16 * 1024;

async function dialog(path: string, args: readonly string[], system: System, name: string): Promise<Secret> {
  const said = await system.programs.capture(path, args, {
    milliseconds: DIALOG_MS,
    bytes: OUTPUT_BYTES_MAX,
    environment: system.environment,
    folder: system.machine.home,
  });
  return codeIn(said, name);
}

/** The code of an OATH account on a Yubikey, which is named like the device unless a variable says otherwise. */
async function fromYubikey(serial: string, path: string, system: System): Promise<Secret> {
  const { environment } = system;
  const device = environment["YKMAN_OATH_DEVICE_SERIAL"];
  const isOld = ["1", "2", "3"].includes(environment["AWS_VAULT_YKMAN_VERSION"] ?? "");
  const args = [
    ...(device ? ["--device", device] : []),
    ...(isOld ? ["oath", "code"] : ["oath", "accounts", "code"]),
    "--single",
    environment["YKMAN_OATH_CREDENTIAL_NAME"] || serial,
  ];
  // It says on the terminal that it waits for a touch, and may ask there for the password of the device.
  const said = await system.programs.capture(path, args, {
    milliseconds: DEVICE_MS,
    bytes: OUTPUT_BYTES_MAX,
    environment,
    folder: system.machine.home,
    isAttached: true,
  });
  return codeIn(said, "ykman");
}

/** What a program said as a code. Throws a UserError where it said none. */
export function codeIn(said: Captured, name: string): Secret {
  if (!said.ended) throw failed("NO_CODE", `${name}: ${said.trouble}`);
  if (said.code !== 0) throw failed("NO_CODE", `${name}: exit status ${said.code}`);
  return Secret.ofText(said.output.trim());
}

const appleScript = (text: string): string =>
  `display dialog "${text.replace(/[\\"]/g, "\\$&")}" default answer "" buttons {"OK", "Cancel"} default button 1\ntext returned of the result\nreturn result`;

/** The dialog of Windows for names and passwords; what is typed for the password is the code. */
const powerShell = (text: string): string =>
  `$c = Get-Credential -UserName mfa -Message '${text.replaceAll("'", "''")}'; if ($c) { $c.GetNetworkCredential().Password } else { exit 1 }`;
