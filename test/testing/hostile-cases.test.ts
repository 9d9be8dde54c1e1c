/** Cases that nobody can run, or that would pass whatever the rule set answers: each is told, at its place and with its cause. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { casesIn } from '../../server/src/testing/cases.ts';
import { Runner } from '../../server/src/testing/run.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { FALLS } from '../support/falls.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const EXPECTED = '"expected": [{ "ruleSet": "falls", "decisions": { "class": "yes" } }]';
const SEEN = '"asOf": "2026-11-22", "for": ["rules.clinical.json"]';

/** Of these files: what is found in each, by code with the text it stands at, and how its cases come out. */
function tried(files: Readonly<Record<string, string>>, asked: string) {
  const texts = Object.fromEntries(Object.entries({ 'rules.clinical.json': FALLS, ...files }).map(([file, text]) => [`/${file}`, text]));
  const workspace = new Workspace(new MemoryFiles(texts), () => undefined);
  const findings = (file: string) => {
    const subject = workspace.subject(file);
    return subject ? check(subject) : [];
  };
  const file = `/${asked}`;
  const runner = new Runner();
  const results = casesIn(workspace, [file], findings).map(one => runner.run(one));
  return {
    found: findings(file).map(({ code, span }) => `${code} ${texts[file]!.slice(span.start, span.end)}`),
    results: results.map(({ status, why }) => `${status}: ${why ?? ''}`),
  };
}

describe('a case that cannot be run', () => {
  const ring = {
    'a.patient.json': `{ "id": "a", "title": "A", "extends": "b.patient.json", ${EXPECTED} }`,
    'b.patient.json': '{ "id": "b", "title": "B", "extends": "a.patient.json" }',
    'on.patient.json': `{ "id": "on", "title": "On", "extends": "a.patient.json", "facts": { "age": 70 }, ${EXPECTED} }`,
  };
  const leads = (from: string, to: string) =>
    `“${to}.patient.json” leads back to this file (${to}.patient.json → ${from}.patient.json), so neither can be read first. Move what both need into a file of its own.`;

  it('tells the ring of patients who extend each other, at the path, and nothing that follows from it', () => {
    const { found, results } = tried(ring, 'a.patient.json');
    assert.deepEqual(found, ['uses-cycle "b.patient.json"']);
    assert.deepEqual(results, [`error: ${leads('a', 'b')}`]);
    assert.deepEqual(tried(ring, 'b.patient.json').found, ['uses-cycle "a.patient.json"']);
  });

  it('tells of who extends such a patient in which file the mistake is', () =>
    assert.deepEqual(tried(ring, 'on.patient.json').results, [`error: In “a.patient.json”: ${leads('a', 'b')}`]));

  it('tells who extends itself, what is gone, and what is no patient', () => {
    const extending = (path: string) => ({ 'p.patient.json': `{ "id": "p", "title": "P", "extends": "${path}", ${EXPECTED} }` });
    for (const [path, code] of [
      ['p.patient.json', 'uses-cycle'],
      ['gone.patient.json', 'missing-file'],
      ['rules.clinical.json', 'missing-file'],
    ] as const) {
      const { found, results } = tried(extending(path), 'p.patient.json');
      assert.deepEqual(found, [`${code} "${path}"`]);
      assert.match(results.join('\n'), new RegExp(`^error: .*${path}[^\n]*$`));
    }
  });

  it('tells what is wrong with a base by its name, where the case itself looks right', () => {
    const files = {
      'base.patient.json': `{ "id": "base", "title": "Base", ${SEEN}, "facts": { "age": 70 } `,
      'p.patient.json': `{ "id": "p", "title": "P", "extends": "base.patient.json", ${EXPECTED} }`,
    };
    assert.match(tried(files, 'p.patient.json').results.join('\n'), /^error: In “base.patient.json”: The text ends here/);
  });

  it('tells where one is for another rule set', () => {
    const files = {
      'other.clinical.json': FALLS.replace('"falls"', '"other"'),
      'p.patient.json': `{ "id": "p", "title": "P", ${SEEN}, "expected": [{ "ruleSet": "other", "decisions": { "class": "yes" } }] }`,
    };
    const { found, results } = tried(files, 'p.patient.json');
    assert.deepEqual(found, ['unknown-expectation "other"']);
    assert.match(results.join('\n'), /^error: There is no rule set of this patient called “other”/);
  });

  it('expects nothing: it would pass whatever the rule set answers', () => {
    const files = { 'p.patient.json': `{ "id": "p", "title": "P", ${SEEN}, "expected": [{ "ruleSet": "falls", "fired": [] }] }` };
    assert.match(tried(files, 'p.patient.json').results.join('\n'), /^error: This names a rule set and expects nothing of it/);
    const some = { 'p.patient.json': files['p.patient.json'].replace('"fired": []', '"notFired": ["old"]') };
    assert.deepEqual(tried(some, 'p.patient.json').results, ['passed: ']);
  });

  it('has a damaged row beside it: none of the table is run', () => {
    const rows = '[["old", 70, "yes"], ["short", 64], ["young", 64, "no"]]';
    const columns = '["case", "age", "expected.decisions.class"]';
    const files = {
      'p.patient.json': `{ "id": "p", "title": "P", ${SEEN}, "cases": { "ruleSet": "falls", "columns": ${columns}, "rows": ${rows} } }`,
    };
    const { found, results } = tried(files, 'p.patient.json');
    assert.deepEqual(found, ['malformed-cases ["short", 64]']);
    assert.deepEqual(new Set(results.map(one => one.slice(0, 38))), new Set(['error: This row has 2 cells for 3 colu']));
  });
});
