import { EXIT } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import type { Command } from "../command.ts";
import { CREDENTIAL_FLAGS, meansFor } from "./exported.ts";
import { VAULT_FLAGS } from "./flags.ts";
import { pickProfile } from "./pick.ts";

const { session, n, "mfa-token": mfaToken, prompt, region } = CREDENTIAL_FLAGS;

export const rotate: Command = {
  name: "rotate",
  takes: "[profile]",
  summary: "Give the user of a stored access key a new one, and delete the old one when the new one is proved",
  examples: [["aws-vault-doctor vault rotate work", "again after a break: it goes on from there"]],
  flags: { ...VAULT_FLAGS, session: session!, n: n!, "mfa-token": mfaToken!, prompt: prompt!, region: region! },
  async run(given, system) {
    const [profile = await pickProfile(system)] = given.words;
    const means = await meansFor(given, system, { withoutCache: true });
    const { rotate: rotateKey } = await import("../../credentials/rotation.ts");
    await rotateKey(profile, means, (line) => system.terminal.output.write(`${printable(line)}\n`));
    return EXIT.ok;
  },
};
