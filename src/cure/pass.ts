import type { Fix } from "../model/fix.ts";
import type { ReportedFinding, Setup } from "../model/report.ts";
import { type Allowed, harm, isReadAlike, type Pair, type Shape, shapeOf } from "./guard.ts";
import { isInTheWay, Refusal, type Work, workOf } from "./steps.ts";
import {
  type CureText,
  inUtf8,
  NOTHING,
  newPlaces,
  type Replacement,
  replaceAll,
  shifted,
  startsLikeMark,
} from "./text.ts";

/** A finding with the fix that is to be made for it. */
export interface Cure {
  readonly finding: ReportedFinding;
  readonly fix: Fix;
  /** The profiles that it may change; undefined: those in whose sections it stands. */
  readonly profiles: readonly string[] | undefined;
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
 * itself, and refused if it changes what it does not name. Of very many, some are judged together, and by themselves only
 * when something is wrong with them.
 */
export function cureOnce(cures: readonly Cure[], patient: Patient): Passed {
  const pass = new Pass(patient);
  let pending = cures;
  // What spoils something now may do so no longer when another fix is made, so the refused get another chance.
  for (let before = -1; before < pass.taken.length; ) {
    before = pass.taken.length;
    pass.refused = [];
    const size = Math.ceil(pending.length / JUDGEMENTS);
    for (let at = 0; at < pending.length; at += size) pass.make(pending.slice(at, at + size));
    pending = pass.refused;
  }
  return pass.result();
}

const JUDGEMENTS = 64; // Each one reads the files in four ways.

interface Made {
  readonly cure: Cure;
  readonly work: Work;
}

class Pass {
  refused: Refused[] = [];
  readonly taken: Made[] = [];
  readonly #patient: Patient;
  readonly #deferred: Cure[] = [];
  #texts: ReadonlyMap<string, CureText>;
  #shapes: readonly (Shape | undefined)[];

  constructor(patient: Patient) {
    this.#patient = patient;
    this.#texts = patient.texts;
    this.#shapes = patient.setups.map(() => undefined);
  }

  /** All of these, or what is left of them when those are out that cannot be made. */
  make(cures: readonly Cure[]): void {
    const group: Made[] = [];
    for (const cure of cures) {
      const work = this.#attempt(cure, () => workOf(cure.fix, this.#patient.texts));
      if (work === undefined) continue;
      if (
        isInTheWay(
          work,
          [...this.taken, ...group].map((one) => one.work),
        )
      )
        this.#deferred.push(cure);
      else group.push({ cure, work });
    }
    const [first, ...others] = group;
    if (first === undefined) return;
    if (others.length === 0) this.#attempt(first.cure, () => this.#judge(group));
    else if (!this.#isFine(group)) {
      const half = group.length >> 1;
      this.make(group.slice(0, half).map(({ cure }) => cure));
      this.make(group.slice(half).map(({ cure }) => cure));
    }
  }

  result(): Passed {
    const works = this.taken.map(({ work }) => work);
    const { texts } = this.#patient;
    return {
      texts: new Map([...this.#texts].filter(([path, text]) => text !== texts.get(path))),
      modes: new Map(works.flatMap(({ modes }) => [...modes])),
      taken: this.taken.map(({ cure }) => ({ ...cure, line: lineAfter(cure, texts, this.#texts, works) })),
      deferred: this.#deferred,
      refused: this.refused,
    };
  }

  #attempt<T>(cure: Cure, act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refused.push({ ...cure, why: error.message });
      return undefined;
    }
  }

  #isFine(group: readonly Made[]): boolean {
    try {
      this.#judge(group);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return false;
    }
  }

  /** Takes them. Throws a Refusal, and takes none, when they spoil something. */
  #judge(group: readonly Made[]): void {
    const { texts, setups } = this.#patient;
    const works = this.taken.map(({ work }) => work);
    const next = afterAll(texts, [...works, ...group.map(({ work }) => work)]);
    const shapes = setups.map((setup, index) => {
      const before = pairOf(setup, this.#texts);
      const after = pairOf(setup, next);
      const known = this.#shapes[index];
      if (before.config === after.config && before.credentials === after.credentials) return known;
      const one = known ?? shapeOf(before);
      const other = shapeOf(after);
      // What one fix makes readable, another one of them could spoil without being seen.
      if (group.length > 1 && !isReadAlike(one, other)) throw new Refusal("these have to be judged one by one");
      const spoilt = harm(one, other, allowedBy(setup, works, group));
      if (spoilt !== undefined) throw new Refusal(spoilt);
      return other;
    });
    this.#shapes = shapes;
    this.#texts = next;
    this.taken.push(...group);
  }
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

const pairOf = ({ config, credentials }: Setup, texts: ReadonlyMap<string, CureText>): Pair => ({
  config: texts.get(config ?? "") ?? NOTHING,
  credentials: texts.get(credentials ?? "") ?? NOTHING,
});

/** What each of some works may change, when all of them are done after some others. */
function allowedBy(setup: Setup, before: readonly Work[], group: readonly Made[]): Allowed[] {
  const of = (works: readonly Work[], path: string | undefined): Replacement[] =>
    works.flatMap(({ replacements }) => [...(replacements.get(path ?? "") ?? [])]);
  const works = group.map(({ work }) => work);
  return group.map(({ cure, work }) => {
    // In another encoding, all of a file is another one.
    const whole = (path: string | undefined) =>
      work.encode.has(path ?? "") ? [{ start: 0, end: Number.POSITIVE_INFINITY }] : [];
    const old = (path: string | undefined) => [...shifted(of(before, path), of([work], path)), ...whole(path)];
    const fresh = (path: string | undefined) => [
      ...newPlaces(of([...before, ...works], path), new Set(of([work], path))),
      ...whole(path),
    ];
    return {
      profiles: cure.profiles,
      before: { config: old(setup.config), credentials: old(setup.credentials) },
      after: { config: fresh(setup.config), credentials: fresh(setup.credentials) },
    };
  });
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
