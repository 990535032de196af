import {
  between,
  edit,
  endOf,
  type Facts,
  type Fix,
  isPlainName,
  lineOf,
  newSection,
  ownSetting,
  type Profile,
  plainReading,
  profilesWith,
  rule,
  type Setting,
  type SettingLine,
  type Step,
  startOf,
  tell,
} from "#rule";

const NAMES = ["credential_process", "sso_session", "sso_start_url", "sso_account_id", "web_identity_token_file"];

export default rule({
  id: "conflicting-credential-types",
  severity: "error",
  category: "profiles",
  summary: "one profile with two ways to credentials, of which one is never used",
  why:
    "A role needs a source_profile (or credential_source) to be assumed with: single sign-on or a credential_process in the same " +
    "profile is not it. And of single sign-on and a process, only the first is asked. The AWS CLI stops, or one is passed over.",
  remedy:
    "make two profiles of it: one with single sign-on or the process, and the role with the first as its source_profile",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
  ],
  errors: [
    "credential_process is never invoked",
    "Partial credentials found in assume-role, missing: source_profile or credential_source",
  ],
  about: { settings: NAMES },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const reading = plainReading(facts.profiles);
    if (reading === undefined) return;
    for (const name of NAMES) {
      if (facts.config.linesNamed(name).length + facts.credentials.linesNamed(name).length === 0) continue;
      for (const profile of profilesWith(reading, name)) {
        const own = ownSetting(profile, name);
        const other = own && rivalOf(profile, name);
        const found = other && lineOf(facts, own);
        if (own === undefined || other === undefined || found === undefined) continue;
        const source = other.name === "role_arn" ? SOURCES.find((one) => profile.has(one)) : undefined;
        yield* tell(found, facts, {
          at: own.at.path === other.at.path ? between(own.at, other.at) : own.at,
          says: `'${profile.name}' has both ${other.name} and ${own.name}: ${
            own.name === "web_identity_token_file"
              ? `the role is assumed with the token, and ${other.name} is passed over`
              : source !== undefined
                ? `the role is assumed with ${source}, and ${name === "credential_process" ? "the process is" : "single sign-on is"} passed over`
                : other.name === "role_arn"
                  ? "the role is not assumed with that"
                  : "the process is never asked"
          }`,
          ...(source === undefined && own.name !== "web_identity_token_file" ? {} : { severity: "warning" as const }),
          also: [{ at: other.at, says: `${other.name} stands here` }],
          ...(other.name === "role_arn" ? split(found, other, facts) : {}),
        });
      }
    }
  },
});

const SIGN_ON = ["sso_session", "sso_start_url", "sso_account_id"];
const SOURCES = ["source_profile", "credential_source", "web_identity_token_file"];

/** What stands against it; of several settings of single sign-on, only the first is asked about. */
function rivalOf(profile: Profile, name: string): Setting | undefined {
  if (name === "web_identity_token_file")
    return ownSetting(profile, "source_profile") ?? ownSetting(profile, "credential_source");
  const firstOfAll = SIGN_ON.find((one) => ownSetting(profile, one) !== undefined);
  if (name !== "credential_process" && name !== firstOfAll) return undefined;
  const role = ownSetting(profile, "role_arn");
  // With a source of its own the role is assumed, and this is what is passed over.
  if (role !== undefined) return role;
  return name === "credential_process" && firstOfAll !== undefined ? ownSetting(profile, firstOfAll) : undefined;
}

/** The way to sign on gets a profile of its own, and the role starts from that. */
function split(
  { document, section, file, name }: SettingLine,
  role: Setting,
  { profiles }: Pick<Facts, "profiles">,
): { fix?: Fix } {
  const source = `${name}-login`;
  const isTaken = [...profiles.readings.values()].some((reading) => reading.profiles.has(source));
  if (isTaken || !isPlainName(source) || file !== "config" || role.at.path !== document.path) return {};
  const to = endOf(document);
  const lines: Step[] = [];
  for (let line = section.first; line < section.last; line++) {
    const setting = document.setting(line);
    if (setting !== undefined && (setting.name.startsWith("sso_") || setting.name === "credential_process"))
      lines.push({ kind: "move", path: document.path, span: setting.linesAt.span!, to });
  }
  return {
    fix: {
      title: `put the sign-on into a profile '${source}', and assume the role from there`,
      safety: "ask",
      steps: [
        edit(startOf(role.linesAt), `source_profile = ${source}\n`),
        newSection(document, `profile ${source}`, []),
        ...lines,
      ],
    },
  };
}
