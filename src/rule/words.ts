import { isMasked } from "../awsconfig/sight.ts";
import type { Profiles } from "../model/facts.ts";
import { TOOL_NAMES, TOOLS, type Tool } from "../model/tool.ts";

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)!}`;
}

/** `the AWS CLI and aws-vault`, in one order everywhere. */
export const toolNames = (tools: Iterable<Tool>): string => {
  const named = new Set(tools);
  return list(TOOLS.filter((tool) => named.has(tool)).map((tool) => TOOL_NAMES[tool]));
};

/** The tools to name in a finding: none when all that the user asked about suffer. */
export const someOf = (tools: ReadonlySet<Tool>, { tools: asked }: Pick<Profiles, "tools">): Tool[] | undefined =>
  asked.every((tool) => tools.has(tool)) ? undefined : asked.filter((tool) => tools.has(tool));

/** The same as part of a finding. */
export function suffering(tools: Iterable<Tool>, profiles: Pick<Profiles, "tools">): { tools?: Tool[] } {
  const some = someOf(new Set(tools), profiles);
  return some === undefined ? {} : { tools: some };
}

/** `in aws-vault, `: the start of a sentence that is not true of all tools. */
export const inSome = (tools: readonly Tool[] | undefined): string =>
  tools === undefined ? "" : `in ${toolNames(tools)}, `;

/** `the AWS CLI reads 'eu-west-1 # home', aws-vault reads 'eu-west-1'`: first those that do not read what is meant. */
export function tellValues(values: ReadonlyMap<Tool, string>, meant: string): string {
  const byText = new Map<string, Tool[]>();
  const inOrder = [...values].sort(([, one], [, other]) => Number(one === meant) - Number(other === meant));
  for (const [tool, value] of inOrder) {
    const text = shown(value, meant);
    byText.set(text, [...(byText.get(text) ?? []), tool]);
  }
  return [...byText].map(([text, tools]) => `${toolsDo(tools, "read")} ${text}`).join(", ");
}

/** `aws-vault reads`, `the AWS CLI and aws-vault read`. */
export function toolsDo(tools: readonly Tool[], verb: "read" | "take" | "refuse" | "keep" | "pass" | "put"): string {
  const isOne = tools.length === 1 && tools[0] !== "sdk";
  return `${toolNames(tools)} ${verb}${!isOne ? "" : verb === "pass" ? "es" : "s"}`;
}

/** What has quotes of its own stands in the other ones. */
export const inQuotes = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);

/** A value in quotes; of one that may not be shown, no more than how long it is beside the one that is meant. */
function shown(value: string, meant: string): string {
  if (value === "") return "no value";
  if (!isMasked(value)) return inQuotes(value);
  if (value.length === meant.length) return "the value itself";
  return value.length > meant.length ? "a longer value" : "a shorter value";
}
