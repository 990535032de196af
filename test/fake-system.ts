import { createHash } from "node:crypto";
import { EXIT, UserError } from "../src/errors.ts";
import { Secret } from "../src/secret.ts";
import { tooLarge } from "../src/system/reading.ts";
import {
  type Bus,
  BusTrouble,
  type Captured,
  type Changes,
  type CredentialManager,
  type FileFacts,
  type FileKind,
  type Files,
  FileTrouble,
  type Heard,
  type NetworkInterface,
  type PortHolder,
  type Stream,
  type System,
} from "../src/system/system.ts";
import { namingPaths } from "../src/system/trouble.ts";

type Listening = "free" | "busy" | "absent" | "unknown";

/** Text is a file's text; a link leads to a path, absolute or relative to its own folder. */
export type FakeFile =
  | string
  | { readonly link: string }
  | {
      readonly text?: string | Uint8Array;
      readonly mode?: number;
      readonly owner?: number;
      readonly kind?: FileKind;
      /** When it changed last; long ago when not said. */
      readonly modified?: string;
    };

type Variables = Readonly<Record<string, string | undefined>>;

export interface FakeOptions {
  readonly files?: Readonly<Record<string, FakeFile>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly os?: string;
  readonly user?: number | undefined;
  readonly home?: string;
  readonly folder?: string;
  readonly interfaces?: readonly NetworkInterface[];
  /** Who `find-process` would name, by port. */
  readonly holders?: Readonly<Record<number, readonly PortHolder[]>> | ((port: number) => readonly PortHolder[]);
  /** What a try to listen would give, by `address:port`; `free` when not said. */
  readonly listen?: Readonly<Record<string, Listening>> | ((address: string, port: number) => Listening);
  readonly now?: Date | string;
  readonly columns?: number;
  /** What a GET at `address:port` would hear; nobody answers when not said. */
  readonly hears?: Readonly<Record<string, Partial<Extract<Heard, { ended: true }>> | string>>;
  /** What is piped in. */
  readonly input?: string;
  readonly isTerminal?: boolean;
  /** What the person at the terminal answers, question by question: `yes`, `no`, a choice or a text. */
  readonly answers?: readonly string[];
  /** Files and folders as another run has left them, instead of `files`. */
  readonly nodes?: ReadonlyMap<string, FakeNode>;
  /** What a program that is run gives back: its exit code. Without it none can be run. */
  readonly run?: (command: string, args: readonly string[], environment: Variables) => number;
  /** What a program says that is asked, by its path and arguments: on its output, with code 0, unless said otherwise. */
  readonly says?: Readonly<Record<string, string | Captured>> | ((words: readonly string[], input: string) => Captured);
  /** The bus of the session; without it there is none. */
  readonly bus?: Bus;
  readonly credentialManager?: CredentialManager;
  /** Whoever answers in the web; without it nobody does. */
  readonly web?: (...asked: Parameters<System["network"]["fetch"]>) => Heard | Promise<Heard>;
}

export type FakeSystem = System & {
  readonly written: { out: string; errors: string };
  /** All files and folders by their paths, as they are now. */
  readonly nodes: ReadonlyMap<string, FakeNode>;
  /** The questions that were asked. */
  readonly asked: string[];
  /** The programs that were started and go on by themselves. */
  readonly launched: string[];
};

/**
 * A machine in memory. Folders are implied by the paths of files; what nobody says is mode 0600 (folders 0700), owned
 * by user 1000, who also runs the program. Permission bits count as on a real machine: root passes, others may not.
 */
export function fakeSystem(options: FakeOptions = {}): FakeSystem {
  const os = options.os ?? "linux";
  const user = "user" in options ? options.user : os === "win32" ? undefined : 1000;
  const home = options.home ?? "/home/user";
  const folder = options.folder ?? home;
  const environment = options.environment ?? {};
  const written = { out: "", errors: "" };
  const isTerminal = options.isTerminal ?? false;
  const stream = (sink: "out" | "errors"): Stream => ({
    isTerminal,
    columns: options.columns ?? 80,
    write(text) {
      written[sink] += text;
    },
  });
  const nodes = options.nodes ? new Map(options.nodes) : plant(options.files ?? {}, [home, folder], user ?? 1000);
  const answers = [...(options.answers ?? [])];
  const answer = async (question: string): Promise<string> => {
    const given = answers.shift();
    if (given === undefined) throw new Error(`nobody answers: ${question}`);
    written.errors += `? ${question} ${given}\n`;
    return given;
  };
  const run = async (command: string, args: readonly string[], childEnvironment: Variables): Promise<number> => {
    if (options.run === undefined) throw new Error(`a test runs '${command}', and says not what comes of it`);
    return options.run(command, args, childEnvironment);
  };
  const asked: string[] = [];
  const launched: string[] = [];
  const ask = async (question: string, hint: string): Promise<string> => {
    const given = answers.shift();
    asked.push(question);
    if (given === undefined) {
      const message = "an answer is needed, and there is no terminal to ask on";
      throw new UserError("NO_TERMINAL", message, { exitCode: EXIT.failed, hint });
    }
    return given;
  };
  const files = fakeFiles(nodes, user);
  const served = new Map<number, Answers>();
  let held = false;
  return {
    written,
    nodes,
    asked,
    launched,
    environment,
    files,
    changes: async () => fakeChanges(nodes, files, user),
    bus: async () => {
      if (options.bus === undefined) throw new BusTrouble("ENOENT", "there is no D-Bus session here");
      return options.bus;
    },
    credentialManager: async () => options.credentialManager,
    machine: {
      os,
      user,
      home,
      folder,
      package: "/opt/aws-vault-doctor",
      programFolders: (environment["PATH"] ?? "/usr/local/bin:/usr/bin").split(os === "win32" ? ";" : ":"),
      programEndings: os === "win32" ? [".COM", ".EXE", ".BAT", ".CMD"] : [""],
    },
    network: {
      interfaces: () => options.interfaces ?? [{ name: "lo", address: "127.0.0.1", loopback: true }],
      holders: async (port) => {
        const { holders } = options;
        return typeof holders === "function" ? holders(port) : (holders?.[port] ?? []);
      },
      tryToListen: async (address, port) => {
        const { listen } = options;
        return typeof listen === "function" ? listen(address, port) : (listen?.[`${address}:${port}`] ?? "free");
      },
      ask: async (address, port, target) => {
        if (held && address === "169.254.169.254") return answered(served.get(9099), target);
        const said = options.hears?.[`${address}:${port}`];
        if (said === undefined || typeof said === "string")
          return { ended: false, trouble: said ?? "takes no connection" };
        return { ended: true, status: 200, body: "", ...said, headers: new Map(Object.entries(said.headers ?? {})) };
      },
      fetch: async (...what) => options.web?.(...what) ?? { ended: false, trouble: "takes no connection" },
    },
    servers: {
      serve: async (_, port, answers_) => {
        served.set(port || 49_152, answers_);
        return { port: port || 49_152, close: async () => void served.delete(port || 49_152) };
      },
      holdMetadataPort: async () => {
        held = true;
        return { ended: new Promise(() => {}), release: async () => void (held = false) };
      },
      untilStopped: async () => {},
      stop: () => true,
    },
    terminal: {
      canAsk: options.answers !== undefined || isTerminal,
      confirm: async (question) => (await answer(question)) === "yes",
      choose: async (question, choices) => {
        const given = await answer(question);
        const chosen = choices.find(({ value }) => value === given);
        if (chosen === undefined)
          throw new Error(`'${given}' is none of ${choices.map(({ value }) => value).join(", ")}`);
        return chosen.value;
      },
      input: { isTerminal, read: () => options.input ?? "" },
      output: stream("out"),
      errors: stream("errors"),
      ask,
      askSecret: async (question, instead) => Secret.ofText(await ask(question, instead)),
    },
    programs: {
      run,
      become: run,
      capture: async (path, args, { input }) => {
        if (typeof options.says === "function") return options.says([path, ...args], new TextDecoder().decode(input));
        const said = options.says?.[[path, ...args].join(" ")];
        if (said === undefined) return { ended: false, trouble: "cannot be started: there is no such file" };
        return typeof said === "string" ? { ended: true, code: 0, output: said, errors: "" } : said;
      },
      obey: async (commandLine) => {
        const said = typeof options.says === "function" ? options.says([commandLine], "") : options.says?.[commandLine];
        if (said === undefined) return { ended: true, code: 127, output: "", errors: "" };
        return typeof said === "string" ? { ended: true, code: 0, output: said, errors: "" } : said;
      },
      launch: async (path, args) => {
        launched.push([path, ...args].join(" "));
        return true;
      },
    },
    pause: async () => {},
    sha1: (text) => createHash("sha1").update(text).digest("hex"),
    now: () => new Date(options.now ?? "2026-01-15T12:00:00Z"),
    random: (count) => fakeRandom(count),
    elapsed: () => 0,
  };
}

type Answers = Parameters<System["servers"]["serve"]>[2];

async function answered(answers: Answers | undefined, target: string): Promise<Heard> {
  const headers = new Map([["host", "169.254.169.254"]]);
  const said = await answers?.({ method: "GET", target, headers, peer: "127.0.0.1" });
  if (said === undefined) return { ended: false, trouble: "takes no connection" };
  return {
    ended: true,
    status: said.status,
    headers: new Map(Object.entries(said.headers ?? {})),
    body: said.body ?? "",
  };
}

/** Not random at all, but never twice the same. */
let chance = 0;
function fakeRandom(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => (chance = (chance * 73 + 41) % 65_521) & 0xff);
}

export interface FakeNode {
  readonly kind: FileKind;
  readonly mode: number;
  readonly owner: number;
  readonly bytes: Uint8Array;
  readonly link: string;
  readonly modified?: number;
}

function plant(
  files: Readonly<Record<string, FakeFile>>,
  folders: readonly string[],
  user: number,
): Map<string, FakeNode> {
  const nodes = new Map<string, FakeNode>();
  for (const [path, file] of Object.entries(files)) nodes.set(normal(path), nodeOf(file));
  // Implied folders belong to whoever runs the program, or nothing in them could be reached.
  const implied = { kind: "directory", mode: 0o700, owner: user, bytes: new Uint8Array(), link: "" } as const;
  const paths = [...nodes.keys()].map(parentOf).concat(folders.map(normal));
  for (const path of paths) {
    for (let at = path; !nodes.has(at); at = parentOf(at)) nodes.set(at, implied);
  }
  return nodes;
}

function nodeOf(file: FakeFile): FakeNode {
  const nothing = new Uint8Array();
  if (typeof file === "string") return { kind: "file", mode: 0o600, owner: 1000, bytes: bytesOf(file), link: "" };
  if ("link" in file) return { kind: "link", mode: 0o777, owner: 1000, bytes: nothing, link: file.link };
  const kind = file.kind ?? "file";
  return {
    kind,
    mode: file.mode ?? (kind === "directory" ? 0o700 : 0o600),
    owner: file.owner ?? 1000,
    bytes: bytesOf(file.text ?? ""),
    link: "",
    ...(file.modified === undefined ? {} : { modified: Date.parse(file.modified) }),
  };
}

function fakeFiles(nodes: Map<string, FakeNode>, user: number | undefined): Files {
  const READ = 4;
  const WRITE = 2;
  const PASS = 1;
  const mayUse = (node: FakeNode, bit: number): boolean =>
    user === undefined || user === 0 || ((node.mode >> (node.owner === user ? 6 : 0)) & bit) !== 0;

  /** The path with its links replaced. Undefined when it leads nowhere. */
  function resolve(path: string, followLast: boolean, hops = 0): string | undefined {
    if (hops > 40) throw new FileTrouble("too many links");
    const parts = normal(path).split("/").filter(Boolean);
    let at = "/";
    for (const [index, part] of parts.entries()) {
      const folder = nodes.get(at);
      if (folder?.kind !== "directory") return undefined;
      if (!mayUse(folder, PASS)) throw new FileTrouble("permission denied");
      const next = join(at, part);
      const node = nodes.get(next);
      if (node === undefined) return undefined;
      if (node.kind === "link" && (followLast || index < parts.length - 1)) {
        return resolve([join(at, node.link), ...parts.slice(index + 1)].join("/"), followLast, hops + 1);
      }
      at = next;
    }
    return at;
  }

  /** Where a name in a folder is, when the folder may be changed. */
  function writable(path: string): string {
    const folder = resolve(parentOf(normal(path)), true);
    const node = nodes.get(folder ?? "");
    if (folder === undefined || node === undefined) throw new FileTrouble("there is no such file");
    if (!mayUse(node, WRITE)) throw new FileTrouble("permission denied");
    return join(folder, normal(path).slice(normal(path).lastIndexOf("/") + 1));
  }

  function facts(path: string, followLast: boolean): FileFacts | undefined {
    const node = nodes.get(resolve(path, followLast) ?? "");
    if (node === undefined) return undefined;
    const { kind, mode, owner, modified = 0 } = node;
    const executable = kind === "file" && (mode & 0o111) !== 0;
    return { kind, mode, owner, size: node.bytes.length, executable, modified };
  }

  function opened(path: string): { at: string; node: FakeNode } {
    const at = resolve(path, true);
    const node = nodes.get(at ?? "");
    if (at === undefined || node === undefined) throw new FileTrouble("there is no such file");
    if (!mayUse(node, READ)) throw new FileTrouble("permission denied");
    return { at, node };
  }

  function contents(path: string): Uint8Array {
    const { node } = opened(path);
    if (node.kind === "directory") throw new FileTrouble("is a directory");
    if (node.kind !== "file") throw new FileTrouble("is not a regular file");
    return node.bytes;
  }

  return namingPaths({
    look: (path) => facts(path, false),
    follow(path) {
      try {
        return facts(path, true);
      } catch (error) {
        if (error instanceof FileTrouble && error.message === "too many links") return undefined;
        throw error;
      }
    },
    real(path) {
      const at = resolve(path, true);
      if (at === undefined) throw new FileTrouble("there is no such file");
      return at;
    },
    readLink(path) {
      const node = nodes.get(resolve(path, false) ?? "");
      if (node?.kind !== "link") throw new FileTrouble("is not a link");
      return node.link;
    },
    read(path, most) {
      const bytes = contents(path);
      if (bytes.length > most) throw tooLarge(bytes.length, most);
      return bytes.slice();
    },
    readStart: (path, most) => contents(path).slice(0, most),
    readTextAside: async (path, most) => new TextDecoder().decode(contents(path)).slice(0, most),
    readText: (path, most) => new TextDecoder().decode(contents(path)).slice(0, most),
    list(path, most = Infinity) {
      const { at, node } = opened(path);
      if (node.kind !== "directory") throw new FileTrouble("is not a directory");
      const names = [...nodes.keys()].filter((each) => each !== "/" && parentOf(each) === at);
      if (names.length > most) throw new FileTrouble(`holds more than ${most} files`);
      return names.map((each) => each.slice(each.lastIndexOf("/") + 1)).toSorted();
    },
    replace(path, bytes, mode) {
      nodes.set(writable(path), { kind: "file", mode, owner: user ?? 1000, bytes: bytes.slice(), link: "" });
    },
    append(path, bytes, mode) {
      const at = resolve(path, true) ?? writable(path);
      const before = nodes.get(at) ?? { kind: "file", mode, owner: user ?? 1000, bytes: new Uint8Array(), link: "" };
      if (before.kind !== "file") throw new FileTrouble("is not a regular file");
      if (!mayUse(before, WRITE)) throw new FileTrouble("permission denied");
      nodes.set(at, { ...before, bytes: Uint8Array.from([...before.bytes, ...bytes]) });
    },
    makeFolder(path) {
      const folder = {
        kind: "directory",
        mode: 0o700,
        owner: user ?? 1000,
        bytes: new Uint8Array(),
        link: "",
      } as const;
      if ((facts(path, true) ?? folder).kind !== "directory") throw new FileTrouble("something else is there already");
      for (let at = normal(path); !nodes.has(at); at = parentOf(at)) nodes.set(at, folder);
    },
    remove(path) {
      const at = resolve(path, false);
      if (at === undefined) return false;
      if (nodes.get(at)!.kind === "directory") throw new FileTrouble("is a directory");
      return nodes.delete(writable(path));
    },
  });
}

/** Changes in memory, with the refusals of the real ones that the nodes know enough for. */
function fakeChanges(nodes: Map<string, FakeNode>, files: Files, user: number | undefined): Changes {
  const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  const changed = (): FileTrouble => new FileTrouble("it was changed by somebody else in the meantime");
  const mustBeMine = (node: FakeNode): void => {
    if (node.owner !== (user ?? 1000)) throw new FileTrouble("it belongs to another user");
  };
  const makeFolders = (path: string): void => {
    for (let at = path; !nodes.has(at); at = parentOf(at))
      nodes.set(at, { kind: "directory", mode: 0o700, owner: user ?? 1000, bytes: new Uint8Array(), link: "" });
  };
  return {
    sha256,
    replace(path, expected, bytes) {
      if (expected === undefined) {
        if (files.look(path) !== undefined) throw changed();
        if (bytes !== undefined) files.replace(path, bytes, 0o600);
        return;
      }
      const at = files.real(path);
      const node = nodes.get(at)!;
      if ((nodes.get(parentOf(at))!.mode & 0o022) !== 0)
        throw new FileTrouble(`other users may write to its folder: first chmod g-w,o-w ${parentOf(at)}`);
      mustBeMine(node);
      if (sha256(node.bytes) !== expected) throw changed();
      if (bytes === undefined) nodes.delete(at);
      else nodes.set(at, { ...node, bytes });
    },
    changeMode(path, expected, mode) {
      const at = files.real(path);
      const node = nodes.get(at)!;
      if (user !== 0) mustBeMine(node);
      if (node.mode !== expected) throw changed();
      nodes.set(at, { ...node, mode });
    },
    store(path, bytes) {
      if (nodes.has(path)) throw new FileTrouble("there is one");
      makeFolders(parentOf(path));
      nodes.set(path, { kind: "file", mode: 0o600, owner: user ?? 1000, bytes, link: "" });
    },
    remove(path) {
      nodes.delete(path);
    },
    sweep: () => 0,
    lock: async () => () => {},
  };
}

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;

const join = (folder: string, name: string): string => normal(name.startsWith("/") ? name : `${folder}/${name}`);

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

/** Without `.`, `..`, doubled and trailing slashes. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
