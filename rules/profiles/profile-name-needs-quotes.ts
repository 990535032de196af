import {
  edit,
  type Fix,
  isAwsVault,
  type OddSection,
  profilesOf,
  rule,
  strangeHeaders,
  stretch,
  suffering,
} from "#rule";

export default rule({
  id: "profile-name-needs-quotes",
  severity: "error",
  category: "profiles",
  summary: "a profile's name with a blank in it, without quotes",
  why:
    "The AWS CLI reads [profile 'my name'] with quotes only, and passes over the section without them. aws-vault is the other way " +
    "round and takes quotes for part of the name, and the SDKs read no name with a blank in it.",
  remedy: "give the profile a name without blanks, which all tools read; for the AWS CLI alone, quotes will do",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: ["You must specify a region"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const strange of strangeHeaders(facts)) {
      const { file, section, header, name, isQuoted, hurt, told } = strange;
      if (isQuoted || file !== "config" || !/\s/.test(name) || /[#;]/.test(name)) continue;
      yield {
        at: section.headerAt,
        says: `[${header}] has a blank in its name: ${told}`,
        ...(hurt.includes("cli") ? {} : { severity: "warning" }),
        ...suffering(hurt, facts.profiles),
        ...profilesOf(header),
        ...(facts.profiles.tools.some(isAwsVault) || /["'\\]/.test(name) ? {} : { fix: quoted(strange) }),
      };
    }
  },
});

function quoted({ document, section, header }: OddSection & { readonly header: string }): Fix {
  const start = 1 + /^\s*\S+\s+/.exec(header)![0].length;
  const end = 1 + header.trimEnd().length;
  return {
    title: "put the name in quotes",
    safety: "ask",
    steps: [
      edit(stretch(document, section.first, start, start), "'"),
      edit(stretch(document, section.first, end, end), "'"),
    ],
  };
}
