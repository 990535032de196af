import { EXIT } from "../../errors.ts";
import type { Reading } from "../../model/reading.ts";
import { printable } from "../../report/printable.ts";
import { formatGoDuration } from "../../routes/go-duration.ts";
import { ssoSettings } from "../../routes/vault-settings.ts";
import { type ListedSession, type ListedToken, type Listing, listingOf } from "../../vault/listing.ts";
import type { Command } from "../command.ts";
import { readConfig } from "./config.ts";
import { storeFor, VAULT_FLAGS } from "./flags.ts";

export const list: Command = {
  name: "list",
  aliases: ["ls"],
  takes: "",
  summary: "List profiles, with their credentials and sessions",
  examples: [["aws-vault-doctor vault list --credentials", "the profiles that have an access key in the vault"]],
  flags: {
    ...VAULT_FLAGS,
    profiles: { kind: "switch", says: "show only the names of the profiles" },
    sessions: { kind: "switch", says: "show only the sessions" },
    credentials: { kind: "switch", says: "show only the profiles with a stored access key" },
  },
  async run(given, system) {
    const listing = await listingOf(await storeFor(given, system));
    const { reading } = readConfig(system);
    const now = system.now().getTime() / 1000;
    const lines = given.isOn("credentials")
      ? listing.profiles
      : given.isOn("profiles")
        ? [...reading.profiles.keys()]
        : given.isOn("sessions")
          ? [
              ...listing.tokens.map((one) => tokenLabel(one, reading)),
              ...listing.sessions.map((one) => label(one, now)),
            ]
          : table(listing, reading, now);
    system.terminal.output.write(lines.map((line) => `${printable(line)}\n`).join(""));
    return EXIT.ok;
  },
};

const HEAD = [
  ["Profile", "Credentials", "Sessions"],
  ["=======", "===========", "========"],
] as const;

/** The profiles of the file, then keys without a profile, then sessions without one. */
function table(listing: Listing, reading: Reading, now: number): string[] {
  const stored = new Set(listing.profiles);
  const sessionsOf = new Map<string, ListedSession[]>();
  for (const session of listing.sessions) {
    const known = sessionsOf.get(session.profile);
    if (known === undefined) sessionsOf.set(session.profile, [session]);
    else known.push(session);
  }
  const shown = new Set<string>();
  const rows: (readonly [string, string, string])[] = [...HEAD];
  for (const profile of reading.profiles.values()) {
    const startUrl = ssoSettings(profile, reading).startUrl?.value;
    const tokens = listing.tokens.filter((token) => token.startUrl === startUrl);
    const sessions = sessionsOf.get(profile.name) ?? [];
    for (const { key } of [...tokens, ...sessions]) shown.add(key);
    const labels = [...tokens.map((one) => tokenLabel(one, reading)), ...sessions.map((one) => label(one, now))];
    rows.push([profile.name, stored.has(profile.name) ? profile.name : "-", labels.join(", ") || "-"]);
  }
  for (const name of listing.profiles) if (!reading.profiles.has(name)) rows.push(["-", name, "-"]);
  for (const token of listing.tokens) if (!shown.has(token.key)) rows.push(["-", "-", tokenLabel(token, reading)]);
  for (const session of listing.sessions) if (!shown.has(session.key)) rows.push(["-", "-", label(session, now)]);
  return aligned(rows.map((row) => row.map(printable)));
}

const WIDTH_MIN = 25;
const GAP = 2;

/** As Go's tabwriter does it for aws-vault: every cell filled up, the last one too. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD[0].map((_, column) =>
    rows.reduce((width, row) => Math.max(width, characters(row[column]!) + GAP), WIDTH_MIN),
  );
  return rows.map((row) => row.map((cell, column) => cell + " ".repeat(widths[column]! - characters(cell))).join(""));
}

/** Code points, which Go counts. */
const characters = (text: string): number => Array.from(text).length;

/** Which kind, and how long it has yet to live. */
const label = ({ type, expires }: ListedSession, now: number): string =>
  `${type}:${formatGoDuration(Math.trunc(expires - now))}`;

/** By the name of the `sso-session` that has its start URL, else by the host. */
function tokenLabel({ startUrl }: ListedToken, { ssoSessions }: Reading): string {
  for (const [name, session] of ssoSessions)
    if (session.get("sso_start_url")?.value === startUrl) return `oidc:${name}`;
  const host = /^https?:\/\/([^/?#]+)/.exec(startUrl)?.[1];
  return `oidc:${host ?? startUrl}`;
}
