/** Of a longer word only so much counts. */
const longestWord = 60;
/** Shorter beginnings of a name are not taken for it. */
const shortestBeginning = 3;

/**
 * The valid name that was probably meant: the nearest by edit distance, or one that was only begun; undefined if more than a third of the letters would have to
 * change. Case does not count.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const given = written.slice(0, longestWord).toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const distance = editDistance(given, name.toLowerCase());
    const isBegun = given.length >= shortestBeginning && name.toLowerCase().startsWith(given);
    // Farther than one wrong letter, nearer than two.
    const counted = isBegun ? Math.min(distance, 1.5) : distance;
    const isNear = isBegun || distance <= Math.max(1, Math.floor(Math.max(given.length, name.length) / 3));
    if (isNear && counted < least) {
      best = name;
      least = counted;
    }
  }
  return best;
}

/** `did you mean "…"?` for a name that does not exist, or the list of what does if it is short. */
export function nameHint(written: string, names: readonly string[]): string | undefined {
  const near = nearestName(written, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length > 0 && names.length <= 12 ? `one of ${names.join(', ')}` : undefined;
}

/** Fewest letters to insert, delete, replace or swap with their neighbour that make one word the other (Damerau, Levenshtein). */
export function editDistance(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({length: other.length + 1}, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      next.push(least);
    }
    beforeLast = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
