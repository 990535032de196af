import { createHash } from "node:crypto";
import { tooLarge } from "../src/system/node.ts";
import {
  type FileFacts,
  type FileKind,
  type Files,
  FileTrouble,
  type NetworkInterface,
  type PortHolder,
  type Stream,
  type System,
} from "../src/system/system.ts";

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
    };

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
  /** What is piped in. */
  readonly input?: string;
  readonly isTerminal?: boolean;
}

export type FakeSystem = System & { readonly written: { out: string; errors: string } };

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
  return {
    written,
    environment,
    files: fakeFiles(plant(options.files ?? {}, [home, folder], user ?? 1000), user),
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
    },
    terminal: {
      input: { isTerminal, read: () => options.input ?? "" },
      output: stream("out"),
      errors: stream("errors"),
    },
    sha1: (text) => createHash("sha1").update(text).digest("hex"),
    now: () => new Date(options.now ?? "2026-01-15T12:00:00Z"),
    elapsed: () => 0,
  };
}

interface Node {
  readonly kind: FileKind;
  readonly mode: number;
  readonly owner: number;
  readonly bytes: Uint8Array;
  readonly link: string;
}

function plant(files: Readonly<Record<string, FakeFile>>, folders: readonly string[], user: number): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [path, file] of Object.entries(files)) nodes.set(normal(path), nodeOf(file));
  // Implied folders belong to whoever runs the program, or nothing in them could be reached.
  const implied = { kind: "directory", mode: 0o700, owner: user, bytes: new Uint8Array(), link: "" } as const;
  const paths = [...nodes.keys()].map(parentOf).concat(folders.map(normal));
  for (const path of paths) {
    for (let at = path; !nodes.has(at); at = parentOf(at)) nodes.set(at, implied);
  }
  return nodes;
}

function nodeOf(file: FakeFile): Node {
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
  };
}

function fakeFiles(nodes: ReadonlyMap<string, Node>, user: number | undefined): Files {
  const READ = 4;
  const PASS = 1;
  const mayUse = (node: Node, bit: number): boolean =>
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

  function facts(path: string, followLast: boolean): FileFacts | undefined {
    const node = nodes.get(resolve(path, followLast) ?? "");
    if (node === undefined) return undefined;
    const { kind, mode, owner } = node;
    return { kind, mode, owner, size: node.bytes.length, executable: kind === "file" && (mode & 0o111) !== 0 };
  }

  function opened(path: string): { at: string; node: Node } {
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

  return {
    look: (path) => facts(path, false),
    follow(path) {
      try {
        return facts(path, true);
      } catch (error) {
        if (error instanceof FileTrouble && error.message === "too many links") return undefined;
        throw error;
      }
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
    readText: (path, most) => new TextDecoder().decode(contents(path)).slice(0, most),
    list(path) {
      const { at, node } = opened(path);
      if (node.kind !== "directory") throw new FileTrouble("is not a directory");
      const names = [...nodes.keys()].filter((each) => each !== "/" && parentOf(each) === at);
      return names.map((each) => each.slice(each.lastIndexOf("/") + 1)).toSorted();
    },
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
