import { exportedAt, isSet, rule, variable } from "#rule";

export default rule({
  id: "config-file-env-missing-file",
  severity: "error",
  category: "environment",
  summary: "AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE points to nothing",
  why: "The variable takes the place of the file in ~/.aws. Where it leads to nothing, tools go on as if there were no file: all profiles are gone.",
  remedy: "correct the path, or unset the variable",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  errors: ["Cannot find profile 'default' in /path/to/non/existent/file", "The config profile (…) could not be found"],
  about: { variables: ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] },
  needs: ["files", "environment", "startup"],
  *check({ files, environment, startup }) {
    for (const file of [files.config, files.credentials]) {
      const { chosenBy } = file;
      if (
        chosenBy === undefined ||
        !isSet(environment, chosenBy) ||
        !["missing", "dangling", "directory"].includes(file.state)
      )
        continue;
      // A path that no shell has replaced is told of there.
      if (/^~|\$\{?[A-Za-z_]|%[A-Za-z_]+%/.test(environment.get(chosenBy)!.value)) continue;
      yield {
        at: variable(chosenBy),
        says: `${chosenBy} leads to '${environment.get(chosenBy)!.value}', ${file.state === "directory" ? "which is a folder" : "where there is nothing"}`,
        also: exportedAt(startup, chosenBy),
      };
    }
  },
});
