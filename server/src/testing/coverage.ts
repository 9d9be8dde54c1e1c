/**
 * How much of a rule set its cases show: how each rule went, every truth of every condition, each band, threshold and effect, and each boundary
 * from just below, at and just above. What no case shows is listed, and what no patient can show is not counted.
 */
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { FactReader } from '../evaluation/compiling.ts';
import type { Judgement } from '../evaluation/judge.ts';
import type { PatientState } from '../evaluation/state.ts';
import type { Item, Rule } from '../model/rule-set.ts';
import type { Place } from '../text/span.ts';
import { decidersOf } from './alone.ts';
import { type Boundary, boundariesOf, type FactBoundary, impossibleSides, SIDES, type Side, sideOf } from './boundaries.ts';
import { Seen } from './seen.ts';

export type PointKind = 'rule' | 'condition' | 'alone' | 'threshold' | 'band' | 'effect' | 'boundary';
export const KINDS: readonly PointKind[] = ['rule', 'condition', 'alone', 'threshold', 'band', 'effect', 'boundary'];

/** Something of a rule set that cases can show in one or several ways. */
export interface Point {
  readonly kind: PointKind;
  /** The rule, score, threshold or derived fact it belongs to; undefined for the scope. */
  readonly item: Item | undefined;
  readonly place: Place;
  readonly ways: readonly Way[];
  /** What the ways are of, for those who ask further: the place in the list of conditions, the index of the rule or effect, the boundary, the band. */
  readonly index: number;
  readonly boundary?: Boundary;
  readonly band?: string;
}

export interface Way {
  /** `fired`, `ruled out`, `undetermined`; `true`, `false`, `unknown`; `below`, `at`, `above`; `met`, `not met`; `in force`; `reached`. */
  readonly name: string;
  readonly state: 'seen' | 'not-seen' | 'impossible';
}

export interface Coverage {
  readonly compiled: CompiledRuleSet;
  readonly points: readonly Point[];
  readonly cases: number;
}

/** Watches cases of one rule set. */
export class Recorder {
  readonly compiled: CompiledRuleSet;
  readonly #seen: Seen;
  readonly #boundaries: readonly Boundary[];
  #cases = 0;

  constructor(compiled: CompiledRuleSet) {
    this.compiled = compiled;
    this.#boundaries = boundariesOf(compiled);
    const readers = new Set<FactReader>();
    for (const boundary of this.#boundaries) if (boundary.kind === 'fact') readers.add(boundary.reader);
    this.#seen = new Seen(compiled, readers);
  }

  observe(state: PatientState, judgement: Judgement): void {
    this.#cases++;
    this.#seen.observe(state, judgement);
  }

  coverage(): Coverage {
    const points = [
      ...rulePoints(this.#seen),
      ...conditionPoints(this.#seen),
      ...alonePoints(this.#seen),
      ...thresholdPoints(this.#seen),
      ...bandPoints(this.#seen),
      ...effectPoints(this.#seen),
      ...this.#boundaries.map((boundary, index) => boundaryPoint(boundary, index, this.#seen)),
    ];
    return { compiled: this.compiled, points, cases: this.#cases };
  }
}

const TRUTH_NAMES = ['false', 'unknown', 'true'] as const;
const STATUS_NAMES = ['ruled out', 'undetermined', 'fired'] as const;

function truthWays(seen: number, names: readonly string[]): Way[] {
  return names.map((name, truth): Way => ({ name, state: seen & (1 << truth) ? 'seen' : 'not-seen' })).reverse();
}

function placeOf({ file, idSpan }: Item): Place {
  return { file, span: idSpan };
}

function rulePoints({ compiled, rules }: Seen): Point[] {
  return compiled.rules.map(({ rule, index }) => ({
    kind: 'rule',
    item: rule,
    place: placeOf(rule),
    ways: truthWays(rules[index]!, STATUS_NAMES),
    index,
  }));
}

/** `unknown` of something is true or false; what cannot be read is only unknown. */
function conditionPoints({ list, conditions }: Seen): Point[] {
  return list.nodes.map(({ condition, owner }, index): Point => {
    const names = condition.kind === 'unknown' ? ['false', '', 'true'] : TRUTH_NAMES;
    const ways = truthWays(conditions[index]!, names).filter(({ name }) => name !== '');
    return { kind: 'condition', item: owner, place: { file: condition.file, span: condition.span }, ways, index };
  });
}

/** Conditions that make an outcome with others: each true, and false, where it alone decides. */
function alonePoints({ compiled, list, alone }: Seen): Point[] {
  return decidersOf(compiled).atoms.map(({ place }, index): Point => {
    const { condition, owner } = list.nodes[place]!;
    const ways = truthWays(alone[index]!, ['false', '', 'true']).filter(({ name }) => name !== '');
    return { kind: 'alone', item: owner, place: { file: condition.file, span: condition.span }, ways, index };
  });
}

/** A threshold is met where any condition that names it is. */
function thresholdPoints({ compiled, list, conditions }: Seen): Point[] {
  const truths = new Map<string, number>();
  for (const [i, { condition }] of list.nodes.entries())
    if (condition.kind === 'threshold') truths.set(condition.name!, (truths.get(condition.name!) ?? 0) | conditions[i]!);
  return [...truths].flatMap(([id, seen], index) => {
    const item = compiled.ruleSet.thresholds.get(id);
    return item
      ? [{ kind: 'threshold', item, place: placeOf(item), ways: truthWays(seen, ['not met', 'unknown', 'met']), index } as const]
      : [];
  });
}

function bandPoints({ compiled, bands }: Seen): Point[] {
  return [...compiled.ruleSet.scores.values()].flatMap(score =>
    [...score.bandSets.values()].flat().map((band, index): Point => {
      const state = bands.has(`${score.id} ${band.id}`) ? 'seen' : 'not-seen';
      return {
        kind: 'band',
        item: score,
        place: { file: score.file, span: band.idSpan },
        ways: [{ name: 'reached', state }],
        index,
        band: band.id,
      };
    }),
  );
}

/** What a rule decides takes effect as it fires; advice also needs a place that it reaches. */
function effectPoints({ compiled, rules, effects }: Seen): Point[] {
  const reached = new Map(compiled.effects.map(({ effect }, i) => [effect as unknown, effects[i] === 1]));
  return compiled.rules.flatMap(({ rule, index }) =>
    rule.then.map((effect): Point => {
      const isSeen = reached.get(effect) ?? (rules[index]! & 4) !== 0;
      const ways: Way[] = [{ name: 'in force', state: isSeen ? 'seen' : 'not-seen' }];
      return { kind: 'effect', item: rule satisfies Rule, place: { file: rule.file, span: effect.span }, ways, index };
    }),
  );
}

function boundaryPoint(boundary: Boundary, index: number, seen: Seen): Point {
  const met = boundary.kind === 'fact' ? sidesSeen(boundary, seen) : totalsSeen(boundary, seen);
  const none = impossibleSides(boundary);
  const ways = SIDES.map((name): Way => ({ name, state: met.has(name) ? 'seen' : none.includes(name) ? 'impossible' : 'not-seen' }));
  return { kind: 'boundary', item: boundary.item, place: { file: boundary.file, span: boundary.span }, ways, index, boundary };
}

function sidesSeen(boundary: FactBoundary, { numbers }: Seen): ReadonlySet<Side> {
  const found = new Set<Side>();
  for (const number of numbers.get(boundary.reader)!.values()) {
    const side = sideOf(boundary, number);
    if (side) found.add(side);
  }
  return found;
}

function totalsSeen({ score, next }: Extract<Boundary, { kind: 'total' }>, { totals }: Seen): ReadonlySet<Side> {
  const [, met] = [...totals].find(([each]) => each.score === score) ?? [];
  return new Set(SIDES.filter(side => next[side] && met?.has(next[side].toString(60))));
}

export interface Share {
  readonly seen: number;
  /** Without what no patient can show. */
  readonly of: number;
}

export function shareOf(points: readonly Point[]): Share {
  const ways = points.flatMap(each => each.ways).filter(({ state }) => state !== 'impossible');
  return { seen: ways.filter(({ state }) => state === 'seen').length, of: ways.length };
}
