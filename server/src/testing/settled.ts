/** Coverage held against what any patient can show: what nobody can does not count, and what somebody can is shown by a patient. */
import type { RuleSet } from '../model/rule-set.ts';
import type { Coverage, Point } from './coverage.ts';
import { Reach, type Verdict } from './reach.ts';

/** By point, and by the name of each way that no case shows. */
export type Verdicts = Map<Point, ReadonlyMap<string, Verdict>>;

/** The points in order, each with what the analysis says of the ways that no case shows: settled one by one, for each may take a while. */
export function* settledPoints(coverage: Coverage, verdicts: Verdicts): Generator<Point> {
  const settle = settlerFor(coverage);
  for (const point of coverage.points) {
    const open = point.ways.filter(({ state }) => state === 'not-seen');
    if (open.length === 0) {
      yield point;
      continue;
    }
    const found = new Map(open.map(({ name }) => [name, settle(point, name)]));
    const ways = point.ways.map(way => (found.get(way.name)?.kind === 'never' ? { ...way, state: 'impossible' as const } : way));
    const settled = { ...point, ways };
    verdicts.set(settled, found);
    yield settled;
  }
}

/** What patients can show rests on the rule set alone: its next run asks nothing twice. With any edit there is a new rule set. */
const known = new WeakMap<RuleSet, Map<string, Verdict>>();

function settlerFor({ compiled }: Coverage): (point: Point, way: string) => Verdict {
  const verdicts = known.get(compiled.ruleSet) ?? new Map<string, Verdict>();
  known.set(compiled.ruleSet, verdicts);
  let reach: Reach | undefined;
  return (point, way) => {
    const key = JSON.stringify([point.kind, point.item?.id, point.index, way]);
    const before = verdicts.get(key);
    if (before) return before;
    reach ??= new Reach(compiled);
    const verdict = reach.verdict(point, way);
    verdicts.set(key, verdict);
    return verdict;
  };
}
