/** The language server's import: patients and a report, nothing written, and no path in what it refuses. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { IMPORT, type ImportAnswer } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';
import { bundle, observation, patient, quantity } from './bundles.ts';

const RULES = {
  id: 'a',
  title: 'A',
  version: '1.0.0',
  facts: {
    weight: { title: 'Weight', type: 'quantity', unit: 'kg', code: { system: 'loinc', code: '29463-7' } },
    sex: { title: 'Sex', type: 'code', values: ['female', 'male'], fhirPath: 'Patient.gender' },
  },
};

describe('the import of the server', () => {
  let server: Server;
  const files = {
    'rules/a.clinical.json': JSON.stringify(RULES),
    'rules/broken.clinical.json': '{ "id": "b" }',
    'bundle.json': bundle([patient(), observation('29463-7', '2026-11-20', quantity(61.5, 'kg'))]),
    'table.csv': 'sex\nmale\n',
  };
  beforeEach(async () => {
    server = new Server(files);
    await server.initialize('pull');
  });
  afterEach(() => server.kill());
  const ask = (file: string, more: Record<string, unknown> = {}) =>
    server.request<ImportAnswer>(IMPORT, {
      ruleSet: server.uri('rules/a.clinical.json'),
      file: server.uri(file),
      folder: server.uri('patients'),
      ...more,
    });

  it('answers with patients who name the rule set, and the report, and writes nothing', async () => {
    const { patients, report, needsDay } = await ask('bundle.json');
    assert.deepEqual(
      patients.map(({ name }) => name),
      ['imported-1.patient.json'],
    );
    const { for: rules, facts } = JSON.parse(patients[0]!.text) as { for: string[]; facts: unknown };
    assert.deepEqual(
      [rules, facts, needsDay],
      [['../rules/a.clinical.json'], { weight: { value: 61.5, unit: 'kg' }, sex: 'female' }, false],
    );
    assert.match(report, /- `weight`: 61.5 kg on 2026-11-20 \(Observation, entry 2\)/);
    assert.deepEqual(readdirSync(server.folder).sort(), ['bundle.json', 'rules', 'table.csv']);
  });

  it('asks for the day where the file does not say it', async () => {
    assert.equal((await ask('table.csv')).needsDay, true);
    const { patients, needsDay } = await ask('table.csv', { asOf: '2026-11-22' });
    assert.deepEqual([patients.length, needsDay], [1, false]);
  });

  it('refuses a file that is not there and a rule set with errors, and names no path', async () => {
    await assert.rejects(
      ask('Johanna-Anyperson.json'),
      (error: Error) => /cannot be read/.test(error.message) && !/Johanna/.test(error.message),
    );
    await assert.rejects(ask('bundle.json', { ruleSet: server.uri('rules/broken.clinical.json') }), /has errors/);
    assert.ok(!server.logs.join().includes('Johanna'));
  });
});
