import { EXIT } from "../../errors.ts";
import { ssoSettings } from "../../routes/vault-settings.ts";
import { type Listing, listingOf, removeAll } from "../../vault/listing.ts";
import type { Command } from "../command.ts";
import { type AwsVaultConfig, readConfig } from "./config.ts";
import { storeFor, VAULT_FLAGS } from "./flags.ts";

export const clear: Command = {
  name: "clear",
  takes: "[profile]",
  summary: "Remove sessions and SSO tokens from the vault: all of them, or those of a profile",
  examples: [["aws-vault-doctor vault clear prod", "after a change to the role or the duration of 'prod'"]],
  flags: VAULT_FLAGS,
  async run(given, system) {
    const [profile] = given.words;
    const store = await storeFor(given, system);
    const listing = await listingOf(store);
    const items = profile === undefined ? everything(listing) : ofProfile(profile, listing, readConfig(system));
    system.terminal.output.write(`Cleared ${await removeAll(store, items)} sessions.\n`);
    return EXIT.ok;
  },
};

interface Keyed {
  readonly key: string;
}

const everything = ({ sessions, tokens, legacy }: Listing): Keyed[] => [
  ...sessions,
  ...tokens,
  ...legacy.map((key) => ({ key })),
];

/** Its sessions, and the token of its start URL, which other profiles may use too. */
function ofProfile(name: string, { sessions, tokens }: Listing, { reading }: AwsVaultConfig): Keyed[] {
  const profile = reading.profiles.get(name);
  const startUrl = profile && ssoSettings(profile, reading).startUrl?.value;
  return [
    ...sessions.filter((session) => session.profile === name),
    ...tokens.filter((token) => token.startUrl === startUrl),
  ];
}
