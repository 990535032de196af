import { show } from "../awsconfig/variables.ts";
import type { ActiveProfile } from "../model/facts.ts";
import type { Place } from "../model/place.ts";
import type { Tool } from "../model/tool.ts";

/**
 * The AWS CLI reads AWS_DEFAULT_PROFILE before AWS_PROFILE, and takes an empty one for a name; the SDKs and aws-vault
 * read AWS_PROFILE, and an empty one is none; the 99designs version is always told the name.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile
 */
export function activeProfile(
  tool: Tool,
  named: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): ActiveProfile {
  if (named !== undefined) return { name: named, chosenBy: undefined };
  for (const variable of PROFILE_VARIABLES[tool]) {
    const name = variables[variable];
    if (name === undefined || (name === "" && tool !== "cli")) continue;
    const chosenBy: Place = { kind: "environment", variable };
    // Somebody who pasted a key here does not want to read it in a report.
    return { name: show(variable, name).value, chosenBy };
  }
  return { name: "default", chosenBy: undefined };
}

const PROFILE_VARIABLES: Readonly<Record<Tool, readonly string[]>> = {
  cli: ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
  sdk: ["AWS_PROFILE"],
  "aws-vault-byteness": ["AWS_PROFILE"],
  "aws-vault-99designs": [],
};
