/** `clinical-rules mutate`: what cases do not notice, with a patient who would, and its exit codes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { MutateReport } from '../../server/src/cli/mutate-report.ts';
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
      `rules.clinical.json
  7 “old”: at least 65 → at least 64
      would notice: age 64
      “class”: no-answer; with the change yes; “old”: it does not fire; with the change it fired
  7 “old”: at least 65 → at least 66
      would notice: age 65
      “class”: yes; with the change no-answer; “old”: it fires; with the change it is ruled out
  7 “old”: at least → above
      would notice: age 65
      “class”: yes; with the change no-answer; “old”: it fires; with the change it is ruled out
  3 of 6 mutants noticed (50 %); 2 more change nothing that a case could expect, as is proved.

Rule sets
  Falls rules.clinical.json: 1 case

In all 3 of 6 mutants noticed (50 %); 2 more change nothing that a case could expect, as is proved.
`,
    );
  });

  it('has nothing to tell once the edges are cases: exit code 0', () => {
    cases([64, 'no-answer'], [65, 'yes']);
    const { code, out, err } = mutate();
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /\nIn all 6 of 6 mutants noticed \(100 %\); 2 more change nothing that a case could expect, as is proved\.\n$/);
  });

  it('says which cases fail already, and counts on the others alone: exit code 1', () => {
    cases([64, 'no-answer'], [65, 'yes'], [66, 'no']);
    const { code, out } = mutate();
    assert.equal(code, 1);
    assert.match(out, /FAILS ALREADY Falls: Edges: Row 3: it cannot notice anything\.\n\nIn all 6 of 6 mutants noticed/);
  });

  it('writes every mutant as JSON, with the case that notices it', () => {
    const { ruleSets } = JSON.parse(mutate('--format', 'json').out) as { ruleSets: { mutants: Record<string, unknown>[] }[] };
    const statuses = ruleSets[0]!.mutants.map(({ was, is, status, by }) => [was, is, status, by]);
    assert.deepEqual(statuses.slice(2, 4), [
      ['rule old', 'disabled', 'noticed', 'Edges: Row 1'],
      ['at least 65', 'at least 64', 'survived', null],
    ]);
    assert.equal(statuses.length, 8);
  });

  const SHARED = RULES.replace('"version": "1.0.0",', '"version": "1.0.0", "role": "library",');
  const user = (id: string) =>
    `{ "id": "${id}", "title": "${id}", "version": "1.0.0", "uses": ["shared.clinical.json"],
      "rules": [{ "id": "${id}-always", "then": [{ "decide": "class", "as": "no" }], "source": { "id": "guide" } }] }`;
  const caseOf = (ruleSet: string, age: number, answer: string) =>
    `{ "id": "${ruleSet}-${age}", "title": "${ruleSet} ${age}", "asOf": "2026-11-22", "for": ["${ruleSet}.clinical.json"], "facts": { "age": ${age} },
      "expected": [{ "ruleSet": "${ruleSet}", "decisions": { "class": "${answer}" } }] }`;

  it('changes what several rule sets use once, and any case of any of them may notice it', () => {
    const shared = folderWith({
      'shared.clinical.json': SHARED,
      'one.clinical.json': user('one'),
      'two.clinical.json': user('two'),
      'one.patient.json': caseOf('one', 64, 'no'),
      'two.patient.json': caseOf('two', 65, 'yes'),
    });
    try {
      for (const path of ['.', 'one.clinical.json', 'shared.clinical.json']) {
        const report = JSON.parse(cli(['mutate', path, '--format', 'json'], shared.path).out) as MutateReport;
        const { mutants, noticed, survived } = report.files.find(({ file }) => file === 'shared.clinical.json')!;
        assert.deepEqual([mutants.length, noticed, survived], [8, 8, 0], path);
        const by = (is: string) => mutants.find(each => each.is === is)!.by;
        assert.deepEqual([by('at least 64'), by('at least 66')], ['one 64', 'two 65'], path);
      }
    } finally {
      shared.remove();
    }
  });

  it('overwrites no case that is there, and names no schema of another folder', () => {
    mutate('--cases', 'made');
    const first = readdirSync(folder.at('made'));
    for (const name of first)
      writeFileSync(folder.at(`made/${name}`), readFileSync(folder.at(`made/${name}`), 'utf8').replace('Notices', 'Mine'));
    mutate('--cases', 'made');
    assert.ok(readdirSync(folder.at('made')).length > first.length);
    for (const name of first) assert.match(readFileSync(folder.at(`made/${name}`), 'utf8'), /Mine/);
    for (const name of readdirSync(folder.at('made'))) assert.doesNotMatch(readFileSync(folder.at(`made/${name}`), 'utf8'), /schema/);
  });

  it('writes who would notice as cases to be confirmed, and once they are, all is noticed', () => {
    assert.equal(mutate('--cases', 'made').code, 1);
    const made = readdirSync(folder.at('made'));
    assert.deepEqual(made, ['notices-old-2.patient.json', 'notices-old.patient.json']);
    assert.equal(cli(['check', 'made'], folder.path).code, 0);
    assert.equal(mutate().code, 1);
    for (const name of made) {
      const file = folder.at(`made/${name}`);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"proposed": true', '"proposed": false'));
    }
    assert.equal(mutate().code, 0);
  });

  it('tells what it has found so far when it is interrupted, and that it is not all: exit code 1', () => {
    const rules = Array.from({ length: 400 }, (_, i) => {
      const when = `{ "all": [{ "fact": "age", "atLeast": ${i % 90} }, { "fact": "age", "atMost": ${20 + (i % 90)} }] }`;
      return `{ "id": "r${i}", "when": ${when}, "then": [{ "decide": "class", "as": "${i % 2 ? 'yes' : 'no'}" }], "source": { "id": "guide" } }`;
    });
    writeFileSync(folder.at('rules.clinical.json'), RULES.replace(/"rules": \[[\s\S]*\]\n/, `"rules": [${rules.join(',\n')}]\n`));
    cases(...Array.from({ length: 60 }, (_, i) => [i, 'yes'] as const));
    // As Ctrl-C does, once it is listened for.
    const signal = "process.on('newListener', name => name === 'SIGINT' && setImmediate(() => process.kill(process.pid, 'SIGINT')))";
    writeFileSync(folder.at('interrupt.cjs'), signal);
    const interrupted = (...args: string[]) =>
      cli(['mutate', '.', ...args], folder.path, { NODE_OPTIONS: `--require ${folder.at('interrupt.cjs')}` });
    const { code, out, err } = interrupted('--format', 'json');
    assert.deepEqual([code, err], [1, '']);
    const { stopped, of, total } = JSON.parse(out) as MutateReport;
    const tried = total.noticed + total.survived + total.notSettled + total.equivalent;
    assert.equal(stopped, true);
    assert.ok(tried > 0 && tried < of, `${tried} of ${of}`);
    assert.match(interrupted().out, /\nStopped: \d+ of \d+ mutants were tried, and the numbers are of those alone\.\nIn all /);
  }).timeout(120_000);

  it('is wrong use where nothing is expected', () => {
    cases();
    assert.equal(mutate().code, 2);
    assert.equal(mutate('--format', 'junit').code, 2);
  });
});
