import type { Setting } from "../model/reading.ts";
import { printable } from "./printable.ts";

/** What a setting says, for people. */
export function valueText(setting: Setting): string {
  if (setting.nested)
    return `{ ${[...setting.nested]
      .map(([name, value]) => `${name} = ${value}`)
      .map(printable)
      .join(", ")} }`;
  return setting.hidden ? "(hidden)" : printable(setting.value);
}
