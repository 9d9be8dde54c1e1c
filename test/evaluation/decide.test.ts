/** The short way gives what the long way gives, on every patient; and it is taken where it should be. */
import assert from 'node:assert/strict';
import type { CompiledRuleSet } from '../../server/src/evaluation/compile.ts';
import { type Decided, decide, type PlainFacts, patientOf as plainPatient, prepare } from '../../server/src/evaluation/decide.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { programOf } from '../../server/src/evaluation/program.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { flatPatients, flatRules, ruleSetText } from '../bench/generate.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { randomCondition } from '../support/random-conditions.ts';
import { randomPatient } from '../support/random-patients.ts';
import { DECISIONS, type RuleSetJson, randomRule, randomRuleSet } from '../support/random-rule-sets.ts';
import { BROAD, FACTS } from '../support/random-vocabulary.ts';
import { compiledOf, NOON, patientOf } from '../support/rule-sets.ts';

/** What `decide` should give, from the outcome. */
function expected(compiled: CompiledRuleSet, patient: Patient): Decided {
  const { decisions, rules } = evaluate(compiled, patient, { trace: false });
  const fired = new Set(rules.filter(({ status }) => status === 'fired').map(({ id }) => id));
  return {
    decisions: Object.fromEntries(Object.entries(decisions).map(([id, { status, value }]) => [id, { status, value }])),
    fired: compiled.rules.map(({ rule }) => rule.id).filter(id => fired.has(id)),
  };
}

function agree(compiled: CompiledRuleSet, patient: Patient, input: Patient | PlainFacts): void {
  const { decisions, fired } = decide(compiled, prepare(compiled, input));
  assert.deepEqual({ decisions: { ...decisions }, fired }, expected(compiled, patient), JSON.stringify(input));
}

/** Rules on the patient's own recorded facts, without counts. */
function flatRuleSet(random: Random): RuleSetJson {
  const ruleSet = randomRuleSet(random);
  const thresholds = Object.keys(ruleSet.thresholds);
  const scope = { group: undefined, derived: {}, derivedOf: {}, scores: {}, thresholds, unknown: true, groups: false };
  const { 'clearance-of-lesions': _, ...decisions } = DECISIONS;
  const rules: RuleSetJson['rules'][number][] = [];
  while (rules.length < 12) {
    const rule = randomRule(random, scope, `rule-${rules.length}`, rules);
    const text = JSON.stringify(rule);
    if (!rule.of && !rule.given && !text.includes('"count"') && !text.includes('clearance-of-lesions')) rules.push(rule);
  }
  const appliesTo = random.chance(0.3) ? { appliesTo: randomCondition(random, { ...scope, unknown: false }, 0) } : {};
  return { ...ruleSet, ...appliesTo, decisions: decisions as typeof DECISIONS, rules };
}

const ODD = [
  null,
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  1e300,
  1e-300,
  2.5,
  7,
  -1,
  'nothing',
  'solid',
  true,
  '2026-11-12',
  'never',
];

function plainFacts(random: Random): PlainFacts {
  const value = (id: string): unknown => {
    const values = FACTS[id]!.values;
    if (random.chance(0.1)) return random.pick(ODD);
    if (random.chance(0.1)) return { oneOf: random.shuffled(values).slice(0, 2) };
    if (random.chance(0.1)) return { value: 3, unit: random.pick(['mg/dL', 'mmol/L', 'kg']) };
    const one = random.pick([...values, ...(BROAD[id] ?? [])]);
    return id === 'level' && random.chance(0.7) ? (one as { value: number }).value : one;
  };
  const ids = random.shuffled(Object.keys(FACTS)).filter(() => random.chance(0.85));
  return Object.fromEntries(ids.map(id => [id, value(id)])) as PlainFacts;
}

describe('decide', function () {
  this.timeout(60_000);

  it('agrees with evaluate on plain facts, the fast way', () => {
    let fast = 0;
    forSeeds(60, random => {
      const compiled = compiledOf(flatRuleSet(random));
      if (programOf(compiled)) fast++;
      for (let i = 0; i < 30; i++) {
        const facts = plainFacts(random);
        agree(compiled, plainPatient(compiled, facts), facts);
      }
    });
    assert.ok(process.env.SEED !== undefined || fast > 25, `only ${fast} rule sets went the fast way`);
  });

  it('agrees with evaluate on patient files, the fast way', () =>
    forSeeds(40, random => {
      const ruleSet = flatRuleSet(random);
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 10; i++) {
        const patient = patientOf(randomPatient(random, {}, random.pick([0.3, 0.7, 1])));
        agree(compiled, patient, patient);
      }
    }));

  it('agrees with evaluate on rule sets of every form', () =>
    forSeeds(60, random => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 5; i++) {
        const patient = patientOf(randomPatient(random, ruleSet.scores, random.pick([0.3, 0.7, 1])));
        agree(compiled, patient, patient);
      }
    }));

  it('takes the fast way on the rules of the benchmark, and fires what a plain loop fires', () => {
    const rules = flatRules(200, 1);
    const compiled = compiledOf(ruleSetText(rules));
    assert.ok(programOf(compiled));
    for (const patient of flatPatients(200, 3)) {
      const holds = ({ fact, operator, value }: (typeof rules)[number]['conditions'][number]) =>
        operator === 'is' ? patient[fact] === value : operator === 'atLeast' ? patient[fact]! >= value : patient[fact]! <= value;
      const fired = rules.filter(rule => rule.conditions.every(holds)).map(({ id }) => id);
      assert.deepEqual(decide(compiled, prepare(compiled, patient)).fired, fired);
    }
  });

  it('takes a bare number in the declared unit, and needs a unit in a patient file', () => {
    const compiled = compiledOf({
      facts: { calcium: { type: 'quantity', unit: 'mmol/L' } },
      rules: [{ id: 'high', when: { fact: 'calcium', atLeast: 3.5, unit: 'mmol/L' }, then: [] }],
    });
    assert.deepEqual(decide(compiled, prepare(compiled, { calcium: 3.5 })).fired, ['high']);
    const patient = patientOf({ asOf: NOON, facts: { calcium: 3.5 } });
    assert.deepEqual(decide(compiled, prepare(compiled, patient)).fired, []);
  });

  it('compares a number as its shortest decimal where doubles cannot tell', () => {
    const compiled = compiledOf(
      '{"facts":{"x":{"type":"decimal"}},"rules":[{"id":"a","when":{"fact":"x","atLeast":0.30000000000000001},"then":[]},{"id":"b","when":{"fact":"x","atLeast":0.3},"then":[]}]}',
    );
    assert.deepEqual(decide(compiled, prepare(compiled, { x: 0.3 })).fired, ['b']);
    assert.deepEqual(decide(compiled, prepare(compiled, { x: 0.30000000000000004 })).fired, ['a', 'b']);
  });
});
