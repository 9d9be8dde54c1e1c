/** Facts bound by FHIRPath: what is found, what cannot be read, and what fails. */
import assert from 'node:assert/strict';
import { importBundle } from '../../server/src/importing/import-bundle.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { bundle, concept, observation, patient, quantity, SNOMED } from './bundles.ts';

async function factOf(fhirPath: string, fact: Record<string, unknown>, ...resources: readonly Record<string, unknown>[]) {
  const text = JSON.stringify({
    id: 'a',
    title: 'A',
    version: '1.0.0',
    facts: { x: { title: 'X', ...fact, fhirPath } },
  });
  const workspace = new Workspace(new MemoryFiles({ '/a.clinical.json': text }), () => undefined);
  const { ruleSet } = workspace.linked('/a.clinical.json')!;
  const { patients, problems } = await importBundle(ruleSet, bundle([patient(), ...resources]), { ruleSet: 'a.clinical.json' });
  const { facts } = JSON.parse(patients[0]!.text) as { facts: Record<string, unknown> };
  return { value: facts.x, problems, why: patients[0]!.leftOut.map(({ why }) => why).join() };
}

const KG = { type: 'quantity', unit: 'kg', alsoIn: { g: 1000 } };
const weight = observation('29463-7', '2026-11-20', quantity(61.5, 'kg'));

describe('a FHIRPath of a fact', () => {
  it('finds quantities, codes, dates, booleans and ids', async () => {
    assert.deepEqual((await factOf("Observation.where(code.coding.code = '29463-7').value", KG, weight)).value, {
      value: 61.5,
      unit: 'kg',
    });
    assert.equal((await factOf('Patient.gender', { type: 'code', values: ['female', 'male'] })).value, 'female');
    const stage = { type: 'code', values: { one: { title: 'One', code: { system: 'snomed', code: '1' } } } };
    assert.equal(
      (await factOf('Observation.value', stage, observation('1', '2026-11-20', { valueCodeableConcept: concept(SNOMED, '1') }))).value,
      'one',
    );
    assert.equal((await factOf('Observation.effective', { type: 'date' }, weight)).value, '2026-11-20');
    assert.equal((await factOf('Observation.value.value > 60', { type: 'boolean' }, weight)).value, true);
  });

  it('takes the most recent, as a code does', async () => {
    const old = observation('29463-7', '2026-01-20', quantity(70, 'kg'));
    assert.deepEqual((await factOf('Observation.value', KG, old, weight)).value, { value: 61.5, unit: 'kg' });
  });

  it('finds nothing in what has the wrong status', async () => {
    assert.equal((await factOf('Observation.value', KG, { ...weight, status: 'entered-in-error' })).value, undefined);
  });

  it('is told of where it cannot be read, and the import goes on', async () => {
    const { value, problems } = await factOf('Observation.value(', KG, weight);
    assert.equal(value, undefined);
    assert.deepEqual(problems, ['The FHIRPath of x cannot be read, so nothing was looked for there. Correct it in the rule set.']);
  });

  it('asks no server', async () => {
    const { value } = await factOf(
      'Observation.subject.resolve().gender',
      { type: 'code', values: ['female', 'male'] },
      { ...weight, subject: { reference: 'Patient/p' } },
    );
    assert.equal(value, undefined);
    const outside = await factOf("Observation.code.memberOf('http://example.org/vs')", { type: 'boolean' }, weight);
    assert.match(outside.why, /fails on this resource/);
  });
});
