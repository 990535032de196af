import { SEVERITIES } from "../model/finding.ts";
import type { ReportedFinding } from "../model/report.ts";
import type { RuleCard } from "../model/rule.ts";

/** A rule that may be why a tool said something. */
export interface Cause {
  readonly rule: RuleCard;
  /** The error text of the rule that is most like it. */
  readonly error: string;
  readonly score: number;
}

/** A text that somebody pipes in may be the whole log of a day: its end is where it broke. */
const TEXT_MAX = 64 * 1024;
/** Of the words of a rule's error text, in order, so many have to be there. */
const SHARE_MIN = 0.7;
const WORDS_MIN = 2;
/** Of a text of at most so many words, so many have to stand in a rule's error text. */
const PART_MAX = 25;
const PART_SHARE_MIN = 0.75;
/** Behind the best ones, a text that is half as good says something else. */
const NEAR_THE_BEST = 0.6;

/** The rules whose error texts are in a text, the likeliest first. */
export function causesOf(text: string, rules: readonly RuleCard[]): Cause[] {
  const said = text.slice(-TEXT_MAX).replaceAll(COLOURS, "");
  const words = meaningful(said);
  const line = said.replaceAll(AROUND, " ").replaceAll(/\s+/g, " ").trim().toLowerCase();
  const found: (Cause & { readonly order: readonly number[] })[] = [];
  for (const rule of rules) {
    const [best] = (rule.errors ?? [])
      .map((error, place) => ({ rule, error, place, score: likeness(error, words) }))
      .filter(({ score }) => score > 0)
      .map((one) => ({ ...one, order: [-one.score, isLiterally(one.error, line) ? 0 : 1, one.place] }))
      .sort(byOrder);
    if (best !== undefined) found.push({ ...best, order: [...best.order, SEVERITIES.indexOf(rule.severity)] });
  }
  // Of those with the same words the one that is said letter by letter comes first: `(dev)` is no `()`. Then the rule that
  // tells of this error before others, and then the one that always fails.
  found.sort(byOrder);
  return found.filter(({ score }) => score >= found[0]!.score * NEAR_THE_BEST);
}

/** First those that this machine suffers from, what breaks it before what is worth knowing; then by likeness. */
export function byPresence(
  causes: readonly Cause[],
  here: ReadonlyMap<string, readonly ReportedFinding[]>,
): readonly Cause[] {
  const rank = ({ rule }: Cause): number => {
    const found = here.get(rule.id) ?? [];
    return Math.min(SEVERITIES.length, ...found.map(({ severity }) => SEVERITIES.indexOf(severity)));
  };
  return causes.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * How much of an error text is there: its words in their order, but for what `…` stands for. Who names a part of the text
 * means the whole of it. 0 when it is too little.
 */
function likeness(error: string, words: readonly string[]): number {
  const wanted = meaningful(error);
  const [only] = words.length === 1 ? words : wanted.length === 1 ? wanted : [];
  if (only !== undefined) return words.includes(only) && wanted.includes(only) && only.length > 5 ? 1 : 0;
  let most = 0;
  for (const [start, word] of words.entries()) {
    if (word !== wanted[0] && word !== wanted[1]) continue;
    most = Math.max(most, inOrder(wanted, words.slice(start, start + wanted.length * 2 + 12)));
  }
  const whole = most / wanted.length;
  if (whole >= SHARE_MIN) return most * whole;
  if (words.length > PART_MAX) return 0;
  const inside = inOrder(words, wanted);
  const part = inside / words.length;
  return inside >= WORDS_MIN && part >= PART_SHARE_MIN ? inside * part : 0;
}

function byOrder(one: { readonly order: readonly number[] }, other: { readonly order: readonly number[] }): number {
  const at = one.order.findIndex((number, index) => number !== other.order[index]);
  return at < 0 ? 0 : one.order[at]! - other.order[at]!;
}

/** Whether a line has an error text as it stands, with something in the place of each `…`, or is a part of it. */
function isLiterally(error: string, line: string): boolean {
  const whole = error
    .replaceAll(AROUND, " ")
    .replaceAll(/\s+|\.$/g, " ")
    .trim()
    .toLowerCase();
  const pattern = whole.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll("…", ".{1,200}?");
  return whole.includes(line) || new RegExp(pattern).test(line);
}

/** How many words of a list stand in another in the same order. */
function inOrder(wanted: readonly string[], words: readonly string[]): number {
  let row = Array.from({ length: words.length + 1 }, () => 0);
  for (const word of wanted) {
    const next = [0];
    for (let at = 1; at <= words.length; at++)
      next.push(words[at - 1] === word ? row[at - 1]! + 1 : Math.max(row[at]!, next[at - 1]!));
    row = next;
  }
  return row[words.length]!;
}

const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;
/** ARNs, addresses, paths, times and ids: what differs from one to another. A name such as InvalidClientTokenId does not. */
const DIFFERS =
  /\barn:\S+|https?:\/\/\S+|(?:~|%\w+%|\.{0,2})\/[\w./-]+|\b(?=[a-z]*\d)[0-9a-f]{8,}\b|\b[A-Z0-9]{16,}\b|\b\d[\dTZ:.-]*\b/g;

/** What tools put around whatever they have to say. */
const AROUND =
  /\baws-vault:? error:(?: [a-z]+:)?|failed to get credentials for [^\s:]+(?: \(source profile for [^\s)]+\))?:|error getting temporary credentials:|error when retrieving credentials from custom-process:|operation error (?:STS|SSO|SSO OIDC): \w+,|https response error statuscode: \d+, requestid: [^,]*,|\bapi error |\bbot(?:ocore|o3)\.exceptions\.\w+:/gi;

/** The words of a text that carry meaning, in lower case. What stands around them counts where there is nothing else. */
function meaningful(text: string): string[] {
  const inner = wordsOf(text.replaceAll(AROUND, " "));
  return inner.length < WORDS_MIN ? wordsOf(text) : inner;
}

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(DIFFERS, " ")
    .toLowerCase()
    .split(/[^a-z_]+/)
    .filter((word) => word.length > 1);
