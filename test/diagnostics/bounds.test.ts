/** What is said of bounds is what trying every value shows. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { subjectOf } from '../support/subject.ts';

const NUMBERS = [0, 1, 2, 3];
const KEYS = ['atLeast', 'above', 'atMost', 'below'] as const;
type Bounds = Partial<Record<(typeof KEYS)[number], number>>;

/** Every test with up to two bounds. */
const TESTS: readonly Bounds[] = [
  ...KEYS.flatMap(key => NUMBERS.map(number => ({ [key]: number }))),
  ...KEYS.flatMap((one, i) =>
    KEYS.slice(i + 1).flatMap(other => NUMBERS.flatMap(number => NUMBERS.map(more => ({ [one]: number, [other]: more })))),
  ),
];

const DOMAINS: readonly { minimum?: number; maximum?: number }[] = [{}, { minimum: 1 }, { maximum: 2 }, { minimum: 1, maximum: 2 }];

function isMet(value: number, { atLeast, above, atMost, below }: Bounds): boolean {
  return value >= (atLeast ?? -9) && value > (above ?? -9) && value <= (atMost ?? 9) && value < (below ?? 9);
}

/** By rule the codes that are told of its test. */
function toldOf(fact: object, more: object): readonly (readonly string[])[] {
  const rules = TESTS.map((bounds, i) => ({
    ...{ id: `r${i}`, title: 'R', when: { fact: 'f', ...bounds, ...more } },
    ...{ then: [{ decide: 'd', as: 'yes' }], source: { id: 's' } },
  }));
  const text = JSON.stringify({
    ...{ id: 'x', title: 'X', version: '1.0.0', sources: { s: { title: 'S' } }, facts: { f: { title: 'F', ...fact } } },
    ...{ decisions: { d: { title: 'D', values: ['yes'], resolve: 'strictest' } }, rules },
  });
  const codes = new Map(rules.map(({ id }) => [id, [] as string[]]));
  for (const { code, names } of check(subjectOf({ text }))) codes.get(names[0]!)?.push(code);
  return [...codes.values()];
}

/** `step`: between two values of the type. */
const TYPES: readonly { name: string; type: object; test: object; step: number }[] = [
  { name: 'whole numbers', type: { type: 'integer' }, test: {}, step: 1 },
  { name: 'decimals', type: { type: 'decimal' }, test: {}, step: 0.5 },
  { name: 'quantities in their unit', type: { type: 'quantity', unit: 'mg' }, test: { unit: 'mg' }, step: 0.5 },
];

describe('bounds of a fact', () => {
  for (const { name, type, test, step } of TYPES)
    for (const domain of DOMAINS)
      it(`are told where no value meets them, or where they lie outside the domain: ${name}, ${JSON.stringify(domain)}`, () => {
        const { minimum = -9, maximum = 9 } = domain;
        const values = Array.from({ length: 1 + 18 / step }, (_, i) => i * step - 9);
        toldOf({ ...type, ...domain }, test).forEach((codes, i) => {
          const bounds = TESTS[i]!;
          const isOutside = Object.values(bounds).some(bound => bound < minimum || bound > maximum);
          assert.equal(codes.includes('bound-outside-domain'), isOutside, JSON.stringify([bounds, codes]));
          assert.equal(
            codes.includes('contradicting-bounds'),
            !values.some(value => isMet(value, bounds)),
            JSON.stringify([bounds, codes]),
          );
        });
      });

  for (const { name, type, test, code } of [
    { name: 'no unit', type: { type: 'quantity', unit: 'mg' }, test: {}, code: 'missing-unit' },
    { name: 'a unit of a number that has none', type: { type: 'integer' }, test: { unit: 'mg' }, code: 'unneeded-unit' },
    { name: 'a unit of something else', type: { type: 'quantity', unit: 'mg' }, test: { unit: 'mm' }, code: 'undeclared-unit' },
    { name: 'a boolean', type: { type: 'boolean' }, test: {}, code: 'wrong-comparison' },
    { name: 'a date', type: { type: 'date' }, test: {}, code: 'wrong-comparison' },
  ])
    it(`are told one and all: ${name}`, () => {
      for (const [i, codes] of toldOf(type, test).entries()) assert.ok(codes.includes(code), `${JSON.stringify(TESTS[i])}: ${codes}`);
    });
});
