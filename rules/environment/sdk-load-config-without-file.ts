import { edit, type Facts, type Fix, rule, sightings } from "#rule";

export default rule({
  id: "sdk-load-config-without-file",
  severity: "warning",
  category: "environment",
  summary: "AWS_SDK_LOAD_CONFIG asks for a config file that is not there",
  why: "With AWS_SDK_LOAD_CONFIG the old SDK for JavaScript reads the config file, and throws when there is none.",
  remedy: "unset AWS_SDK_LOAD_CONFIG, or create an empty ~/.aws/config",
  links: ["https://docs.aws.amazon.com/sdk-for-javascript/v2/developer-guide/setting-region.html"],
  errors: [
    "Error: ENOENT: no such file or directory, open '…/.aws/config'",
    "ENOENT: no such file or directory, open '…/.aws/config'",
  ],
  about: { variables: ["AWS_SDK_LOAD_CONFIG"] },
  needs: ["files", "environment", "startup"],
  *check({ files, environment, startup }) {
    if (files.config.state !== "missing" || files.config.chosenBy !== undefined) return;
    for (const { at, value, also } of sightings("AWS_SDK_LOAD_CONFIG", environment, startup)) {
      if (/^(?:1|true|t)$/i.test(value))
        yield { at, says: `AWS_SDK_LOAD_CONFIG is set, and there is no config file`, also, ...making(files) };
    }
  },
});

const START = { start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Where there is a folder for it, an empty one is enough. */
const making = ({ config, folder }: Facts["files"]): { fix?: Fix } =>
  folder === undefined
    ? {}
    : {
        fix: {
          title: "make an empty config file",
          safety: "ask",
          steps: [edit({ kind: "file", path: config.path, span: START }, "# for AWS_SDK_LOAD_CONFIG\n")],
        },
      };
