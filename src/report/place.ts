import type { Place } from "../model/place.ts";
import { printable, shortPath } from "./printable.ts";

/** What a place is called in a report for people. */
export function placeName(at: Place, home: string): string {
  switch (at.kind) {
    case "file":
      return `${heading(at, home)}${at.span ? `:${at.span.line}:${at.span.column}` : ""}`;
    case "environment":
      return `$${printable(at.variable)}`;
    case "network":
    case "vault":
    case "program":
    case "system":
      return heading(at, home);
  }
}

/** What a place is grouped under. */
export function heading(at: Place, home: string): string {
  switch (at.kind) {
    case "file":
      return printable(shortPath(at.path, home));
    case "environment":
      return "environment";
    case "network":
      return printable(at.address);
    case "vault":
      return `vault item ${printable(at.item)}`;
    case "program":
      return `program ${printable(at.program)}`;
    case "system":
      return at.system;
  }
}
