/** Proofs that nobody can notice a mutant, next to mutants as near as can be that a named patient notices: those are not proved. */
import assert from 'node:assert/strict';
import { answer } from '../../server/src/evaluation/answer.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { mutatedRuleSet } from '../../server/src/testing/mutant-run.ts';
import { type Mutant, mutantsOf } from '../../server/src/testing/mutants.ts';
import { Settler } from '../../server/src/testing/survivors.ts';
import { type ExpectedJson, toldApart } from '../../server/src/testing/told-apart.ts';
import { compiledOf, NOON, patientOf } from '../support/rule-sets.ts';

/** What is changed, as `was → is` of an item: the last such change in the order written. */
type Change = readonly [item: string, was: string, is: string];

function mutantOf({ ruleSet }: CompiledRuleSet, [id, was, is]: Change): Mutant {
  const found = [...mutantsOf(ruleSet)].findLast(mutant => mutant.item.id === id && mutant.was === was && mutant.is === is);
  assert.ok(found, `${id}: ${was} → ${is}`);
  return found;
}

/** The patient notices the mutant by just this, and it is not proved that nobody does. */
function isNoticed(json: object, change: Change, patient: object, by: ExpectedJson): void {
  const compiled = compiledOf(json);
  const mutant = mutantOf(compiled, change);
  const [was, is] = [compiled, compile(mutatedRuleSet(compiled.ruleSet, mutant))].map(one => ({
    ruleSet: one.ruleSet,
    answer: answer(one, stateOf(one.layout, patientOf({ id: 'p', asOf: NOON, ...patient }))),
  }));
  assert.deepEqual(toldApart(was!, is!)?.expected, by);
  const settler = new Settler(compiled, [mutant]);
  assert.equal(settler.isProved(mutant), false, 'proved, though the patient notices it');
  assert.notEqual(settler.settle(mutant).status, 'equivalent');
}

function isProved(json: object, change: Change): void {
  const compiled = compiledOf(json);
  const mutant = mutantOf(compiled, change);
  const settler = new Settler(compiled, [mutant]);
  assert.ok(settler.isProved(mutant), 'not proved');
  assert.equal(settler.settle(mutant).status, 'equivalent');
}

const BASE = { id: 'proofs', title: 'Proofs', version: '1.0.0', status: 'active', sources: { one: { title: 'One' } } };
const LAST_PART = ['waits', 'a part of “all”', 'left out'] as const;

function rule(id: string, when: object, then: object, more: object = {}): object {
  return { id, title: id, when, then: [then], source: { id: 'one' }, ...more };
}

const is = (fact: string, value: unknown) => ({ fact, is: value });
const flag = (title: string) => ({ title, type: 'boolean' });
const all = (...items: readonly object[]) => ({ all: items });

describe('proofs that nobody notices a mutant', () => {
  describe('of a rule about a record that waits for a decision of each record', () => {
    interface Written {
      /** When a lesion is answered with `as`, by itself “go”. */
      readonly answers: object;
      readonly as?: string;
      /** When the rule recommends that waits for one of the values in `given`. */
      readonly waits: object;
      readonly given?: readonly string[];
      /** Whether it is about the patient instead of a lesion. */
      readonly ofPatient?: true;
    }
    const ruleSet = ({ answers, as = 'go', waits, given = ['care', 'go'], ofPatient }: Written) => ({
      ...BASE,
      sites: { L1: { title: 'L1' }, L2: { title: 'L2' } },
      activities: { walk: { title: 'Walk' } },
      facts: { calm: flag('Calm') },
      groups: {
        lesions: {
          title: 'Lesions',
          facts: { site: { title: 'Site', type: 'code', values: 'sites' }, fixed: flag('Fixed'), pain: flag('Pain') },
        },
      },
      decisions: { go: { title: 'Go', values: ['stop', 'care', 'go'], resolve: 'strictest', each: 'lesions' } },
      rules: [
        rule('answers', answers, { decide: 'go', as }, { of: 'lesions' }),
        rule('waits', waits, { recommend: 'walk' }, { ...(!ofPatient && { of: 'lesions' }), given: { decision: 'go', in: given } }),
      ],
      // Waits for the list of lesions as the other rules do.
      precautions: [{ id: 'beside', title: 'Beside', site: 'L1', then: [{ avoid: 'walk', at: 'here' }], source: { id: 'one' } }],
    });
    const lesions = (...records: readonly object[]) => ({
      groups: { lesions: { records: records.map((facts, i) => ({ id: `l${i}`, facts })) } },
    });
    const DISABLED = ['waits', 'rule waits', 'disabled'] as const;
    const WALKS = { fired: ['waits'], effects: [{ recommend: 'walk' }] };

    it('is one where the lesion that it holds for is never answered, and none where it is', () => {
      const answers = is('fixed', true);
      isProved(ruleSet({ answers, waits: is('fixed', false) }), DISABLED);
      isNoticed(ruleSet({ answers, waits: is('fixed', true) }), DISABLED, lesions({ fixed: true }), WALKS);
    });

    it('is one where what is missing is missing for the answer too, and none where only the rule waits for it', () => {
      const waits = all(is('site', 'L2'), { any: [is('pain', true), is('pain', false)] });
      isProved(ruleSet({ answers: all(is('site', 'L1'), is('pain', true)), waits }), LAST_PART);
      // As long as the site is unknown either may be so.
      isNoticed(ruleSet({ answers: is('site', 'L1'), waits }), LAST_PART, lesions({}), { missing: ['lesions.l0.pain'] });
    });

    it('is none where another lesion gives the answer: the strictest counts wherever it is', () => {
      const json = ruleSet({ answers: is('fixed', true), as: 'stop', waits: is('fixed', false), given: ['stop'] });
      isNoticed(json, DISABLED, lesions({ fixed: true }, { fixed: false }), WALKS);
    });

    it('is none of a rule about the patient, who has the answer of all lesions', () => {
      const json = ruleSet({ answers: is('fixed', true), waits: is('calm', true), ofPatient: true });
      isNoticed(json, DISABLED, { facts: { calm: true }, ...lesions({ fixed: true }) }, WALKS);
    });
  });

  describe('of a factor between two units', () => {
    const twice = { product: [2, { fact: 'level', unit: 'mg/dL' }] };
    const ownTwice = { product: [2, { fact: 'level', unit: 'mmol/L' }] };
    const ruleSet = (how: object) => ({
      ...BASE,
      facts: {
        level: { title: 'Level', type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } },
        dose: { title: 'Dose', type: 'quantity', unit: 'mg/dL', minimum: 0, maximum: 24, alsoIn: { 'mmol/L': 0.25 } },
      },
      derived: { twice: { title: 'Twice', type: 'quantity', unit: 'mg/dL', alsoIn: { 'mmol/L': 0.25 }, ...how } },
      assessments: { look: { title: 'Look' } },
      rules: [rule('high', { fact: 'twice', atLeast: { 'mg/dL': 20, 'mmol/L': 5 } }, { require: 'look' })],
    });
    const FACTOR = ['level', '0.25 mmol/L', '0.26 mmol/L'] as const;
    const TELLS = { fired: ['high'], effects: [{ require: 'look' }] };
    const LEVEL = { level: { value: 2.55, unit: 'mmol/L' } };

    it('is one where each unit has a formula, and none where one of them is converted', () => {
      isProved(ruleSet({ by: 'level', formulas: { 'mg/dL': twice, 'mmol/L': ownTwice } }), FACTOR);
      isNoticed(ruleSet({ by: 'level', formulas: { 'mg/dL': twice } }), FACTOR, { facts: LEVEL }, TELLS);
    });

    it('is none where it is calculated in one unit, or the unit of another fact chooses the formula', () => {
      isNoticed(ruleSet(twice), FACTOR, { facts: LEVEL }, TELLS);
      const facts = { ...LEVEL, dose: { value: 1, unit: 'mg/dL' } };
      isNoticed(ruleSet({ by: 'dose', formulas: { 'mg/dL': twice, 'mmol/L': ownTwice } }), FACTOR, { facts }, TELLS);
    });
  });

  describe('of how a decision is made of several answers', () => {
    const ruleSet = (one: object, other: object) => ({
      ...BASE,
      facts: { pregnant: flag('Pregnant'), man: flag('Man') },
      impossible: [{ id: 'never', when: all(is('pregnant', true), is('man', true)), reason: 'So.' }],
      decisions: { go: { title: 'Go', values: ['stop', 'care', 'go'], resolve: 'strictest' } },
      rules: [rule('one', one, { decide: 'go', as: 'stop' }), rule('other', other, { decide: 'go', as: 'care' })],
    });
    const RESOLVED = ['go', 'resolved by strictest', 'single'] as const;

    it('is one where who surely has one answer surely has not the other, and none where that may be open', () => {
      isProved(ruleSet(is('man', false), is('man', true)), RESOLVED);
      // Nobody is both; but while one of them is unknown, the other answer is still possible.
      isNoticed(ruleSet(is('pregnant', true), is('man', true)), RESOLVED, { facts: { pregnant: true } }, { decisions: { go: 'stop' } });
    });
  });
});
