/** Facts of small random rule sets: each with the tests that rules make of it and the few values those tests can tell apart. */
import type { Random } from './random.ts';
import type { Json } from './small-rule-sets.ts';

export interface SmallFact {
  readonly id: string;
  readonly json: Json;
  readonly tests: readonly ((random: Random) => Json)[];
  readonly values: readonly unknown[];
  /** Whether formulas may compute with it. */
  readonly number?: boolean;
  /** Whether rules ask for the time since it, and whether besides for its day: then it says when a patient is seen. */
  readonly times?: boolean;
  readonly days?: boolean;
}

export function NUMBERS(random: Random, numbers: readonly number[]): Json {
  if (random.chance(0.2)) return { is: random.pick(numbers) };
  if (random.chance(0.2) && numbers.length > 1)
    return { atLeast: Math.min(...numbers), [random.pick(['atMost', 'below'])]: Math.max(...numbers) };
  return { [random.pick(['atLeast', 'above', 'atMost', 'below'])]: random.pick(numbers) };
}

const ofNumber = (id: string, numbers: readonly number[]) => (random: Random) => ({ fact: id, ...NUMBERS(random, numbers) });

const KITS: Readonly<Record<string, (random: Random) => SmallFact>> = {
  flag: () => ({
    id: 'flag',
    json: { type: 'boolean' },
    values: [false, true],
    tests: [random => ({ fact: 'flag', is: random.chance(0.5) })],
  }),
  sign: () => ({
    id: 'sign',
    json: { type: 'boolean' },
    values: [false, true],
    tests: [random => ({ fact: 'sign', is: random.chance(0.5) })],
  }),
  whole: () => ({
    id: 'whole',
    json: { type: 'integer', minimum: 0, maximum: 3 },
    values: [0, 1, 2, 3],
    tests: [ofNumber('whole', [1, 2, 2.5])],
    number: true,
  }),
  amount: () => ({
    id: 'amount',
    json: { type: 'decimal', minimum: 0, maximum: 3 },
    values: [0, 0.5, 1, 1.5, 2, 2.5, 3],
    tests: [ofNumber('amount', [1, 2])],
    number: true,
  }),
  level: () => ({
    id: 'level',
    json: { type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } },
    values: [
      ...[0, 8, 9, 10, 12].map(value => ({ value, unit: 'mg/dL' })),
      ...[1, 2, 2.2, 2.5, 4].map(value => ({ value, unit: 'mmol/L' })),
    ],
    tests: [
      random => ({ fact: 'level', [random.pick(['atLeast', 'above', 'below'])]: { 'mg/dL': 8, 'mmol/L': 2.5 } }),
      random => ({
        fact: 'level',
        ...random.pick<Json>([
          { atLeast: 10, unit: 'mg/dL' },
          { below: 2, unit: 'mmol/L' },
        ]),
      }),
    ],
  }),
  kind: () => ({
    id: 'kind',
    json: {
      type: 'code',
      values: {
        solid: { title: 's' },
        breast: { title: 'b', isA: 'solid' },
        lung: { title: 'l', isA: 'solid' },
        blood: { title: 'b' },
        mixed: { title: 'm', isA: ['solid', 'blood'] },
        other: { title: 'o' },
      },
    },
    values: ['breast', 'lung', 'mixed', 'other'],
    tests: [
      random =>
        random.chance(0.6)
          ? { fact: 'kind', is: random.pick(['solid', 'blood', 'breast', 'mixed']) }
          : { fact: 'kind', in: ['lung', 'blood'] },
    ],
  }),
  event: random => {
    const times = random.chance(0.6);
    const days = !times || random.chance(0.2);
    const day = times ? '2025-12-31' : '2025-06-10';
    return {
      id: 'event',
      json: { type: 'date' },
      values: times
        ? ['2026-01-01T05:00:00Z', '2026-01-01T02:00:00Z', '2025-12-31T20:00:00Z', '2025-12-30T12:00:00Z', '2025-12-20T12:00:00Z']
            .concat(days ? ['2026-01-01T01:00:00Z', '2025-12-30T13:00:00Z'] : [])
            .concat('never')
        : ['never', '2025-06-09T12:00:00Z', '2025-06-10T12:00:00Z', '2025-06-11T12:00:00Z'],
      tests: [
        () => ({ fact: 'event', is: 'never' }),
        ...(days ? [(inner: Random) => ({ fact: 'event', [inner.pick(['atLeast', 'above', 'atMost', 'below', 'is'])]: day })] : []),
        ...(days ? [() => ({ fact: 'event', in: [day, 'never'] })] : []),
      ],
      times,
      days: times && days,
    };
  },
};

const OF_LESIONS: Readonly<Record<string, (random: Random) => SmallFact>> = {
  fixed: () => ({
    id: 'fixed',
    json: { type: 'boolean' },
    values: [false, true],
    tests: [random => ({ fact: 'fixed', is: random.chance(0.5) })],
  }),
  size: () => ({
    id: 'size',
    json: { type: 'integer', minimum: 0, maximum: 2 },
    values: [0, 1, 2],
    tests: [ofNumber('size', [1, 2])],
    number: true,
  }),
};

const SITE: SmallFact = {
  id: 'site',
  json: { type: 'code', values: 'sites' },
  values: ['L1', 'L2', 'femur'],
  tests: [random => ({ fact: 'site', is: random.pick(['spine', 'L1', 'femur']) })],
};
const SIDE: SmallFact = {
  id: 'side',
  json: { type: 'side' },
  values: ['left', 'right'],
  tests: [random => ({ fact: 'side', is: random.pick(['left', 'right']) })],
};

/** Lesions always have a site, for places to make sense; a side only sometimes. */
export function smallFacts(random: Random, holder: string, most: number): SmallFact[] {
  if (holder === 'drugs')
    return [{ id: 'dose', json: { type: 'integer', minimum: 0, maximum: 1 }, values: [0, 1], tests: [ofNumber('dose', [1])] }];
  const kits = holder === 'patient' ? KITS : OF_LESIONS;
  const chosen = random.shuffled(Object.keys(kits)).slice(0, random.pick([1, 2, most]));
  const facts = chosen.map(id => requiredOrNot(random, kits[id]!(random)));
  if (holder === 'patient') return facts;
  return [SITE, ...(random.chance(0.4) ? [SIDE] : []), ...facts.slice(0, 1)];
}

function requiredOrNot(random: Random, fact: SmallFact): SmallFact {
  return random.chance(0.2) ? { ...fact, json: { ...fact.json, required: true } } : fact;
}
