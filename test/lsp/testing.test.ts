/** The Testing view's requests through the built server: which cases there are, that they come out as on the command line, and what they cover. */
import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { TestReport } from '../../server/src/cli/test-report.ts';
import {
  CHANGED,
  MUTANTS,
  MUTANTS_DONE,
  type MutantsAnswer,
  RUN_TESTS,
  type RunTestsAnswer,
  TABLE_TEXT,
  TEST_RESULTS,
  TESTS,
  type TestResult,
  type TestResults,
  type TestsAnswer,
} from '../../server/src/lsp/protocol.ts';
import { cli } from '../support/command-line.ts';
import { Server } from '../support/language-server.ts';

const RULES = `{
  "id": "falls", "title": "Falls", "version": "1.0.0",
  "sources": { "guide": { "title": "Guide" } },
  "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 0, "maximum": 120 } },
  "decisions": { "class": { "title": "Balance class?", "values": ["yes", "no"], "resolve": "strictest" } },
  "rules": [
    { "id": "old", "when": { "fact": "age", "atLeast": 65, "unit": "a" }, "then": [{ "decide": "class", "as": "yes" }], "source": { "id": "guide" } },
    { "id": "young", "when": { "fact": "age", "below": 65, "unit": "a" }, "then": [{ "decide": "class", "as": "no" }], "source": { "id": "guide" } }
  ]
}`;
const EDGE = `{
  "id": "edge", "title": "On the edge", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "age": { "value": 65, "unit": "a" } },
  "cases": { "ruleSet": "falls", "columns": ["case", "age in a", "expected.decisions.class"], "rows": [
    ["just below", 64, "no"],
    ["just below", 64, "yes"]
  ] },
  "expected": [{ "ruleSet": "falls", "decisions": { "class": "yes" }, "fired": ["young"] }]
}`;
const OLD = `{
  "id": "old", "title": "Old", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "facts": { "age": { "value": 80, "unit": "a" } },
  "expected": [{ "ruleSet": "falls", "proposed": true, "decisions": { "class": "yes" } }]
}`;
const BROKEN = OLD.replace('"id": "old"', '"id": "broken"').replace('"class": "yes"', '"class": "maybe"');
const FILES = {
  'rules.clinical.json': RULES,
  'edge.patient.json': EDGE,
  'old.patient.json': OLD,
  'sub/broken.patient.json': BROKEN.replace('rules.', '../rules.'),
};

describe('the Testing view through the server', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server(FILES);
    await server.initialize('pull');
  });
  afterEach(() => server.kill());

  const tests = async (uris?: readonly string[]) => server.request<TestsAnswer>(TESTS, { uris });
  let run = 0;
  const runTests = async (ids?: readonly string[], coverage = false) => {
    const answer = await server.request<RunTestsAnswer>(RUN_TESTS, { run: ++run, ids, coverage });
    const told = server.notifications.filter(({ method }) => method === TEST_RESULTS).map(({ params }) => params as TestResults);
    const results = told.filter(one => one.run === run).flatMap(one => one.results);
    return { coverage: answer.coverage, results };
  };
  const byTitle = (cases: TestsAnswer['cases'], results: readonly TestResult[]) =>
    results.map(({ id, status }) => `${cases.find(one => one.id === id)?.title} ${status}`);

  it('has each patient and each row of a table at its line, with ids of their own', async () => {
    const { cases } = await tests();
    assert.deepEqual(
      cases.map(({ title, row, uri, range, ruleSet, proposed }) => [
        title,
        row,
        uri.replace(/.*\//, ''),
        range.start.line,
        ruleSet.title,
        proposed,
      ]),
      [
        ['On the edge', null, 'edge.patient.json', 7, 'Falls', false],
        ['just below', 1, 'edge.patient.json', 4, 'Falls', false],
        ['just below', 2, 'edge.patient.json', 5, 'Falls', false],
        ['Old', null, 'old.patient.json', 3, 'Falls', true],
        ['Old', null, 'broken.patient.json', 3, 'Falls', true],
      ],
    );
    assert.equal(new Set(cases.map(({ id }) => id)).size, 5);
  });

  it('says of each case what the command line says', async () => {
    const { results } = await runTests();
    const report = JSON.parse(cli(['test', '.', '--format', 'json'], server.folder).out) as TestReport;
    const { cases } = await tests();
    const told = (id: string) => cases.find(one => one.id === id)!;
    assert.deepEqual(
      results.map(({ id, status, why, differences }) => ({
        title: told(id).row === null ? told(id).title : `${told(id).patient.title}: ${told(id).title}`,
        start: told(id).range.start,
        status,
        why,
        differences: differences.map(({ message, expected, actual, range }) => ({ message, expected, actual, range })),
      })),
      report.cases.map(({ title, range, status, why, differences }) => ({
        title,
        start: range.start,
        status,
        why,
        differences: differences.map(({ message, expected, actual, range }) => ({ message, expected, actual, range })),
      })),
    );
    assert.deepEqual(byTitle(cases, results), ['On the edge failed', 'just below passed', 'just below failed', 'Old passed', 'Old error']);
  });

  it('runs those that are asked for', async () => {
    const { cases } = await tests();
    const { results } = await runTests([cases[2]!.id, cases[3]!.id]);
    assert.deepEqual(
      results.map(({ id }) => id),
      [cases[2]!.id, cases[3]!.id],
    );
    assert.deepEqual((await runTests(['file:///gone.patient.json#gone@falls'])).results, []);
  });

  it('follows texts that are not saved, and tells which files to look at again', async () => {
    const { cases } = await tests();
    server.open('rules.clinical.json', RULES.replace('"atLeast": 65', '"atLeast": 81').replace('"below": 65', '"below": 81'));
    await server.until(() => server.notifications.some(({ method }) => method === CHANGED), 'told of a change');
    const changed = server.notifications
      .filter(({ method }) => method === CHANGED)
      .flatMap(({ params }) => (params as { uris: string[] }).uris);
    assert.deepEqual((await tests(changed)).cases.map(({ id }) => id).sort(), cases.map(({ id }) => id).sort());
    assert.deepEqual(byTitle(cases, (await runTests()).results).slice(3, 4), ['Old failed']);
    server.open('old.patient.json', OLD.replace('"proposed": true, ', '').replace('"Old"', '"Older"'));
    const again = await tests([server.uri('old.patient.json')]);
    assert.deepEqual(again.files, [server.uri('old.patient.json')]);
    assert.deepEqual(
      again.cases.map(({ title, proposed }) => [title, proposed]),
      [['Older', false]],
    );
  });

  it('has the rows of a CSV file there, and follows the file', async () => {
    const patient = EDGE.replace(/"cases": [\s\S]*\] \},/, '"cases": { "ruleSet": "falls", "csv": "rows.csv" },');
    server.write('rows.csv', 'case,age in a,expected.decisions.class\nyoung,30,no\n');
    server.writeAndTell('edge.patient.json', patient);
    const rows = async () =>
      (await tests()).cases
        .filter(({ row }) => row !== null)
        .map(({ title, uri, range }) => [title, uri.replace(/.*\//, ''), range.start.line]);
    assert.deepEqual(await rows(), [['young', 'rows.csv', 1]]);
    const changes = () =>
      server.notifications
        .filter(({ method }) => method === CHANGED)
        .slice(before)
        .flatMap(({ params }) => (params as { uris: string[] }).uris);
    const before = server.notifications.filter(({ method }) => method === CHANGED).length;
    server.writeAndTell('rows.csv', 'case,age in a,expected.decisions.class\nyoung,30,no\nold,66,no\n');
    await server.until(() => changes().includes(server.uri('edge.patient.json')), 'told that the patient has changed');
    assert.deepEqual(await rows(), [
      ['young', 'rows.csv', 1],
      ['old', 'rows.csv', 2],
    ]);
    const { results } = await runTests();
    assert.equal(results.flatMap(({ differences }) => differences).find(({ uri }) => uri.endsWith('rows.csv'))!.range.start.line, 2);
  });

  it('has the rows of a CSV file as they stand in the editor, until it is saved or closed', async () => {
    server.write('rows.csv', 'case,age in a,expected.decisions.class\nyoung,30,no\n');
    server.writeAndTell('edge.patient.json', EDGE.replace(/"cases": [\s\S]*\] \},/, '"cases": { "ruleSet": "falls", "csv": "rows.csv" },'));
    const rows = async () => (await tests()).cases.filter(({ row }) => row !== null).map(({ title }) => title);
    assert.deepEqual(await rows(), ['young']);
    const before = server.notifications.length;
    server.notify(TABLE_TEXT, { uri: server.uri('rows.csv'), text: 'case,age in a,expected.decisions.class\nyoung,30,no\nold,66,no\n' });
    const isTold = () =>
      server.notifications
        .slice(before)
        .some(({ method, params }) => method === CHANGED && (params as { uris: string[] }).uris.includes(server.uri('edge.patient.json')));
    await server.until(isTold, 'told that the patient has changed');
    assert.deepEqual(await rows(), ['young', 'old']);
    const { results } = await runTests();
    const { cases } = await tests();
    assert.equal(results.find(({ id }) => cases.find(one => one.id === id)!.title === 'old')!.status, 'failed');
    server.writeAndTell('rows.csv', 'case,age in a,expected.decisions.class\nyounger,20,no\n');
    assert.deepEqual(await rows(), ['young', 'old']);
    server.notify(TABLE_TEXT, { uri: server.uri('rows.csv'), text: null });
    assert.deepEqual(await rows(), ['younger']);
  });

  it('covers what the command line says is covered', async () => {
    const { coverage } = await runTests(undefined, true);
    const ways = coverage!.flatMap(({ marks }) => marks.flatMap(mark => mark.ways));
    const text = cli(['test', '.', '--coverage', 'text'], server.folder).out;
    const [, seen, of] = /^ {2}all +(\d+) of (\d+)/m.exec(text)!;
    assert.deepEqual([ways.filter(way => way.seen).length, ways.length], [Number(seen), Number(of)]);
    assert.deepEqual(
      coverage!.map(({ uri }) => uri),
      [server.uri('rules.clinical.json')],
    );
    const rules = coverage![0]!.marks.flatMap(({ rule, range }) => (rule ? [[rule.id, rule.fired, range.start.line]] : []));
    assert.deepEqual(rules, [
      ['old', true, 6],
      ['young', true, 7],
    ]);
    const open = ways.filter(way => !way.seen).map(({ label }) => label);
    assert.ok(
      open.some(label => /^“unknown” of condition of “old” \(shown by a patient with nothing known\)/.test(label)),
      open.join('\n'),
    );
    const { cases } = await tests();
    const one = await runTests([cases[3]!.id], true);
    assert.ok(one.coverage!.flatMap(({ marks }) => marks.flatMap(mark => mark.ways)).filter(way => way.seen).length < Number(seen));
  });

  it('covers the same the second time, and what an edit makes of it', async () => {
    const first = await runTests(undefined, true);
    assert.deepEqual((await runTests(undefined, true)).coverage, first.coverage);
    const edited = RULES.replace('"atLeast": 65', '"atLeast": 80').replace('"below": 65', '"below": 80');
    server.open('rules.clinical.json', edited);
    const second = await runTests(undefined, true);
    assert.notDeepEqual(second.coverage, first.coverage);
    server.write('rules.clinical.json', edited);
    const [, seen, of] = /^ {2}all +(\d+) of (\d+)/m.exec(cli(['test', '.', '--coverage', 'text'], server.folder).out)!;
    const ways = second.coverage!.flatMap(({ marks }) => marks.flatMap(mark => mark.ways));
    assert.deepEqual([ways.filter(way => way.seen).length, ways.length], [Number(seen), Number(of)]);
  });

  it('stops when it is cancelled, and says nothing of coverage then', async () => {
    const source = new CancellationTokenSource();
    const asked = server.connection.sendRequest<RunTestsAnswer>(RUN_TESTS, { run: ++run, ids: undefined, coverage: true }, source.token);
    source.cancel();
    assert.equal((await asked).coverage, null);
    assert.equal((await runTests()).results.length, 5);
  });

  it('tells what could change unnoticed, as the command line does', async () => {
    const answer = await server.request<MutantsAnswer>(MUTANTS, { run: ++run, ruleSet: server.uri('rules.clinical.json') });
    const report = JSON.parse(cli(['mutate', '.', '--format', 'json'], server.folder).out) as {
      ruleSets: {
        cases: number;
        failing: string[];
        noticed: number;
        survived: number;
        notSettled: number;
        equivalent: number;
        mutants: { item: string; was: string; is: string; line: number; status: string }[];
      }[];
    };
    const [wanted] = report.ruleSets;
    assert.deepEqual(
      [answer.cases, answer.failing, answer.noticed, answer.survived.length, answer.equivalent, answer.stopped],
      [wanted!.cases, wanted!.failing, wanted!.noticed, wanted!.survived + wanted!.notSettled, wanted!.equivalent, false],
    );
    assert.ok(answer.survived.length > 0 && answer.noticed > 0);
    const open = wanted!.mutants.filter(({ status }) => status === 'survived' || status === 'not-settled');
    assert.deepEqual(answer.survived.map(({ range }) => range.start.line).sort(), open.map(({ line }) => line).sort());
    for (const { item, was, is } of open) assert.ok(answer.survived.some(({ message }) => message.includes(`“${item}”, ${was} → ${is}.`)));
    const shown = answer.survived.find(({ witness }) => witness)!.witness!;
    assert.deepEqual((JSON.parse(shown.text) as { for: string[] }).for, ['rules.clinical.json']);
    assert.ok(shown.uri.startsWith(server.uri('')) && shown.uri.endsWith('.patient.json'));
    const done = server.notifications.filter(({ method }) => method === MUTANTS_DONE);
    assert.ok(done.every(({ params }) => (params as { of: number }).of === wanted!.mutants.length));
  });

  it('looks for mutants in a thread of its own: nobody waits for it', async () => {
    const order: string[] = [];
    const asked = server
      .request<MutantsAnswer>(MUTANTS, { run: ++run, ruleSet: server.uri('rules.clinical.json') })
      .then(() => order.push('mutants'));
    await server.request<TestsAnswer>(TESTS, { uris: undefined }).then(() => order.push('cases'));
    await asked;
    assert.deepEqual(order, ['cases', 'mutants']);
  });

  it('gives up looking for mutants when it is cancelled', async () => {
    const source = new CancellationTokenSource();
    const asked = server.connection.sendRequest<MutantsAnswer>(
      MUTANTS,
      { run: ++run, ruleSet: server.uri('rules.clinical.json') },
      source.token,
    );
    source.cancel();
    const answer = await asked;
    assert.deepEqual([answer.stopped, answer.noticed], [true, 0]);
    assert.equal(await server.request(MUTANTS, { run: ++run, ruleSet: server.uri('nothing.clinical.json') }), null);
  });
});
