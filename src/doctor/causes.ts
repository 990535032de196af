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
  const words = meaningful(text.slice(-TEXT_MAX));
  const found: Cause[] = [];
  for (const rule of rules) {
    const [best] = (rule.errors ?? [])
      .map((error) => ({ rule, error, score: likeness(error, words) }))
      .sort((one, other) => other.score - one.score);
    if (best !== undefined && best.score > 0) found.push(best);
  }
  // Of two that say the same, the one that always fails comes first.
  const rank = ({ rule }: Cause): number => SEVERITIES.indexOf(rule.severity);
  found.sort((one, other) => other.score - one.score || rank(one) - rank(other));
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

/** The words of a text that carry meaning, in lower case. */
const meaningful = (text: string): string[] =>
  text
    .replaceAll(COLOURS, "")
    .replaceAll(DIFFERS, " ")
    .toLowerCase()
    .split(/[^a-z_]+/)
    .filter((word) => word.length > 1);
