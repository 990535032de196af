import {
  dependents,
  didYouMean,
  type Finding,
  inSome,
  isAwsVault,
  nearest,
  profilesBySource,
  type Reading,
  rule,
  type Setting,
  someOf,
  sourceNames,
  type Tool,
} from "#rule";

/** To look for a near name takes a look at all of them, and who lost so many has not misspelt each. */
const HINTS_MAX = 100;

export default rule({
  id: "source-profile-not-found",
  severity: "error",
  category: "profiles",
  summary: "source_profile names a profile that does not exist",
  why:
    "A role is assumed with the credentials of its source profile. Where that name stands in no section (profile names are " +
    "case-sensitive), the chain has no start, and every command with this profile fails.",
  remedy: "correct the name, or add the profile that it names",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html",
  ],
  errors: ['The source_profile "…" referenced in the profile "…" does not exist.'],
  about: { settings: ["source_profile", "include_profile", "parent_profile"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const lost = new Map<string, { by: Setting; tools: Set<Tool>; sufferers: Set<string>; reading: Reading }>();
    const elsewhere = new Map<string, Reading>();
    for (const [tool, reading] of profiles.readings) {
      for (const source of sourceNames(reading)) {
        if (reading.profiles.has(source)) continue;
        for (const { name } of profilesBySource(reading).get(source) ?? []) {
          const route = profiles.routes.get(tool)!.get(name)!;
          if (route.found && route.from?.found && route.from.hop.kind === "stored") {
            if (!isAwsVault(tool) && route.from.hop.profile === source) elsewhere.set(route.from.hop.profile, reading);
            continue;
          }
          if (route.found || route.profile !== name || !isLost(route.because, source)) continue;
          const by = reading.profiles.get(name)!.get("source_profile")!;
          const key = `${by.at.path}:${by.at.span?.start}`;
          const known = lost.get(key) ?? { by, tools: new Set(), sufferers: new Set(), reading };
          known.tools.add(tool);
          for (const sufferer of dependents(reading, name)) known.sufferers.add(sufferer);
          lost.set(key, known);
        }
      }
    }
    yield* probablyMisspelt(elsewhere);
    let number = 0;
    for (const { by, tools, sufferers, reading } of lost.values()) {
      const some = someOf(tools, profiles);
      const names = ++number <= HINTS_MAX ? reading.profiles.keys() : [];
      yield {
        at: by.at,
        says:
          by.value === ""
            ? `${inSome(some)}source_profile names nothing`
            : `${inSome(some)}source_profile names '${by.value}', and there is no such profile${hint(by.value, names)}`,
        profiles: [...sufferers],
        because: `profile ${by.value}`,
        ...(some ? { tools: some } : {}),
      };
    }
  },
});

/** An empty name is none at all for the tools. */
const isLost = (because: string, source: string): boolean =>
  because === (source === "" ? "role-without-source" : "source-not-found");

/** Where the credentials file is not judged, a source may stand there; but not one that is an edit away from a profile. */
function* probablyMisspelt(elsewhere: ReadonlyMap<string, Reading>): Iterable<Finding> {
  for (const [source, reading] of [...elsewhere].slice(0, HINTS_MAX)) {
    const near = nearest(source, reading.profiles.keys(), 1, 1).find((name) => !isNextNumber(name, source));
    if (near === undefined) continue;
    for (const profile of profilesBySource(reading).get(source) ?? []) {
      yield {
        at: profile.get("source_profile")!.at,
        severity: "warning",
        says: `source_profile names '${source}', which no section here is: did you mean '${near}'? (the credentials file, where it may stand, is not judged)`,
        profiles: [...dependents(reading, profile.name)],
      };
    }
  }
}

/** `dev1` and `dev2` are two names. */
const isNextNumber = (one: string, other: string): boolean => one.replaceAll(/\d/g, "") === other.replaceAll(/\d/g, "");

function hint(name: string, names: Iterable<string>): string {
  if (/^(["']).*\1$/.test(name)) return " (the quotes are part of the name)";
  if (/\s[#;]/.test(name)) return " (a remark on the same line is part of the name)";
  return didYouMean(name, names);
}
