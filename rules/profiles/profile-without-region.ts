import {
  activeProfiles,
  edit,
  exportsOf,
  hops,
  inSome,
  isKnownSetting,
  isMasked,
  isSet,
  nearest,
  ownSection,
  type Profile,
  plainReading,
  type Route,
  rule,
  someOf,
  startOf,
  suffering,
  type Tool,
} from "#rule";

export default rule({
  id: "profile-without-region",
  severity: "warning",
  category: "profiles",
  summary: "the profile in use has no region",
  why:
    "Neither [default] nor a source_profile hands its region on in the AWS CLI and the SDKs. Most services have one address a " +
    "region, and a command without one fails. (aws-vault takes the region from [default].)",
  remedy: "add a region to the profile, or set AWS_REGION",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  ],
  errors: [
    'You must specify a region. You can also configure your region by running "aws configure".',
    "Missing region in config",
    "an AWS region is required, but was not found",
  ],
  needs: ["config", "credentials", "profiles", "environment", "startup", "machine"],
  *check(facts) {
    const { profiles, environment, startup } = facts;
    if (
      ["AWS_REGION", "AWS_DEFAULT_REGION"].some(
        (name) => isSet(environment, name) || exportsOf(startup, name).length > 0,
      )
    )
      return;
    const tools = new Set<Tool>();
    let lacking: Profile | undefined;
    for (const { tool, profile, route, chosenBy } of activeProfiles(profiles)) {
      // What nobody chose and leads nowhere is not in use.
      if ((profile.get("region")?.value ?? "") !== "" || (chosenBy === undefined && !leadsSomewhere(route))) continue;
      if (isNearlyThere(profile)) continue;
      tools.add(tool);
      lacking = profile;
    }
    if (lacking === undefined) return;
    const { name } = lacking;
    const section = ownSection(lacking);
    const source = lacking.get("source_profile")?.value;
    const reading = plainReading(profiles)!;
    const region = [source, "default"]
      .map((one) => (one === undefined ? undefined : reading.profiles.get(one)?.get("region")))
      .find((one) => one !== undefined);
    const empty = lacking.get("region");
    const first = [...section.all()][0];
    yield {
      at: empty?.at ?? section.headerAt,
      says: `${inSome(someOf(tools, profiles))}${
        empty === undefined ? `'${name}' has no region` : `the region of '${name}' is empty`
      }, and no variable sets one`,
      ...(region === undefined ? {} : { also: [{ at: region.at, says: "this one is not handed on" }] }),
      profiles: [name],
      ...suffering(tools, profiles),
      // Who has no config file may name the region each time.
      ...(section.file === "credentials" ? { severity: "info" as const } : {}),
      ...(region === undefined ||
      empty !== undefined ||
      first === undefined ||
      isMasked(region.value) ||
      section.file === "credentials"
        ? {}
        : {
            fix: {
              title: `add region = ${region.value}`,
              safety: "ask",
              steps: [edit(startOf(first.linesAt), `region = ${region.value}\n`)],
            },
          }),
    };
  },
});

/** To more than a key that may be in the vault. */
const leadsSomewhere = (route: Route): boolean => route.found && hops(route)[0]!.kind !== "stored";

const NEARLY = ["region", "aws_region", "default_region", "aws_default_region", "region_name"];

/** The line is there, and its name is wrong: that is told where it stands. */
const isNearlyThere = ({ layers }: Profile): boolean =>
  layers.some(({ section }) =>
    [...section.all()].some(
      ({ name }) => !isKnownSetting(name) && (NEARLY.includes(name) || nearest(name, NEARLY, 1, 2).length > 0),
    ),
  );
