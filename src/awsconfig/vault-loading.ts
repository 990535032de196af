import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { NoRoute, Route } from "../model/route.ts";
import { parseGoDuration } from "./go-duration.ts";
import { parseSessionTags } from "./session-tags.ts";
import { lost } from "./step.ts";
import { inEachSection, inOwnSection, profileNamed, sourceOf, vaultSetting } from "./vault-settings.ts";

/**
 * Why aws-vault gives up on a profile while it loads it, by the profile's name. It loads the whole chain of sources
 * before it looks for a key, so that a key in the store does not help.
 */
export function loadingTroubles(reading: Reading): (name: string) => Route | undefined {
  const includes = firstTroubles("include-loop", (name) => ({
    profile: profileNamed(name, reading),
    next: include(name),
  }));
  const include = (name: string): Next | undefined => {
    const own = reading.profiles.get(name);
    const by = own && inOwnSection(own, "include_profile");
    if (by !== undefined) return { name: by.value, by };
    // A profile without an include of its own goes on to `[default]`, which closes a circle where that one includes it.
    return name === "default" ? undefined : { name: "default", by: undefined };
  };
  return firstTroubles("loop", (name) => {
    const profile = profileNamed(name, reading);
    const source = sourceOf(profile);
    // Most files have no include at all.
    const trouble = (profile.has("include_profile") ? includes(name) : undefined) ?? refusedValue(profile);
    return { profile, trouble, next: source && { name: source.value, by: source } };
  });
}

interface Next {
  readonly name: string;
  readonly by: Setting | undefined;
}

interface Stop {
  readonly profile: Profile;
  readonly trouble?: Route | undefined;
  readonly next: Next | undefined;
}

/** The first trouble on the way from a name, or the circle that it runs into. Every name is looked at once. */
function firstTroubles(circle: NoRoute, at: (name: string) => Stop): (name: string) => Route | undefined {
  const known = new Map<string, Route | undefined>();
  return (first) => {
    const path = new Set<string>();
    let trouble: Route | undefined;
    let by: Setting | undefined;
    for (let name = first; ; ) {
      if (known.has(name)) {
        trouble = known.get(name);
        break;
      }
      const stop = at(name);
      path.add(name);
      trouble = stop.trouble;
      if (trouble !== undefined || stop.next === undefined) break;
      by = stop.next.by ?? by;
      name = stop.next.name;
      if (path.has(name)) {
        trouble = lost(stop.profile, circle, by);
        break;
      }
    }
    for (const name of path) known.set(name, trouble);
    return trouble;
  };
}

/** A value at which aws-vault stops, or dies. */
function refusedValue(profile: Profile): Route | undefined {
  // Go's ini reader takes a duration for one, and then cannot put it where a whole number belongs. It does so in every
  // section that it passes, also where a higher one has decided.
  const durations = profile.has("duration_seconds") ? inEachSection(profile, "duration_seconds") : [];
  const refused = durations.find((one) => one !== undefined && parseGoDuration(one.value));
  if (refused !== undefined) return lost(profile, "value-refused", refused);
  const tags = vaultSetting(profile, "session_tags");
  const isSeen = tags !== undefined && tags.hidden === undefined;
  return isSeen && parseSessionTags(tags.value) === undefined ? lost(profile, "value-refused", tags) : undefined;
}
