import { profilesWith, rule, type Setting, suffering } from "#rule";

export default rule({
  id: "sso-region-not-home-region",
  severity: "warning",
  category: "sso",
  summary: "one sign-on portal with two regions",
  why: "sso_region is the region that IAM Identity Center was set up in, and there is one for each portal. With another one the sign-on fails, or its token is refused; the region to work in is `region`.",
  remedy: "write the same sso_region everywhere: the one that works",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"],
  errors: [
    "An error occurred (InvalidGrantException) when calling the CreateToken operation: Invalid grant provided",
    "invalid_grant Invalid grant provided",
    "An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation",
    "Invalid code",
  ],
  about: { settings: ["sso_region"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const told = new Set<string>();
    for (const [, reading] of profiles.readings) {
      const portals = new Map<string, { by: Setting; names: string[] }[]>();
      const add = (url: string | undefined, by: Setting | undefined, name: string | undefined): void => {
        if (url === undefined || by === undefined) return;
        const key = url.toLowerCase().replace(/(?:\/start)?\/?(?:#.*)?$/, "");
        const all = portals.get(key) ?? [];
        const same = all.find((one) => one.by.value === by.value);
        if (same === undefined) all.push({ by, names: name === undefined ? [] : [name] });
        else if (name !== undefined) same.names.push(name);
        portals.set(key, all);
      };
      for (const session of reading.ssoSessions.values())
        add(session.get("sso_start_url")?.value, session.get("sso_region"), undefined);
      for (const profile of profilesWith(reading, "sso_start_url"))
        add(profile.get("sso_start_url")!.value, profile.get("sso_region"), profile.name);
      for (const regions of portals.values()) {
        if (regions.length < 2) continue;
        // The one that fewer have is the likelier slip.
        const [odd, ...others] = regions.toSorted((one, other) => one.names.length - other.names.length);
        const key = `${odd!.by.at.path}:${odd!.by.at.span?.start}`;
        if (told.has(key)) continue;
        told.add(key);
        yield {
          at: odd!.by.at,
          says: `the portal has the region '${odd!.by.value}' here, and '${others.at(-1)!.by.value}' elsewhere; one of them is wrong`,
          also: others.map(({ by }) => ({ at: by.at, says: "another region for the same portal" })),
          ...(odd!.names.length > 0 ? { profiles: odd!.names } : {}),
          ...suffering(profiles.tools, profiles),
        };
      }
    }
  },
});
