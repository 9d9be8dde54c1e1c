/** Hierarchies against walking every path by hand; cycles; the values of facts. */
import assert from 'node:assert/strict';
import { adviceHierarchy, Hierarchy, siteHierarchy, valueHierarchy } from '../../server/src/model/hierarchy.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { isValue, leafValuesOf, leavesOfValue, valuesOf } from '../../server/src/model/values.ts';
import { EVERY_FORM } from './every-form.ts';
import { type Random, seeded } from './random-json.ts';
import { ruleSetOf } from './reading.ts';

const SEED = Number(process.env.SEED ?? 3);
const { ruleSet } = linkRuleSet(ruleSetOf(EVERY_FORM), () => 'missing-file');

describe('a hierarchy', () => {
  const body = new Hierarchy([
    ['spine', []],
    ['lumbar', ['spine']],
    ['L3', ['lumbar', 'weight-bearing']],
    ['L4', ['lumbar']],
    ['weight-bearing', []],
    ['femur', ['weight-bearing', 'nowhere']],
  ]);

  it('holds for what lies below by any parent', () => {
    assert.ok(body.isBelow('L3', 'spine') && body.isBelow('L3', 'weight-bearing') && body.isBelow('L3', 'L3'));
    assert.ok(!body.isBelow('spine', 'L3') && !body.isBelow('L4', 'weight-bearing') && !body.isBelow('nobody', 'spine'));
  });

  it('gives the leaves in declared order', () => {
    assert.deepEqual(body.leavesBelow('spine'), ['L3', 'L4']);
    assert.deepEqual(body.leavesBelow('weight-bearing'), ['L3', 'femur']);
    assert.deepEqual(body.leavesBelow('L3'), ['L3']);
    assert.deepEqual(body.leavesBelow('nowhere'), []);
    assert.deepEqual(body.leaves, ['L3', 'L4', 'femur']);
  });

  it('is safe with the words of JavaScript as ids', () => {
    const odd = new Hierarchy([
      ['__proto__', ['constructor']],
      ['constructor', []],
    ]);
    assert.ok(odd.isBelow('__proto__', 'constructor') && !odd.isBelow('constructor', 'toString'));
    assert.deepEqual(odd.leavesBelow('constructor'), ['__proto__']);
  });

  it('tells cycles once and gives every id some leaf', () => {
    const odd = new Hierarchy([
      ['a', ['b']],
      ['b', ['a']],
      ['self', ['self']],
      ['top', []],
      ['c', ['a', 'top']],
    ]);
    assert.deepEqual(odd.cycles, [['a', 'b'], ['self']]);
    assert.deepEqual([odd.leavesBelow('a'), odd.leavesBelow('self'), odd.leavesBelow('top')], [['c'], ['self'], ['c']]);
    assert.deepEqual(body.cycles, []);
  });

  it(`agrees with walking every path (seed ${SEED})`, () => {
    const random = seeded(SEED);
    for (let i = 0; i < 300; i++) checkAgainstPaths(randomParents(random));
  });

  it('answers for thousands of ids at once', () => {
    const deep = new Hierarchy(Array.from({ length: 5000 }, (_, i) => [`s${i}`, i === 0 ? [] : [`s${i - 1}`]] as const));
    assert.ok(deep.isBelow('s4999', 's0'));
    assert.deepEqual(deep.leavesBelow('s0'), ['s4999']);
  });
});

describe('values of facts', () => {
  const fact = (id: string) => ruleSet.facts.get(id) ?? ruleSet.groups.get('lesions')!.facts.get(id)!;

  it('come from a list, from an object, from the vocabulary, or are the two sides', () => {
    assert.deepEqual(valuesOf(fact('sex'), ruleSet), ['female', 'male']);
    assert.deepEqual(valuesOf(fact('primary'), ruleSet), ['solid', 'breast']);
    assert.deepEqual(valuesOf(fact('site'), ruleSet), ['spine', 'L3', 'femur', 'lower-limb']);
    assert.deepEqual(valuesOf(fact('asked-for'), ruleSet), ['dexamethasone']);
    assert.deepEqual(valuesOf(fact('body-side'), ruleSet), ['left', 'right']);
    assert.deepEqual(valuesOf(fact('age'), ruleSet), []);
  });

  it('stand for the leaves below them', () => {
    assert.deepEqual(leavesOfValue(fact('primary'), 'solid', ruleSet), ['breast']);
    assert.deepEqual(leafValuesOf(fact('site'), ruleSet), ['L3', 'femur']);
    assert.deepEqual(leavesOfValue(fact('sex'), 'unheard-of', ruleSet), []);
    assert.ok(isValue(valueHierarchy(fact('site'), ruleSet), 'L3', 'spine'));
  });

  it('of one section keep their order through another section', () => {
    const vocabulary = ruleSetOf({
      activities: { middle: { isA: 'care' } },
      interventions: { care: {}, drug: { isA: 'middle' } },
      facts: { f: { type: 'code', values: 'interventions' } },
    });
    assert.ok(valueHierarchy(vocabulary.facts.get('f')!, vocabulary).isBelow('drug', 'care'));
    assert.deepEqual(leafValuesOf(vocabulary.facts.get('f')!, vocabulary), ['drug']);
  });

  it('are made once for a rule set', () => {
    assert.equal(siteHierarchy(ruleSet), siteHierarchy(ruleSet));
    assert.equal(adviceHierarchy(ruleSet), adviceHierarchy(ruleSet));
    assert.ok(adviceHierarchy(ruleSet).isBelow('squat', 'loading'));
  });
});

type Parents = readonly (readonly [string, readonly string[]])[];

function randomParents(random: Random): Parents {
  const ids = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, i) => `n${i}`);
  return ids.map(id => [id, ids.filter(() => random() < 0.25)] as const);
}

function checkAgainstPaths(parents: Parents): void {
  const hierarchy = new Hierarchy(parents);
  const above = new Map(parents);
  const climbs = (id: string, to: string, left: number): boolean =>
    id === to || (left > 0 && above.get(id)!.some(parent => climbs(parent, to, left - 1)));
  const ids = [...above.keys()];
  for (const a of ids)
    for (const b of ids) assert.equal(hierarchy.isBelow(a, b), climbs(a, b, ids.length), `${a} ${b} ${JSON.stringify(parents)}`);
  for (const id of ids) {
    const leaves = ids.filter(other => climbs(other, id, ids.length) && !ids.some(child => above.get(child)!.includes(other)));
    assert.deepEqual(hierarchy.leavesBelow(id), leaves.length > 0 ? leaves : [id], JSON.stringify(parents));
  }
}
