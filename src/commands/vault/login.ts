import { type Credentials, credentialsFrom } from "../../credentials/credentials.ts";
import { expectedCredentials } from "../../credentials/expected.ts";
import type { Means } from "../../credentials/means.ts";
import { EXIT, UserError } from "../../errors.ts";
import { expectedAccounts } from "../../preferences.ts";
import type { System } from "../../system/system.ts";
import type { Command } from "../command.ts";
import { CREDENTIAL_FLAGS, isTrue, meansFor, profileFor } from "./exported.ts";
import { VAULT_FLAGS } from "./flags.ts";
import { pickProfile } from "./pick.ts";

export const login: Command = {
  name: "login",
  takes: "[profile]",
  summary: "Sign in to the AWS console in the browser, as a profile or with the credentials of the environment",
  examples: [["aws-vault-doctor vault login prod --path s3/buckets", "a page of it"]],
  flags: {
    ...VAULT_FLAGS,
    ...CREDENTIAL_FLAGS,
    stdout: { kind: "switch", says: "print the address, and open no browser (AWS_VAULT_STDOUT)", short: "s" },
    path: { kind: "text", says: "the page of the console, such as s3/buckets" },
    "auto-logout": {
      kind: "switch",
      says: "sign out first who is signed in there (AWS_VAULT_AUTO_LOGOUT)",
      short: "a",
    },
  },
  async run(given, system) {
    const { environment } = system;
    const hasKeys = Boolean(environment["AWS_ACCESS_KEY_ID"] && environment["AWS_SECRET_ACCESS_KEY"]);
    const named = given.words[0] ?? (environment["AWS_PROFILE"] || undefined);
    const profile = named ?? (hasKeys ? undefined : await pickProfile(system, NOBODY));
    const means = await meansFor(given, system, { noSessionFor: profile ?? "" });
    const page = {
      region: profileFor(profile ?? "", means).region,
      path: given.text("path"),
      logsOut: given.isOn("auto-logout") || isTrue("AWS_VAULT_AUTO_LOGOUT", system),
    };
    const { consoleCredentials, consoleUrl } = await import("../../credentials/console.ts");
    const credentials =
      profile === undefined
        ? fromEnvironment(system)
        : await expectedCredentials(profile, means, await expectedAccounts(system));
    const signedIn = await consoleCredentials(profile ?? "", credentials, means);
    const url = await consoleUrl(signedIn, page, profile ?? "", means);
    if (means.opensBrowser) await open(url, means);
    else system.terminal.output.write(`${url}\n`);
    return EXIT.ok;
  },
};

const NOBODY = "name one, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

function fromEnvironment({ environment }: System): Credentials {
  const { AWS_ACCESS_KEY_ID: id = "", AWS_SECRET_ACCESS_KEY: secret = "", AWS_SESSION_TOKEN: token } = environment;
  return credentialsFrom(id, secret, token);
}

async function open(url: string, { system }: Means): Promise<void> {
  const { openSecretly } = await import("../../credentials/browser.ts");
  const opened = await openSecretly(url, system);
  if (opened === true) return;
  const message =
    opened === false ? "no browser could be started" : "the browser was started, and did not open the page";
  throw new UserError("NO_BROWSER", message, { exitCode: EXIT.failed, hint: "--stdout prints the address instead" });
}
