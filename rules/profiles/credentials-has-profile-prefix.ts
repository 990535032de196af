import { edit, rule } from "#rule";

export default rule({
  id: "credentials-has-profile-prefix",
  severity: "error",
  category: "profiles",
  summary: "[profile name] in the credentials file",
  why:
    "In ~/.aws/credentials the section is the name alone. With the prefix the AWS CLI takes the whole header for the name of a " +
    "profile ('profile name'), and the SDKs pass over it.",
  remedy: "write [name]",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile"],
  errors: ["The config profile (…) could not be found"],
  about: { oddLines: true },
  needs: ["credentials"],
  *check({ credentials }) {
    if (credentials.isPlain) return;
    const taken = new Set<string | undefined>();
    for (const { kind, header, headerAt } of credentials.sections) {
      if (kind !== undefined) continue;
      const name = /^\s*profile\s+(["']?)([^"'\s]+)\1\s*$/.exec(header ?? "")?.[2];
      if (name === undefined) continue;
      if (taken.size === 0) for (const section of credentials.sections) taken.add(section.header);
      const isFree = !taken.has(name);
      taken.add(name);
      yield {
        at: headerAt,
        says: `[${header}] in the credentials file is not the profile '${name}'`,
        profiles: [name],
        explains: `profile ${name}`,
        ...(isFree
          ? {
              fix: {
                title: `write it as [${name}]`,
                safety: "safe",
                steps: [edit(headerAt, `[${name}]`)],
              },
            }
          : {}),
      };
    }
  },
});
