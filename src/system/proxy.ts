import { EXIT, UserError } from "../errors.ts";
import { Secret } from "../secret.ts";
import type { System } from "./system.ts";

/** An HTTP proxy that a variable names. */
export interface Proxy {
  /** Without user and password. */
  readonly url: URL;
  /** The variable. */
  readonly by: string;
  /** The header with user and password. */
  readonly authorization: Secret | undefined;
}

type Environment = System["environment"];

/**
 * The proxy for a call, as the AWS CLI finds it (Python's urllib, botocore): by the scheme of the address, and the lower-case
 * variable wins, also when it is empty. Excepted is what the AWS CLI or aws-vault (Go's net/http) would except: the first
 * knows no ranges of addresses, and the second asks no proxy for this machine itself. Throws a UserError.
 */
export function proxyFor(to: URL, environment: Environment): Proxy | undefined {
  const name = `${to.protocol.slice(0, -1)}_proxy`;
  const by = name in environment ? name : name.toUpperCase();
  const value = environment[by];
  if (!value || isExcepted(to, environment["no_proxy"] ?? environment["NO_PROXY"] ?? "")) return undefined;
  return parsed(value, by);
}

/** For a person: `the proxy http://proxy.example.com:3128 (HTTPS_PROXY)`. */
export const proxyName = ({ url, by }: Proxy): string =>
  `the proxy ${url.protocol}//${url.hostname}:${portOf(url)} (${by})`;

/** As a connection takes it, without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

export const portOf = ({ port, protocol }: URL): string => port || (protocol === "https:" ? "443" : "80");

function parsed(value: string, by: string): Proxy {
  const text = /^https?:/i.test(value) ? value : `http://${value.replace(/^\/\//, "")}`;
  // What comes before `://` in another value, such as `socks5`, would be a host with an empty port.
  if (!URL.canParse(text) || /^[^/]+:\/\//.test(text.replace(/^https?:\/\//i, ""))) throw isNone(by);
  const url = new URL(text);
  const [user, password] = [unescaped(url.username), unescaped(url.password)];
  url.username = url.password = "";
  const authorization =
    user === "" ? undefined : Secret.ofText(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`);
  return { url, by, authorization };
}

const isNone = (by: string): UserError =>
  new UserError("BAD_PROXY", `${by} holds no address of an HTTP proxy, such as http://proxy.example.com:3128`, {
    exitCode: EXIT.failed,
    hint: "in a user's name or password, signs such as / # @ are written as %2F %23 %40; SOCKS is not spoken here",
  });

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A percent sign that is meant as one.
  }
}

function isExcepted(to: URL, exceptions: string): boolean {
  const host = hostOf(to);
  if (host === "localhost" || isIn(LOOPBACK, host)) return true;
  return exceptions
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== "" && (entry === "*" || isIn([entry], host) || isNamed(entry, host, portOf(to))));
}

const LOOPBACK = ["127.0.0.0/8", "::1"];

/** `example.com`, `.example.com` and `*.example.com` are the host and all below it; a port may stand behind. */
function isNamed(entry: string, host: string, port: string): boolean {
  const [, named = "", only = port] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(entry)!;
  const name = named.replace(/^\*?\.+/, "");
  return only === port && (host === name || host.endsWith(`.${name}`));
}

/** An address, or a range such as `10.0.0.0/8`. */
function isIn(entries: readonly string[], host: string): boolean {
  const { BlockList, isIP } = process.getBuiltinModule("node:net");
  if (isIP(host) === 0) return false;
  return entries.some((entry) => {
    const [address = "", bits] = entry.split("/");
    const kind = isIP(address);
    const most = kind === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    if (kind === 0 || kind !== isIP(host) || !(length >= 0 && length <= most)) return false;
    const family = kind === 4 ? "ipv4" : "ipv6";
    const list = new BlockList();
    list.addSubnet(address, length, family);
    return list.check(host, family);
  });
}
