import type { Reading } from "../model/reading.ts";
import type { SessionSettings } from "../model/session.ts";
import type { Secret } from "../secret.ts";
import type { System } from "../system/system.ts";
import type { Store } from "../vault/store.ts";

/** All that it takes to make the credentials of profiles. */
export interface Means {
  readonly system: System;
  /** The config file as aws-vault reads it, with nothing masked. */
  readonly reading: Reading;
  readonly store: Store;
  readonly settings: SessionSettings;
  readonly mfa: MfaWays;
  /** The page of a sign-in is opened in the browser, and not only named. */
  readonly opensBrowser: boolean;
  /** A sign-in comes back to this machine, and no code is compared: `--pkce`. */
  readonly signsInByRedirect: boolean;
  /** A line for the person who waits. Each is said once. */
  readonly note: (line: string) => void;
  /** A line for who looks for a mistake: `--debug`. */
  readonly log: (line: string) => void;
  /** Shows that something goes on, to a person who watches, while AWS is asked: nobody else may write there meanwhile. */
  readonly during: <T>(what: string, act: () => Promise<T>) => Promise<T>;
  /** AWS's clock, with each answer. */
  readonly heard?: (date: Date) => void;
}

/** Where codes come from, besides a profile's own `mfa_process`. */
export interface MfaWays {
  /** `--mfa-token`. */
  readonly token: Secret | undefined;
  /** `--prompt`: one of the names of `prompt-drivers.ts`; undefined is what suits best here. */
  readonly prompt: string | undefined;
  /** Nobody can be asked on the terminal, as for a server or where the output goes to a program. */
  readonly avoidsTerminal: boolean;
}
