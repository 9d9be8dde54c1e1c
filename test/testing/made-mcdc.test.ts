/**
 * That a condition alone decides, held against turning it by hand: in both cases of each pair it is turned, the others are left, and the rule turns.
 * And how many cases that takes, held against the greedy choice of pairs that is known from the literature on MC/DC.
 */
import assert from 'node:assert/strict';
import { pairsOf } from '../../server/src/testing/made/pairs.ts';
import { madeFor, patientsIn, textOf } from '../support/made.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

type Tree = { readonly all: readonly Tree[] } | { readonly any: readonly Tree[] } | { readonly not: Tree } | Leaf;
interface Leaf {
  readonly fact: string;
  readonly is?: boolean;
  readonly atLeast?: number;
  readonly atMost?: number;
}
type Values = Readonly<Record<string, boolean | number>>;

interface Table {
  readonly rules: readonly Tree[];
  /** The values of each fact that are tried for the greedy choice. */
  readonly facts: Readonly<Record<string, readonly (boolean | number)[]>>;
}

function leavesOf(tree: Tree): Leaf[] {
  if ('all' in tree) return tree.all.flatMap(leavesOf);
  if ('any' in tree) return tree.any.flatMap(leavesOf);
  return 'not' in tree ? leavesOf(tree.not) : [tree];
}

const keyOf = (leaf: Leaf) => JSON.stringify(leaf);
const atomsOf = (tree: Tree) => [...new Map(leavesOf(tree).map(leaf => [keyOf(leaf), leaf])).values()];

function holds({ fact, is, atLeast, atMost }: Leaf, values: Values): boolean {
  const value = values[fact]!;
  if (is !== undefined) return value === is;
  return (atLeast === undefined || (value as number) >= atLeast) && (atMost === undefined || (value as number) <= atMost);
}

function outcome(tree: Tree, truth: (leaf: Leaf) => boolean): boolean {
  if ('all' in tree) return tree.all.every(each => outcome(each, truth));
  if ('any' in tree) return tree.any.some(each => outcome(each, truth));
  return 'not' in tree ? !outcome(tree.not, truth) : truth(tree);
}

function ruleSetFor({ rules, facts }: Table) {
  const fact = (values: readonly (boolean | number)[]) =>
    typeof values[0] === 'boolean'
      ? { title: 'F', type: 'boolean', required: true }
      : {
          title: 'N',
          type: 'integer',
          minimum: Math.min(...(values as number[])),
          maximum: Math.max(...(values as number[])),
          required: true,
        };
  return ruleSetOf({
    facts: Object.fromEntries(Object.entries(facts).map(([id, values]) => [id, fact(values)])),
    rules: rules.map((when, i) => ({ id: `rule-${i}`, when, then: [] })),
  });
}

/** The cases that are made for pairs alone; each pair is verified by hand. */
function verified(table: Table, about: string): number {
  const made = madeFor(ruleSetFor(table), [], ({ point }) => point.kind === 'alone')!;
  if (made.cases.length === 0) return 0;
  const patients = patientsIn(textOf(made)).map(
    ({ facts }): Values =>
      Object.fromEntries(
        [...facts].map(([id, { values }]) => [
          id,
          typeof values[0]!.value === 'boolean' ? values[0]!.value : Number(String(values[0]!.value)),
        ]),
      ),
  );
  const byRule = new Map<string, number>();
  for (const { point, whenTrue, whenFalse } of pairsOf(made)) {
    const index = byRule.get(point.item!.id) ?? 0;
    byRule.set(point.item!.id, index + 1);
    const tree = table.rules[Number(point.item!.id.slice('rule-'.length))]!;
    const atom = atomsOf(tree)[index]!;
    const results = [whenTrue, whenFalse].map((place, i) => {
      if (place === undefined) return undefined;
      const values = patients[place]!;
      const before = outcome(tree, leaf => holds(leaf, values));
      const turned = outcome(tree, leaf => (keyOf(leaf) === keyOf(atom) ? !holds(leaf, values) : holds(leaf, values)));
      assert.equal(holds(atom, values), i === 0, `${about}: ${keyOf(atom)} in case ${place}`);
      assert.notEqual(before, turned, `${about}: ${keyOf(atom)} alone does not decide in case ${place}`);
      return before;
    });
    if (results[0] !== undefined && results[1] !== undefined) assert.notEqual(results[0], results[1], `${about}: ${keyOf(atom)}`);
  }
  return made.cases.length;
}

/** Every patient of the table by the truths of its rules' conditions, each pattern once. */
function patternsOf({ rules, facts }: Table): (readonly (readonly boolean[])[])[] {
  let patients: Values[] = [{}];
  for (const [id, values] of Object.entries(facts))
    patients = patients.flatMap(patient => values.map(value => ({ ...patient, [id]: value })));
  const patterns = patients.map(values => rules.map(rule => atomsOf(rule).map(atom => holds(atom, values))));
  return [...new Map(patterns.map(pattern => [JSON.stringify(pattern), pattern])).values()];
}

/**
 * The greedy choice of pairs: for each condition the pairs of patients who differ in it, in nothing else that the rule asks, and in the outcome
 * (where there is none, those in both of whom it alone decides). Taken is always the pair that needs the fewest new patients, and of these the one
 * whose patients are in most pairs that are still wanted.
 */
function greedy(table: Table): number {
  const patterns = patternsOf(table);
  const wanted = table.rules.flatMap((tree, rule) => {
    const atoms = atomsOf(tree);
    if (atoms.length < 2) return [];
    return atoms.map((_, atom) => pairsFor(tree, rule, atom, patterns)).filter(pairs => pairs.length > 0);
  });
  const taken = new Set<number>();
  const open = new Set(wanted);
  while (open.size > 0) {
    const uses = new Map<number, number>();
    for (const pairs of open) for (const pair of pairs) for (const one of pair) uses.set(one, (uses.get(one) ?? 0) + 1);
    const fresh = (pair: readonly number[]) => pair.filter(one => !taken.has(one)).length;
    const worth = (pair: readonly number[]) => pair.reduce((sum, one) => sum + uses.get(one)!, 0);
    const best = [...open].flat().reduce((a, b) => (fresh(b) < fresh(a) || (fresh(b) === fresh(a) && worth(b) > worth(a)) ? b : a));
    for (const one of best) taken.add(one);
    for (const pairs of open) if (pairs.some(pair => pair.every(one => taken.has(one)))) open.delete(pairs);
  }
  return taken.size;
}

function pairsFor(
  tree: Tree,
  rule: number,
  atom: number,
  patterns: readonly (readonly (readonly boolean[])[])[],
): (readonly [number, number])[] {
  const atoms = atomsOf(tree);
  const result = (truths: readonly boolean[]) => outcome(tree, leaf => truths[atoms.findIndex(each => keyOf(each) === keyOf(leaf))]!);
  const decides = (truths: readonly boolean[]) => result(truths) !== result(truths.with(atom, !truths[atom]!));
  const deciding = patterns.flatMap((pattern, i) => (decides(pattern[rule]!) ? [i] : []));
  const all = deciding.flatMap(one =>
    deciding.flatMap((other): (readonly [number, number])[] => {
      const [a, b] = [patterns[one]![rule]!, patterns[other]![rule]!];
      return one < other && a[atom] !== b[atom] && result(a) !== result(b) ? [[one, other]] : [];
    }),
  );
  const unique = all.filter(([one, other]) =>
    patterns[one]![rule]!.every((truth, i) => i === atom || truth === patterns[other]![rule]![i]),
  );
  return unique.length > 0 ? unique : all;
}

function randomTree(random: Random, facts: readonly string[], depth: number): Tree {
  if (depth === 0 || random.chance(0.25)) {
    const leaf: Leaf = { fact: random.pick(facts), is: true };
    return random.chance(0.3) ? { not: leaf } : leaf;
  }
  const items = random.list(2, 3, () => randomTree(random, facts, depth - 1));
  return random.chance(0.5) ? { all: items } : { any: items };
}

const BOTH = [true, false];
const around = (...bounds: readonly number[]) =>
  [...new Set(bounds.flatMap(bound => [bound - 1, bound, bound + 1]))].filter(each => each >= 0);
const range = (fact: string, atLeast: number, atMost: number): Leaf => ({ fact, atLeast, atMost });

/** The tables that papers on decision tables check: with gaps, with rows that overlap, with bounds that touch. */
const TABLES: Readonly<Record<string, Table>> = {
  // The grade of a loan by income and assets: rows overlap, and there are gaps between them.
  'loan grade': {
    facts: { income: around(0, 250, 500, 750, 1000, 1500, 2000, 2500), assets: around(0, 500, 1000, 2000, 3000, 4000, 5000) },
    rules: [
      { all: [range('income', 0, 1000), range('assets', 0, 1000)] },
      { all: [range('income', 250, 750), range('assets', 4000, 5000)] },
      { all: [range('income', 500, 1500), range('assets', 500, 3000)] },
      { all: [range('income', 2000, 2500), range('assets', 0, 2000)] },
    ],
  },
  // Days of leave by age and years of service: the same bounds in several rows.
  'days of leave': {
    facts: { age: around(18, 45, 60), service: around(15, 30) },
    rules: [
      {
        any: [
          { fact: 'age', atMost: 17 },
          { fact: 'age', atLeast: 60 },
          { fact: 'service', atLeast: 30 },
        ],
      },
      {
        all: [
          {
            any: [
              { fact: 'age', atLeast: 45 },
              { fact: 'service', atLeast: 15 },
            ],
          },
          { not: { fact: 'service', atLeast: 30 } },
        ],
      },
      {
        all: [
          { fact: 'age', atLeast: 60 },
          { fact: 'service', atLeast: 30 },
        ],
      },
    ],
  },
  // A ship may enter a port: certificates, size and cargo, as a table of yes and no with bounds.
  'clearing a ship': {
    facts: { certified: BOTH, clean: BOTH, hull: BOTH, length: around(260, 320, 400), residue: around(1) },
    rules: [
      {
        all: [
          { fact: 'certified', is: true },
          { fact: 'length', atMost: 260 },
          {
            any: [
              { fact: 'clean', is: true },
              { fact: 'residue', atMost: 0 },
            ],
          },
        ],
      },
      { all: [{ fact: 'certified', is: true }, range('length', 261, 320), { fact: 'hull', is: true }] },
      {
        all: [
          { fact: 'certified', is: true },
          range('length', 321, 400),
          { fact: 'hull', is: true },
          { not: { fact: 'residue', atLeast: 1 } },
        ],
      },
      { any: [{ not: { fact: 'certified', is: true } }, { fact: 'length', atLeast: 401 }] },
    ],
  },
};

describe('made cases, one condition turning the outcome (MC/DC)', () => {
  for (const [name, table] of Object.entries(TABLES))
    it(`take at most as many cases as the greedy choice of pairs: ${name}`, () => {
      const [ours, theirs] = [verified(table, name), greedy(table)];
      assert.ok(ours > 1 && ours <= theirs, `${ours} cases, the greedy choice needs ${theirs}`);
    }).timeout(60_000);

  it('take at most as many cases as the greedy choice of pairs: random conditions, of one rule and of several', () => {
    const [ours, theirs] = [[] as number[], [] as number[]];
    forSeeds(40, (random, seed) => {
      const facts = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, random.pick([3, 4, 5, 6]));
      const rules = random.list(1, 4, () => randomTree(random, facts, 2));
      const table: Table = { rules, facts: Object.fromEntries(facts.map(id => [id, BOTH])) };
      const [own, other] = [verified(table, `seed ${seed}`), greedy(table)];
      assert.ok(own <= other, `seed ${seed}: ${own} cases, the greedy choice needs ${other}: ${JSON.stringify(rules)}`);
      ours.push(own);
      theirs.push(other);
    });
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    assert.ok(sum(ours) < sum(theirs), 'no table takes fewer');
  }).timeout(240_000);
});
