/** Scores: the exact set of possible totals, whether they apply, whether they are stale. */
import type { Band, Score, Test } from '../model/rule-set.ts';
import { assignments } from './assignments.ts';
import { type Compiling, type RecordedFact, union } from './compiling.ts';
import { type CompiledComponent, compileComponent } from './components.ts';
import type { CompiledCondition } from './conditions.ts';
import { type Context, type Holder, holderOf, type RecordedScore, type Slot } from './state.ts';
import { compileTotalTest, readableTotalTest } from './tests.ts';
import { type CompiledValidity, compileValidity } from './validity.ts';
import { FALSE, type Numbers, sortedNumbers, sums, TRUE, type Truth, truthOf, UNKNOWN, ZERO } from './values.ts';

/** More pairs of sums than this are not listed: any total is then possible. */
const MOST_SUMS = 200_000;

export interface ScoreState {
  readonly applies: Truth;
  /** Why it is stale: `undated`, `expired`, `voided-by:<fact>`. */
  readonly stale: string | undefined;
  /** Ascending; undefined where any total is possible. */
  readonly totals: Numbers;
  /** The possible points of each component. */
  readonly points: readonly Numbers[];
  readonly recorded: RecordedScore | undefined;
}

export interface CompiledBand {
  readonly id: string;
  readonly holds: (total: NonNullable<Numbers>[number]) => Truth;
  readonly when: CompiledCondition | undefined;
}

export interface CompiledScore {
  readonly score: Score;
  readonly slot: Slot;
  readonly components: readonly CompiledComponent[];
  /** Of all sets, in declared order. */
  readonly bands: readonly CompiledBand[];
  readonly when: CompiledCondition | undefined;
  readonly validity: CompiledValidity;
  readonly reads: readonly RecordedFact[];
  readonly state: (context: Context) => ScoreState;
  readonly isUnknown: (context: Context) => boolean;
  readonly totalTest: (test: Test) => (context: Context) => Truth;
  readonly componentTest: (test: Test) => (context: Context) => Truth;
  readonly bandTest: (bands: readonly string[]) => (context: Context) => Truth;
}

export function compileScore(score: Score, slot: Slot, compiling: Compiling): CompiledScore {
  const group = score.of?.value;
  const standing = { file: score.file, group, mayTestUnknown: false };
  const components = [...score.components.values()].map(component => compileComponent(component, score, group, compiling));
  const when = score.when && compiling.condition(score.when, standing);
  const bands = [...score.bandSets.values()].flat().map(band => compileBand(band, band.when && compiling.condition(band.when, standing)));
  const validity = compileValidity(score, compiling);
  const parts: Parts = { components, when, validity, joint: jointFacts(components) };
  const state = remembered(slot, (context, holder) => stateOf(parts, context, holder.scores[slot.index]));
  const reads = union(
    when?.reads ?? [],
    validity.reads,
    ...components.map(each => each.reads),
    ...bands.map(each => each.when?.reads ?? []),
  );
  return { score, slot, components, bands, when, validity, reads, state, ...testsOf(state, bands) };
}

function compileBand(band: Band, when: CompiledCondition | undefined): CompiledBand {
  const readable = readableTotalTest(band.test);
  const holds = compileTotalTest(band.test);
  return { id: band.id, when, holds: total => (readable ? truthOf(holds(total)) : UNKNOWN) };
}

/** Facts whose values must be taken together: read by two components, or by the conditions of one. */
function jointFacts(components: readonly CompiledComponent[]): RecordedFact[] {
  const times = new Map<string, number>();
  for (const { reads, conditions } of components)
    for (const { key } of reads) times.set(key, (times.get(key) ?? 0) + (conditions.length > 0 ? 2 : 1));
  return union(...components.map(each => each.reads)).filter(({ key }) => times.get(key)! > 1);
}

interface Parts {
  readonly components: readonly CompiledComponent[];
  readonly when: CompiledCondition | undefined;
  readonly validity: CompiledValidity;
  readonly joint: readonly RecordedFact[];
}

const NO_HOLDER: ScoreState = { applies: UNKNOWN, stale: undefined, totals: undefined, points: [], recorded: undefined };

function remembered(slot: Slot, make: (context: Context, holder: Holder) => ScoreState): (context: Context) => ScoreState {
  return context => {
    const holder = holderOf(context, slot);
    if (!holder) return NO_HOLDER;
    holder.states[slot.index] ??= make(context, holder);
    return holder.states[slot.index]!;
  };
}

function stateOf(parts: Parts, context: Context, recorded: RecordedScore | undefined): ScoreState {
  const applies = parts.when ? parts.when.truth(context) : TRUE;
  const stale = parts.validity.staleness(context, recorded);
  const { components } = parts;
  if (stale !== undefined) {
    const points = components.map(each => each.attainable);
    return { applies, stale, points, totals: components.length === 0 ? undefined : totalOf(points), recorded };
  }
  const joint = applies === UNKNOWN ? union(parts.joint, parts.when!.reads) : parts.joint;
  const contexts = assignments(context, joint).filter(each => applies !== UNKNOWN || parts.when!.truth(each) !== FALSE);
  const pointsIn = (each: Context) => components.map(part => part.points(each, recorded?.options.get(part.id)));
  const combinations = contexts.map(pointsIn);
  const points = components.map((_, i) => mergedNumbers(combinations.map(each => each[i])));
  return { applies, stale, points, totals: totalsOf(combinations, components, new Set(joint.map(({ key }) => key))), recorded };
}

/** Components that read none of the joint facts are added once, the others for each combination. */
function totalsOf(
  combinations: readonly (readonly Numbers[])[],
  components: readonly CompiledComponent[],
  joint: ReadonlySet<string>,
): Numbers {
  const first = combinations[0];
  if (!first) return [];
  // A score of which no component could be read has no total that could be relied on.
  if (components.length === 0) return undefined;
  const depends = components.map(({ reads }) => reads.some(({ key }) => joint.has(key)));
  const alone = totalOf(first.filter((_, i) => !depends[i]));
  const together = distinctSets(combinations.map(each => each.filter((_, i) => depends[i]))).map(totalOf);
  return sums(alone, mergedNumbers(together), MOST_SUMS);
}

function distinctSets(sets: readonly (readonly Numbers[])[]): (readonly Numbers[])[] {
  const keyOf = (set: readonly Numbers[]) =>
    set.map(numbers => numbers?.map(number => (number.short ? number.double : number.fraction.toFraction())).join() ?? '?').join(';');
  return [...new Map(sets.map(set => [keyOf(set), set])).values()];
}

function totalOf(points: readonly Numbers[]): Numbers {
  return points.reduce<Numbers>((total, each) => sums(total, each, MOST_SUMS), [ZERO]);
}

function mergedNumbers(sets: readonly Numbers[]): Numbers {
  if (sets.length === 1) return sets[0];
  return sets.every(set => set !== undefined) ? sortedNumbers(sets.flat()) : undefined;
}

type Tests = Pick<CompiledScore, 'isUnknown' | 'totalTest' | 'componentTest' | 'bandTest'>;

/** `when` false: every test is false. `when` unknown: none is true. */
function testsOf(state: CompiledScore['state'], bands: readonly CompiledBand[]): Tests {
  const guarded = (test: (state: ScoreState, context: Context) => Truth) => (context: Context) => {
    const now = state(context);
    return now.applies === FALSE ? FALSE : (Math.min(now.applies, test(now, context)) as Truth);
  };
  return {
    isUnknown: context => {
      const { applies, stale, totals } = state(context);
      return applies !== FALSE && (applies === UNKNOWN || stale !== undefined || totals?.length !== 1);
    },
    totalTest: test => {
      const holds = compileTotalTest(test);
      return guarded(({ totals }) => forAll(totals, total => truthOf(holds(total))));
    },
    componentTest: test => {
      const holds = compileTotalTest(test);
      return guarded(({ points }) => greatest(points.map(each => forAll(each, number => truthOf(holds(number))))));
    },
    bandTest: ids => {
      const wanted = ids.map(id => bands.find(band => band.id === id));
      const named = wanted.filter(band => band !== undefined);
      if (named.length < wanted.length) return guarded(() => UNKNOWN);
      return guarded(({ totals }, context) => {
        const whens = named.map(({ when }) => (when ? when.truth(context) : TRUE));
        return forAll(totals, total => greatest(named.map((band, i) => Math.min(band.holds(total), whens[i]!) as Truth)));
      });
    },
  };
}

function greatest(truths: readonly Truth[]): Truth {
  return Math.max(FALSE, ...truths) as Truth;
}

/** True if it is true for every possible number, false if for none; where none is possible the score never applies. */
function forAll(numbers: Numbers, test: (number: NonNullable<Numbers>[number]) => Truth): Truth {
  if (numbers === undefined) return UNKNOWN;
  if (numbers.length === 0) return FALSE;
  const first = test(numbers[0]!);
  for (const number of numbers) if (test(number) !== first) return UNKNOWN;
  return first;
}
