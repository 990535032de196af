import type { Fix } from "../model/fix.ts";
import type { ReportedFinding, Setup } from "../model/report.ts";
import { type Allowed, harm, isReadAlike, type Pair, type Shape, shapeOf } from "./guard.ts";
import { Refusal, Spots, type Work, workOf } from "./steps.ts";
import { type CureText, inUtf8, NOTHING, type Replacement, replaceAll, Shifts, startsLikeMark } from "./text.ts";

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
  readonly removes: ReadonlySet<string>;
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
    const size = pending.length <= ALONE_MAX ? 1 : Math.ceil(pending.length / GROUPS);
    for (let at = 0; at < pending.length; at += size) pass.make(pending.slice(at, at + size));
    pending = pass.refused;
  }
  return pass.result();
}

/** Each judgement reads the files in four ways, and a file with more fixes than these has made one mistake many times. */
const ALONE_MAX = 64;
const GROUPS = 16;

interface Made {
  readonly cure: Cure;
  readonly work: Work;
}

class Pass {
  refused: Refused[] = [];
  readonly taken: Made[] = [];
  readonly #patient: Patient;
  readonly #deferred: Cure[] = [];
  #spots = new Spots();
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
    const spots = this.#spots.clone();
    for (const cure of cures) {
      const work = this.#attempt(cure, () => workOf(cure.fix, this.#patient.texts));
      if (work === undefined) continue;
      if (spots.take(work)) group.push({ cure, work });
      else this.#deferred.push(cure);
    }
    const [first, ...others] = group;
    if (first === undefined) return;
    if (others.length === 0) this.#attempt(first.cure, () => this.#judge(group, spots));
    else if (!this.#isFine(group, spots)) {
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
      removes: new Set(works.flatMap(({ removes }) => [...removes])),
      taken: linesAfter(this.taken, texts, this.#texts),
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

  #isFine(group: readonly Made[], spots: Spots): boolean {
    try {
      this.#judge(group, spots);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return false;
    }
  }

  /** Takes them. Throws a Refusal, and takes none, when they spoil something. */
  #judge(group: readonly Made[], spots: Spots): void {
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
    this.#spots = spots;
    this.taken.push(...group);
  }
}

/** The lines of the new texts where the findings would stand. */
function linesAfter(
  made: readonly Made[],
  before: ReadonlyMap<string, CureText>,
  after: ReadonlyMap<string, CureText>,
): Taken[] {
  const works = made.map(({ work }) => work);
  const files = new Map<string, { shifts: Shifts; ends: number[] }>();
  const fileAt = (path: string): { shifts: Shifts; ends: number[] } => {
    let file = files.get(path);
    if (file === undefined) {
      const { text } = after.get(path)!.real;
      files.set(path, (file = { shifts: new Shifts(replacementsIn(works, path)), ends: lineEnds(text) }));
    }
    return file;
  };
  return made.map(({ cure }) => {
    const { spot } = cure;
    if (spot === undefined || !before.has(spot.path)) return { ...cure, line: undefined };
    const { shifts, ends } = fileAt(spot.path);
    const { start } = shifts.moved({ start: spot.start, end: spot.start });
    return { ...cure, line: countBelow(ends, start) + 1 };
  });
}

function lineEnds(text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  return ends;
}

/** How many of these, which are in order, are below a number. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const replacementsIn = (works: readonly Work[], path: string | undefined): Replacement[] =>
  works.flatMap(({ replacements }) => [...(replacements.get(path ?? "") ?? [])]);

const pairOf = ({ config, credentials }: Setup, texts: ReadonlyMap<string, CureText>): Pair => ({
  config: texts.get(config ?? "") ?? NOTHING,
  credentials: texts.get(credentials ?? "") ?? NOTHING,
});

/** What each of some works may change, when all of them are done after some others. */
function allowedBy(setup: Setup, before: readonly Work[], group: readonly Made[]): Allowed[] {
  const all = [...before, ...group.map(({ work }) => work)];
  const placesIn = (path: string | undefined) => {
    const earlier = new Shifts(replacementsIn(before, path));
    const later = new Shifts(replacementsIn(all, path));
    return (work: Work) => {
      const own = replacementsIn([work], path);
      // In another encoding, all of a file is another one.
      const whole = work.encode.has(path ?? "") ? [{ start: 0, end: Number.POSITIVE_INFINITY }] : [];
      return {
        old: [...own.map((one) => earlier.moved(one)), ...whole],
        fresh: [...own.map((one) => later.placeOf(one)), ...whole],
      };
    };
  };
  const [inConfig, inCredentials] = [placesIn(setup.config), placesIn(setup.credentials)];
  return group.map(({ cure, work }) => {
    const [config, credentials] = [inConfig(work), inCredentials(work)];
    return {
      profiles: cure.profiles,
      before: { config: config.old, credentials: credentials.old },
      after: { config: config.fresh, credentials: credentials.fresh },
    };
  });
}

/** The texts after some works, each one's spans being those of the texts as given. Untouched ones stay the same object. */
function afterAll(texts: ReadonlyMap<string, CureText>, works: readonly Work[]): ReadonlyMap<string, CureText> {
  const next = new Map(texts);
  for (const [path, text] of texts) {
    const replacements = replacementsIn(works, path);
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
