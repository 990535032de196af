import {
  type AwsDocument,
  allProfiles,
  edit,
  type Finding,
  IDENTITY_SETTINGS,
  isAwsVault,
  type Profiles,
  rule,
  toolsDo,
} from "#rule";

export default rule({
  id: "capital-default-section",
  severity: "warning",
  category: "profiles",
  summary: "[Default] or [DEFAULT]: the profile is called default, in small letters",
  why:
    "The AWS CLI and every tool on Python's configparser hand the settings of [DEFAULT] on to every section of the file, keys and " +
    "roles included. It is not the profile 'default', and aws-vault and the SDKs pass over it in the config file. [Default] is a profile " +
    "of that name, which no command uses that names none.",
  remedy: "write [default] for the profile; repeat in each profile what each profile needs",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile"],
  needs: ["config", "credentials", "profiles"],
  *check({ config, credentials, profiles }) {
    // In the config file, such a section lacks its prefix.
    const capital = misspeltDefault(credentials, profiles);
    if (capital !== undefined) yield capital;
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

/** A profile of another case, where the tools look for 'default' and find no credentials in it. */
function misspeltDefault(document: AwsDocument, { readings, active }: Profiles): Finding | undefined {
  const rivals = [...readings.values()].flatMap((reading) => reading.profiles.get("default") ?? []);
  if (rivals.some((one) => one.has("aws_access_key_id") || IDENTITY_SETTINGS.some((name) => one.has(name))))
    return undefined;
  if (![...active.values()].some(({ name }) => name === "default")) return undefined;
  const section = document.sections.find(
    ({ header }) => /^default$/i.test(header ?? "") && header !== "DEFAULT" && header !== "default",
  );
  if (section === undefined) return undefined;
  return {
    at: section.headerAt,
    says: `[${section.header}] is not [default], which is what a command without a profile's name uses`,
    profiles: ["default"],
    fix: { title: "write it as [default]", safety: "ask", steps: [edit(section.headerAt, "[default]")] },
  };
}
