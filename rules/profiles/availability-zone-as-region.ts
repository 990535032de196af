import { edit, rule, sightings, tell, wrongSettings } from "#rule";

const ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/;

export default rule({
  id: "availability-zone-as-region",
  severity: "error",
  category: "profiles",
  summary: "an availability zone where a region belongs",
  why:
    "eu-west-1a is a zone inside of eu-west-1. Tools build the address of a service out of what stands there, and that address " +
    "does not exist: the message speaks of connections, certificates or proxies.",
  remedy: "drop the letter at the end",
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html"],
  errors: ['Could not connect to the endpoint URL: "https://ec2.ap-southeast-1a.amazonaws.com/"'],
  about: { values: ["region"], settings: ["sso_region"], variables: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const name of ["region", "sso_region"]) {
      for (const found of wrongSettings(facts, name, (value) => !ZONE.test(value))) {
        const [, meant] = ZONE.exec(found.value)!;
        yield* tell(found, facts, {
          says: `${name} is '${found.value}', a zone of the region '${meant}'`,
          fix: { title: `write ${meant}`, safety: "safe", steps: [edit(found.setting.at, meant!)] },
        });
      }
    }
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
      for (const { at, value, also } of sightings(name, facts.environment, facts.startup)) {
        const [, meant] = ZONE.exec(value) ?? [];
        if (meant !== undefined) yield { at, says: `${name} is '${value}', a zone of the region '${meant}'`, also };
      }
    }
  },
});
