/** The fewest of given patients who show all that is wanted: every choice is tried, as long as there are not too many. */
import type { Candidate } from './cover.ts';

/** So many choices are looked at; what is best by then is taken. */
const MOST_CHOICES = 30_000;

/** Undefined where there is nothing with fewer patients than `most`, or it was not found in time. */
export function fewestOf(candidates: readonly Candidate[], wanted: ReadonlySet<number>, most: number): readonly Candidate[] | undefined {
  const all = withoutWorse(candidates.map(each => ({ each, own: new Set([...each.ways].filter(way => wanted.has(way))) })));
  const byWay = new Map([...wanted].map(way => [way, all.filter(({ own }) => own.has(way))]));
  let best: readonly Candidate[] | undefined;
  let limit = most;
  let choices = MOST_CHOICES;
  const search = (open: ReadonlySet<number>, taken: readonly Candidate[]): void => {
    if (open.size === 0) {
      [best, limit] = [taken, taken.length];
      return;
    }
    const gains = all.map(({ own }) => count(own, open));
    const least = Math.ceil(open.size / Math.max(...gains));
    if (choices-- <= 0 || taken.length + least >= limit) return;
    const [way] = [...open].sort((a, b) => byWay.get(a)!.length - byWay.get(b)!.length);
    const next = [...byWay.get(way!)!].sort((a, b) => count(b.own, open) - count(a.own, open));
    for (const { each, own } of next) search(new Set([...open].filter(other => !own.has(other))), [...taken, each]);
  };
  search(wanted, []);
  return best;
}

interface Known {
  readonly each: Candidate;
  readonly own: ReadonlySet<number>;
}

/** Whoever shows no more than another need not be looked at. */
function withoutWorse(all: readonly Known[]): readonly Known[] {
  const sorted = [...all].sort((a, b) => b.own.size - a.own.size);
  const kept: Known[] = [];
  for (const one of sorted) if (!kept.some(({ own }) => [...one.own].every(way => own.has(way)))) kept.push(one);
  return kept;
}

function count(own: ReadonlySet<number>, open: ReadonlySet<number>): number {
  let found = 0;
  for (const way of open) if (own.has(way)) found++;
  return found;
}
