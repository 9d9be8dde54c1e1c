/** The solver against enumeration: small random spaces and formulas of every kind, from a seed. */
import assert from 'node:assert/strict';
import { bitsWhere, fullBits, members } from '../../server/src/analysis/bits.ts';
import { type Formula, TRUE, truthOf, UNKNOWN } from '../../server/src/analysis/formula.ts';
import { solve } from '../../server/src/analysis/solve.ts';
import { seeded } from '../support/seeded.ts';

const SEED = 20261122;

describe(`the solver (seed ${SEED})`, () => {
  it('finds a patient exactly where enumeration finds one, and only patients that show it', () => {
    const random = seeded(SEED);
    const met = { found: 0, none: 0 };
    for (let round = 0; round < 3000; round++) {
      const sizes = Array.from({ length: 1 + below(4, random) }, () => 1 + below(4, random));
      const wanted = Array.from({ length: 1 + below(4, random) }, () => ({
        formula: formula(sizes, 3, random),
        truth: random() < 0.5 ? (0 as const) : (2 as const),
        mayStayUnknown: random() < 0.1,
      }));
      const solution = solve(sizes.map(fullBits), wanted, { steps: 1e6 });
      const shows = (cells: readonly number[]) =>
        wanted.every(({ formula, truth, mayStayUnknown }) => {
          const shown = truthOf(formula, single(cells, sizes));
          return shown === truth || (shown === 1 && mayStayUnknown);
        });
      const expected = everyPatient(sizes).filter(shows);
      assert.equal(solution.kind, expected.length > 0 ? 'found' : 'none', `round ${round}`);
      if (solution.kind === 'found')
        for (const cells of product(solution.box.slice(0, sizes.length).map(members))) assert.ok(shows(cells), `round ${round}: ${cells}`);
      met[solution.kind as 'found' | 'none']++;
    }
    assert.ok(met.found > 500 && met.none > 500, JSON.stringify(met));
  });

  it('says that it stopped when the steps run out, never that there is none', () => {
    const sizes = [4, 4, 4];
    const wanted = everyPatient(sizes).map(cells => ({ formula: point(cells, sizes), truth: 0 as const }));
    assert.equal(solve(sizes.map(fullBits), wanted, { steps: 1e6 }).kind, 'none');
    assert.equal(solve(sizes.map(fullBits), wanted, { steps: 10 }).kind, 'stopped');
  });

  it('takes the same steps for formulas that are made alike, of the same objects or of others', () => {
    const random = seeded(SEED);
    let shared = 0;
    for (let round = 0; round < 1000; round++) {
      const sizes = Array.from({ length: 2 + below(3, random) }, () => 2 + below(3, random));
      const pool = Array.from({ length: 3 }, () => formula(sizes, 3, random));
      const wanted = Array.from({ length: 3 }, () => ({
        formula: { kind: random() < 0.5 ? 'all' : 'any', items: pool.filter(() => random() < 0.6) } as Formula,
        truth: random() < 0.5 ? (0 as const) : (2 as const),
      }));
      const apart = wanted.map(one => ({ ...one, formula: copied(one.formula) }));
      const [budget, other] = [{ steps: 1e6 }, { steps: 1e6 }];
      const solution = solve(sizes.map(fullBits), wanted, budget);
      assert.deepEqual(solve(sizes.map(fullBits), apart, other), solution, `round ${round}`);
      assert.equal(other.steps, budget.steps, `round ${round}`);
      if (budget.steps < 1e6 - 20) shared++;
    }
    assert.ok(shared > 100, `${shared} took more than a few steps`);
  });
});

/** Of objects of its own, but for constants. */
function copied<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map(copied) as Part;
  if (typeof part !== 'object' || part === null || part instanceof Uint32Array || ('kind' in part && part.kind === 'constant')) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, copied(value)])) as Part;
}

function formula(sizes: readonly number[], depth: number, random: () => number): Formula {
  const kind = depth === 0 ? 0 : below(12, random);
  const items = () => Array.from({ length: 1 + below(3, random) }, () => formula(sizes, depth - 1, random));
  if (kind === 2) return { kind: 'all', items: items() };
  if (kind === 3) return { kind: 'any', items: items() };
  if (kind === 4) return { kind: 'not', item: formula(sizes, depth - 1, random) };
  if (kind === 5) return { kind: 'count', items: items(), accepts: numbers(random) };
  if (kind === 6) return { kind: 'table', rows: items().map(when => ({ when, accepted: random() < 0.5 })) };
  if (kind === 7)
    return {
      kind: 'total',
      score: score(sizes, depth, random),
      accepts: [{ accepts: from(below(5, random)), when: formula(sizes, depth - 1, random) }],
    };
  if (kind === 8) return { kind: 'component', score: score(sizes, depth, random), accepts: from(1 + below(2, random)) };
  if (kind === 9) return { kind: 'certain', item: formula(sizes, depth - 1, random) };
  if (kind === 10) return { kind: 'unsettled', score: score(sizes, depth, random) };
  if (kind === 11 && random() < 0.3) return UNKNOWN;
  const variable = below(sizes.length, random);
  return { kind: 'atom', variable, cells: bitsWhere(sizes[variable]!, () => random() < 0.5) };
}

function score(sizes: readonly number[], depth: number, random: () => number) {
  const points = () => (random() < 0.1 ? [0, 1, 2] : [below(4, random)]);
  const cells = sizes.map((size, variable) => ({ kind: 'cells' as const, variable, points: Array.from({ length: size }, points) }));
  const rows = [{ when: formula(sizes, depth - 1, random), points: points() }];
  return {
    applies: random() < 0.5 ? TRUE : formula(sizes, depth - 1, random),
    parts: [...cells, { kind: 'rows' as const, rows, otherwise: points() }],
  };
}

function point(cells: readonly number[], sizes: readonly number[]): Formula {
  return {
    kind: 'all',
    items: cells.map((cell, variable) => ({ kind: 'atom', variable, cells: bitsWhere(sizes[variable]!, one => one === cell) })),
  };
}

function single(cells: readonly number[], sizes: readonly number[]) {
  return cells.map((cell, variable) => bitsWhere(sizes[variable]!, one => one === cell));
}

function everyPatient(sizes: readonly number[]): number[][] {
  return product(sizes.map(size => Array.from({ length: size }, (_, cell) => cell)));
}

function product(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>((rows, list) => rows.flatMap(row => list.map(cell => [...row, cell])), [[]]);
}

function from(least: number): (value: number) => boolean {
  return value => value >= least;
}

/** With a lower end, an upper end, both, or holes between them. */
function numbers(random: () => number): (value: number) => boolean {
  const accepted = [0, 1, 2, 3].filter(() => random() < 0.5);
  return random() < 0.5 ? from(1 + below(3, random)) : value => accepted.includes(value);
}

function below(end: number, random: () => number): number {
  return Math.floor(random() * end);
}
