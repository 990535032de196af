import { EXIT, UserError } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import type { System } from "../../system/system.ts";
import type { Command } from "../command.ts";

export const proxy: Command = {
  name: "proxy",
  aliases: ["server"],
  isHidden: true,
  takes: "",
  summary: "Lead from 169.254.169.254:80 to an EC2 server of another terminal, until Ctrl-C; takes sudo",
  examples: [
    ["aws-vault-doctor vault proxy --stop", "end the one that runs, or take away the address that one left over"],
  ],
  flags: { stop: { kind: "switch", says: "end the one that runs" } },
  run: (given, system) => (given.isOn("stop") ? stop(system) : hold(system)),
};

/** A mere list of the vault loads none of it. */
const holders = () => import("../../serve/metadata-holder.ts");

async function hold(system: System): Promise<number> {
  const { addressTaken, holderOfMetadata, METADATA_AT, whoServes } = await holders();
  const { servers } = system;
  const { listener } = await holderOfMetadata(system);
  if (listener !== undefined)
    throw addressTaken(await whoServes(system), METADATA_AT, "`aws-vault-doctor vault proxy --stop` ends one of ours");
  const port = await servers.holdMetadataPort();
  tell(system, `${METADATA_AT} leads to 127.0.0.1:9099, for an EC2 server of ours or of aws-vault; Ctrl-C ends it`);
  await Promise.race([servers.untilStopped(), port.ended]);
  await port.release();
  return EXIT.ok;
}

/** There is no word to say to it over the network, as any page in a browser could say that too: its process is ended. */
async function stop(system: System): Promise<number> {
  const { holderOfMetadata, METADATA_AT, whoServes } = await holders();
  const { alias, listener } = await holderOfMetadata(system);
  if (listener !== undefined) {
    const { process } = listener;
    if (process.known && process.value.name.startsWith(OUR_NAME) && system.servers.stop(process.value.pid)) {
      tell(system, `ended process ${process.value.pid}`);
      return EXIT.ok;
    }
    throw new UserError("NOT_OURS", `${await whoServes(system)} has ${METADATA_AT}, and is not ours to end`, {
      exitCode: EXIT.failed,
      hint: "`aws-vault proxy --stop` ends aws-vault's; that of another user takes sudo",
    });
  }
  if (alias?.loopback !== true) {
    tell(system, `nothing to stop: nobody has ${METADATA_AT}`);
    return EXIT.ok;
  }
  // To hold it is to take over what was left, and to let go of it is to take it away.
  await (await system.servers.holdMetadataPort()).release();
  tell(system, `nobody listened on ${METADATA_AT}, and the address is taken away`);
  return EXIT.ok;
}

/** The system keeps as many letters of a process's name. */
const OUR_NAME = "aws-vault-docto";

const tell = ({ terminal }: System, line: string): void => terminal.errors.write(`${printable(line)}\n`);
