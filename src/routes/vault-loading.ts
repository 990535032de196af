import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { NoRoute, Route } from "../model/route.ts";
import { parseGoDuration } from "./go-duration.ts";
import { parseSessionTags } from "./session-tags.ts";
import { lost } from "./step.ts";
import { inEachSection, inOwnSection, profileNamed, sourceOf, vaultSetting } from "./vault-settings.ts";

/** What aws-vault loads of a profile before it looks for a key: all its sources, so that a key in the store ends no circle. */
export interface Loaded {
  readonly source: Source | undefined;
  /** Why it gives up. */
  readonly trouble: Route | undefined;
}

interface Source {
  readonly profile: Profile;
  readonly by: Setting;
}

/** Loads the profiles of a reading, each once. */
export function loader(reading: Reading): (profile: Profile) => Loaded {
  const sources = new Map<string, Source | undefined>();
  const madeUp = new Map<string, Profile>();
  const named = (name: string): Profile => {
    const known = reading.profiles.get(name) ?? madeUp.get(name);
    if (known !== undefined) return known;
    const profile = profileNamed(name, reading);
    madeUp.set(name, profile);
    return profile;
  };
  const includes = firstTroubles("include-loop", (name) => ({
    profile: named(name),
    trouble: undefined,
    ...include(name, reading),
  }));
  const troubles = firstTroubles("loop", (name) => {
    const profile = named(name);
    const by = sourceOf(profile);
    const source = by && { profile: named(by.value), by };
    sources.set(name, source);
    // Most files have no include at all.
    const trouble = (profile.has("include_profile") ? includes(profile.name) : undefined) ?? refusedValue(profile);
    return { profile, trouble, by, next: source?.profile.name };
  });
  return (profile) => {
    const trouble = troubles(profile.name);
    return { trouble, source: sources.get(profile.name) };
  };
}

/** A profile without an include of its own goes on to `[default]`, which closes a circle where that one includes it. */
function include(name: string, { profiles }: Reading): Pick<Stop, "by" | "next"> {
  const own = profiles.get(name);
  const by = own && inOwnSection(own, "include_profile");
  return { by, next: by?.value ?? (name === "default" ? undefined : "default") };
}

/** One step of a way: the trouble here, or where it goes on, and by which setting. */
interface Stop {
  readonly profile: Profile;
  readonly trouble: Route | undefined;
  readonly by: Setting | undefined;
  readonly next: string | undefined;
}

/** The first trouble on the way from somewhere, or the circle that it runs into. Every stop is looked at once. */
function firstTroubles(circle: NoRoute, at: (name: string) => Stop): (name: string) => Route | undefined {
  const known = new Map<string, Route | "on the way" | "none">();
  return (first) => {
    const path: string[] = [];
    let trouble: Route | undefined;
    let last: Stop | undefined;
    let by: Setting | undefined;
    for (let key: string | undefined = first; key !== undefined && trouble === undefined; key = last.next) {
      const before = known.get(key);
      if (before === "none") break;
      if (before !== undefined) {
        trouble = before === "on the way" ? lost(last!.profile, circle, by) : before;
        break;
      }
      last = at(key);
      trouble = last.trouble;
      by = last.by ?? by;
      path.push(key);
      known.set(key, "on the way");
    }
    for (const key of path) known.set(key, trouble ?? "none");
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
