import fs from "node:fs";
import type { Socket } from "node:net";
import { type Bus, type BusMember, BusTrouble } from "./system.ts";

const CONNECTING_MS = 5000;
const ANSWERING_MS = 25_000; // What all of D-Bus waits: whom it calls may have to be started first,
const BUS_ANSWERING_MS = 5000; // which the bus itself has not.

/** As much of the library as is used here. */
interface MessageBus {
  readonly connection: {
    once(event: "error" | "end", listener: (error?: unknown) => void): void;
    on(event: "error", listener: () => void): void;
  };
  readonly signals: {
    once(name: string, listener: (body: readonly unknown[] | undefined) => void): void;
  };
  mangle(path: string, of: string, member: string): string;
  invoke(message: object, answered: (this: Answered, error: Refused | null) => void): void;
}
interface Answered {
  readonly message?: { readonly body?: readonly unknown[] };
}
interface Refused {
  readonly name?: string;
  readonly message?: string;
}

/** The bus of the session that this process is in. Its connection does not keep the process alive when nobody waits. */
export async function sessionBus(
  environment: Readonly<Record<string, string | undefined>>,
  user: number | undefined,
): Promise<Bus> {
  const socket = await connect(pathsOf(environment, user));
  const { default: dbus } = await import("@homebridge/dbus-native"); // Not before there is somebody to talk to.
  const bus = (dbus as unknown as { createClient(options: object): MessageBus }).createClient({
    stream: socket,
    authMethods: ["EXTERNAL"],
  });
  const waiting = new Set<(trouble: BusTrouble) => void>();
  const fail = (): void => {
    for (const reject of waiting) reject(new BusTrouble("ECONNRESET", "the D-Bus session is gone"));
  };
  bus.connection.on("error", fail);
  bus.connection.once("end", fail);

  /** Waits for an answer, no longer than that. Only meanwhile the process has a reason to live on. */
  function within<T>(
    milliseconds: number,
    late: string,
    ask: (answer: (value: T) => void, fail: (trouble: BusTrouble) => void) => void,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(refuse);
        if (waiting.size === 0) socket.unref();
      };
      const refuse = (trouble: BusTrouble): void => {
        end();
        reject(trouble);
      };
      const timer = setTimeout(() => refuse(new BusTrouble("ETIMEDOUT", late)), milliseconds);
      waiting.add(refuse);
      socket.ref();
      ask((value) => {
        end();
        resolve(value);
      }, refuse);
    });
  }

  const call: Bus["call"] = (one) => {
    const milliseconds = one.destination === THE_BUS.destination ? BUS_ANSWERING_MS : ANSWERING_MS;
    return within(
      milliseconds,
      `${one.destination} gave no answer within ${milliseconds / 1000} s`,
      (answer, refuse) => {
        try {
          bus.invoke({ ...one }, function (error) {
            if (error) refuse(new BusTrouble(error.name ?? "", error.message || "no reason is given"));
            else answer(this.message?.body ?? []);
          });
        } catch {
          // What the library says of a message that it cannot make, quotes it.
          refuse(new BusTrouble("EINVAL", `${one.member} was to be called with what cannot be sent`));
        }
      },
    );
  };

  return {
    call,
    async nextSignal(from: BusMember, milliseconds) {
      const name = bus.mangle(from.path, from.interface, from.member);
      const heard = within<readonly unknown[]>(
        milliseconds,
        `nobody answered within ${milliseconds / 1000} s`,
        (answer) => {
          bus.signals.once(name, (body) => answer(body ?? []));
        },
      );
      const asked = call({ ...THE_BUS, member: "AddMatch", signature: "s", body: [ruleFor(from)] });
      const [body] = await Promise.all([heard, asked]);
      return body;
    },
  };
}

const THE_BUS = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
} as const;

const ruleFor = (from: BusMember): string =>
  `type='signal',path='${from.path}',interface='${from.interface}',member='${from.member}'`;

/** The sockets that may be it; an abstract one, which has no file, starts with a zero. */
function pathsOf(environment: Readonly<Record<string, string | undefined>>, user: number | undefined): string[] {
  const told = environment["DBUS_SESSION_BUS_ADDRESS"];
  if (!told) {
    const usual = `${environment["XDG_RUNTIME_DIR"] || `/run/user/${user}`}/bus`;
    return [usual];
  }
  return told.split(";").flatMap((address) => {
    const [, settings = ""] = /^unix:(.*)$/.exec(address) ?? [];
    const pairs = new Map(settings.split(",").map((pair) => pair.split("=") as [string, string | undefined]));
    const [path, abstract] = [pairs.get("path"), pairs.get("abstract")];
    if (path !== undefined) return [unescaped(path)];
    return abstract === undefined ? [] : [`\0${unescaped(abstract)}`];
  });
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function connect(paths: readonly string[]): Promise<Socket> {
  let trouble = new BusTrouble("ENOENT", "there is no D-Bus session here (DBUS_SESSION_BUS_ADDRESS)");
  for (const path of paths) {
    if (!path.startsWith("\0") && !fs.existsSync(path)) continue;
    try {
      return await connectTo(path);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      const name = path.replace("\0", "@");
      trouble = new BusTrouble(code, `the D-Bus session at '${name}' cannot be reached: ${code || "no answer"}`);
    }
  }
  throw trouble;
}

async function connectTo(path: string): Promise<Socket> {
  const { createConnection } = await import("node:net");
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    socket.setTimeout(CONNECTING_MS, () => socket.destroy(new Error("it took too long")));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.on("error", () => {}); // Whoever waits for an answer hears that it ended.
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}
