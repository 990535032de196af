import type { Secret } from "../secret.ts";
import type { System } from "../system/system.ts";
import { containerAnswers } from "./container.ts";
import type { Fresh } from "./fresh.ts";
import type { Tell } from "./handing-out.ts";
import { newToken } from "./token.ts";

/** A server that runs beside a command: how its SDK finds it, and how it ends. */
export interface Running {
  /** Those without a value are taken out: they would lead past it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";

/**
 * Serves credentials as ECS does, on a port that nobody knows beforehand, with a token of this run. In a file, no program that
 * may look into the command's environment sees the token; but old SDKs do not look for one there.
 */
export async function startContainerServer(
  system: System,
  { credentials, tokenInFile, tell }: { credentials: Fresh; tokenInFile: boolean; tell: Tell },
): Promise<Running> {
  const { token, isToken } = newToken(system.random);
  // The port is known only when it is listened on, and the first client knows it later.
  let answers: ReturnType<typeof containerAnswers> | undefined;
  const server = await system.servers.serve(LOOPBACK, 0, (request) => answers?.(request) ?? { status: 503 });
  answers = containerAnswers({ port: server.port, isToken, credentials, tell });
  const variables = {
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://${LOOPBACK}:${server.port}/`,
  };
  if (!tokenInFile) {
    const all = { ...variables, AWS_CONTAINER_AUTHORIZATION_TOKEN: token.reveal() };
    return { variables: all, close: () => server.close() };
  }
  try {
    const path = await writeToken(system, server.port, token);
    return {
      variables: { ...variables, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path },
      async close() {
        system.files.remove(path);
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Into a folder that goes away with the user's session, where there is one. */
async function writeToken(system: System, port: number, token: Secret): Promise<string> {
  const { environment, files, machine } = system;
  const runtime = environment["XDG_RUNTIME_DIR"] ?? "";
  const folder = `${runtime.startsWith("/") ? runtime : `${machine.home}/.cache`}/aws-vault-doctor`;
  files.makeFolder(folder);
  await removeLeftOver(system, folder);
  const path = `${folder}/${PREFIX}${port}`;
  files.replace(path, token.revealBytes(), 0o600);
  return path;
}

const PREFIX = "token-of-port-";

/** Of servers that were killed: nobody listens on their ports. */
async function removeLeftOver({ files, network }: System, folder: string): Promise<void> {
  for (const name of files.list(folder)) {
    const port = Number(name.slice(PREFIX.length));
    if (!name.startsWith(PREFIX) || !(port > 0)) continue;
    if ((await network.tryToListen(LOOPBACK, port)) === "free") files.remove(`${folder}/${name}`);
  }
}
