/** The evaluator against a second, simple reading of the language, on complete patients and on all that a partly known one may turn out to be. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { completionOf, type PatientJson, randomPatient } from '../support/random-patients.ts';
import { type RuleSetJson, randomRuleSet } from '../support/random-rule-sets.ts';
import { FACTS, GROUPS } from '../support/random-vocabulary.ts';
import { completeValues, expectedOf } from '../support/reference.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

const keyOf = ({ id, record }: { id: string; record: string | null }) => `${id} of ${record}`;

function check(ruleSet: RuleSetJson, patient: PatientJson, outcome: Outcome): void {
  const expected = expectedOf(ruleSet, patient);
  const waiting = new Set(ruleSet.rules.filter(({ given }) => given).map(({ id }) => id));
  for (const rule of outcome.rules) {
    if (waiting.has(rule.id)) continue;
    const key = keyOf(rule);
    const status = expected.fired.has(key) ? 'fired' : expected.ruledOut.has(key) ? 'ruled-out' : 'undetermined';
    assert.equal(rule.status, status, `${key} ${JSON.stringify(patient)}`);
  }
  for (const score of outcome.scores) {
    const totals = expected.totals.get(keyOf(score));
    if (totals) assert.deepEqual(totalsOf(score), totals, `${keyOf(score)} ${JSON.stringify(patient)}`);
  }
}

function totalsOf({ total, totals }: Outcome['scores'][number]): number[] {
  return total === undefined ? totals!.map(Number) : [Number(total)];
}

describe('the reference', function () {
  this.timeout(60_000);

  it('gives the same on complete patients', () =>
    forSeeds(80, random => {
      const ruleSet = randomRuleSet(random, { appliesTo: true });
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 6; i++) {
        const patient = completionOf(random, randomPatient(random, ruleSet.scores, 1), ruleSet.scores);
        check(ruleSet, patient, evaluate(compiled, patientOf(patient), { trace: false }));
      }
    }));

  it('fires and rules out in every completion what is fired and ruled out before', () =>
    forSeeds(40, random => {
      const ruleSet = randomRuleSet(random, { appliesTo: true });
      const compiled = compiledOf(ruleSet);
      for (let i = 0; i < 3; i++) {
        const patient = randomPatient(random, ruleSet.scores, random.pick([0.5, 0.8]));
        const { rules } = evaluate(compiled, patientOf(patient), { trace: false });
        const settled = rules.filter(rule => rule.status !== 'undetermined' && !ruleSet.rules.find(({ id }) => id === rule.id)!.given);
        for (let j = 0; j < 15; j++) {
          const complete = completionOf(random, patient, ruleSet.scores);
          const expected = expectedOf(ruleSet, complete);
          for (const rule of settled) {
            const side = rule.status === 'fired' ? expected.fired : expected.ruledOut;
            assert.ok(side.has(keyOf(rule)), `${keyOf(rule)} is ${rule.status} before, not in ${JSON.stringify(complete)}`);
          }
        }
      }
    }));

  it('finds the same possible totals by trying every value', () => {
    let tried = 0;
    forSeeds(150, (random, seed) => {
      const ruleSet = { ...randomRuleSet(random, { only: READ }), rules: [] };
      const patient = totalsPatient(random, ruleSet);
      const all = completionsOf(patient, ruleSet);
      if (!all) return;
      const { scores } = evaluate(compiledOf(ruleSet), patientOf(patient), { trace: false });
      for (const score of scores) {
        if (score.state === 'not-scorable') continue;
        const found: ReadonlySet<number> = new Set(all.flatMap(each => expectedOf(ruleSet, each).totals.get(keyOf(score)) ?? []));
        const expected: number[] = [...found].sort((a, b) => a - b);
        assert.deepEqual(
          totalsOf(score),
          expected,
          `${seed} ${keyOf(score)} of ${JSON.stringify(patient)} ${JSON.stringify(ruleSet.scores)}`,
        );
        if (expected.length > 1) tried++;
      }
    });
    assert.ok(process.env.SEED !== undefined || tried > 100, `only ${tried} scores had several totals`);
  });
});

const READ = ['flag-a', 'flag-b', 'kind', 'whole'];

/** Complete, except for at most three inputs. */
function totalsPatient(random: Random, { scores }: RuleSetJson): PatientJson {
  const full = completionOf(random, randomPatient(random, scores, 1), scores);
  const facts: Record<string, unknown> = { ...full.facts };
  for (const id of random.shuffled(READ).slice(0, random.pick([1, 2, 3]))) {
    const values = FACTS[id]!.values;
    if (random.chance(0.5)) delete facts[id];
    else facts[id] = { oneOf: random.shuffled(values).slice(0, 2) };
  }
  const records = full.groups.lesions!.records.slice(0, 1).map(record => {
    const own: Record<string, unknown> = { ...record.facts };
    const id = random.pick(Object.keys(GROUPS.lesions!));
    delete own[id];
    const [scored] = Object.entries(record.scores);
    const options = scored ? Object.fromEntries(Object.entries(scored[1].options).filter(() => random.chance(0.7))) : {};
    return { ...record, facts: own, scores: scored ? { [scored[0]]: { ...scored[1], options } } : {} };
  });
  return { ...full, facts, groups: { ...full.groups, lesions: { complete: true, records } } };
}

const MOST = 3000;

/** Every complete patient it may turn out to be; undefined where there are too many. */
function completionsOf(patient: PatientJson, { scores }: RuleSetJson): PatientJson[] | undefined {
  let all: PatientJson[] = [patient];
  const spread = (values: readonly unknown[], put: (each: PatientJson, value: unknown) => PatientJson) => {
    if (all.length * values.length <= MOST * 4) all = all.flatMap(each => values.map(value => put(each, value)));
  };
  for (const [id, { values }] of Object.entries(FACTS))
    spread(completeValues(id, values, patient.facts[id]), (each, value) => ({ ...each, facts: { ...each.facts, [id]: value } }));
  for (const [id, { values }] of Object.entries(GROUPS.lesions!))
    for (const [at, record] of patient.groups.lesions!.records.entries())
      spread(completeValues(id, values, record.facts[id]), (each, value) =>
        withRecord(each, at, old => ({ ...old, facts: { ...old.facts, [id]: value } })),
      );
  for (const [at, record] of patient.groups.lesions!.records.entries())
    for (const [component, { options, from }] of Object.entries(scores.stability!.components)) {
      if (!options || from || record.scores.stability?.options[component] !== undefined) continue;
      spread(Object.keys(options), (each, value) => withRecord(each, at, old => withOption(old, component, value)));
    }
  return all.length <= MOST ? all : undefined;
}

type Listed = PatientJson['groups'][string]['records'][number];

function withRecord(patient: PatientJson, at: number, change: (record: Listed) => Listed): PatientJson {
  const lesions = patient.groups.lesions!;
  const records = lesions.records.map((record, i) => (i === at ? change(record) : record));
  return { ...patient, groups: { ...patient.groups, lesions: { ...lesions, records } } };
}

function withOption(record: Listed, component: string, option: unknown): Listed {
  const scored = record.scores.stability ?? { options: {} };
  return { ...record, scores: { ...record.scores, stability: { ...scored, options: { ...scored.options, [component]: option } } } };
}
