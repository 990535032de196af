import type { LayerKind, Reading, Setting } from "../model/reading.ts";
import type { Tool } from "../model/tool.ts";
import { settings } from "./profiles.ts";

/** A profile as several tools see it. */
export interface ComparedProfile {
  /** Those that know it. */
  readonly tools: readonly Tool[];
  /** By the name of the setting: what each tool sees, once for those that see the same. */
  readonly settings: ReadonlyMap<string, readonly ComparedSetting[]>;
}

export interface ComparedSetting {
  readonly setting: Setting;
  readonly kind: LayerKind;
  readonly tools: readonly Tool[];
}

/** Readings side by side: tools that see one value from one place stand together. */
export function compare(readings: readonly Reading[]): ReadonlyMap<string, ComparedProfile> {
  const compared = new Map<string, { tools: Tool[]; settings: Map<string, (ComparedSetting & { tools: Tool[] })[]> }>();
  for (const { tool, profiles } of readings) {
    for (const [name, profile] of profiles) {
      let known = compared.get(name);
      if (known === undefined) compared.set(name, (known = { tools: [], settings: new Map() }));
      known.tools.push(tool);
      for (const { setting, layer } of settings(profile).values()) {
        const seen = known.settings.get(setting.name) ?? [];
        known.settings.set(setting.name, seen);
        const same = seen.find((one) => isSame(one.setting, setting));
        if (same === undefined) seen.push({ setting, kind: layer.kind, tools: [tool] });
        else same.tools.push(tool);
      }
    }
  }
  return compared;
}

const isSame = (one: Setting, other: Setting): boolean =>
  one.value === other.value &&
  one.at.path === other.at.path &&
  one.at.span?.start === other.at.span?.start &&
  String([...(one.nested ?? [])]) === String([...(other.nested ?? [])]);
