/** The sample patient that keeps a witness: a sound file, and the same patient when it is read again. */
import assert from 'node:assert/strict';
import { withExactNumbers } from '../../server/src/analysis/witness.ts';
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';
import { witnessName, witnessPatientText } from '../../server/src/features/witness-patient.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';

const WITNESS = { asOf: '2026-01-01T12:00:00Z', facts: { dose: { exactly: '0.1234567890123456789' } } };
const FOUND = { code: 'missing-rule', names: ['clearance', 'patient'], rules: [], witness: WITNESS } as unknown as Diagnostic;

describe('the sample patient of a witness', () => {
  it('is a sound file with every digit', () => {
    const text = witnessPatientText(FOUND, { name: witnessName(FOUND), ruleSet: '../walking.clinical.json', schema: undefined });
    assert.deepEqual(checkSchema(parseDocument(text), 'patient'), []);
    assert.match(text, /"dose": 0\.1234567890123456789/);
    const { id, for: meantFor, asOf } = JSON.parse(text) as { id: string; for: string[]; asOf: string };
    assert.deepEqual([id, meantFor, asOf], [witnessName(FOUND), ['../walking.clinical.json'], WITNESS.asOf]);
  });

  it('has a name that is short enough for a file', () => {
    const names = Array.from({ length: 30 }, (_, i) => `rule-number-${i}`);
    const name = witnessName({ code: 'conflicting-effects', names });
    assert.ok(name.length < 100, name);
    assert.match(name, /^conflicting-effects-rule-number-0-.*-and-\d+-more$/);
  });

  it('has numerals, not texts, for numbers that no double holds', () => {
    assert.equal(withExactNumbers('{"a":{"exactly":"-0.10"}}'), '{"a":-0.10}');
  });
});
