import { activeProfiles, hops, rule, tell, variable, wrongSettings } from "#rule";

const VARIABLE = "AWS_WEB_IDENTITY_TOKEN_FILE";

export default rule({
  id: "web-identity-token-unreadable",
  severity: "error",
  category: "roles",
  summary: "the file with the web identity's token is not there",
  why: "The token is a file that Kubernetes or a CI system puts there. A wrong path, a mount that failed or a folder in its place leave the role without it.",
  remedy: "correct the path, or the mount; outside of the pod use another profile",
  links: [
    "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
  ],
  errors: [
    "IsADirectoryError: [Errno 21] Is a directory: '…'",
    "[Errno 2] No such file or directory: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'",
    "unable to read file at …: …",
  ],
  about: { settings: ["web_identity_token_file"], variables: ["AWS_WEB_IDENTITY_TOKEN_FILE"] },
  needs: ["config", "credentials", "profiles", "environment", "named"],
  *check(facts) {
    const { profiles, environment, named } = facts;
    const told = environment.get(VARIABLE)?.value ?? "";
    const state = named.paths.get(told);
    if (told !== "" && state !== undefined && state !== "file" && state !== "other") {
      yield { at: variable(VARIABLE), says: `'${told}' ${what(state)}` };
    }
    if (told !== "") return;
    const inUse = new Set<string>();
    for (const { route } of activeProfiles(profiles))
      if (route.found) for (const { profile } of hops(route)) inUse.add(profile);
    for (const found of wrongSettings(facts, "web_identity_token_file", (value) =>
      ["file", "other", undefined].includes(named.paths.get(value)),
    )) {
      yield* tell(found, facts, {
        says: `'${found.value}' ${what(named.paths.get(found.value)!)}`,
        // It may be there in the pod that the profile is for.
        ...(inUse.has(found.name) ? {} : { severity: "info" as const }),
      });
    }
  },
});

const what = (state: string): string =>
  state === "missing" ? "is not there" : state === "folder" ? "is a folder" : "cannot be read";
