import { commentingOut, deleting, type Facts, rule, sightings, tell, wrongSettings } from "#rule";

const VARIABLES = ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"];

export default rule({
  id: "ca-bundle-not-found",
  severity: "error",
  category: "environment",
  summary: "the file with the certificates is not there, or its path is relative",
  why: "ca_bundle and AWS_CA_BUNDLE take the place of the certificates that tools bring along. Without the file no connection is trusted; a relative path is found in one folder alone.",
  remedy: "write the absolute path of a PEM file, or take the setting out",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html"],
  errors: [
    "Could not find a suitable TLS CA certificate bundle, invalid path: …",
    "SSL validation failed for … [SSL: CERTIFICATE_VERIFY_FAILED]",
    "the certificates in … cannot be used: there is no such file",
  ],
  about: { settings: ["ca_bundle"], variables: VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup", "named"],
  *check(facts) {
    const { named } = facts;
    for (const found of wrongSettings(facts, "ca_bundle", (value) => fault(value, named) === undefined)) {
      const { severity, says } = fault(found.value, named)!;
      // Without it the certificates count that each tool brings along; a relative path may be right from somewhere.
      const fix = { title: "take the setting out", safety: "ask", steps: [deleting(found.setting)] } as const;
      const told = {
        says: `the ca_bundle '${found.value}' ${says}`,
        severity,
        ...(severity === "error" ? { fix } : {}),
      };
      yield* tell(found, facts, told, ["cli", "sdk"]);
    }
    for (const name of VARIABLES) {
      for (const { at, value, hidden, also, lines } of sightings(name, facts.environment, facts.startup)) {
        const wrong = value === "" || hidden !== undefined ? undefined : fault(value, named);
        if (wrong === undefined) continue;
        const { says, severity } = wrong;
        yield {
          at,
          says: `'${value}' ${says}`,
          severity,
          also,
          ...(severity === "error" ? commentingOut(lines.filter((one) => one.value === value)) : {}),
        };
      }
    }
  },
});

function fault(
  path: string,
  { paths, bundles }: Facts["named"],
): { severity: "error" | "warning"; says: string } | undefined {
  const state = paths.get(path);
  if (state === "missing") return { severity: "error", says: "is not there" };
  if (state === "unreadable") return { severity: "error", says: "cannot be read" };
  if (bundles.get(path)?.certificates === 0) return { severity: "warning", says: "has no certificate in it (PEM)" };
  // A folder of certificates is right for some.
  if (state !== undefined || /^[~/$%\\]|^[A-Za-z]:/.test(path)) return undefined;
  return { severity: "warning", says: "is a relative path, which leads somewhere else from each folder" };
}
