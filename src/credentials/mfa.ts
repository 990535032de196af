import { AwsError } from "../aws/error.ts";
import type { MfaCode } from "../aws/sts.ts";
import type { Mfa } from "../model/session.ts";
import { Secret } from "../secret.ts";
import { stateFolder } from "../system/state-folder.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import type { Means } from "./means.ts";
import { askWith, codeIn } from "./prompt-drivers.ts";
import { failed } from "./trouble.ts";

/** The code that a call sends, if it sends one: from the flag, the profile's own command, or the person. */
export async function codeFor(mfa: Mfa, means: Means): Promise<MfaCode | undefined> {
  if (mfa.kind !== "sent") return undefined;
  const serial = mfa.serial.value;
  const way = wayTo(serial, mfa.process?.value, means);
  let waited = 0;
  for (;;) {
    const code = await way.code();
    if (!/^\d{6}$/.test(code.reveal())) {
      if (way.kind !== "person") throw failed("BAD_CODE", `${way.name} gave no code of six digits for ${serial}`);
      means.system.terminal.errors.write("that is no code of six digits\n");
      continue;
    }
    const age = sinceUse(serial, code, means.system);
    if (age === undefined) {
      rememberUse(serial, code, means.system);
      return { serial, code };
    }
    // AWS takes each code once, and its answer to the second time is that of a wrong one.
    const told = `this code was sent ${age} s ago already, and AWS takes each one once`;
    switch (way.kind) {
      case "flag":
        throw failed(
          "CODE_USED",
          `--mfa-token: ${told}`,
          "wait for the next one; a chain that asks twice needs two codes",
        );
      case "person":
        means.system.terminal.errors.write(`${told}: wait for the next one\n`);
        break;
      case "program":
        if (waited > WAITING_MS) throw failed("CODE_USED", `${way.name}: ${told}`, "it must give another one by now");
        means.note(`this code was sent already: waiting for the next one of ${way.name}`);
        await means.system.pause(RETRY_MS);
        waited += RETRY_MS;
    }
  }
}

interface Way {
  /** Whoever is asked twice: gives the same again, another one after a while, or is a person. */
  readonly kind: "flag" | "program" | "person";
  readonly name: string;
  code(): Promise<Secret>;
}

function wayTo(serial: string, process: string | undefined, means: Means): Way {
  const { system, mfa } = means;
  const { token } = mfa;
  if (token !== undefined) return { kind: "flag", name: "--mfa-token", code: async () => token };
  if (process !== undefined) {
    return {
      kind: "program",
      name: "mfa_process",
      code: async () => codeIn(await system.programs.obey(process, limits(system)), "process provider"),
    };
  }
  const ask = askWith(mfa.prompt, mfa.avoidsTerminal, system);
  const isDevice = mfa.prompt === "ykman";
  return {
    kind: isDevice ? "program" : "person",
    name: mfa.prompt ?? "the prompt",
    code: async () => (await ask(serial)).trimmed(),
  };
}

const PROCESS_MS = 2 * 60 * 1000; // It may ask a person for a password, or wait for a touch.
const limits = ({ environment }: System) => ({ milliseconds: PROCESS_MS, bytes: 16 * 1024, environment });
const RETRY_MS = 3000;
/** A device has another code after half a minute. */
const WAITING_MS = 35_000;

/* ───────────────────────── codes that were used ───────────────────────── */

/** A code lives for half a minute, and AWS takes it a little longer. */
const LIFE_SECONDS = 90;

/** Seconds since this code of this device was sent; undefined where it was not, as far as is known here. */
function sinceUse(serial: string, code: Secret, system: System): number | undefined {
  // None was used.
  return tried(() => {
    const [time = "", used] = system.files.readText(usePath(serial, system), 256).split(" ");
    const age = Math.round((system.now().getTime() - Number(time)) / 1000);
    return used === hash(serial, code, system) && age >= 0 && age < LIFE_SECONDS ? age : undefined;
  });
}

/** Before it is sent, for another process may have the same one from the same person. What is kept opens nothing. */
function rememberUse(serial: string, code: Secret, system: System): void {
  const line = `${system.now().getTime()} ${hash(serial, code, system)} `;
  try {
    system.files.makeFolder(stateFolder(system));
    system.files.replace(usePath(serial, system), new TextEncoder().encode(line), 0o600);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
  }
}

/** Makes a call that sends a code. Where nobody has answered, the code is as good as before. */
export async function withCode<T>(mfa: MfaCode | undefined, { system }: Means, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const isUnused = error instanceof AwsError && error.status === undefined;
    if (isUnused && mfa !== undefined) system.files.remove(usePath(mfa.serial, system));
    throw error;
  }
}

const usePath = (serial: string, system: System): string => `${stateFolder(system)}/code-${system.sha1(serial)}`;
const hash = (serial: string, code: Secret, system: System): string => system.sha1(`${serial} ${code.reveal()}`);
