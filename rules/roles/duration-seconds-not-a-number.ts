import { edit, goSeconds, isAwsVault, rule, tell, wrongSettings } from "#rule";

export default rule({
  id: "duration-seconds-not-a-number",
  severity: "error",
  category: "roles",
  summary: "duration_seconds is not a whole number of seconds",
  why:
    "The AWS CLI and the SDKs want a whole number. Of a duration such as 1h, aws-vault crashes with a Go panic when it reads the file; " +
    "any other text it takes for no value at all, and asks for an hour.",
  remedy: "write the number of seconds: 3600 for an hour, 43200 for twelve",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  errors: [
    "invalid literal for int() with base 10: '1h'",
    "panic: reflect: call of reflect.Value.SetInt on uint Value",
    "duration_seconds=1h",
  ],
  about: { settings: ["duration_seconds"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(facts, "duration_seconds", (value) => /^\d+$/.test(value))) {
      const seconds = goSeconds(found.value);
      const isWhole = seconds !== undefined && Number.isInteger(seconds);
      const crash =
        seconds !== undefined && facts.profiles.tools.some(isAwsVault) ? ", and aws-vault crashes on it" : "";
      yield* tell(found, facts, {
        says: `duration_seconds is '${found.value}', which is no number of seconds${crash}`,
        ...(isWhole
          ? { fix: { title: `write ${seconds}`, safety: "safe", steps: [edit(found.setting.at, String(seconds))] } }
          : {}),
      });
    }
  },
});
