/**
 * The one part of the program that runs as root, a file of its own that nothing else is in. It gives the loopback interface
 * the metadata address, listens on its port 80, hands the socket to a process without these rights, and waits. It reads no
 * byte that comes over the network, no file and no variable but those by which sudo says who called it. When its stdin ends,
 * whoever started it has ended, in whatever way: then it takes the address away again.
 */
import { type ChildProcess, fork } from "node:child_process";
import { writeSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { METADATA_ADDRESS, METADATA_PORT } from "./addresses.ts";
import { aliasCommands, carrier, runAliasCommand } from "./alias.ts";
import { handOn } from "./handing-on.ts";

if (process.send === undefined) hold();
else handOn();

function hold(): void {
  const commands = aliasCommands(process.platform);
  const before = carrier();
  if (before?.loopback === false) fail(`the interface '${before.name}' has the address ${METADATA_ADDRESS}`);
  // One that is there already was left over by somebody who was killed. It is ours from now on.
  const trouble = before === undefined ? runAliasCommand(commands.add) : undefined;
  if (trouble !== undefined) fail(`the address ${METADATA_ADDRESS} cannot be added: ${trouble}`);

  const server = createServer((socket) => socket.destroy()); // Before the other process has it, for a moment.
  server.once("error", (error: NodeJS.ErrnoException) => {
    if (before === undefined) runAliasCommand(commands.remove);
    const where = before === undefined ? "on port 80 of all addresses" : "there";
    fail(error.code === "EADDRINUSE" ? `somebody listens ${where}` : error.message);
  });
  server.listen({ host: METADATA_ADDRESS, port: METADATA_PORT, exclusive: true }, () => {
    const worker = startWorker(server);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      worker.kill();
      runAliasCommand(commands.remove);
      process.exit(0);
    };
    worker.once("error", ({ message }) => {
      say(`trouble: ${message}`);
      end();
    });
    worker.once("exit", end);
    for (const signal of ["SIGTERM", "SIGHUP"]) process.once(signal, end);
    // A terminal's keys reach all who sit at it, and are meant for the command that is run.
    for (const signal of ["SIGINT", "SIGQUIT"]) process.on(signal, () => {});
    process.stdin.once("error", end).once("end", end).resume();
  });
}

/** The same file again, as the user who called sudo, and with an empty environment. */
function startWorker(server: Server): ChildProcess {
  const worker = fork(__filename, [], {
    ...identity(),
    cwd: "/",
    env: { SystemRoot: process.env["SystemRoot"] }, // Windows starts nothing without it.
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  worker.send("listen", server, () => server.close());
  worker.once("message", () => say("ready"));
  return worker;
}

function identity(): { uid?: number; gid?: number } {
  const { SUDO_UID: uid = "", SUDO_GID: gid = "" } = process.env;
  return /^\d+$/.test(uid) && /^\d+$/.test(gid) ? { uid: Number(uid), gid: Number(gid) } : {};
}

function fail(message: string): never {
  say(`trouble: ${message}`);
  process.exit(1);
}

/** One line to whoever started us. */
function say(line: string): void {
  try {
    writeSync(1, `${line}\n`);
  } catch {
    // Nobody listens any more, and the end of stdin says so too.
  }
}
