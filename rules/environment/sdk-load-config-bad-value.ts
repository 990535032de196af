import { commentingOut, rule, sightings } from "#rule";

export default rule({
  id: "sdk-load-config-bad-value",
  severity: "warning",
  category: "environment",
  summary: "AWS_SDK_LOAD_CONFIG is neither 1 nor true",
  why:
    "The old SDK for JavaScript takes any text for yes, 0 and false too, and then fails where there is no config file. The old SDK for Go " +
    "takes 1 and true for yes, and y or yes for no.",
  remedy: "unset it, or write 1",
  links: [
    "https://docs.aws.amazon.com/sdk-for-javascript/v2/developer-guide/setting-region.html",
    "https://docs.aws.amazon.com/sdk-for-go/v1/developer-guide/sessions.html",
  ],
  errors: [
    "ENOENT: no such file or directory, open '/root/.aws/config'",
    "MissingRegion: could not find region configuration",
  ],
  about: { variables: ["AWS_SDK_LOAD_CONFIG"] },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    for (const { at, value, hidden, also, lines } of sightings("AWS_SDK_LOAD_CONFIG", environment, startup)) {
      if (hidden !== undefined || value === "" || /^(?:1|true|t)$/i.test(value)) continue;
      const isNo = /^(?:0|false|no|off|n|f)$/i.test(value);
      yield {
        at,
        says: `AWS_SDK_LOAD_CONFIG is '${value}', which is ${isNo ? "yes for JavaScript and no for Go" : "yes for JavaScript and nothing for Go"}`,
        also,
        ...commentingOut(lines),
      };
    }
  },
});
