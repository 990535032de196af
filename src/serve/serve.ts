import type { Credentials } from "../credentials/credentials.ts";
import type { Source } from "../credentials/source.ts";
import type { System } from "../system/system.ts";
import { type Running, startContainerServer } from "./container-server.ts";
import { keptFresh } from "./fresh.ts";
import { mustBeTemporary, type Tell } from "./handing-out.ts";
import { startInstanceServer } from "./instance-server.ts";

export type ServerKind = "ecs" | "ec2";

export interface Served {
  readonly source: Source;
  /** What there is before the command starts; without, the command waits for the source when it asks. */
  readonly first: Credentials | undefined;
  readonly region: string | undefined;
  /** Of ECS: the token is in a file, and not in a variable. */
  readonly tokenInFile: boolean;
  /** Of EC2: also without a token. */
  readonly allowsV1: boolean;
  /** A line for the person at the terminal. */
  readonly tell: Tell;
}

/** Starts a server that runs beside a command, until it is closed. Throws a UserError where it cannot. */
export async function serve(
  kind: ServerKind,
  { source, first, ...settings }: Served,
  system: System,
): Promise<Running> {
  const credentials = keptFresh(source, system.now, first && mustBeTemporary(first));
  const start = kind === "ecs" ? startContainerServer : startInstanceServer;
  return start(system, { ...settings, credentials });
}
