import { exportedAt, isSet, rule, suffering, variable } from "#rule";

export default rule({
  id: "aws-profile-without-any-file",
  severity: "error",
  category: "environment",
  summary: "AWS_PROFILE is set, and there is neither a config nor a credentials file",
  why:
    "Who names a profile wants one: the AWS CLI stops when it is not there, also for 'default', and also where the container, the " +
    "instance or the environment has credentials that would have done.",
  remedy: "unset the variable where there are no files, as in containers and CI jobs",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html"],
  errors: ["The config profile (default) could not be found"],
  for: ["cli"],
  about: { variables: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] },
  needs: ["files", "profiles", "environment", "startup"],
  *check({ files, profiles, environment, startup }) {
    if (files.config.state !== "missing" || files.credentials.state !== "missing") return;
    if (files.config.chosenBy !== undefined || files.credentials.chosenBy !== undefined) return;
    const name = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"].find((one) => isSet(environment, one));
    if (name === undefined) return;
    yield {
      at: variable(name),
      says: `${name} names '${environment.get(name)!.value}', and there is no file with profiles`,
      also: exportedAt(startup, name),
      ...suffering(["cli"], profiles),
    };
  },
});
