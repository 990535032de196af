import { exportedAt, isSet, rule, settingsNamed, variable } from "#rule";

/** The public list has more than a hundred. */
const FEW = 20;

export default rule({
  id: "ca-bundle-breaks-sso",
  severity: "info",
  category: "environment",
  summary: "the certificates that tools are given do not have AWS's own authorities",
  why:
    "ca_bundle and AWS_CA_BUNDLE replace the list that tools bring along. A file with a company's certificates alone is right for what " +
    "goes through the company's proxy; addresses that go past it, often those of sign-on, are then not trusted.",
  remedy: "append the system's certificates to the file: `cat /etc/ssl/certs/ca-certificates.crt >> bundle.pem`",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html"],
  errors: ["[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate"],
  about: { settings: ["ca_bundle"], variables: ["AWS_CA_BUNDLE"] },
  needs: ["config", "credentials", "profiles", "environment", "startup", "named"],
  *check(facts) {
    const { environment, startup, named } = facts;
    if ([...settingsNamed(facts, "sso_session", "sso_start_url")].length === 0) return;
    const fault = (path: string): string | undefined => {
      const bundle = named.bundles.get(path);
      if (bundle === undefined || bundle.trustsAws || bundle.certificates === 0 || bundle.certificates > FEW)
        return undefined;
      const [count, has] =
        bundle.certificates === 1 ? ["one certificate", "is"] : [`${bundle.certificates} certificates`, "are"];
      return `'${path}' has ${count}, which ${has} none of AWS's authorities, and takes the place of all others`;
    };
    if (isSet(environment, "AWS_CA_BUNDLE")) {
      const says = fault(environment.get("AWS_CA_BUNDLE")!.value);
      const also = exportedAt(startup, "AWS_CA_BUNDLE");
      if (says !== undefined) yield { at: variable("AWS_CA_BUNDLE"), says, also };
      return;
    }
    for (const { setting, name, kind } of settingsNamed(facts, "ca_bundle")) {
      const says = fault(setting.value);
      if (says !== undefined) yield { at: setting.at, says, ...(kind === "profile" ? { profiles: [name] } : {}) };
    }
  },
});
