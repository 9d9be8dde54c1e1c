/** Rule sets and patients of any size for the benchmarks, from a seed: the same text on every machine. */

/** Mulberry32: a small seeded generator, good enough to spread rules. Gives numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export type Operator = 'atLeast' | 'atMost' | 'is';

export interface FlatCondition {
  readonly fact: string;
  readonly operator: Operator;
  readonly value: number | string | boolean;
}

/** One rule as every peer can say it: all conditions hold, then a value is decided. */
export interface FlatRule {
  readonly id: string;
  readonly conditions: readonly FlatCondition[];
  readonly value: string;
}

export type FlatPatient = Readonly<Record<string, number | string | boolean>>;

export const VALUES = ['contraindicated', 'modify', 'proceed'] as const;
const NUMBERS = Array.from({ length: 10 }, (_, i) => `measure-${i + 1}`);
const CODES = Array.from({ length: 4 }, (_, i) => `kind-${i + 1}`);
const FLAGS = Array.from({ length: 4 }, (_, i) => `flag-${i + 1}`);
const OPTIONS = ['a', 'b', 'c', 'd', 'e'];
const HIGHEST = 200;

export function flatRules(count: number, seed: number): FlatRule[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `rule-${i + 1}`,
    conditions: pick([...NUMBERS, ...CODES, ...FLAGS], 2 + Math.floor(random() * 3), random).map(fact => condition(fact, random)),
    value: VALUES[Math.floor(random() * VALUES.length)]!,
  }));
}

export function flatPatients(count: number, seed: number): FlatPatient[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => ({
    ...Object.fromEntries(NUMBERS.map(fact => [fact, Math.floor(random() * (HIGHEST + 1))])),
    ...Object.fromEntries(CODES.map(fact => [fact, OPTIONS[Math.floor(random() * OPTIONS.length)]!])),
    ...Object.fromEntries(FLAGS.map(fact => [fact, random() < 0.5])),
  }));
}

/** The rules as a rule set of ours, formatted as people write it. */
export function ruleSetText(rules: readonly FlatRule[]): string {
  const ruleSet = {
    id: 'bench',
    title: 'Generated for the benchmarks',
    version: '1.0.0',
    status: 'draft',
    role: 'rule-set',
    sources: { generator: { title: 'The benchmark generator' } },
    facts: {
      ...Object.fromEntries(
        NUMBERS.map(id => [id, { title: `Measure ${id}`, type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: HIGHEST }]),
      ),
      ...Object.fromEntries(CODES.map(id => [id, { title: `Kind ${id}`, type: 'code', values: OPTIONS }])),
      ...Object.fromEntries(FLAGS.map(id => [id, { title: `Flag ${id}`, type: 'boolean' }])),
    },
    decisions: { clearance: { title: 'May this patient exercise now?', values: VALUES, resolve: 'strictest' } },
    rules: rules.map(rule => ({
      id: rule.id,
      title: `When ${rule.conditions.map(({ fact }) => fact).join(' and ')} say so`,
      when: { all: rule.conditions.map(conditionText) },
      then: [{ decide: 'clearance', as: rule.value }],
      source: { id: 'generator', at: rule.id },
    })),
  };
  return `${JSON.stringify(ruleSet, null, 2)}\n`;
}

function conditionText({ fact, operator, value }: FlatCondition): object {
  return typeof value === 'number' ? { fact, [operator]: value, unit: 'mg/dL' } : { fact, is: value };
}

function condition(fact: string, random: () => number): FlatCondition {
  if (fact.startsWith('flag')) return { fact, operator: 'is', value: random() < 0.5 };
  if (fact.startsWith('kind')) return { fact, operator: 'is', value: OPTIONS[Math.floor(random() * OPTIONS.length)]! };
  return { fact, operator: random() < 0.5 ? 'atLeast' : 'atMost', value: Math.floor(random() * HIGHEST) };
}

function pick<T>(from: readonly T[], count: number, random: () => number): T[] {
  const rest = [...from];
  return Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!);
}
