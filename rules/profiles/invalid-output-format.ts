import { edit, nearest, rule, sightings, suffering, tell, wrongSettings } from "#rule";

const FORMATS = ["json", "yaml", "yaml-stream", "text", "table", "off"];

export default rule({
  id: "invalid-output-format",
  severity: "error",
  category: "profiles",
  for: ["cli"],
  summary: "output is none of the formats of the AWS CLI",
  why:
    "The AWS CLI compares letter by letter, so that JSON is not json, and refuses every command of the profile. (yaml and " +
    "yaml-stream are known since version 2.)",
  remedy: `write one of ${FORMATS.slice(0, 5).join(", ")}`,
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html"],
  errors: ["Unknown output type: JSON", "Invalid choice: 'JSON', maybe you meant: * json"],
  about: { values: ["output"], variables: ["AWS_DEFAULT_OUTPUT"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of wrongSettings(facts, "output", (value) => FORMATS.includes(value))) {
      const meant = nearFormat(found.value);
      const isRegion = /^[a-z]{2}-[a-z]+-\d$/.test(found.value);
      yield* tell(
        found,
        facts,
        {
          says: `output '${found.value}' is none that the AWS CLI knows${isRegion ? ", but a region" : ""}`,
          ...(meant === undefined
            ? {}
            : {
                fix: {
                  title: `write ${meant}`,
                  safety: found.value.toLowerCase() === meant ? "safe" : "ask",
                  steps: [edit(found.setting.at, meant)],
                },
              }),
        },
        ["cli"],
      );
    }
    for (const { at, value, hidden, also } of sightings("AWS_DEFAULT_OUTPUT", facts.environment, facts.startup)) {
      if (hidden !== undefined || value === "" || FORMATS.includes(value)) continue;
      yield {
        at,
        says: `AWS_DEFAULT_OUTPUT is '${value}', which is none that the AWS CLI knows`,
        also,
        ...suffering(["cli"], facts.profiles),
      };
    }
  },
});

const nearFormat = (value: string): string | undefined => nearest(value, FORMATS, 1)[0];
