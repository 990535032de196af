import { isPlainName, profilesOf, rule, strangeHeaders, suffering } from "#rule";

export default rule({
  id: "profile-name-bad-characters",
  severity: "warning",
  category: "profiles",
  summary: "a profile's name with a character that some tools do not take",
  why:
    "All tools take letters without accents, digits and - _ . / % @ : + in a name. The SDKs pass over a section with any other " +
    "character in its name, and refuse the whole file for a # or ;. For the AWS CLI a quote needs another one, and a backslash " +
    "makes the next character plain, as in a shell.",
  remedy: "give the profile a name of letters, digits and - _ . / % @ : +",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile"],
  errors: ["No closing quotation", "name contains one or more of these characters"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  // No fix: scripts, aliases and variables use the name, and would find no profile after it.
  *check(facts) {
    for (const { file, section, header, name, isQuoted, hurt, told } of strangeHeaders(facts)) {
      const hasMark = /[#;]/.test(name);
      if (isPlainName(name.replace(/\s/g, ""))) continue;
      if (!hasMark && !isQuoted && file === "config" && /\s/.test(name)) continue;
      yield {
        at: section.headerAt,
        says: `[${header}] has a character in its name that not all take: ${told}`,
        ...(hurt.includes("cli") ? { severity: "error" } : {}),
        ...suffering(hurt, facts.profiles),
        ...profilesOf(header),
      };
    }
  },
});
