import { isSet, rule, variable } from "#rule";

export default rule({
  id: "relocated-files-ignored-by-tool",
  severity: "info",
  category: "environment",
  summary: "the files stand elsewhere than in ~/.aws, where some tools look all the same",
  why: "Not every tool knows AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE: old SDKs, plug-ins and scripts open ~/.aws/credentials, and say that a profile is not configured.",
  remedy: "put a link into ~/.aws for such a tool",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  errors: [
    'AWS profile "…" doesn\'t seem to be configured',
    "ENOENT: no such file or directory, open '…/.aws/credentials'",
  ],
  about: { variables: ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] },
  needs: ["files", "environment"],
  // No fix: links in ~/.aws would undo, for all tools, what the variables were set for.
  *check({ files, environment }) {
    if (files.folder !== undefined) return;
    const moved = [files.config, files.credentials].find(
      ({ chosenBy, state }) => chosenBy !== undefined && isSet(environment, chosenBy) && state === "file",
    );
    if (moved !== undefined)
      yield {
        at: variable(moved.chosenBy!),
        says: `there is no ~/.aws: who does not know ${moved.chosenBy} finds no profile`,
      };
  },
});
