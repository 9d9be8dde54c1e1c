/** Random rule sets so small that every patient can be tried: all forms of conditions, scores, derived facts, decisions and effects. */
import type { Random } from './random.ts';
import { NUMBERS, type SmallFact, smallFacts } from './small-facts.ts';
import { smallScores } from './small-scores.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What a patient is described by, with every value that a test could tell apart; undefined where it is absent. */
export interface Axis {
  /** The group whose records have it; undefined for the patient. */
  readonly group: string | undefined;
  /** A fact, a component of a score, or whether a score is dated. */
  readonly fact?: string;
  readonly dated?: string;
  readonly option?: { readonly score: string; readonly component: string };
  readonly values: readonly unknown[];
}

export interface SmallRuleSet {
  readonly json: Json;
  readonly axes: readonly Axis[];
  readonly groups: readonly string[];
  /** Groups whose lists may be incomplete, because some condition asks. */
  readonly incomplete: readonly string[];
  /** Whether nothing is computed, and no table or score may read what is absent: then all is decided. */
  readonly exact: boolean;
}

/** What conditions may speak of where they stand. */
export interface Scope {
  readonly group: string | undefined;
  readonly tests: Readonly<Record<string, readonly (() => Json)[]>>;
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly groups: readonly string[];
  readonly unknown: boolean;
}

const VALUES = ['stop', 'care', 'go'];
export const PATIENT = 'patient';

export function smallRuleSet(random: Random): SmallRuleSet {
  const groups = random.chance(0.5) ? [] : random.chance(0.2) ? ['lesions', 'drugs'] : ['lesions'];
  const facts = new Map<string, SmallFact[]>([[PATIENT, smallFacts(random, PATIENT, groups.length > 0 ? 2 : 3)]]);
  for (const group of groups) facts.set(group, smallFacts(random, group, group === 'drugs' ? 1 : 2));
  const tests: Record<string, (() => Json)[]> = {};
  const names: Record<string, string[]> = {};
  for (const [holder, list] of facts) {
    tests[holder] = list.flatMap(fact => fact.tests.map(test => () => test(random)));
    names[holder] = list.map(({ id }) => id);
  }
  const thresholds = smallThresholds(random, facts, tests);
  const bare: Scope = { group: undefined, tests, names, groups, unknown: false };
  const derived = smallDerived(random, bare, facts);
  const scores = smallScores(random, bare, facts);
  for (const [holder, list] of Object.entries(scores.tests)) tests[holder]!.push(...list);
  const unknown = random.chance(0.25);
  const decisions = smallDecisions(random, groups);
  const rules = smallRules(random, { ...bare, unknown }, decisions);
  const impossible = random.chance(0.2) ? [smallImpossible(random, bare)] : [];
  const json: Json = {
    id: 'small',
    title: 'Small',
    version: '1.0.0',
    status: 'active',
    complete: true,
    ...(random.chance(0.2) && { appliesTo: condition(random, bare, 1) }),
    sources: { one: { title: 'One' }, two: { title: 'Two' } },
    sites: titled({ spine: {}, L1: { partOf: 'spine' }, L2: { partOf: 'spine' }, femur: { paired: true } }),
    assessments: { look: { title: 'Look', gives: random.some([...facts.values()].flat().map(({ id }) => id)) } },
    activities: titled({ load: {}, squat: { isA: 'load' }, jump: { isA: 'load' }, walk: {} }),
    parameters: { minutes: { title: 'Minutes', unit: 'min' }, effort: { title: 'Effort', order: ['light', 'moderate', 'vigorous'] } },
    phases: titled({ early: {}, late: {} }),
    facts: written(facts.get(PATIENT)!),
    groups: Object.fromEntries(groups.map(id => [id, { title: id, facts: written(facts.get(id)!) }])),
    ...(derived.json && { derived: derived.json }),
    ...(scores.json && { scores: scores.json }),
    ...(thresholds && { thresholds }),
    decisions,
    rules: rules.filter(rule => !('site' in rule)),
    ...(rules.some(rule => 'site' in rule) && { precautions: rules.filter(rule => 'site' in rule) }),
    ...(impossible.length > 0 && { impossible }),
  };
  const asked = withReads(askedUnknown(json), json);
  const axes = [...factAxes(facts, asked), ...scoreAxes(scores.json ?? {}, asked)];
  const joint = [...asked].length > 0 && (derived.json !== undefined || scores.json !== undefined);
  return { json, axes, groups, incomplete: groups.filter(group => asked.has(`group:${group}`)), exact: derived.exact && !joint };
}

function titled(items: Readonly<Record<string, object>>): Json {
  return Object.fromEntries(Object.entries(items).map(([id, item]) => [id, { title: id, ...item }]));
}

function written(facts: readonly SmallFact[]): Json {
  return Object.fromEntries(facts.map(({ id, json }) => [id, { title: id, ...json }]));
}

export function condition(random: Random, scope: Scope, depth: number): Json {
  if (depth === 0 || random.chance(0.45)) return leaf(random, scope);
  const below = (inner: Scope = scope) => condition(random, inner, depth - 1);
  const plain = { ...scope, unknown: false };
  const two = (inner: Scope) => random.list(2, 3, () => below(inner));
  return random.pick<() => Json>([
    () => ({ all: two(scope) }),
    () => ({ any: two(scope) }),
    () => ({ not: below(plain) }),
    () => ({ count: two(plain), ...random.pick([{ atLeast: 2 }, { is: 1 }, { atMost: 1 }]) }),
    ...(scope.groups.length > 0 && scope.group === undefined
      ? [() => groupTest(random, scope, depth), () => groupTest(random, scope, depth), () => groupTest(random, scope, depth)]
      : []),
  ])();
}

function groupTest(random: Random, scope: Scope, depth: number): Json {
  const group = random.pick(scope.groups);
  const kind = random.pick(['some', 'every', 'none', 'count']);
  const inside = { ...scope, group, groups: [], unknown: scope.unknown && kind === 'some' };
  const where = kind === 'every' || random.chance(0.8) ? { where: condition(random, inside, depth - 1) } : {};
  const number = kind === 'count' && random.pick([{ atLeast: 2 }, { is: 1 }, { atMost: 1 }, { below: 2 }]);
  return { [kind]: group, ...where, ...number };
}

function leaf(random: Random, { group, tests, names, groups, unknown }: Scope): Json {
  const own = group === undefined ? [] : [...tests[group]!, ...tests[group]!];
  if (unknown && random.chance(0.25)) {
    const facts = [...names[PATIENT]!, ...(group === undefined ? [] : names[group]!)];
    return { unknown: random.chance(0.2) && groups.length > 0 ? { group: random.pick(groups) } : unknownOf(random.pick(facts)) };
  }
  return random.pick([...own, ...tests[PATIENT]!])();
}

function unknownOf(name: string): Json {
  return name.startsWith('score:') ? { score: name.slice(6) } : { fact: name };
}

/** A named cut-off on a number of each holder, now and then. */
function smallThresholds(
  random: Random,
  facts: ReadonlyMap<string, readonly SmallFact[]>,
  tests: Record<string, (() => Json)[]>,
): Json | undefined {
  const json: Record<string, Json> = {};
  for (const [holder, list] of facts) {
    const number = list.find(fact => fact.number);
    if (!number || !random.chance(0.3)) continue;
    const id = `high-${number.id}`;
    json[id] = { title: id, fact: number.id, [random.pick(['atLeast', 'above', 'below'])]: random.pick([1, 2]), source: { id: 'one' } };
    tests[holder]!.push(() => ({ threshold: id }));
  }
  return Object.keys(json).length > 0 ? json : undefined;
}

interface SmallDerived {
  readonly json: Record<string, Json> | undefined;
  readonly exact: boolean;
}

function smallDerived(random: Random, scope: Scope, facts: ReadonlyMap<string, readonly SmallFact[]>): SmallDerived {
  const json: Record<string, Json> = {};
  const { tests } = scope;
  let exact = true;
  for (const [holder, list] of facts) {
    const group = holder === PATIENT ? undefined : holder;
    if (random.chance(0.25)) {
      const id = `class-of-${holder}`;
      const inner = { ...scope, group, groups: group ? [] : scope.groups, tests: { ...tests } };
      const rows = random.list(1, 2, () => ({ when: condition(random, inner, 1), value: random.pick(['p', 'q']) }));
      const table = [...rows, ...(random.chance(0.6) ? [{ value: random.pick(['p', 'q', 'r']) }] : [])];
      json[id] = { title: id, type: 'code', values: ['p', 'q', 'r'], ...(group && { of: group }), table };
      const test = () =>
        random.pick<Json>([
          { fact: id, is: random.pick(['p', 'q', 'r']) },
          { fact: id, in: ['p', 'r'] },
        ]);
      (tests[holder] as (() => Json)[]).push(test, test);
    }
    if (random.chance(0.15)) {
      const id = `grade-of-${holder}`;
      const inner = { ...scope, group, groups: [], tests: { ...tests } };
      const isNumber = random.chance(0.6);
      const value = () => (isNumber ? random.pick([0, 1, 2]) : random.chance(0.5));
      const rows = random.list(1, 3, () => ({ when: condition(random, inner, 1), value: value() }));
      const table = [...rows, ...(random.chance(0.6) ? [{ value: value() }] : [])];
      json[id] = { title: id, type: isNumber ? 'integer' : 'boolean', ...(group && { of: group }), table };
      (tests[holder] as (() => Json)[]).push(() => ({ fact: id, ...(isNumber ? NUMBERS(random, [1, 2]) : { is: random.chance(0.5) }) }));
    }
    const event = list.find(({ json: { type } }) => type === 'date');
    if (event?.days) exact = false;
    if (event?.times) {
      const id = `time-of-${holder}`;
      json[id] = { title: id, type: 'quantity', unit: 'h', ...(group && { of: group }), since: event.id };
      (tests[holder] as (() => Json)[]).push(() => ({ fact: id, ...NUMBERS(random, [10, 48]), unit: 'h' }));
    }
    const numbers = list.filter(({ number }) => number);
    if (numbers.length > 0 && random.chance(0.15)) {
      const id = `worked-of-${holder}`;
      const term = () => (random.chance(0.3) ? random.pick([1, 2]) : { fact: random.pick(numbers).id });
      const operation = random.pick(['sum', 'difference', 'product', 'least', 'greatest', 'quotient']);
      json[id] = { title: id, type: 'decimal', ...(group && { of: group }), [operation]: [{ fact: numbers[0]!.id }, term()] };
      (tests[holder] as (() => Json)[]).push(() => ({ fact: id, ...NUMBERS(random, [1, 2, 3]) }));
      if (random.chance(0.3)) {
        const twice = `twice-of-${holder}`;
        json[twice] = {
          title: twice,
          type: 'decimal',
          ...(group && { of: group }),
          sum: [{ fact: id }, { fact: random.pick([id, numbers[0]!.id]) }],
        };
        (tests[holder] as (() => Json)[]).push(() => ({ fact: twice, ...NUMBERS(random, [1, 2, 4]) }));
      }
      exact = false;
    }
  }
  return { json: Object.keys(json).length > 0 ? json : undefined, exact };
}

function smallDecisions(random: Random, groups: readonly string[]): Json {
  const each = groups.length > 0 && random.chance(0.5) ? { each: 'lesions' } : {};
  const all: Record<string, Json> = {
    clearance: { resolve: 'strictest', ...each },
    dose: { resolve: 'single' },
    order: { resolve: 'first' },
    advice: { resolve: 'collect' },
  };
  const chosen = random.chance(0.5) ? ['clearance'] : random.shuffled(Object.keys(all)).slice(0, 2);
  return Object.fromEntries(chosen.map(id => [id, { title: id, values: VALUES, mustDecide: true, ...all[id] }]));
}

function smallRules(random: Random, scope: Scope, decisions: Json): Json[] {
  const rules: Json[] = [];
  for (let i = 0; i < random.pick([2, 3, 4, 5]); i++) rules.push(smallRule(random, scope, `r${i}`, rules, decisions));
  return rules;
}

function smallRule(random: Random, scope: Scope, id: string, before: readonly Json[], decisions: Json): Json {
  const of = random.pick([undefined, ...scope.groups]);
  const then = random.chance(0.7)
    ? [{ decide: random.pick(Object.keys(decisions)), as: random.pick(VALUES) }]
    : random.list(1, 2, () => smallEffect(random, of));
  const waits = then.every(effect => 'recommend' in effect) && random.chance(0.4);
  const sameGroup = before.filter(other => of === undefined || other.of === of || (of === 'lesions' && 'site' in other));
  const override = sameGroup.length > 0 && random.chance(0.25);
  const loosest = then.some(effect => 'as' in effect && effect.as === 'go');
  const inside: Scope = { ...scope, group: of, unknown: scope.unknown && !override && !loosest };
  const isPrecaution = of === 'lesions' && random.chance(0.2);
  return {
    id,
    title: id,
    ...(isPrecaution ? { site: random.pick(['spine', 'L1', ['L2', 'femur']]) } : of !== undefined && { of }),
    ...(random.chance(0.9) && { when: condition(random, inside, 2) }),
    ...(random.chance(0.2) && { until: condition(random, { ...inside, unknown: false }, 1) }),
    then,
    ...(override && { override: { rules: [random.pick(sameGroup).id], reason: 'Because.' } }),
    ...(waits && { given: { decision: random.pick(Object.keys(decisions)), in: random.some(VALUES) } }),
    source: { id: random.pick(['one', 'two']) },
  };
}

function smallEffect(random: Random, of: string | undefined): Json {
  const below = {
    below: 'spine',
    except: { group: 'lesions', ...(random.chance(0.5) && { where: { fact: 'site', is: 'L1' }, whole: ['spine'] }) },
  };
  const at = random.pick<unknown>([
    undefined,
    undefined,
    ['spine'],
    ['L1', 'femur'],
    ...(of === 'lesions' ? ['here', 'here', 'here'] : []),
    ...(of ? [below] : []),
  ]);
  const minutes = (test: Json) => ({ minutes: { ...test, unit: 'min' } });
  const effect = random.pick<Json>([
    { avoid: random.pick(['load', 'squat', 'walk']) },
    { forbid: random.pick(['load', 'jump', 'squat']) },
    { require: random.pick(['walk', 'load', 'look']), every: '7 d' },
    { forbid: random.pick(['load', 'jump']) },
    { require: 'look' },
    { recommend: 'squat', with: minutes(random.pick([{ atLeast: 20 }, { atMost: 15 }, { is: 30 }])) },
    { recommend: { oneOf: ['squat', 'walk'] }, maximum: { minutes: { value: random.pick([10, 40]), unit: 'min' } } },
    { recommend: 'load', with: { effort: { atLeast: 'moderate' } } },
    { limit: 'minutes', atMost: random.pick([10, 25]), unit: 'min' },
    { limit: 'effort', of: 'load', atMost: random.pick(['light', 'moderate']) },
  ]);
  const during = random.chance(0.2) && { during: random.some(['early', 'late']) };
  return { ...effect, ...(at !== undefined && { at }), ...during };
}

function smallImpossible(random: Random, scope: Scope): Json {
  const of = random.pick([undefined, ...scope.groups]);
  return { id: 'cannot', ...(of && { of }), when: condition(random, { ...scope, group: of }, 1), reason: 'It cannot be.' };
}

/** `fact:<id>`, `score:<id>` and `group:<id>` of what some condition asks to be unknown. */
function askedUnknown(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'unknown') for (const [kind, name] of Object.entries(inner as Json)) found.add(`${kind}:${name}`);
    askedUnknown(inner, found);
  }
  return found;
}

/** With all that scores and derived facts asked to be unknown read, by themselves or through others. */
function withReads(asked: Set<string>, { derived, scores }: Json): ReadonlySet<string> {
  for (const name of asked) {
    const [kind, id] = name.split(':') as [string, string];
    const read = kind === 'score' ? (scores as Json | undefined)?.[id] : (derived as Json | undefined)?.[id];
    for (const inner of namesIn(read)) asked.add(inner);
  }
  return asked;
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner !== 'string') return namesIn(inner);
    return key === 'fact' || key === 'since' ? [`fact:${inner}`] : key === 'score' ? [`score:${inner}`] : [];
  });
}

function factAxes(facts: ReadonlyMap<string, readonly SmallFact[]>, asked: ReadonlySet<string>): Axis[] {
  return [...facts].flatMap(([holder, list]) =>
    list.map(({ id, values, json }) => ({
      group: holder === PATIENT ? undefined : holder,
      fact: id,
      values: asked.has(`fact:${id}`) ? [...values, ...unknownValues(json)] : values,
    })),
  );
}

/** Of an event that must be recorded the day alone may be known. */
function unknownValues({ type, required }: Json): unknown[] {
  if (!required) return [undefined];
  return type === 'date' ? ['2025-06-10', '2025-12-20'] : [];
}

function scoreAxes(scores: Json, asked: ReadonlySet<string>): Axis[] {
  return Object.entries(scores).flatMap(([score, json]) => {
    const { of, components, validFor } = json as { of?: string; components: Record<string, Json>; validFor?: string };
    const dated: Axis[] = validFor && asked.has(`score:${score}`) ? [{ group: of, dated: score, values: [true, undefined] }] : [];
    const options = Object.entries(components).flatMap(([component, { options, undefined: unscored, from }]) => {
      if (!options || from) return [];
      const values = [...Object.keys(options), ...Object.keys(unscored ?? {})];
      return [{ group: of, option: { score, component }, values: asked.has(`score:${score}`) ? [...values, undefined] : values }];
    });
    return [...dated, ...options];
  });
}
