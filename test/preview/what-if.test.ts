/** What if: changes tried out on a patient, what of it can be changed, and the changes kept as files. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { changesAsText, withChanges } from '../../server/src/features/save-changes.ts';
import { type Change, changedPatient } from '../../server/src/features/what-if.ts';
import { whatIfOf } from '../../server/src/features/what-if-inputs.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { CLINIC, patientWith } from './clinic.ts';
import { patientFile, previewed, ruleSetFile, textOfFile } from './previewed.ts';

const UNSTABLE = { site: 'L3', options: { location: 'mobile', pain: 'mechanical' } } as const;
const SAMPLE = 'samples/bone-metastasis/patients/s13.patient.json';

const clinic = linkRuleSet(
  readRuleSet(parseDocument(JSON.stringify({ id: 'rules', title: 'Rules', version: '1.0.0', status: 'active', ...CLINIC })), 'r'),
  () => 'missing-file',
).ruleSet;

function read(text: string): Patient {
  return readPatient(parseDocument(text), 'a.patient.json');
}

function textOf(patient: object): string {
  return JSON.stringify({ id: 'a', title: 'A', asOf: '2026-11-22T12:00:00Z', for: [], ...patient }, null, 2);
}

/** The outcome without what only names the file. */
function outcomeOf(ruleSet: RuleSet, patient: Patient): unknown {
  const { patient: _, ...outcome } = evaluate(compile(ruleSet), patient, { trace: false });
  return outcome;
}

function decided(changes: readonly Change[], ...given: Parameters<typeof patientWith>): string {
  const patient = changedPatient(read(textOf(patientWith(...given))), changes);
  return String(evaluate(compile(clinic), patient, { trace: false }).decisions.clearance?.value);
}

describe('what if', () => {
  it('changes a fact of a record, an option of a score, and the records themselves', () => {
    assert.equal(decided([], [UNSTABLE]), 'contraindicated');
    const stabilised = { path: ['groups', 'lesions', 'a', 'facts', 'stabilised'], value: true };
    const noPain = { path: ['groups', 'lesions', 'a', 'scores', 'sins', 'pain'], value: 'none' };
    const rigid = { path: ['groups', 'lesions', 'a', 'scores', 'sins', 'location'], value: 'rigid' };
    assert.notEqual(decided([stabilised], [UNSTABLE]), 'contraindicated');
    assert.equal(decided([noPain, rigid], [UNSTABLE]), 'proceed');
    assert.notEqual(decided([{ path: ['groups', 'lesions', 'a'], value: 'removed' }], [UNSTABLE]), 'contraindicated');
  });

  it('takes the last of two changes of one value, and passes over what leads nowhere', () => {
    const path = ['facts', 'fever'];
    const base = read(textOf(patientWith([UNSTABLE])));
    const patient = changedPatient(base, [
      { path, value: true },
      { path: ['nowhere'], value: 1 },
      { path, value: null },
      { path: [], value: 1 },
    ]);
    assert.deepEqual(patient.facts.get('fever')?.values, []);
  });

  it('never takes a list for complete that nobody has called so', () => {
    const base = read(textOf({ facts: {} }));
    const patient = changedPatient(base, [{ path: ['groups', 'lesions', 'a', 'facts', 'site'], value: 'L3' }]);
    assert.equal(patient.groups.get('lesions')?.complete, false);
    const said = changedPatient(base, [{ path: ['groups', 'lesions'], value: true }]);
    assert.equal(said.groups.get('lesions')?.complete, true);
  });

  it('offers every fact and recorded component with its values, domain and thresholds', () => {
    const { whatIf } = previewed(CLINIC, patientWith([UNSTABLE]));
    const input = (path: string) =>
      [...whatIf.inputs, ...whatIf.groups.flatMap(({ records }) => records.flatMap(({ inputs }) => inputs))].find(
        each => each.path.join('/') === path,
      )!;
    const platelets = input('facts/platelets');
    assert.deepEqual(
      [platelets.kind, platelets.value, platelets.unitText, platelets.least, platelets.most],
      ['number', '200', '×10⁹/L', '0', '2000'],
    );
    assert.deepEqual([input('facts/fever').kind, input('facts/fever').value], ['yes-no', false]);
    assert.deepEqual(
      input('groups/lesions/a/facts/site').choices.map(({ value, depth }) => `${value} ${depth}`),
      ['spine 0', 'L3 1', 'L4 1', 'leg 0', 'femur 1', 'tibia 1', 'foot 1'],
    );
    const pain = input('groups/lesions/a/scores/sins/pain');
    assert.deepEqual(
      [pain.value, pain.choices.map(({ title }) => title).join(', ')],
      ['mechanical', 'Mechanical (3), Occasional (1), None (0)'],
    );
    assert.equal(whatIf.groups[0]!.next, 'b');
  });

  it('puts the thresholds of a fact in the unit it is recorded in', () => {
    const thresholds = { severe: { title: 'Severe', fact: 'calcium', atLeast: 3.5, unit: 'mmol/L', source: { id: 'book', at: 'R-01' } } };
    const calcium = (recorded: object) =>
      previewed({ ...CLINIC, thresholds: { ...CLINIC.thresholds, ...thresholds } }, { facts: { calcium: recorded } }).whatIf.inputs.find(
        ({ path }) => path[1] === 'calcium',
      )!;
    assert.deepEqual(calcium({ value: 2.4, unit: 'mmol/L' }).marks, [{ at: '3.5', title: 'Severe' }]);
    const inMg = calcium({ value: 9.4, unit: 'mg/dL' });
    assert.deepEqual([inMg.unit, inMg.marks, inMg.most], ['mg/dL', [{ at: '14.028', title: 'Severe' }], '24.048']);
  });

  it('marks what was changed and says what it was', () => {
    const base = read(textOf(patientWith([UNSTABLE])));
    const patient = changedPatient(base, [
      { path: ['facts', 'fever'], value: true },
      { path: ['groups', 'lesions', 'b'], value: 'added' },
    ]);
    const outcome = evaluate(compile(clinic), patient, { trace: true });
    const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
    const whatIf = whatIfOf({ ruleSet: clinic, patient, outcome, link }, base);
    assert.deepEqual(
      whatIf.inputs.filter(({ was }) => was !== undefined).map(({ path, was, value }) => [path.join('/'), was, value]),
      [['facts/fever', 'no', true]],
    );
    assert.deepEqual(
      whatIf.groups[0]!.records.map(({ id, added }) => [id, added]),
      [
        ['a', false],
        ['b', true],
      ],
    );
    assert.equal(whatIf.groups[0]!.next, 'c');
  });
});

/** Any values that the inputs offer, and unknown. */
function randomChanges(random: Random, ruleSet: RuleSet, patient: Patient): Change[] {
  const outcome = evaluate(compile(ruleSet), patient, { trace: true });
  const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
  const { inputs, groups } = whatIfOf({ ruleSet, patient, outcome, link }, patient);
  const records = groups.flatMap(group => group.records.map(record => ({ group, record })));
  const all = [...inputs, ...records.flatMap(({ record }) => record.inputs)];
  const changes: Change[] = random.list(0, 6, () => {
    const input = random.pick(all);
    const values: unknown[] = [null];
    if (input.kind === 'yes-no') values.push(true, false);
    if (input.kind === 'choice') values.push(...input.choices.map(({ value }) => value));
    if (input.kind === 'number') values.push(input.unit === undefined ? 3 : { value: 3, unit: input.unit });
    return { path: input.path, value: random.pick(values) };
  });
  if (records.length && random.chance(0.3)) {
    const { group, record } = random.pick(records);
    changes.push({ path: ['groups', group.id, record.id], value: 'removed' });
  }
  if (groups.length && random.chance(0.3)) {
    const group = random.pick(groups);
    changes.push({ path: ['groups', group.id, group.next], value: 'added' });
  }
  return changes;
}

describe('changes that are kept', () => {
  const ruleSet = ruleSetFile('samples/bone-metastasis/all-five.clinical.json');
  const patient = patientFile(SAMPLE);
  const own = read(textOfFile(SAMPLE));
  const extended = own.extends && patientFile(`samples/bone-metastasis/patients/${own.extends.value}`);

  it('give the same outcome as a new patient and in the old one as when they were tried out', () => {
    forSeeds(25, random => {
      const changes = randomChanges(random, ruleSet, patient);
      const tried = outcomeOf(ruleSet, changedPatient(patient, changes));
      const text = changesAsText(patient, changes, { id: 'b', title: 'B', base: 'a.patient.json' });
      assert.deepEqual(checkSchema(parseDocument(text), 'patient'), [], text);
      assert.deepEqual(outcomeOf(ruleSet, extendPatient(read(text), patient)), tried);
      const written = withChanges(textOfFile(SAMPLE), { patient, extended: extended || undefined }, changes);
      assert.deepEqual(checkSchema(parseDocument(written), 'patient'), [], written);
      assert.deepEqual(outcomeOf(ruleSet, extended ? extendPatient(read(written), extended) : read(written)), tried, written);
    });
  });

  it('leave the rest of the text as it was', () => {
    const text = textOfFile(SAMPLE);
    assert.equal(withChanges(text, { patient, extended: extended || undefined }, []), text);
    const written = withChanges(text, { patient, extended: extended || undefined }, [{ path: ['facts', 'sex'], value: 'male' }]);
    assert.equal(written, text.replace('"sex": "female"', '"sex": "male"'));
  });
});
