import type { Place } from "../model/place.ts";
import type { ReportedFinding } from "../model/report.ts";

/** Two findings are the same when one rule says the same about one thing; lines move when a file is mended. */
export const sameKey = ({ rule, at, says }: ReportedFinding): string => `${rule.id}\n${placeKey(at)}\n${says}`;

export function placeKey(at: Place): string {
  switch (at.kind) {
    case "file":
      return `file ${at.path}`;
    case "environment":
      return `environment ${at.variable}`;
    case "network":
      return `network ${at.address}`;
    case "vault":
      return `vault ${at.item}`;
    case "program":
      return `program ${at.program}`;
    case "system":
      return `system ${at.system}`;
  }
}

/** Those of the one list that the other has not, as often as they are in it. */
export function without(findings: readonly ReportedFinding[], others: readonly ReportedFinding[]): ReportedFinding[] {
  const counts = new Map<string, number>();
  for (const one of others) counts.set(sameKey(one), (counts.get(sameKey(one)) ?? 0) + 1);
  return findings.filter((one) => {
    const count = counts.get(sameKey(one)) ?? 0;
    counts.set(sameKey(one), count - 1);
    return count <= 0;
  });
}
