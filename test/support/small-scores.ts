/** Random scores for small rule sets: points from options, codes, intervals, values and conditions, in one or two sets of bands. */
import type { Random } from './random.ts';
import { NUMBERS, type SmallFact } from './small-facts.ts';
import { condition, type Json, PATIENT, type Scope } from './small-rule-sets.ts';

interface SmallScores {
  readonly json: Record<string, Json> | undefined;
  readonly tests: Readonly<Record<string, readonly (() => Json)[]>>;
}

export function smallScores(random: Random, scope: Scope, facts: ReadonlyMap<string, readonly SmallFact[]>): SmallScores {
  const json: Record<string, Json> = {};
  const tests: Record<string, (() => Json)[]> = {};
  for (const [holder, list] of facts) {
    if (holder === 'drugs' || !random.chance(0.3)) continue;
    const group = holder === PATIENT ? undefined : holder;
    const id = `score-of-${holder}`;
    const inner: Scope = { ...scope, group, groups: [] };
    const points = () => random.pick([0, 1, 2, 3, 0.5]);
    const bandWhen = random.chance(0.15) && { when: condition(random, inner, 0) };
    const bands = { low: { title: 'low', below: 2 }, high: { title: 'high', atLeast: random.pick([2, 3]), ...bandWhen } };
    json[id] = {
      title: id,
      ...(group && { of: group }),
      ...(random.chance(0.35) && { when: condition(random, inner, 0) }),
      components: components(random, inner, list, points),
      ...(random.chance(0.8) ? { bands } : { bandSets: { two: bands, three: { middle: { title: 'middle', atLeast: 1, atMost: 2 } } } }),
      ...(random.chance(0.25) && { validFor: '30 d' }),
      ...(random.chance(0.1) && list.some(({ json: { type } }) => type === 'date') && { voidedBy: ['event'] }),
    };
    (scope.names[holder] as string[]).push(`score:${id}`);
    const total = () => ({ score: id, total: NUMBERS(random, [1, 2, 3]) });
    tests[holder] = [
      total,
      total,
      () => ({ score: id, in: random.some(['low', 'high']) }),
      () => ({ score: id, anyComponent: NUMBERS(random, [1, 2]) }),
      () => ({ score: id, applies: random.chance(0.7) }),
    ];
  }
  return { json: Object.keys(json).length > 0 ? json : undefined, tests };
}

function components(random: Random, scope: Scope, facts: readonly SmallFact[], points: () => number): Json {
  const whole = facts.find(({ json }) => json.type === 'integer');
  const unscored = random.chance(0.3) && { undefined: { refused: 'No points.' } };
  const coded = facts.find(({ id }) => id === 'kind' || id === 'site');
  const codes = coded?.id === 'kind' ? ['solid', 'breast', 'blood'] : ['spine', 'femur'];
  const all: Record<string, () => Json> = {
    pain: () => ({ options: { strong: points(), weak: points(), none: 0 }, ...unscored }),
    move: () => ({ options: { much: points(), little: points() } }),
    conditions: () => ({
      conditions: random.list(1, 2, () => ({ when: condition(random, scope, 1), points: points() })),
      ...(random.chance(0.7) && { otherwise: points() }),
    }),
    ...(coded && {
      from: () => ({
        options: Object.fromEntries(random.some(codes).map(id => [id, points()])),
        ...(coded.id === 'kind' && random.chance(0.3) && { undefined: { other: 'No points.' } }),
        from: coded.id,
      }),
    }),
    ...(whole && {
      interval: () => ({
        fact: whole.id,
        intervals: [
          { atMost: 1, points: points() },
          { atLeast: 2, ...(random.chance(0.4) && { atMost: 2 }), points: points() },
        ],
      }),
      value: () => ({ fact: whole.id }),
    }),
  };
  const chosen = random.shuffled(Object.keys(all)).slice(0, random.pick([1, 2, 2]));
  return Object.fromEntries(chosen.map(id => [id, { title: id, ...all[id]!() }]));
}
