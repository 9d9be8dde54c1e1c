/** docs/import.md shows what is imported: its bundle gives its report and its patient, its table is read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { importBundle } from '../../server/src/importing/import-bundle.ts';
import { importCsv } from '../../server/src/importing/import-csv.ts';
import { reportText } from '../../server/src/importing/report.ts';
import { ruleSet, sound, TARGET } from './importing.ts';

const page = readFileSync('docs/import.md', 'utf8');
const block = (name: string) => new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;

describe('docs/import.md', () => {
  it('shows the report and the patient of its bundle', async () => {
    const result = await importBundle(ruleSet, block('json fhir'), TARGET);
    assert.equal(block('markdown'), reportText(result));
    assert.equal(block('json patient'), result.patients[0]!.text);
    sound(result.patients[0]!.text);
  });

  it('shows a table that is read whole', () => {
    const { patients, problems } = importCsv(ruleSet, block('csv'), TARGET);
    assert.deepEqual([patients.length, problems], [2, []]);
    for (const { text, leftOut } of patients) {
      assert.deepEqual(leftOut, []);
      sound(text);
    }
  });
});
