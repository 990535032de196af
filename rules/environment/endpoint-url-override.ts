import { activeProfiles, commentingOut, type Profile, rule, sightings } from "#rule";

const LOCAL =
  /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|host\.docker\.internal|localstack|[^/:]*\.localstack\.cloud)(?=[:/]|$)/i;

export default rule({
  id: "endpoint-url-override",
  severity: "warning",
  category: "environment",
  summary: "AWS_ENDPOINT_URL sends every call of every profile to this machine",
  why:
    "AWS_ENDPOINT_URL of a session with LocalStack or DynamoDB Local holds for all profiles. Left over, it sends real keys to a port " +
    "of this machine, or every command fails because nobody listens there.",
  remedy: "unset the variable, and put endpoint_url into the profile for the emulator",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html"],
  errors: [
    'Could not connect to the endpoint URL: "http://localhost:4566/"',
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    "InvalidClientTokenId: The security token included in the request is invalid",
  ],
  about: { variables: ["AWS_ENDPOINT_URL*"] },
  needs: ["profiles", "environment", "startup"],
  *check({ profiles, environment, startup }) {
    const names = new Set([
      ...environment.keys(),
      ...startup.flatMap(({ statements }) => statements.map(({ name }) => name)),
    ]);
    for (const name of [...names].filter((one) => /^AWS_ENDPOINT_URL(?:_|$)/.test(one)).sort()) {
      for (const { at, value, also, lines } of sightings(name, environment, startup)) {
        if (!LOCAL.test(value)) continue;
        const active = [...activeProfiles(profiles)];
        const isMeant = active.some(
          ({ profile, name: own }) =>
            profile.has("endpoint_url") || isDummy(profile) || /local|test|dummy|fake/i.test(own),
        );
        if (isMeant) continue;
        yield {
          at,
          says: `${name} sends ${whatOf(name)} to ${value}, whatever the profile is`,
          also,
          ...commentingOut(lines),
        };
      }
    }
  },
});

/** Its key is none of AWS's, but a word for a service that takes any. */
const isDummy = (profile: Profile): boolean => profile.get("aws_access_key_id")?.hidden?.looksLike === "other";

const whatOf = (name: string): string => {
  const service = /^AWS_ENDPOINT_URL_(.+)$/.exec(name)?.[1];
  return service === undefined ? "every call" : `every call to ${service.replaceAll("_", " ")}`;
};
