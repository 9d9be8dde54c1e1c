/** The vocabulary of random rule sets: every type of fact, two groups, small domains whose values can all be tried. */

/** In the order tried: first the values of a complete patient, then those that stand for several. */
export interface FactKind {
  readonly written: object;
  /** Values a complete patient may have. */
  readonly values: readonly unknown[];
}

const numbers = (from: number, to: number, step = 1) => Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
const moments = ['2026-11-22T12:00:00Z', '2026-11-22T08:00:00Z', '2026-11-21T12:00:00Z', '2026-11-12T12:00:00Z', '2026-10-20T12:00:00Z'];

export const FACTS: Readonly<Record<string, FactKind>> = {
  'flag-a': { written: { type: 'boolean' }, values: [true, false] },
  'flag-b': { written: { type: 'boolean' }, values: [true, false] },
  whole: { written: { type: 'integer', minimum: 0, maximum: 6 }, values: numbers(0, 6) },
  amount: { written: { type: 'decimal', minimum: 0, maximum: 6 }, values: numbers(0, 6, 0.5) },
  level: {
    written: { type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } },
    values: [
      ...numbers(0, 24, 2).map(value => ({ value, unit: 'mg/dL' })),
      ...numbers(0, 6, 0.5).map(value => ({ value, unit: 'mmol/L' })),
    ],
  },
  kind: {
    written: {
      type: 'code',
      values: { solid: {}, breast: { isA: 'solid' }, lung: { isA: 'solid' }, blood: {}, mixed: { isA: ['solid', 'blood'] }, other: {} },
    },
    values: ['breast', 'lung', 'mixed', 'other'],
  },
  day: { written: { type: 'date' }, values: [...moments, 'never'] },
  event: { written: { type: 'date' }, values: [...moments, 'never'] },
};

export const SITES = {
  spine: {},
  L1: { partOf: 'spine' },
  L2: { partOf: 'spine' },
  limb: {},
  femur: { partOf: 'limb', paired: true },
  rib: {},
};

export const GROUPS: Readonly<Record<string, Readonly<Record<string, FactKind>>>> = {
  lesions: {
    site: { written: { type: 'code', values: 'sites' }, values: ['L1', 'L2', 'femur', 'rib'] },
    side: { written: { type: 'side' }, values: ['left', 'right'] },
    fixed: { written: { type: 'boolean' }, values: [true, false] },
    size: { written: { type: 'integer', minimum: 0, maximum: 4 }, values: numbers(0, 4) },
  },
  drugs: { dose: { written: { type: 'integer', minimum: 0, maximum: 4 }, values: numbers(0, 4) } },
};

/** Values that stand for several of the others. */
export const BROAD: Readonly<Record<string, readonly unknown[]>> = {
  kind: ['solid', 'blood'],
  site: ['spine', 'limb'],
  day: ['2026-11-22', '2026-11-12'],
  event: ['2026-11-22', '2026-11-12'],
};

/** What a broad value may turn out to be. */
export const NARROW: Readonly<Record<string, readonly unknown[]>> = {
  solid: ['breast', 'lung', 'mixed'],
  blood: ['mixed'],
  spine: ['L1', 'L2'],
  limb: ['femur'],
  '2026-11-22': ['2026-11-22T12:00:00Z', '2026-11-22T08:00:00Z', '2026-11-22T00:00:00Z'],
  '2026-11-12': ['2026-11-12T12:00:00Z', '2026-11-12T00:00:00Z', '2026-11-12T23:59:59.999Z'],
};

/** Codes that conditions may name, by fact. */
export const NAMED: Readonly<Record<string, readonly string[]>> = {
  kind: ['solid', 'breast', 'lung', 'blood', 'mixed', 'other'],
  site: ['spine', 'L1', 'limb', 'femur', 'rib'],
  side: ['left', 'right'],
};

export function titled(facts: Readonly<Record<string, FactKind>>): Record<string, object> {
  return Object.fromEntries(Object.entries(facts).map(([id, { written }]) => [id, { title: id, ...written }]));
}
