/** Random conditions of every form, well typed for where they stand. */
import type { Random } from './random.ts';
import { FACTS, type FactKind, GROUPS, NAMED } from './random-vocabulary.ts';

export type Condition = Record<string, unknown>;

/** What a condition may name where it stands. */
export interface Scope {
  readonly group: string | undefined;
  /** Derived facts with their type, and scores with their bands, that are already declared. */
  readonly derived: Readonly<Record<string, FactKind>>;
  readonly derivedOf: Readonly<Record<string, Readonly<Record<string, FactKind>>>>;
  readonly scores: Readonly<Record<string, { readonly of: string | undefined; readonly bands: readonly string[] }>>;
  readonly thresholds: readonly string[];
  /** Whether `unknown` may stand here. */
  readonly unknown: boolean;
  /** Whether tests of groups may stand here. */
  readonly groups: boolean;
  /** Facts of the patient that may be tested; all where it is left out. */
  readonly only?: readonly string[];
}

export function randomCondition(random: Random, scope: Scope, depth = 2): Condition {
  const nested = depth > 0 && random.chance(0.55);
  if (!nested) return leaf(random, scope);
  const plain = { ...scope, unknown: false };
  const below = (inner: Scope) => randomCondition(random, inner, depth - 1);
  return random.pick<() => Condition>([
    () => ({ all: random.list(2, 3, () => below(scope)) }),
    () => ({ any: random.list(2, 3, () => below(scope)) }),
    () => ({ not: below(plain) }),
    () => ({ count: random.list(2, 3, () => below(plain)), ...numberTest(random, [0, 1, 2, 3]) }),
    ...(scope.groups ? [() => groupCondition(random, scope, depth - 1)] : []),
  ])();
}

function groupCondition(random: Random, scope: Scope, depth: number): Condition {
  const group = random.pick(Object.keys(GROUPS));
  const kind = random.pick(['some', 'every', 'none', 'count']);
  const inside = { ...scope, group, groups: false, unknown: scope.unknown && kind === 'some' };
  const where = kind === 'every' || random.chance(0.8) ? { where: randomCondition(random, inside, depth) } : {};
  return { [kind]: group, ...where, ...(kind === 'count' && numberTest(random, [0, 1, 2, 3])) };
}

function leaf(random: Random, scope: Scope): Condition {
  const scores = Object.entries(scope.scores).filter(([, { of }]) => of === undefined || of === scope.group);
  return random.pick<() => Condition>([
    () => factCondition(random, scope),
    () => factCondition(random, scope),
    () => factCondition(random, scope),
    ...(scope.thresholds.length > 0 ? [() => ({ threshold: random.pick(scope.thresholds) })] : []),
    ...(scores.length > 0 ? [() => scoreCondition(random, random.pick(scores)), () => scoreCondition(random, random.pick(scores))] : []),
    ...(scope.unknown
      ? [
          () =>
            unknownCondition(
              random,
              scope,
              scores.map(([id]) => id),
            ),
        ]
      : []),
  ])();
}

export function factsOf(scope: Scope): Readonly<Record<string, FactKind>> {
  const own = scope.group === undefined ? {} : { ...GROUPS[scope.group], ...scope.derivedOf[scope.group] };
  const facts = Object.entries(FACTS).filter(([id]) => scope.only?.includes(id) ?? true);
  return { ...Object.fromEntries(facts), ...scope.derived, ...own };
}

function factCondition(random: Random, scope: Scope): Condition {
  const facts = factsOf(scope);
  // In a group its own facts come first, or they would hardly ever be tested.
  const own = scope.group === undefined ? [] : Object.keys({ ...GROUPS[scope.group], ...scope.derivedOf[scope.group] });
  const fact = random.pick(own.length > 0 && random.chance(0.7) ? own : Object.keys(facts));
  return { fact, ...factTest(random, fact, facts[fact]!) };
}

function factTest(random: Random, fact: string, { written, values }: FactKind): Condition {
  const { type, unit } = written as { type: string; unit?: string };
  if (type === 'boolean') return { is: random.chance(0.5) };
  if (type === 'code' || type === 'side') return codeTest(random, NAMED[fact] ?? (values as string[]));
  if (type === 'date') return dateTest(random);
  if (unit === 'mg/dL') return levelTest(random);
  return { ...numberTest(random, type === 'integer' ? [0, 1, 2, 3, 4, 5] : [0, 1, 1.5, 2, 3.5, 5]), ...(unit !== undefined && { unit }) };
}

function codeTest(random: Random, ids: readonly string[]): Condition {
  return random.chance(0.5) ? { is: random.pick(ids) } : { in: random.some(ids) };
}

function dateTest(random: Random): Condition {
  const days = ['2026-11-22', '2026-11-12', '2026-11-12T12:00:00Z', '2026-11-21T12:00:00Z'];
  if (random.chance(0.3)) return random.chance(0.5) ? { is: 'never' } : { in: [random.pick(days), 'never'] };
  return { [random.pick(['atLeast', 'above', 'atMost', 'below'])]: random.pick(days) };
}

/** Bounds in one unit, or a cut-off for each that need not convert into each other. */
function levelTest(random: Random): Condition {
  const bound = random.pick(['atLeast', 'above', 'atMost', 'below']);
  const inUnit = { 'mg/dL': random.pick([4, 8, 10, 16]), 'mmol/L': random.pick([1, 2, 2.5, 4]) };
  if (random.chance(0.3)) return { [bound]: inUnit };
  const unit = random.pick(['mg/dL', 'mmol/L'] as const);
  return { [bound]: inUnit[unit], unit };
}

export function numberTest(random: Random, numbers: readonly number[]): Condition {
  if (random.chance(0.2)) return { is: random.pick(numbers) };
  if (random.chance(0.25)) {
    const [low, high] = [random.pick(numbers), random.pick(numbers)].sort((a, b) => a - b) as [number, number];
    return { [random.pick(['atLeast', 'above'])]: low, [random.pick(['atMost', 'below'])]: high };
  }
  return { [random.pick(['atLeast', 'above', 'atMost', 'below'])]: random.pick(numbers) };
}

function scoreCondition(random: Random, [score, { bands }]: readonly [string, { readonly bands: readonly string[] }]): Condition {
  return random.pick<() => Condition>([
    () => ({ score, total: numberTest(random, [0, 1, 2, 3, 4, 6]) }),
    () => ({ score, in: random.some(bands) }),
    () => ({ score, anyComponent: numberTest(random, [0, 1, 2, 3]) }),
    () => ({ score, applies: random.chance(0.7) }),
  ])();
}

function unknownCondition(random: Random, scope: Scope, scores: readonly string[]): Condition {
  return random.pick<() => Condition>([
    () => ({ unknown: { fact: random.pick(Object.keys(factsOf(scope))) } }),
    () => ({ unknown: { group: random.pick(Object.keys(GROUPS)) } }),
    ...(scores.length > 0 ? [() => ({ unknown: { score: random.pick(scores) } })] : []),
  ])();
}
