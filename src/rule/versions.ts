import type { Installed, Versions } from "../model/facts.ts";

/** The one of that name that is run by whoever types it, if it says which version it is. */
export function firstOf(versions: Versions, name: string): (Installed & { readonly version: string }) | undefined {
  const first = versions.get(name)?.[0];
  return first?.version === undefined ? undefined : { ...first, version: first.version };
}

/** Whether a version such as `1.32.5` comes before another, such as `2.9`. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(".").map(Number)) as [number[], number[]];
  for (const [index, number] of other.entries()) {
    const own = one[index] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
