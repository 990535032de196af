import { commentingOut, rule, suffering, variable } from "#rule";

export default rule({
  id: "aws-profile-empty",
  severity: "error",
  category: "environment",
  summary: "AWS_PROFILE or AWS_DEFAULT_PROFILE is exported empty",
  why:
    "For the AWS CLI and botocore an empty name is the name of a profile, which does not exist, and every command stops. aws-vault and " +
    "the SDKs take it for no name.",
  remedy: "unset the variable in place of emptying it",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html"],
  errors: ["The config profile () could not be found"],
  for: ["cli"],
  about: { variables: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] },
  needs: ["profiles", "environment", "startup"],
  *check({ profiles, environment, startup }) {
    for (const name of ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"]) {
      const lines = startup.flatMap(({ statements }) =>
        statements.filter(
          (one) => one.kind === "export" && one.name === name && !one.inFunction && one.value === "" && !one.computed,
        ),
      );
      const also = lines.map(({ at }) => ({ at, says: "a start-up file empties it here" }));
      const tools = suffering(["cli"], profiles);
      if (environment.get(name)?.value === "") {
        // The AWS CLI reads the other one first.
        if (name === "AWS_PROFILE" && environment.has("AWS_DEFAULT_PROFILE")) continue;
        yield {
          at: variable(name),
          says: `${name} is empty, and that counts as the name of a profile`,
          also,
          ...tools,
          ...commentingOut(lines),
        };
      } else if (!environment.has(name)) {
        for (const line of lines)
          yield {
            at: line.at,
            says: `every new shell exports ${name} empty, and that counts as the name of a profile`,
            ...tools,
            ...commentingOut([line]),
          };
      }
    }
  },
});
