/** Inputs whose absence alone is a hazard, against trying it: every complete patient without each input in turn. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from '../../server/src/evaluation/values.ts';
import type { Patient, PatientRecord } from '../../server/src/model/patient.ts';
import type { Rule, RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith, witnessText } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { isPossible } from '../support/brute-force.ts';
import { crossed } from '../support/crossed-rule-sets.ts';
import { type Every, everyPatient } from '../support/every-patient.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { type Axis, type SmallRuleSet, smallRuleSet } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 900);
const MOST_PATIENTS = 120;

describe(`missing-data hazards (seed ${SEED})`, function () {
  this.timeout(90_000);

  it('are the inputs without which some patient stays undetermined, no more and no less', () => {
    const met = { hazards: 0, harmless: 0, required: 0 };
    forSeeds(ROUNDS, random => {
      const made = smallRuleSet(random);
      const small = complete(random.chance(0.3) ? crossed(random, made) : made);
      const every = everyPatient(small, 2, MOST_PATIENTS);
      if (!every) return;
      const ruleSet = ruleSetOf(small.json);
      const { hazards, notProved } = analyse(ruleSet, replayWith(ruleSet));
      const mine = hazards.map(({ input }) => `${input.kind}:${input.id}`);
      const theirs = bruteForce(small, ruleSet, every, met);
      const open = notProved.filter(({ kind }) => kind === 'missing-data').map(({ names }) => names[0]!);
      const isPlain = small.json.derived === undefined && small.json.scores === undefined;
      if (isPlain) assert.deepEqual(open, []);
      for (const input of theirs)
        assert.ok(mine.includes(input) || open.includes(input.slice(input.indexOf(':') + 1)), `${input} is not found`);
      if (small.exact) for (const input of mine) assert.ok(theirs.has(input), `${input} is found, but no patient shows it`);
      for (const { answer } of hazards) {
        const text = witnessText(answer.witness);
        assert.deepEqual(checkSchema(parseDocument(text), 'patient'), [], text);
      }
      met.hazards += theirs.size;
      met.harmless += small.axes.length - theirs.size;
    });
    assert.ok(met.hazards > 100 && met.harmless > 100 && met.required > 3, JSON.stringify(met));
  });
});

/** Every input is there, and every list complete. */
function complete(small: SmallRuleSet): SmallRuleSet {
  const axes = small.axes.map((axis): Axis => ({ ...axis, values: axis.values.filter(value => value !== undefined) }));
  return { ...small, axes, incomplete: [] };
}

interface Input {
  readonly key: string;
  readonly group: string | undefined;
  readonly fact?: string;
  readonly score?: string;
}

function bruteForce({ json, axes }: SmallRuleSet, ruleSet: RuleSet, every: Every, met: { required: number }): ReadonlySet<string> {
  const compiled = compile(ruleSet);
  const barring = [...ruleSet.rules.values()].filter(rule => bars(ruleSet, rule)).map(({ id }) => id);
  const scores = Object.entries(
    (json.scores ?? {}) as Record<string, { of?: string; validFor?: string; components: Record<string, { options?: object }> }>,
  );
  const inputs: Input[] = [
    ...axes.flatMap(({ fact, group }) =>
      fact !== undefined && !isRequired(ruleSet, fact, group) ? [{ key: `fact:${fact}`, group, fact }] : [],
    ),
    ...scores.flatMap(([score, { of, validFor, components }]) =>
      validFor || Object.values(components).some(({ options }) => options) ? [{ key: `score:${score}`, group: of, score }] : [],
    ),
  ];
  const found = new Set<string>();
  if (barring.length > 0)
    every.each(patient => {
      const known = truthsOf(compiled, patient);
      if (!known) return;
      for (const input of inputs) {
        if (found.has(input.key)) continue;
        for (const less of without(patient, input)) {
          const left = truthsOf(compiled, less, true)!;
          const opened = barring.some(id => left.get(id)!.some((truth, i) => truth === UNKNOWN && known.get(id)![i] !== UNKNOWN));
          if (!opened) continue;
          if (isRequiredBy(ruleSet, input, id => left.get(id)!.includes(TRUE))) met.required++;
          else found.add(input.key);
        }
      }
    });
  return found;
}

function bars({ decisions }: RuleSet, { then }: Rule): boolean {
  return then.some(
    effect =>
      effect.kind === 'forbid' || (effect.kind === 'decide' && decisions.get(effect.decision.value)?.values[0]?.id === effect.value.value),
  );
}

function isRequired({ facts, groups }: RuleSet, id: string, group: string | undefined): boolean {
  return (group === undefined ? facts : groups.get(group)!.facts).get(id)!.required;
}

function isRequiredBy({ rules, advice }: RuleSet, { fact, score }: Input, fired: (rule: string) => boolean): boolean {
  const gives = (what: string) => advice.get(what)?.gives.some(({ value }) => value === (fact ?? score)) === true;
  return [...rules.values()].some(
    rule => fired(rule.id) && rule.then.some(effect => effect.kind === 'require' && gives(effect.what.value)),
  );
}

/** The truth of every rule in every record; undefined for a patient who is not in scope or cannot be, unless that is of no matter. */
function truthsOf(compiled: CompiledRuleSet, patient: Patient, anyway = false): ReadonlyMap<string, readonly Truth[]> | undefined {
  const state = stateOf(compiled.layout, patient);
  if (!anyway && !isPossible(compiled, state)) return undefined;
  const { scope, truths } = judge(compiled, state);
  if (!anyway && scope !== TRUE) return undefined;
  assert.ok(anyway || scope !== FALSE);
  return new Map(compiled.rules.map(({ rule, index }) => [rule.id, truths[index]!]));
}

/** Without the input: of the patient, or of each record by itself. */
function without(patient: Patient, { group, fact, score }: Input): Patient[] {
  const left = <Holder extends Pick<Patient, 'facts' | 'scores'>>(holder: Holder): Holder => ({
    ...holder,
    facts: new Map([...holder.facts].filter(([id]) => id !== fact)),
    scores: new Map([...holder.scores].filter(([id]) => id !== score)),
  });
  if (group === undefined) return [left(patient)];
  const list = patient.groups.get(group)!;
  return list.records.map((record, at) => {
    const records = list.records.map((each, i): PatientRecord => (i === at ? left(record) : each));
    return { ...patient, groups: new Map([...patient.groups, [group, { ...list, records }]]) };
  });
}
