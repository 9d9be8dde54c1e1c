/** `clinical-rules mutate`: what cases do not notice, with a patient who would, and its exit codes. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { cli, folderWith } from '../support/command-line.ts';

const RULES = `{
  "id": "falls", "title": "Falls", "version": "1.0.0",
  "sources": { "guide": { "title": "Guide" } },
  "facts": { "age": { "title": "Age", "type": "integer", "minimum": 0, "maximum": 120 } },
  "decisions": { "class": { "title": "Balance class?", "values": ["yes", "no"], "resolve": "strictest" } },
  "rules": [
    { "id": "old", "when": { "fact": "age", "atLeast": 65 }, "then": [{ "decide": "class", "as": "yes" }], "source": { "id": "guide" } }
  ]
}`;
const edges = (...rows: readonly (readonly [number, string])[]) => `{
  "id": "edges", "title": "Edges", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "cases": { "ruleSet": "falls", "columns": ["age", "expected.decisions.class"], "rows": ${JSON.stringify(rows)} }
}`;

describe('clinical-rules mutate', () => {
  let folder: ReturnType<typeof folderWith>;
  beforeEach(() => {
    folder = folderWith({ 'rules.clinical.json': RULES, 'edges.patient.json': edges([70, 'yes']) });
  });
  afterEach(() => folder.remove());

  const mutate = (...args: string[]) => cli(['mutate', '.', ...args], folder.path);
  const cases = (...rows: readonly (readonly [number, string])[]) => writeFileSync(folder.at('edges.patient.json'), edges(...rows));

  it('tells the changes that no case notices, with a patient who would: exit code 1', () => {
    const { code, out, err } = mutate();
    assert.deepEqual([code, err], [1, '']);
    assert.equal(
      out,
      `Falls rules.clinical.json
  rules.clinical.json:7 “old”: at least 65 → at least 64
      would notice: age 64
  rules.clinical.json:7 “old”: at least 65 → at least 66
      would notice: age 65
  rules.clinical.json:7 “old”: at least → above
      would notice: age 65
3 of 6 mutants noticed by 1 case (50 %).
`,
    );
  });

  it('has nothing to tell once the edges are cases: exit code 0', () => {
    cases([64, 'no-answer'], [65, 'yes']);
    assert.deepEqual(mutate(), { code: 0, out: 'Falls rules.clinical.json\n6 of 6 mutants noticed by 2 cases (100 %).\n', err: '' });
  });

  it('says which cases fail already, and counts on the others alone: exit code 1', () => {
    cases([64, 'no-answer'], [65, 'yes'], [66, 'no']);
    const { code, out } = mutate();
    assert.equal(code, 1);
    assert.match(out, /FAILS ALREADY Edges: Row 3: it cannot notice anything\.\n6 of 6 mutants noticed by 2 cases/);
  });

  it('writes every mutant as JSON, with the case that notices it', () => {
    const { ruleSets } = JSON.parse(mutate('--format', 'json').out) as { ruleSets: { mutants: Record<string, unknown>[] }[] };
    const statuses = ruleSets[0]!.mutants.map(({ was, is, status, by }) => [was, is, status, by]);
    assert.deepEqual(statuses.slice(0, 2), [
      ['rule old', 'disabled', 'noticed', 'Edges: Row 1'],
      ['at least 65', 'at least 64', 'survived', null],
    ]);
    assert.equal(statuses.length, 6);
  });

  it('is wrong use where nothing is expected', () => {
    cases();
    assert.equal(mutate().code, 2);
    assert.equal(mutate('--format', 'junit').code, 2);
  });
});
