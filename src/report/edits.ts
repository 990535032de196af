import type { EditStep, Fix } from "../model/fix.ts";

/** The steps of a fix that other programs could make too: no move of text that nobody may see, no key for a vault. */
export function onlyEdits(fix: Fix | undefined): readonly EditStep[] | undefined {
  const edits = fix?.steps.filter((step) => step.kind === "edit");
  return edits !== undefined && edits.length === fix!.steps.length ? edits : undefined;
}
