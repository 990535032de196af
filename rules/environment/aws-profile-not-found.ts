import { didYouMean, exportedAt, exportsOf, inSome, isSet, nearest, rule, someOf, type Tool, variable } from "#rule";

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

export default rule({
  id: "aws-profile-not-found",
  severity: "error",
  category: "environment",
  summary: "AWS_PROFILE or AWS_DEFAULT_PROFILE names a profile that does not exist",
  why:
    "The AWS CLI stops with 'The config profile could not be found'. Others are worse: old aws-vaults, SDKs for Go and the " +
    "Serverless Framework go on with [default] or the machine's role, which may be another account.",
  remedy: "correct the name, or unset the variable",
  links: [
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html",
  ],
  errors: [
    "The config profile (…) could not be found",
    "failed to get shared config profile, …",
    'AWS profile "…" doesn\'t seem to be configured',
    "profile '…' not found in ~/.aws/config and no stored credentials exist for it",
    "Profile … could not be found or parsed in shared credentials file.",
    "Could not resolve credentials using profile: […] in configuration/credentials file(s).",
    "Profile … does not exist in …/.aws/config",
  ],
  about: { variables: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] },
  needs: ["files", "profiles", "environment", "startup"],
  *check({ files, profiles, environment, startup }) {
    const missing = [files.config, files.credentials].filter(({ state }) => state === "missing");
    // Where there is no file at all, or not the one that a variable names, that is the cause.
    const isCause = missing.some(({ chosenBy }) => chosenBy !== undefined && isSet(environment, chosenBy));
    if (isCause || (missing.length === 2 && profiles.tools.includes("cli"))) return;
    const names = new Set([...profiles.readings.values()].flatMap((reading) => [...reading.profiles.keys()]));
    const lost = new Map<string, Set<Tool>>();
    for (const [tool, { name, chosenBy }] of profiles.active) {
      const reading = profiles.readings.get(tool)!;
      if (chosenBy?.kind !== "environment" || name === "" || reading.refused.length > 0) continue;
      // Where another tool knows the name, the section's header is to blame, and its own rule says so.
      if (names.has(name)) continue;
      // No SDK minds a [default] that is not there.
      if (name === "default" && tool !== "cli") continue;
      lost.set(chosenBy.variable, (lost.get(chosenBy.variable) ?? new Set()).add(tool));
    }
    for (const [name, tools] of lost) {
      const value = environment.get(name)?.value ?? "";
      const some = someOf(tools, profiles);
      yield {
        at: variable(name),
        says: `${inSome(some)}${name} names '${value}', and there is no such profile${hint(value, names)}`,
        also: exportedAt(startup, name),
        profiles: [value],
        because: `profile ${value}`,
        ...(some ? { tools: some } : {}),
      };
    }
    for (const name of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
      if (environment.has(name) || names.size === 0) continue;
      for (const { at, value, hidden, computed } of exportsOf(startup, name)) {
        if (computed || hidden !== undefined || names.has(value) || value === "default") continue;
        yield {
          at,
          says: `every new shell exports ${name} as '${value}', and there is no such profile${hint(value, names)}`,
          profiles: [value],
          because: `profile ${value}`,
        };
      }
    }
  },
});

function hint(value: string, names: ReadonlySet<string>): string {
  if (REGION.test(value) && nearest(value, names).length === 0) return " (a region goes into AWS_REGION)";
  return didYouMean(value, names);
}
