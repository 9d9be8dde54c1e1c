/** Words that messages share: lists, quotes, the nearest of several names. */

/** `“a”, “b” and “c”`, the rest counted where there are many. */
export function listed(names: readonly string[], last = 'and', most = 6): string {
  const shown = names.slice(0, most).map(quoted);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} ${last} ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}

export function quoted(name: string): string {
  return `“${name}”`;
}

export function withArticle(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** The candidate that is most like `name`; undefined where none is close enough to be meant. The first wins a tie. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  // So short a name is as near to any other.
  if (name.length < 3) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let limit = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - wanted.length) >= limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance < limit) [best, limit] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours; `limit` or more where it is not below. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      current.push(best);
    }
    if (Math.min(...current) >= limit) return limit;
    [before, previous] = [previous, current];
  }
  return previous[b.length]!;
}

/** ` Did you mean “x”?`, or nothing. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean ${quoted(suggestion)}?`;
}
