const LENGTH_MAX = 200; // The work grows with the square of the length, and no name of ours comes near this one.

/**
 * The names that somebody who typed `wrong` may have meant, nearest first: equal but for case, or few edits away.
 * The distance is Damerau-Levenshtein's (optimal string alignment); a third of the length may differ.
 * `edits` allows fewer. Names above 200 characters are never near.
 */
export function nearest(wrong: string, names: Iterable<string>, most = 3, edits = Infinity): string[] {
  if (wrong.length > LENGTH_MAX) return [];
  const limit = Math.min(edits, Math.max(1, Math.floor(wrong.length / 3)));
  const lower = wrong.toLowerCase();
  const close: { name: string; far: number }[] = [];
  for (const name of names) {
    if (name === wrong || name.length > LENGTH_MAX || Math.abs(name.length - wrong.length) > limit) continue;
    const far = distance(lower, name.toLowerCase(), limit);
    if (far <= limit) close.push({ name, far });
  }
  return close
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** `, did you mean 'x'?` when one name is near, nothing when none is. */
export function didYouMean(wrong: string, names: Iterable<string>): string {
  const [first] = nearest(wrong, names, 1);
  return first === undefined ? "" : `, did you mean '${first}'?`;
}

/** Gives up, with a number above the limit, as soon as no end of the table can come down to it again. */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let leastAbove = 0;
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // A swap of two letters looks back two rows.
    if (least > limit && leastAbove > limit) return limit + 1;
    leastAbove = least;
    before = above;
    above = row;
  }
  return above[b.length]!;
}
