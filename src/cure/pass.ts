import type { Fix } from "../model/fix.ts";
import type { ReportedFinding, Setup } from "../model/report.ts";
import { type Allowed, harm, type Pair, type Shape, shapeOf } from "./guard.ts";
import { isInTheWay, Refusal, type Work, workOf } from "./steps.ts";
import { type CureText, inUtf8, newPlaces, type Replacement, replaceAll, shifted, startsLikeMark } from "./text.ts";

/** A finding with the fix that is to be made for it. */
export interface Cure {
  readonly finding: ReportedFinding;
  readonly fix: Fix;
  /** Where the finding stands in a file that is worked on. */
  readonly spot: Spot | undefined;
}

export interface Spot {
  readonly path: string;
  /** An offset in the file's text. */
  readonly start: number;
}

export interface Taken extends Cure {
  /** The line of the new text, counted from 1, that the finding would stand in if it were still there. */
  readonly line: number | undefined;
}

/** What is worked on. A file has one path here, however many links lead to it. */
export interface Patient {
  readonly texts: ReadonlyMap<string, CureText>;
  readonly setups: readonly Setup[];
}

export interface Refused extends Cure {
  readonly why: string;
}

export interface Passed {
  /** The files whose text or encoding is another one now. */
  readonly texts: ReadonlyMap<string, CureText>;
  readonly modes: ReadonlyMap<string, number>;
  readonly taken: readonly Taken[];
  /** These touch what others change: they have to be looked for again in the new text. */
  readonly deferred: readonly Cure[];
  readonly refused: readonly Refused[];
}

/**
 * Makes as many fixes at once as can be made without a look in between. Each one is held against the four readings by
 * itself, and refused if it changes what it does not name.
 */
export function cureOnce(cures: readonly Cure[], patient: Patient): Passed {
  const taken: { readonly cure: Cure; readonly work: Work }[] = [];
  const deferred: Cure[] = [];
  let refused: Refused[] = [];
  let texts = patient.texts;
  let shapes: readonly (Shape | undefined)[] = patient.setups.map(() => undefined);
  let pending = cures;
  // What spoils something now may do so no longer when another fix is made, so the refused get another chance.
  for (let before = -1; before < taken.length; ) {
    before = taken.length;
    refused = [];
    for (const cure of pending) {
      try {
        const work = workOf(cure.fix, patient.texts);
        const works = taken.map((one) => one.work);
        if (isInTheWay(work, works)) {
          deferred.push(cure);
          continue;
        }
        const next = afterAll(patient.texts, [...works, work]);
        shapes = patient.setups.map((setup, index) => judge(setup, shapes[index], texts, next, works, work, cure));
        texts = next;
        taken.push({ cure, work });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ ...cure, why: error.message });
      }
    }
    pending = refused;
  }
  return {
    texts: new Map([...texts].filter(([path, text]) => text !== patient.texts.get(path))),
    modes: new Map(taken.flatMap(({ work }) => [...work.modes])),
    taken: taken.map(({ cure }) => ({
      ...cure,
      line: lineAfter(
        cure,
        patient.texts,
        texts,
        taken.map(({ work }) => work),
      ),
    })),
    deferred,
    refused,
  };
}

function lineAfter(
  { spot }: Cure,
  before: ReadonlyMap<string, CureText>,
  after: ReadonlyMap<string, CureText>,
  works: readonly Work[],
): number | undefined {
  if (spot === undefined || !before.has(spot.path)) return undefined;
  const replacements = works.flatMap((work) => [...(work.replacements.get(spot.path) ?? [])]);
  const [now] = shifted(replacements, [{ start: spot.start, end: spot.start, with: "" }]);
  return after.get(spot.path)!.real.text.slice(0, now!.start).split("\n").length;
}

const NOTHING: CureText = { real: { text: "", encoding: "utf-8", hasBom: false }, masked: "" };

const pairOf = ({ config, credentials }: Setup, texts: ReadonlyMap<string, CureText>): Pair => ({
  config: texts.get(config ?? "") ?? NOTHING,
  credentials: texts.get(credentials ?? "") ?? NOTHING,
});

/** The shape that a set-up has after a fix. Throws a Refusal when the fix spoils something. */
function judge(
  setup: Setup,
  known: Shape | undefined,
  texts: ReadonlyMap<string, CureText>,
  next: ReadonlyMap<string, CureText>,
  works: readonly Work[],
  work: Work,
  { finding }: Cure,
): Shape | undefined {
  const before = pairOf(setup, texts);
  const after = pairOf(setup, next);
  if (before.config === after.config && before.credentials === after.credentials) return known;
  const one = known ?? shapeOf(before);
  const other = shapeOf(after);
  const spoilt = harm(one, other, allowedBy(setup, works, work, finding));
  if (spoilt !== undefined) throw new Refusal(spoilt);
  return other;
}

function allowedBy(setup: Setup, works: readonly Work[], work: Work, { profiles = [] }: ReportedFinding): Allowed {
  const mine = (path: string | undefined): readonly Replacement[] => work.replacements.get(path ?? "") ?? [];
  const others = (path: string | undefined): Replacement[] =>
    works.flatMap((other) => [...(other.replacements.get(path ?? "") ?? [])]);
  // In another encoding, all of a file is another one.
  const whole = (path: string | undefined) =>
    work.encode.has(path ?? "") ? [{ start: 0, end: Number.POSITIVE_INFINITY }] : [];
  const before = (path: string | undefined) => [...shifted(others(path), mine(path)), ...whole(path)];
  const after = (path: string | undefined) => [
    ...newPlaces([...others(path), ...mine(path)], new Set(mine(path))),
    ...whole(path),
  ];
  return {
    profiles,
    before: { config: before(setup.config), credentials: before(setup.credentials) },
    after: { config: after(setup.config), credentials: after(setup.credentials) },
  };
}

/** The texts after some works, each one's spans being those of the texts as given. Untouched ones stay the same object. */
function afterAll(texts: ReadonlyMap<string, CureText>, works: readonly Work[]): ReadonlyMap<string, CureText> {
  const next = new Map(texts);
  for (const [path, text] of texts) {
    const replacements = works.flatMap((work) => [...(work.replacements.get(path) ?? [])]);
    let now = replacements.length === 0 ? text : replaceAll(text, replacements);
    if (works.some(({ encode }) => encode.has(path))) {
      const encoded = inUtf8(now);
      if (encoded === undefined) throw new Refusal("the file holds what UTF-8 has no way to say");
      now = encoded;
    }
    if (now !== text && startsLikeMark(now)) throw new Refusal("the file would start with a byte order mark");
    next.set(path, now);
  }
  return next;
}
