/** What would change it, in words. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { previewChanges } from '../../server/src/features/preview-changes.ts';
import { patientFile, ruleSetFile } from './previewed.ts';

const SAMPLES = 'samples/bone-metastasis';

async function told(name: string): Promise<string[]> {
  const ruleSet = ruleSetFile(`${SAMPLES}/pt-approaches.clinical.json`);
  const compiled = compile(ruleSet);
  const patient = patientFile(`${SAMPLES}/patients/${name}.patient.json`);
  const outcome = evaluate(compiled, patient, { trace: false });
  const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
  const changes = await previewChanges({ ruleSet, patient, outcome, link }, compiled, async () => true);
  return changes!.map(({ before, answer, after }) => `${before}${answer}${after}`);
}

describe('what would change it', () => {
  it('says the least change to each other answer, with the value as it is and as it would be', async () => {
    const texts = await told('s13');
    assert.ok(
      texts.includes(
        'Least change to reach modify: pain of Mirels, b (left shaft of the femur), severe, or brought on by using the limb → moderate. One change.',
      ),
      texts.join('\n'),
    );
    assert.ok(
      texts.some(
        text =>
          text.startsWith('Also one change: surgically stabilised, b') ||
          text.startsWith('Least change to reach no answer: surgically stabilised, b'),
      ),
    );
    assert.ok(!texts.some(text => /: site, |: side, /.test(text)), 'a lesion stays where it is');
  });

  it('says the fewest inputs that settle an undetermined decision', async () => {
    assert.equal(
      (await told('s15'))[0],
      'Fewest inputs to obtain: one input, pain of SINS, a (T5). Whatever the value, the decision is settled.',
    );
  });

  it('says which answers no change of the values tried reaches', async () => {
    const texts = await told('s31');
    assert.ok(
      texts.some(text =>
        /^No change of (one value|up to \w+ values).* gives modify or proceed, with the records as they are\.$/.test(text),
      ),
      texts.join('\n'),
    );
  });
});
