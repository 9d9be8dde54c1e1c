/** Decision tables of every shape the analysis is measured on, from a seed, as rule sets of ours and as questions for z3. */
import { seeded } from './generate.ts';

/** By fact the lowest and the highest whole number that the rule allows; undefined: any. */
export interface TableRule {
  readonly bands: readonly (readonly [number, number] | undefined)[];
  readonly value: string;
}

export interface Table {
  readonly facts: number;
  readonly rules: readonly TableRule[];
}

type Bands = (readonly [number, number])[];

export const HIGHEST = 99;
const VALUES = ['a', 'b', 'c', 'd', 'e'];

/** Splits of the space along its axes: every patient meets exactly one rule. */
export function tree(facts: number, count: number, seed: number): Table {
  return { facts, rules: withValues(split(facts, count, seeded(seed)), seed) };
}

/** The same, but in every tenth rule one bound has slipped. */
export function noisyTree(facts: number, count: number, seed: number): Table {
  const random = seeded(seed + 1);
  const slipped = split(facts, count, seeded(seed)).map(bands => (random() < 0.1 ? slip(bands, random) : bands));
  return { facts, rules: withValues(slipped, seed) };
}

/** Each rule tests two to four facts, as clinical rules do, against the cut-offs of its fact; the others are free. */
export function clinical(facts: number, count: number, seed: number): Table {
  const random = seeded(seed);
  const cutOffs = Array.from({ length: facts }, () => [0, ...distinct(BANDS - 1, random), HIGHEST + 1]);
  const rules = Array.from({ length: count }, () => {
    const bands = Array.from({ length: facts }, (): [number, number] | undefined => undefined);
    const tested = Math.min(facts, 2 + below(3, random));
    while (bands.filter(band => band).length < tested) {
      const fact = below(facts, random);
      const wide = 2 + below(4, random);
      const first = below(BANDS + 1 - wide, random);
      bands[fact] ??= [cutOffs[fact]![first]!, cutOffs[fact]![first + wide]! - 1];
    }
    return bands;
  });
  return { facts, rules: withValues(rules, seed) };
}

const BANDS = 8;

/** So many numbers above the lowest, ascending. */
function distinct(count: number, random: () => number): number[] {
  const found = new Set<number>();
  while (found.size < count) found.add(1 + below(HIGHEST, random));
  return [...found].sort((a, b) => a - b);
}

/** Each rule tests every fact, anywhere. */
export function boxes(facts: number, count: number, seed: number): Table {
  const random = seeded(seed);
  const band = (): [number, number] => {
    const [one, other] = [below(HIGHEST + 1, random), below(HIGHEST + 1, random)];
    return [Math.min(one, other), Math.max(one, other)];
  };
  const rules = Array.from({ length: count }, () => Array.from({ length: facts }, band));
  return { facts, rules: withValues(rules, seed) };
}

/** One decision that every patient needs an answer to, and every rule answers. */
export function tableText({ facts, rules }: Table): string {
  const source = { id: 'generator', at: 'Table' };
  const ruleSet = {
    id: 'bench',
    title: 'Generated for the benchmarks',
    version: '1.0.0',
    status: 'draft',
    role: 'rule-set',
    complete: true,
    sources: { generator: { title: 'The benchmark generator' } },
    facts: Object.fromEntries(
      Array.from({ length: facts }, (_, i) => [
        `measure-${i}`,
        { title: `Measure ${i}`, type: 'integer', minimum: 0, maximum: HIGHEST, required: true },
      ]),
    ),
    decisions: { class: { title: 'Class', values: VALUES, resolve: 'single', mustDecide: true } },
    rules: rules.map(({ bands, value }, i) => {
      const all = bands.flatMap((band, fact) => (band ? [{ fact: `measure-${fact}`, atLeast: band[0], atMost: band[1] }] : []));
      return { id: `rule-${i}`, title: `Row ${i}`, when: { all }, then: [{ decide: 'class', as: value }], source };
    }),
  };
  return `${JSON.stringify(ruleSet, null, 2)}\n`;
}

/** For z3: the facts within their domain. */
export function declarations({ facts }: Table): string {
  return Array.from({ length: facts }, (_, i) => `(declare-const f${i} Int)(assert (<= 0 f${i} ${HIGHEST}))`).join('\n');
}

/** For z3: that the rule fires. */
export function firing({ bands }: TableRule): string {
  const tests = bands.flatMap((band, fact) => (band ? [`(<= ${band[0]} f${fact} ${band[1]})`] : []));
  return `(and true ${tests.join(' ')})`;
}

/** For z3: a patient whom no rule answers. */
export function gapQuestion(table: Table): string {
  return `${declarations(table)}\n${table.rules.map(rule => `(assert (not ${firing(rule)}))`).join('\n')}`;
}

function split(facts: number, count: number, random: () => number): Bands[] {
  const leaves: Bands[] = [Array.from({ length: facts }, () => [0, HIGHEST])];
  while (leaves.length < count) {
    const at = below(leaves.length, random);
    const axis = below(facts, random);
    const [low, high] = leaves[at]![axis]!;
    if (low === high) continue;
    const cut = low + 1 + below(high - low, random);
    leaves.push(leaves[at]!.with(axis, [cut, high]));
    leaves[at] = leaves[at]!.with(axis, [low, cut - 1]);
  }
  return leaves;
}

function slip(bands: Bands, random: () => number): Bands {
  const axis = below(bands.length, random);
  const [low, high] = bands[axis]!;
  const moved = Math.min(HIGHEST, Math.max(low, high + (random() < 0.5 ? -1 : 1) * (1 + below(5, random))));
  return bands.with(axis, [low, moved]);
}

/** A test that the whole domain meets is not written down. */
function withValues(rules: readonly (readonly (readonly [number, number] | undefined)[])[], seed: number): TableRule[] {
  const random = seeded(seed + 2);
  const written = (band: readonly [number, number] | undefined) => (band && band[0] === 0 && band[1] === HIGHEST ? undefined : band);
  return rules.map(bands => ({ bands: bands.map(written), value: VALUES[below(VALUES.length, random)]! }));
}

function below(count: number, random: () => number): number {
  return Math.floor(random() * count);
}
