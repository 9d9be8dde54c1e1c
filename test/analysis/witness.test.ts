/** What a witness looks like: a sound patient file with plain values, for whom few rules fire beside those in question. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { WitnessPatient } from '../../server/src/analysis/witness.ts';
import { replayWith, witnessText } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { sampleWhole } from './wholes.ts';

const SAMPLES = ['bone-metastasis/pt-approaches', 'bone-metastasis/all-five', 'news2/news2', 'cha2ds2-vasc/cha2ds2-vasc', 'wells/wells'];

describe('witnesses', function () {
  this.timeout(180_000);

  for (const name of SAMPLES)
    it(`of ${name} are sound patient files with plain numbers`, () => {
      const witnesses = sampleWhole(name).findings.flatMap(({ id, witness }) =>
        witness ? [{ id, witness: witness as WitnessPatient }] : [],
      );
      assert.ok(witnesses.length > 0);
      for (const { id, witness } of witnesses) {
        const text = witnessText(witness);
        assert.deepEqual(checkSchema(parseDocument(text), 'patient'), [], `${id}: ${text}`);
        for (const [number] of text.replace(/"[^"]*"/g, '').matchAll(/-?\d[\d.]*/g))
          assert.ok(number.replace(/^0\.0*|\.|0+$/g, '').length <= 3, `${id} has ${number}`);
      }
    });

  it('take the value for which fewest other rules fire', () => {
    const decide = (id: string, when: object, as: string) => ({ id, title: id, when, then: [{ decide: 'go', as }] });
    const ruleSet = ruleSetOf({
      id: 'kinds',
      title: 'Kinds',
      version: '1.0.0',
      facts: { kind: { title: 'Kind', type: 'code', values: ['breast', 'lung', 'renal'] } },
      assessments: { scan: { title: 'Scan' } },
      decisions: { go: { title: 'Go?', values: ['no', 'yes'], resolve: 'single' } },
      rules: [
        decide('one', { fact: 'kind', in: ['breast', 'renal'] }, 'no'),
        decide('other', { not: { fact: 'kind', is: 'lung' } }, 'yes'),
        { id: 'scan', title: 'Scan', when: { fact: 'kind', is: 'breast' }, then: [{ require: 'scan' }] },
      ],
    });
    const [clash] = analyse(ruleSet, replayWith(ruleSet)).decisionClashes;
    assert.deepEqual(clash?.answer.witness.facts, { kind: 'renal' });
  });

  it('round what was computed for a formula', () => {
    const quantity = (title: string, unit: string, minimum: number, maximum: number) => ({
      title,
      type: 'quantity',
      unit,
      minimum,
      maximum,
    });
    const decide = (id: string, below: number, as: string) => ({
      id,
      title: id,
      when: { fact: 'index', below, unit: 'kg/m2' },
      then: [{ decide: 'go', as }],
    });
    const height = { fact: 'height', unit: 'm' };
    const ruleSet = ruleSetOf({
      id: 'index',
      title: 'Index',
      version: '1.0.0',
      facts: { weight: quantity('Weight', 'kg', 2, 400), height: quantity('Height', 'm', 0.4, 2.5) },
      derived: {
        index: { title: 'Index', type: 'quantity', unit: 'kg/m2', quotient: [{ fact: 'weight' }, { product: [height, height] }] },
        tripled: { title: 'Tripled', type: 'quantity', unit: 'kg/m2', product: [3, { fact: 'index' }] },
      },
      decisions: { go: { title: 'Go?', values: ['no', 'yes'], resolve: 'single' } },
      rules: [
        decide('thin', 18.5, 'no'),
        { id: 'other', title: 'Other', when: { fact: 'tripled', atLeast: 49, unit: 'kg/m2' }, then: [{ decide: 'go', as: 'yes' }] },
      ],
    });
    const [clash] = analyse(ruleSet, replayWith(ruleSet)).decisionClashes;
    const facts = clash?.answer.witness.facts as Record<string, { value: number }>;
    assert.deepEqual(Object.keys(facts).sort(), ['height', 'weight'], 'the inputs are recorded, and nothing that is calculated from them');
    for (const { value } of Object.values(facts)) assert.ok(String(value).length <= 4, String(value));
  });
});
