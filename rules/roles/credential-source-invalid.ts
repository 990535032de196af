import { didYouMean, edit, list, nearest, rule, tell, wrongSettings } from "#rule";

const SOURCES = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];

export default rule({
  id: "credential-source-invalid",
  severity: "error",
  category: "roles",
  summary: "credential_source is none of the three names that there are",
  why:
    "credential_source says where on this machine the credentials for the role come from: Environment, Ec2InstanceMetadata or " +
    "EcsContainer, written exactly so. The AWS CLI and the SDKs refuse every other word.",
  remedy: `write one of ${list(SOURCES)}, or name a profile with source_profile`,
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  errors: [
    'The credential source "…" specified in profile "…" is not supported.',
    "unsupported awsume credential_source profile option: …",
  ],
  about: { settings: ["credential_source"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(facts, "credential_source", (value) => SOURCES.includes(value))) {
      const meant = nearest(found.value, SOURCES, 1)[0];
      yield* tell(
        found,
        facts,
        {
          says: `there is no credential_source '${found.value}'${didYouMean(found.value, SOURCES)}`,
          ...(meant === undefined
            ? {}
            : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
        },
        ["cli", "sdk"],
      );
    }
  },
});
