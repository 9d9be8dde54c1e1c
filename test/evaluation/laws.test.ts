/** The laws at the end of what evaluation means, on random rule sets with every form of condition. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { DecisionOutcome, Outcome } from '../../server/src/evaluation/outcome.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { completionOf, lessKnown, type PatientJson, randomPatient } from '../support/random-patients.ts';
import { DECISIONS, type RuleSetJson, randomRuleSet, VALUES } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

const evaluator = (ruleSet: object) => {
  const compiled = compiledOf(ruleSet);
  return (patient: PatientJson) => evaluate(compiled, patientOf(patient), { trace: false });
};

const keyOf = ({ id, record }: Outcome['rules'][number]) => `${id} of ${record}`;
const statuses = (outcome: Outcome) => new Map(outcome.rules.map(rule => [keyOf(rule), rule.status]));

const STRICTEST = Object.entries(DECISIONS).filter(([, { resolve }]) => resolve === 'strictest');

function answer({ status, value }: DecisionOutcome): string {
  return status === 'decided' ? JSON.stringify(value) : status;
}

describe('the laws of evaluation', function () {
  this.timeout(60_000);

  it('fired and ruled out hold in every patient that the one seen may turn out to be', () =>
    forSeeds(40, (random, seed) => {
      const ruleSet = randomRuleSet(random, { appliesTo: true });
      const run = evaluator(ruleSet);
      each(4, () => {
        const patient = randomPatient(random, ruleSet.scores, random.pick([0.3, 0.7, 0.9]));
        const before = statuses(run(patient));
        each(5, () => {
          const complete = completionOf(random, patient, ruleSet.scores);
          const after = statuses(run(complete));
          for (const [key, status] of before)
            if (status !== 'undetermined' && after.has(key))
              assert.equal(after.get(key), status, `${seed} ${key} ${JSON.stringify(complete)}`);
        });
      });
    }));

  it('knowing less never turns fired into ruled out', () =>
    forSeeds(40, random => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      lesser(random, ruleSet, (before, after) => {
        const later = statuses(after);
        const waiting = new Set(ruleSet.rules.filter(({ given }) => given).map(({ id }) => id));
        for (const rule of before.rules)
          if (rule.status === 'fired' && !waiting.has(rule.id)) assert.notEqual(later.get(keyOf(rule)), 'ruled-out', keyOf(rule));
      });
    }));

  it('knowing less never makes a decided strictest value looser, nor no answer', () =>
    forSeeds(40, random => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      lesser(random, ruleSet, (before, after) => {
        for (const [id] of STRICTEST) {
          const [was, is] = [before.decisions[id]!, after.decisions[id]!];
          if (was.status !== 'decided') continue;
          assert.notEqual(is.status, 'no-answer', id);
          if (is.status === 'decided') assert.ok(placeOf(is) <= placeOf(was), `${id}: ${was.value}, then ${is.value}`);
          else assert.ok(is.possible.includes(was.value as string), `${id}: ${was.value} not among ${is.possible}`);
        }
      });
    }));

  it('knowing more never changes a decided answer, and never leaves what was possible', () =>
    forSeeds(40, random => {
      const ruleSet = randomRuleSet(random, { appliesTo: true });
      const run = evaluator(ruleSet);
      each(4, () => {
        const patient = randomPatient(random, ruleSet.scores, random.pick([0.3, 0.7, 0.9]));
        const before = run(patient);
        each(5, () => {
          const after = run(completionOf(random, patient, ruleSet.scores));
          for (const [id, was] of Object.entries(before.decisions)) {
            const is = after.decisions[id]!;
            if (was.status === 'decided' || was.status === 'conflict' || was.status === 'no-answer')
              assert.equal(answer(is), answer(was), id);
            for (const value of is.possible) assert.ok(was.possible.includes(value), `${id}: ${value} was not among ${was.possible}`);
          }
        });
      });
    }));

  it('a rule added without override never loosens a decided strictest value', () =>
    forSeeds(40, random => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const others = randomRuleSet(random, { unknown: true });
      const added = { ...random.pick(others.rules), id: 'added', override: undefined };
      const [without, withAdded] = [evaluator(ruleSet), evaluator({ ...ruleSet, rules: [...ruleSet.rules, added] })];
      each(5, () => {
        const patient = randomPatient(random, ruleSet.scores, random.pick([0.5, 0.9, 1]));
        const [before, after] = [without(patient), withAdded(patient)];
        for (const [id] of STRICTEST) {
          const [was, is] = [before.decisions[id]!, after.decisions[id]!];
          if (was.status !== 'decided') continue;
          assert.ok(is.status === 'undetermined' || (is.status === 'decided' && placeOf(is) <= placeOf(was)), id);
        }
      });
    }));

  it('the order of the rules changes nothing except under `first`', () =>
    forSeeds(25, random => {
      const ruleSet = withoutFirst(randomRuleSet(random, { unknown: true, appliesTo: true }));
      const [one, other] = [evaluator(ruleSet), evaluator({ ...ruleSet, rules: random.shuffled(ruleSet.rules) })];
      each(4, () => {
        const patient = randomPatient(random, ruleSet.scores, random.pick([0.5, 0.9, 1]));
        assert.equal(JSON.stringify(other(patient)), JSON.stringify(one(patient)));
      });
    }));

  it('the same input gives the same bytes, in whatever order the patient was written', () =>
    forSeeds(15, random => {
      const ruleSet = randomRuleSet(random, { unknown: true });
      const run = evaluator(ruleSet);
      const patient = randomPatient(random, ruleSet.scores, 0.6);
      const facts = Object.fromEntries(random.shuffled(Object.entries(patient.facts)));
      assert.equal(JSON.stringify(run({ ...patient, facts })), JSON.stringify(run(patient)));
    }));
});

function each(times: number, check: () => void): void {
  for (let i = 0; i < times; i++) check();
}

function lesser(random: Random, ruleSet: RuleSetJson, check: (before: Outcome, after: Outcome) => void): void {
  const run = evaluator(ruleSet);
  each(6, () => {
    const patient = randomPatient(random, ruleSet.scores, random.pick([0.6, 0.9, 1]));
    check(run(patient), run(lessKnown(random, patient, ruleSet.scores)));
  });
}

function placeOf({ value }: DecisionOutcome): number {
  return VALUES.indexOf(value as string);
}

/** Without rules for the one decision that goes by the order of the text. */
function withoutFirst(ruleSet: RuleSetJson): RuleSetJson {
  const rules = ruleSet.rules.map(rule => ({
    ...rule,
    then: rule.then.map(effect => (effect.decide === 'order' ? { ...effect, decide: 'advice' } : effect)),
  }));
  return { ...ruleSet, rules };
}
