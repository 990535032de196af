import { edit, isForeign, isSet, nearest, neighbour, rule, sightings, tell, wrongSettings } from "#rule";

const REGIONS = (
  "us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 " +
  "ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ap-northeast-2 ap-northeast-3 " +
  "ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-west-1 eu-west-2 eu-west-3 eu-south-1 eu-south-2 eu-north-1 il-central-1 " +
  "me-south-1 me-central-1 mx-central-1 sa-east-1 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 us-iso-east-1 " +
  "us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1 eu-isoe-west-1 eusc-de-east-1 aws-global"
).split(" ");
const known: ReadonlySet<string> = new Set(REGIONS);
/** What a region that opens tomorrow may be called. */
const LIKELY =
  /^(?:us|eu|ap|sa|ca|me|cn|af|il|mx|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc-[a-z]{2})-(?:(?:north|south)(?:east|west)?|east|west|central)-[1-9]\d?$/;
const PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    virginia: "us-east-1",
    "n. virginia": "us-east-1",
    ohio: "us-east-2",
    california: "us-west-1",
    oregon: "us-west-2",
    ireland: "eu-west-1",
    london: "eu-west-2",
    paris: "eu-west-3",
    frankfurt: "eu-central-1",
    zurich: "eu-central-2",
    stockholm: "eu-north-1",
    milan: "eu-south-1",
    spain: "eu-south-2",
    tokyo: "ap-northeast-1",
    seoul: "ap-northeast-2",
    osaka: "ap-northeast-3",
    singapore: "ap-southeast-1",
    sydney: "ap-southeast-2",
    jakarta: "ap-southeast-3",
    mumbai: "ap-south-1",
    "hong kong": "ap-east-1",
    canada: "ca-central-1",
    "sao paulo": "sa-east-1",
  }),
);

export default rule({
  id: "unknown-region",
  severity: "error",
  category: "profiles",
  summary: "a region that AWS does not have",
  why:
    "Tools build the address of a service out of the region's code. A place (Ireland), a constant of a library (US_EAST_1), None or " +
    "a misspelt code makes an address that does not exist; some tools refuse it, others only say that they cannot connect.",
  remedy: "write the region's code, such as eu-west-1",
  links: [
    "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html",
  ],
  errors: [
    "Provided region_name '…' doesn't match a supported format.",
    'Could not connect to the endpoint URL: "https://sts.….amazonaws.com/"',
    "Invalid endpoint: https://s3.US_EAST_1.amazonaws.com",
    "Invalid AWS Region: …",
    "dial tcp: lookup sts.….amazonaws.com: no such host",
    'request send failed, Post "https://sts.….amazonaws.com/": dial tcp: lookup sts.….amazonaws.com: no such host',
    'Could not connect to the endpoint URL: "https://oidc.….amazonaws.com/client/register"',
  ],
  about: { values: ["region"], settings: ["sso_region"], variables: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const name of ["region", "sso_region"]) {
      for (const found of wrongSettings(facts, name, isRegion)) {
        // Who is no AWS has regions of its own.
        if (neighbour(found, "endpoint_url") !== undefined || isEmulated(found.name)) continue;
        const meant = repaired(found.value);
        yield* tell(found, facts, {
          because: `region ${found.value}`,
          says: `${name} is '${found.value}', and AWS has no such region${meant === undefined ? "" : `, did you mean '${meant}'?`}`,
          ...(meant === undefined
            ? {}
            : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
        });
      }
    }
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
      for (const { at, value, hidden, also } of sightings(name, facts.environment, facts.startup)) {
        if (
          hidden !== undefined ||
          value === "" ||
          /^["']/.test(value) ||
          isRegion(value) ||
          isSet(facts.environment, "AWS_ENDPOINT_URL")
        )
          continue;
        const meant = repaired(value);
        yield {
          at,
          says: `${name} is '${value}', and AWS has no such region${meant === undefined ? "" : `, did you mean '${meant}'?`}`,
          also,
        };
      }
    }
  },
});

/** A region, or a zone, which has a rule of its own. */
const isRegion = (value: string): boolean =>
  known.has(value) || isForeign(value) || /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/.test(value) || LIKELY.test(value);

const isEmulated = (name: string): boolean => /local|minio|wasabi|spaces|r2|b2|ceph|scaleway|dummy|fake/i.test(name);

function repaired(value: string): string | undefined {
  const bare = value
    .replaceAll(/^[\s[(<{]+|[\s\])>}]+$/g, "")
    .replaceAll(/[_\s]+/g, "-")
    .toLowerCase();
  if (known.has(bare)) return bare;
  const place =
    PLACES.get(value.trim().toLowerCase()) ?? PLACES.get(/\(([^)]+)\)/.exec(value)?.[1]?.toLowerCase() ?? "");
  const dashed = bare.replace(
    /^([a-z]{2}(?:-[a-z]+)?)-?(north|south|east|west|central|northeast|southeast|northwest)-?(\d)$/,
    "$1-$2-$3",
  );
  return place ?? (known.has(dashed) ? dashed : nearest(bare, REGIONS, 1, 2)[0]);
}
