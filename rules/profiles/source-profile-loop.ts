import {
  type FilePlace,
  type Finding,
  inSome,
  isAwsVault,
  ownSection,
  profilesBySource,
  profilesWith,
  type Reading,
  type Routes,
  rule,
  someOf,
  sourceNames,
  type Tool,
} from "#rule";

export default rule({
  id: "source-profile-loop",
  severity: "error",
  category: "profiles",
  summary: "a chain of source_profile or include_profile that comes back to itself",
  why:
    "Each profile of the circle waits for the next one's credentials. The AWS CLI and the SDKs stop with an error; aws-vault " +
    "goes round until it crashes, or says 'Loop detected'. In aws-vault a profile also takes source_profile and " +
    "include_profile over from [default], which closes circles that the other tools do not see.",
  remedy: "take one of the lines out, so that the chain ends in a profile with keys or a session of its own",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  errors: [
    "Infinite loop in credential configuration detected. Attempting to load from profile … which has already been visited.",
    "Loop detected in config file for profile '…'",
  ],
  about: { settings: ["source_profile", "include_profile"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const known = new Map<string, { circle: Circle; tools: Set<Tool>; sufferers: Set<string> }>();
    for (const [tool, reading] of profiles.readings) {
      const found = sourceCircles(reading, profiles.routes.get(tool)!);
      for (const circle of isAwsVault(tool) ? [...found, ...includeCircles(reading)] : found) {
        const key = [circle.setting, ...circle.steps.map(({ name }) => name)].join("\n");
        const one = known.get(key) ?? { circle, tools: new Set<Tool>(), sufferers: new Set<string>() };
        known.set(key, one);
        one.tools.add(tool);
        for (const name of circle.sufferers) one.sufferers.add(name);
      }
    }
    for (const { circle, tools, sufferers } of known.values()) {
      const some = someOf(tools, profiles);
      // In aws-vault a profile that names itself stands for its own key in the vault.
      const isRightInVault = isSelf(circle) && profiles.tools.some(isAwsVault);
      yield {
        ...told(circle, inSome(some)),
        profiles: [...sufferers].sort(),
        ...(some ? { tools: some } : {}),
        ...(isRightInVault ? { severity: "warning" } : {}),
      };
    }
  },
});

interface Step {
  readonly to: string;
  readonly at: FilePlace;
  /** The profile has no such setting of its own, and takes over another section's. */
  readonly isTakenOver: boolean;
}

interface Circle {
  readonly setting: "source_profile" | "include_profile";
  /** From the first name in the alphabet on, so that each circle is found once. */
  readonly steps: readonly (Step & { readonly name: string })[];
  readonly sufferers: Set<string>;
}

const isSelf = (circle: Circle): boolean => circle.setting === "source_profile" && circle.steps.length === 1;

function told(circle: Circle, start: string): Pick<Finding, "at" | "says" | "also"> {
  const { steps } = circle;
  const first = steps.find(({ isTakenOver }) => !isTakenOver) ?? steps[0]!;
  const path = [...steps, steps[0]!].map(({ name }) => `'${name}'`).join(" → ");
  return {
    at: first.at,
    says: isSelf(circle)
      ? `${start}'${first.name}' names itself as its source, and has no keys of its own`
      : `${start}${circle.setting} goes in a circle: ${path}`,
    also: steps
      .filter((step) => step !== first)
      .map(({ name, to, at, isTakenOver }) => ({
        at,
        says: isTakenOver
          ? `'${name}' has no ${circle.setting} of its own, and goes on to '${to}'`
          : `'${name}' goes on to '${to}'`,
      })),
  };
}

function sourceCircles(reading: Reading, routes: Routes): Circle[] {
  const lost: string[] = [];
  for (const source of sourceNames(reading)) {
    // Most chains end where they started from.
    if (reading.profiles.get(source)?.has("source_profile") !== true) continue;
    for (const { name } of profilesBySource(reading).get(source) ?? []) {
      const route = routes.get(name)!;
      if (!route.found && route.because === "loop") lost.push(name);
    }
  }
  return circles(lost, "source_profile", (name) => {
    const profile = reading.profiles.get(name);
    const by = profile && profile.get("source_profile");
    if (by === undefined || routes.get(name)?.found === true) return undefined;
    if (isAwsVault(reading.tool) ? by.value === name : profile!.get("role_arn") === undefined) return undefined;
    const isTakenOver = profile!.layers.every(({ kind, section }) =>
      kind === "config" || kind === "credentials" ? section.get("source_profile") === undefined : true,
    );
    return { to: by.value, at: by.at, isTakenOver };
  });
}

/** A profile without an include of its own goes on to `[default]`, which is how a single line can close a circle. */
function includeCircles(reading: Reading): Circle[] {
  if (profilesWith(reading, "include_profile").length === 0) return [];
  return circles(reading.profiles.keys(), "include_profile", (name) => {
    const profile = reading.profiles.get(name);
    if (profile === undefined) return undefined;
    const by = ownSection(profile).get("include_profile");
    if (by !== undefined && by.value !== "") return { to: by.value, at: by.at, isTakenOver: false };
    return name === "default" ? undefined : { to: "default", at: ownSection(profile).headerAt, isTakenOver: true };
  });
}

function circles(
  starts: Iterable<string>,
  kind: Circle["setting"],
  follow: (name: string) => Step | undefined,
): Circle[] {
  const found: Circle[] = [];
  const leadsTo = new Map<string, Circle | undefined>();
  for (const start of starts) {
    const path = new Map<string, Step>();
    let name = start;
    for (;;) {
      const step = path.has(name) || leadsTo.has(name) ? undefined : follow(name);
      if (step === undefined) break;
      path.set(name, step);
      name = step.to;
    }
    let circle = leadsTo.get(name);
    if (path.has(name)) {
      const round = [...path].map(([one, step]) => ({ ...step, name: one })).slice([...path.keys()].indexOf(name));
      const first = round.reduce((least, one, index) => (one.name < round[least]!.name ? index : least), 0);
      circle = { setting: kind, steps: [...round.slice(first), ...round.slice(0, first)], sufferers: new Set() };
      found.push(circle);
    }
    for (const one of path.keys()) {
      leadsTo.set(one, circle);
      circle?.sufferers.add(one);
    }
  }
  return found;
}
