import { AWS_VAULT, isAwsVault, oddSections, profilesOf, rule, settingLines, suffering, toolsDo } from "#rule";

export default rule({
  id: "percent-interpolation",
  severity: "warning",
  category: "files",
  summary: "%(name)s in a value, which aws-vault replaces by another setting",
  why:
    "In aws-vault %(name)s stands for the setting of that name in the same section. The AWS CLI and the SDKs take it as it is " +
    "written, so that each tool goes its own way.",
  remedy: "write the value out",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["'%' must be followed by '%' or '(', found: …"],
  for: AWS_VAULT,
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, users } of oddSections(facts)) {
      if (!users.some(isAwsVault)) continue;
      const literal = users.filter((tool) => !isAwsVault(tool));
      // Tools that all do the same do what is meant, most likely.
      if (literal.length === 0) continue;
      let names: ReadonlySet<string> | undefined;
      for (const [, setting] of settingLines(document, section, /%\([^()]+\)s/)) {
        names ??= new Set([...settingLines(document, section, /[=:]/)].map(([, { name }]) => name));
        const named = [...setting.value.matchAll(/%\(([^()]+)\)s/g)].find(([, name]) =>
          names!.has(name!.toLowerCase()),
        );
        if (named === undefined) continue;
        const [whole, name] = named;
        yield {
          at: setting.at,
          says: `the value of ${setting.name} names another setting: ${toolsDo(users.filter(isAwsVault), "put")} the value of ${name} in place of ${whole}, ${toolsDo(literal, "read")} it as it stands`,
          ...suffering(literal, facts.profiles),
          ...profilesOf(section.header),
        };
      }
    }
  },
});
