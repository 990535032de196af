import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sessionBus } from "../../src/system/bus.ts";
import type { Bus } from "../../src/system/system.ts";

/** A session of its own with gnome-keyring, which is real in all but the person: nobody answers its windows. */
export interface KeyringSession {
  readonly environment: Readonly<Record<string, string>>;
  bus(): Promise<Bus>;
  /** As the person would with its window. */
  makeCollection(name: string): Promise<void>;
  lock(name: string): Promise<void>;
  stop(): void;
}

export const hasKeyring = ["dbus-daemon", "gnome-keyring-daemon"].every(
  (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0,
);
if (!hasKeyring)
  console.warn(
    "SKIPPED: no gnome-keyring or dbus-daemon here, so the backend 'secret-service' is tested against a fake only",
  );

const SERVICE = { destination: "org.freedesktop.secrets", path: "/org/freedesktop/secrets" } as const;

export async function startKeyring(): Promise<KeyringSession> {
  const folder = mkdtempSync(join(tmpdir(), "avd-keyring-"));
  for (const name of ["home", "run"]) mkdirSync(join(folder, name), { mode: 0o700 });
  const environment = {
    PATH: process.env["PATH"] ?? "",
    HOME: join(folder, "home"),
    XDG_RUNTIME_DIR: join(folder, "run"),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, "bus")}`,
  };
  const children: ChildProcess[] = [];
  const daemon = spawn(
    "dbus-daemon",
    ["--session", "--nofork", "--nopidfile", "--print-address=1", `--address=${environment.DBUS_SESSION_BUS_ADDRESS}`],
    { env: environment, stdio: ["ignore", "pipe", "ignore"] },
  );
  children.push(daemon);
  await new Promise((resolve) => daemon.stdout.once("data", resolve));
  const keyring = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
    env: environment,
    stdio: ["pipe", "ignore", "ignore"],
  });
  children.push(keyring);
  keyring.stdin.end("a password");
  const bus = await sessionBus(environment, undefined);
  const names = {
    destination: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
  };
  const owned = { ...names, member: "NameHasOwner", signature: "s", body: [SERVICE.destination] };
  for (let tries = 0; tries < 200 && (await bus.call(owned))[0] !== true; tries++)
    await new Promise((resolve) => setTimeout(resolve, 25));
  return {
    environment,
    bus: () => sessionBus(environment, undefined),
    async makeCollection(name) {
      const of = "org.freedesktop.Secret.Service";
      const [, session] = await bus.call({
        ...SERVICE,
        interface: of,
        member: "OpenSession",
        signature: "sv",
        body: ["plain", ["s", ""]],
      });
      const label = [["org.freedesktop.Secret.Collection.Label", ["s", name]]];
      const master = [session, Buffer.alloc(0), Buffer.from("another password"), "text/plain"];
      await bus.call({
        ...SERVICE,
        interface: "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
        member: "CreateWithMasterPassword",
        signature: "a{sv}(oayays)",
        body: [label, master],
      });
    },
    async lock(name) {
      const body = [[`/org/freedesktop/secrets/collection/${name}`]];
      await bus.call({
        ...SERVICE,
        interface: "org.freedesktop.Secret.Service",
        member: "Lock",
        signature: "ao",
        body,
      });
    },
    stop() {
      for (const child of children.reverse()) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
