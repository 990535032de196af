import { type FilePlace, inSome, isAwsVault, type Reading, rule, setting, someOf, type Tool } from "#rule";

export default rule({
  id: "source-profile-loop",
  severity: "error",
  category: "profiles",
  summary: "a chain of source_profile or include_profile that comes back to itself",
  why:
    "Each profile of the circle waits for the next one's credentials. The AWS CLI and the SDKs stop with an error; aws-vault " +
    "goes round until it crashes. In aws-vault a profile also inherits source_profile from [default], which closes circles that " +
    "the other tools do not see.",
  remedy: "let one profile of the circle have keys or a session of its own",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  needs: ["profiles"],
  *check({ profiles }) {
    const circles = new Map<string, { circle: Circle; tools: Set<Tool> }>();
    for (const [tool, reading] of profiles.readings) {
      for (const circle of [
        ...sourceCircles(reading, profiles.routes.get(tool)!),
        ...(isAwsVault(tool) ? includeCircles(reading) : []),
      ]) {
        const key = [circle.setting, ...circle.names].join("\n");
        const known = circles.get(key) ?? { circle, tools: new Set<Tool>() };
        circles.set(key, known);
        known.tools.add(tool);
      }
    }
    for (const { circle, tools } of circles.values()) {
      const [first, ...others] = circle.places;
      const some = someOf(tools, profiles);
      const path = [...circle.names, circle.names[0]!].map((name) => `'${name}'`).join(" → ");
      yield {
        at: first!,
        says: `${inSome(some)}${circle.setting} goes in a circle: ${path}`,
        also: others.map((at) => ({ at, says: "and on from here" })),
        profiles: circle.names,
        ...(some ? { tools: some } : {}),
      };
    }
  },
});

interface Circle {
  readonly setting: "source_profile" | "include_profile";
  /** From the first name in the alphabet on, so that each circle is found once. */
  readonly names: readonly string[];
  readonly places: readonly FilePlace[];
}

function* sourceCircles(reading: Reading, routes: ReadonlyMap<string, { readonly found: boolean }>): Iterable<Circle> {
  const lost = [...routes].filter(([, route]) => !route.found).map(([name]) => name);
  yield* circles(lost, "source_profile", (name) => {
    const by = reading.profiles.has(name) ? setting(reading.profiles.get(name)!, "source_profile") : undefined;
    const counts =
      by !== undefined &&
      (isAwsVault(reading.tool) ? by.value !== name : setting(reading.profiles.get(name)!, "role_arn") !== undefined);
    return counts ? { next: by.value, at: by.at } : undefined;
  });
}

/** A profile without an include of its own goes on to `[default]`, which is how a single line can close a circle. */
function* includeCircles(reading: Reading): Iterable<Circle> {
  const including = [...reading.profiles.values()]
    .filter(({ layers }) => layers[0]!.section.get("include_profile"))
    .map(({ name }) => name);
  yield* circles(including, "include_profile", (name) => {
    const own = reading.profiles.get(name)?.layers[0]!.section;
    const by = own?.get("include_profile");
    if (by !== undefined && by.value !== "") return { next: by.value, at: by.at };
    return name === "default" || own === undefined ? undefined : { next: "default", at: own.headerAt };
  });
}

function* circles(
  starts: readonly string[],
  kind: Circle["setting"],
  follow: (name: string) => { next: string; at: FilePlace } | undefined,
): Iterable<Circle> {
  const done = new Set<string>();
  for (const start of starts) {
    const path = new Map<string, FilePlace>();
    let name: string | undefined = start;
    while (name !== undefined && !path.has(name) && !done.has(name)) {
      const step = follow(name);
      if (step === undefined) break;
      path.set(name, step.at);
      name = step.next;
    }
    if (name !== undefined && path.has(name)) {
      const names = [...path.keys()];
      const round = names.slice(names.indexOf(name));
      const first = round.indexOf([...round].sort()[0]!);
      const ordered = [...round.slice(first), ...round.slice(0, first)];
      yield { setting: kind, names: ordered, places: ordered.map((one) => path.get(one)!) };
    }
    for (const one of path.keys()) done.add(one);
  }
}
