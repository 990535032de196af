import type { UserError } from "../errors.ts";
import { askMetadataServer } from "../probes/metadata-server.ts";
import { lookAtServerPort } from "../probes/server-port.ts";
import { METADATA_ADDRESS, METADATA_PORT, SERVER_PORT } from "../system/addresses.ts";
import type { System } from "../system/system.ts";
import type { Running } from "./container-server.ts";
import type { Fresh } from "./fresh.ts";
import type { Tell } from "./handing-out.ts";
import { instanceAnswers } from "./instance.ts";
import { addressTaken, holderOfMetadata, inWords, METADATA_AT, NEAR_MS, whoServes } from "./metadata-holder.ts";
import { sessionTokens } from "./token.ts";

const LOOPBACK = "127.0.0.1";
/** A service of this machine's network needs longer to answer than one of its own; and most machines have none. */
const FAR_MS = 250;

interface InstanceSettings {
  readonly credentials: Fresh;
  readonly region: string | undefined;
  readonly allowsV1: boolean;
  readonly tell: Tell;
}

/**
 * Serves credentials as EC2 does. The server itself listens where aws-vault's does, so that either's part for the metadata
 * address leads to either's server: one that is there already is used, when what we ask it comes out at our end.
 */
export async function startInstanceServer(system: System, settings: InstanceSettings): Promise<Running> {
  const isHeld = await isHeldAlready(system);
  let isGreeted = false;
  const path = `/aws-vault-doctor/${Buffer.from(system.random(18)).toString("base64url")}`;
  const answers = instanceAnswers({
    ...settings,
    tokens: sessionTokens(system.random, system.now),
    now: system.now,
    greeting: { path, heard: () => (isGreeted = true) },
  });
  const server = await system.servers.serve(LOOPBACK, SERVER_PORT, answers);
  try {
    const port = isHeld ? undefined : await system.servers.holdMetadataPort();
    await system.network.ask(METADATA_ADDRESS, METADATA_PORT, path, { milliseconds: NEAR_MS, bytes: 0 });
    if (!isGreeted) {
      await port?.release();
      throw isTaken(await whoServes(system), METADATA_AT);
    }
    if (port === undefined) settings.tell(`${await whoServes(system)} leads from ${METADATA_AT} to this server`);
    let isClosing = false;
    void port?.ended.then(() => {
      if (!isClosing)
        settings.tell(`the part that holds ${METADATA_AT} has ended: nobody gets credentials there any more`);
    });
    return {
      variables: {
        AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
        AWS_EC2_METADATA_DISABLED: undefined,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: undefined,
        AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: undefined,
      },
      async close() {
        isClosing = true;
        await port?.release();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Whether somebody listens on the address already. Throws a UserError where there is no place for one more server. */
async function isHeldAlready(system: System): Promise<boolean> {
  const { alias, listener } = await holderOfMetadata(system);
  const serverPort = await lookAtServerPort(system);
  const other = serverPort.known ? serverPort.value[0] : undefined;
  if (other !== undefined)
    throw listener === undefined
      ? isTaken(inWords(other), `${LOOPBACK}:${SERVER_PORT}`)
      : isTaken(await whoServes(system), METADATA_AT);
  if (listener !== undefined) return true;
  if (alias?.loopback === false) throw isTaken(`the interface '${alias.name}'`, METADATA_ADDRESS);
  if (alias !== undefined) return false; // Nobody listens: somebody who was killed has left it over.
  const { kind, name } = await askMetadataServer(system, FAR_MS);
  // To take the address then would hide what serves this machine itself.
  if (kind !== "silent") throw isTaken(`${name}, which answers in this machine's network,`, METADATA_AT);
  return false;
}

const isTaken = (who: string, where: string): UserError =>
  addressTaken(who, where, "end it, or take --ecs-server, which needs no address of its own and has a token");
