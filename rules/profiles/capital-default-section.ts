import { allProfiles, edit, isAwsVault, rule, toolsDo } from "#rule";

export default rule({
  id: "capital-default-section",
  severity: "warning",
  category: "profiles",
  summary: "[DEFAULT] in capitals, which is no profile but hands its settings on in the AWS CLI",
  why:
    "The AWS CLI and every tool on Python's configparser hand the settings of [DEFAULT] on to every section of the file, keys and " +
    "roles included. It is not the profile 'default', and aws-vault and the SDKs pass over it in the config file.",
  remedy: "write [default] for the profile; repeat in each profile what each profile needs",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check({ config, credentials, profiles }) {
    for (const [document, readers] of [
      [config, profiles.tools],
      [credentials, profiles.tools.filter((tool) => !isAwsVault(tool))],
    ] as const) {
      if (document.isPlain) continue;
      const section = document.sections.find(({ header }) => header === "DEFAULT");
      if (section === undefined || readers.length === 0) continue;
      let hasSetting = false;
      for (let line = section.first + 1; line < section.last; line++)
        hasSetting ||= document.kind(line) === "setting" || document.kind(line) === "indented";
      if (!hasSetting) continue;
      const others = readers.filter((tool) => tool !== "cli");
      const said = [
        ...(readers.includes("cli") ? ["the AWS CLI hands its settings on to every section"] : []),
        ...(others.length === 0
          ? []
          : document === config
            ? [`${toolsDo(others, "pass")} over it`]
            : [`${toolsDo(others, "take")} it for a profile of that name`]),
      ];
      const isFree = !document.sections.some(({ header }) => header === "default");
      yield {
        at: section.headerAt,
        says: `[DEFAULT] is not [default]: ${said.join(", ")}`,
        profiles: [...new Set(["default", ...allProfiles(profiles)])],
        ...(isFree
          ? {
              fix: { title: "write it as [default]", safety: "ask", steps: [edit(section.headerAt, "[default]")] },
            }
          : {}),
      };
    }
  },
});
