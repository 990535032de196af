import { METADATA_ADDRESS } from "../system/addresses.ts";
import type { HttpAnswer, HttpRequest } from "../system/system.ts";

/** What each server holds a request against. */
export interface Door {
  /** What may stand in the header Host, in small letters. */
  readonly hosts: ReadonlySet<string>;
}

interface Refusal {
  readonly status: number;
  readonly fits: (request: HttpRequest, door: Door) => boolean;
}

/**
 * What no program that wants credentials does, but another machine, a web page, a page behind a name that was bound anew, or
 * a proxy that somebody sends astray. The first that fits decides. None gets a word: they learn nothing, and a browser shows
 * nothing.
 */
const REFUSALS: readonly Refusal[] = [
  { status: 403, fits: ({ peer }) => !isThisMachine(peer) },
  // GET http://somewhere/… is what one says to a proxy.
  { status: 400, fits: ({ target }) => !target.startsWith("/") },
  { status: 403, fits: ({ headers }, { hosts }) => !hosts.has(headers.get("host")?.toLowerCase() ?? "") },
  // Only browsers send these, and `null` is an origin too.
  { status: 403, fits: ({ headers }) => headers.has("origin") },
  { status: 403, fits: ({ headers }) => headers.has("sec-fetch-site") },
  { status: 403, fits: ({ headers }) => headers.has("access-control-request-method") },
  { status: 413, fits: ({ headers }) => (headers.get("content-length") ?? "0") !== "0" },
  { status: 413, fits: ({ headers }) => headers.has("transfer-encoding") },
  { status: 417, fits: ({ headers }) => headers.has("expect") },
  { status: 426, fits: ({ headers }) => headers.has("upgrade") },
];

/** The answer to a request that must not be looked at any further. */
export function refusal(request: HttpRequest, door: Door): HttpAnswer | undefined {
  const found = REFUSALS.find(({ fits }) => fits(request, door));
  return found && { status: found.status, closes: true };
}

/** A program of this machine that asks an address of the loopback interface comes from that address, or from 127.0.0.1. */
export const isThisMachine = (peer: string): boolean =>
  peer === "127.0.0.1" || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(peer) || peer === "::1" || peer === METADATA_ADDRESS;
