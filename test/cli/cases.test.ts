/** `clinical-rules cases`: what is lacking is made and shown, written only where nothing is yet, and lacking no more once it is there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cli, folderWith } from '../support/command-line.ts';
import { FRAIL_FALLS } from '../support/falls.ts';

describe('clinical-rules cases', () => {
  let folder: ReturnType<typeof folderWith>;
  beforeEach(() => {
    folder = folderWith({ 'rules.clinical.json': FRAIL_FALLS });
  });
  afterEach(() => folder.remove());

  const cases = (...args: string[]) => cli(['cases', 'rules.clinical.json', ...args], folder.path);
  const test = (...args: string[]) => cli(['test', '.', ...args], folder.path);

  it('shows what it would write, and the two cases that show each condition to matter: exit code 0', () => {
    const { code, out, err } = cases();
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Falls rules\.clinical\.json\n {2}1\. age 65 a, frail true: boundary 65 a of “old” at, and 7 more\n/);
    assert.match(
      out,
      /Each condition alone deciding.*\n {2}rules\.clinical\.json:11:38 “old”: \d and \d\n {2}rules\.clinical\.json:11:85 “old”: \d and \d/,
    );
    assert.match(out, /3 cases show 16 of 16 ways/);
    const { cases: table } = JSON.parse(out.slice(out.indexOf('{\n'))) as { cases: { rows: Record<string, unknown>[] } };
    assert.deepEqual(
      table.rows.map(row => row['expected.proposed']),
      [true, true, true],
    );
    assert.ok(!existsSync(folder.at('made.patient.json')));
  });

  it('writes them to a file, which passes, covers all, and is told to be confirmed by nobody', () => {
    const { code, out } = cases('--out', 'more/edges.patient.json');
    assert.equal(code, 0);
    assert.match(out, /Written to more\/edges\.patient\.json\./);
    assert.match(
      test('--coverage', 'text').out,
      /3 cases: 3 passed\. Of 3 nobody has confirmed what they expect\.[\s\S]*all +16 of 16 +100 %/,
    );
    const checked = cli(['check', '.'], folder.path);
    assert.equal(checked.code, 0);
    assert.equal(checked.out.match(/\[unconfirmed-expectation\]/g)?.length, 3);
    assert.match(cases().out, /Nothing to add: 16 ways are shown by 3 cases/);
  });

  it('makes only what is lacking', () => {
    cases('--out', 'made.patient.json');
    const made = JSON.parse(readFileSync(folder.at('made.patient.json'), 'utf8')) as { cases: { rows: object[] } };
    made.cases.rows.shift();
    writeFileSync(folder.at('made.patient.json'), JSON.stringify(made));
    assert.match(cases().out, /1 case shows \d+ of \d+ ways that 2 cases there are do not show\./);
  });

  it('never overwrites a file, and writes none of another kind: exit code 2', () => {
    writeFileSync(folder.at('mine.patient.json'), 'mine');
    for (const [out, why] of [
      ['mine.patient.json', /mine\.patient\.json is there already and is not overwritten/],
      ['mine.json', /name a file that ends in \.patient\.json/],
    ] as const) {
      const { code, err } = cases('--out', out);
      assert.equal(code, 2);
      assert.match(err, why);
    }
    assert.equal(readFileSync(folder.at('mine.patient.json'), 'utf8'), 'mine');
    assert.equal(cli(['cases', '.'], folder.path).code, 2);
  });

  it('makes nothing of a rule set with errors: exit code 1', () => {
    writeFileSync(folder.at('rules.clinical.json'), FRAIL_FALLS.replace('"fact": "frail"', '"fact": "frial"'));
    const { code, out, err } = cases('--out', 'made.patient.json');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^Nothing was made: the rule set has errors/);
    assert.ok(!existsSync(folder.at('made.patient.json')));
  });

  it('says which side of a pair is of nobody', () => {
    const always = '{ "fact": "age", "atMost": 120, "unit": "a" }';
    writeFileSync(folder.at('rules.clinical.json'), FRAIL_FALLS.replace('{ "fact": "frail", "is": true }', always));
    assert.match(cases().out, /“[a-z-]+”: \d and nobody when false, as is proved/);
  });

  it('says as JSON which case shows what, and what nobody can show', () => {
    const { ruleSet, cases: made, pairs, impossible, notFound } = JSON.parse(cases('--format', 'json').out) as Record<string, object[]>;
    assert.equal(ruleSet, 'rules.clinical.json');
    assert.equal(made!.length, 3);
    assert.equal(pairs!.length, 2);
    assert.deepEqual(notFound, []);
    assert.deepEqual(
      impossible!.map(each => (each as { way: string }).way),
      ['undetermined', 'unknown', 'unknown', 'unknown'],
    );
  });
});
