/** Made cases over the base that the author's cases share: they show all that is claimed, expect what comes out, and state only what differs. */
import assert from 'node:assert/strict';
import { casesOf, extendCase } from '../../server/src/model/case-table.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import type { Patient, PatientValue } from '../../server/src/model/patient.ts';
import { madeText, rowsOf } from '../../server/src/testing/made/file.ts';
import { type Made, make } from '../../server/src/testing/made/make.ts';
import { asBase, type SharedBase, sharedBaseOf } from '../../server/src/testing/made/shared.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { failuresOf, seenOn } from '../support/made.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { patientOf, ruleSetOf } from '../support/rule-sets.ts';
import { samples } from '../support/sample-workspace.ts';

function madeOver(ruleSet: Parameters<typeof make>[0], shared: SharedBase | undefined): Made {
  const steps = make(ruleSet, [], undefined, shared);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value!;
  }
}

const textOver = (made: Made) =>
  madeText(made, rowsOf(made), {
    name: 'made.patient.json',
    ruleSet: 'rules.clinical.json',
    schema: undefined,
    extends: 'base.patient.json',
  });

/** The rows of the file, read as files are. */
function patientsIn(text: string, base: Patient): readonly Patient[] {
  const own = patientOf(text);
  const whole = own.extends ? extendPatient(own, base) : own;
  const { patients, problems } = casesOf(whole);
  assert.deepEqual(problems, []);
  return patients.map(row => extendCase(row, whole));
}

const RULES = {
  id: 'falls',
  facts: {
    age: { title: 'Age', type: 'quantity', unit: 'a', minimum: 0, maximum: 120, required: true },
    frail: { title: 'Frail', type: 'boolean' },
  },
  groups: { lesions: { title: 'Lesion', facts: { big: { title: 'Big', type: 'boolean' } } } },
  scores: {
    risk: { title: 'Risk', components: { a: { title: 'A', options: { no: 0, yes: 1 } }, b: { title: 'B', options: { no: 0, yes: 1 } } } },
  },
  decisions: { class: { title: 'Class?', values: ['yes', 'no'], resolve: 'strictest' } },
  rules: [
    {
      id: 'old',
      when: {
        all: [
          { fact: 'age', atLeast: 65, unit: 'a' },
          { fact: 'frail', is: true },
        ],
      },
      then: [{ decide: 'class', as: 'yes' }],
    },
    { id: 'risk', when: { score: 'risk', total: { atLeast: 1 } }, then: [] },
    { id: 'big', of: 'lesions', when: { fact: 'big', is: true }, then: [] },
  ],
};
const BASE = { id: 'base', title: 'Base', asOf: '2026-11-22T12:00:00Z', facts: { age: { value: 41, unit: 'a' } } };
const over = (base: object) => asBase('base.patient.json', patientOf(base));

describe('made cases over the base that the cases of the author share', () => {
  it('show what is claimed, expect what comes out and repeat nothing of the base: samples', () => {
    const workspace = samples();
    for (const name of ['wells', 'curb-65', 'cha2ds2-vasc']) {
      const file = workspace.known().find(each => each.endsWith(`/${name}.clinical.json`))!;
      const { ruleSet } = workspace.linked(file)!;
      const own = workspace.known().filter(each => workspace.patient(each)?.ruleSets.some(({ root }) => root.file === file));
      const shared = sharedBaseOf(workspace, own)!;
      const made = madeOver(ruleSet, shared);
      const text = textOver(made);
      const patients = patientsIn(text, shared.patient);
      assert.equal(patientOf(text).extends?.value, 'base.patient.json', name);
      for (const patient of patients) assert.deepEqual(failuresOf(ruleSet, patient), [], name);
      const shown = seenOn(ruleSet, patients).flatMap(({ ways }) => ways.map(({ state }) => state === 'seen'));
      for (const place of made.looking.ways.keys())
        assert.equal(shown[place], !made.impossible.has(place) && !made.notFound.has(place), `${name}: way ${place}`);
      for (const [id, { values }] of patientOf(text).facts)
        assert.notDeepEqual(valuesOf(shared.patient.facts.get(id)?.values), valuesOf(values));
    }
  }).timeout(120_000);

  it('leave what the base says, and add what it leaves open', () => {
    const base = {
      ...BASE,
      scores: { risk: { on: '2026-11-01', options: { a: 'no' } } },
      groups: { lesions: { records: [{ id: 'x', facts: { big: false } }] } },
    };
    const shared = over(base)!;
    const made = madeOver(ruleSetOf(RULES), shared);
    const own = patientOf(textOver(made));
    assert.deepEqual([...own.facts.keys()], ['frail']);
    assert.deepEqual([...own.scores.get('risk')!.options.keys()], ['a', 'b']);
    assert.equal(own.scores.get('risk')!.on?.value, '2026-11-01');
    const lesions = extendPatient(own, shared.patient).groups.get('lesions')!.records;
    assert.deepEqual(
      lesions.map(({ id }) => id),
      ['x', 'a'],
    );
    for (const patient of patientsIn(textOver(made), shared.patient)) assert.deepEqual(failuresOf(ruleSetOf(RULES), patient), []);
  });

  it('stand by themselves where the base is out of scope, and are the same then', () => {
    const adults = ruleSetOf({ ...RULES, appliesTo: { fact: 'age', atLeast: 50, unit: 'a' } });
    const made = madeOver(adults, over(BASE));
    assert.equal(made.shared, undefined);
    assert.equal(textOver(made), textOver(madeOver(adults, undefined)));
    assert.equal(patientOf(textOver(made)).extends, undefined);
  });

  it('stand by themselves where the base cannot be written down as it is', () => {
    assert.ok(over(BASE));
    assert.equal(over({ ...BASE, asOf: '2026-11-22' }), undefined);
    assert.equal(over({ ...BASE, facts: { ...BASE.facts, frail: null } }), undefined);
    const long = JSON.stringify(BASE).replace('41', '41.12345678901234567890');
    assert.equal(asBase('base.patient.json', patientOf(long)), undefined);
    const twice = { lesions: { records: [{ id: 'x' }, { id: 'x' }] } };
    assert.equal(over({ ...BASE, groups: twice }), undefined);
  });

  it('have no such base where the author has several, or none', () => {
    const of = (...bases: (string | undefined)[]) => {
      const files = new Map<string, object>([
        ['/a.patient.json', BASE],
        ['/b.patient.json', BASE],
      ]);
      for (const [i, base] of bases.entries()) files.set(`/p${i}.patient.json`, { ...BASE, ...(base && { extends: base }) });
      const texts = Object.fromEntries([...files].map(([file, json]) => [file, JSON.stringify(json)]));
      const workspace = new Workspace(new MemoryFiles(texts), () => undefined);
      return sharedBaseOf(
        workspace,
        bases.map((_, i) => `/p${i}.patient.json`),
      )?.file;
    };
    assert.equal(of('a.patient.json', undefined, 'a.patient.json'), '/a.patient.json');
    assert.equal(of('a.patient.json', 'p0.patient.json'), '/a.patient.json');
    assert.equal(of('a.patient.json', 'b.patient.json'), undefined);
    assert.equal(of(undefined), undefined);
  });
});

function valuesOf(values: readonly PatientValue[] | undefined): readonly string[] | undefined {
  return values?.map(({ value, unit }) => `${value} ${unit?.value ?? ''}`);
}
