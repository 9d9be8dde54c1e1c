/** The Testing view where things go wrong: patients that cannot be read, damaged tables, several runs at once, one of them cancelled. */
import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import {
  RUN_TESTS,
  type RunTestsAnswer,
  TEST_RESULTS,
  TESTS,
  type TestResult,
  type TestResults,
  type TestsAnswer,
} from '../../server/src/lsp/protocol.ts';
import { FALLS } from '../support/falls.ts';
import { Server } from '../support/language-server.ts';

const patient = (id: string, more: string) =>
  `{ "id": "${id}", "title": "${id}", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "facts": { "age": 70 }, ${more} }`;
const expecting = (answer: string) => `"expected": [{ "ruleSet": "falls", "decisions": { "class": "${answer}" } }]`;
const COLUMNS = '["case", "age", "expected.decisions.class"]';
const table = (...rows: string[]) => `"cases": { "ruleSet": "falls", "columns": ${COLUMNS}, "rows": [${rows.join(', ')}] }`;
const MANY = Array.from({ length: 800 }, (_, i) => `["aged ${i}", ${i % 120}, "${i % 120 < 65 ? 'no' : 'yes'}"]`);

const FILES = {
  'rules.clinical.json': FALLS,
  'good.patient.json': patient('good', expecting('yes')),
  'cut.patient.json': patient('cut', expecting('yes')).slice(0, -4),
  'empty.patient.json': '',
  'words.patient.json': 'hello',
  'row.patient.json': patient('row', table('["old", 70, "yes"]', '["short", 64]')),
  'csv.patient.json': patient('csv', '"cases": { "ruleSet": "falls", "csv": "rows.csv" }'),
  'rows.csv': 'case,age,expected.decisions.class\nold,70,yes\n"open,64,no\n',
  'many.patient.json': patient('many', table(...MANY)),
};

describe('the Testing view where things go wrong', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server(FILES);
    await server.initialize('pull');
  });
  afterEach(() => server.kill());

  const ask = (run: number, ids: readonly string[] | undefined, source = new CancellationTokenSource()) =>
    server.connection.sendRequest<RunTestsAnswer>(RUN_TESTS, { run, ids, coverage: true }, source.token);
  const told = (run: number): TestResult[] =>
    server.notifications
      .filter(({ method }) => method === TEST_RESULTS)
      .map(({ params }) => params as TestResults)
      .filter(one => one.run === run)
      .flatMap(({ results }) => results);

  it('has an item for each patient that cannot be read, which says why it is not run', async () => {
    const { cases } = await server.request<TestsAnswer>(TESTS, { uris: undefined });
    const nameOf = (id: string) => cases.find(one => one.id === id)!.uri.replace(/.*\//, '');
    await ask(1, undefined);
    const broken = told(1).filter(({ status }) => status === 'error');
    assert.deepEqual(broken.map(({ id, why }) => `${nameOf(id)}: ${/^(?:In “.*?”: )?.{0,24}/.exec(why ?? '')![0]}`).sort(), [
      'cut.patient.json: The text ends here, befo',
      'empty.patient.json: The file is empty. Write',
      'row.patient.json: This row has 2 cells for',
      'rows.csv: In “rows.csv”: This cell begins with a ',
      'words.patient.json: hello is not a value. Wr',
    ]);
    assert.equal(told(1).length, cases.length);
  });

  it('runs what was mended, and only that', async () => {
    await server.request<TestsAnswer>(TESTS, { uris: undefined });
    server.open('row.patient.json', patient('row', table('["old", 70, "yes"]', '["short", 64, "no"]')));
    const { cases } = await server.request<TestsAnswer>(TESTS, { uris: [server.uri('row.patient.json')] });
    await ask(
      1,
      cases.map(({ id }) => id),
    );
    assert.deepEqual(
      told(1).map(({ status }) => status),
      ['passed', 'passed'],
    );
  });

  it('answers two runs at once, each with its own cases and what they cover', async () => {
    const { cases } = await server.request<TestsAnswer>(TESTS, { uris: undefined });
    const some = cases.filter(({ patient: { title } }) => title === 'good').map(({ id }) => id);
    const alone = [await ask(1, undefined), await ask(2, some)];
    const together = await Promise.all([ask(3, undefined), ask(4, some), ask(5, undefined)]);
    assert.deepEqual(together, [alone[0], alone[1], alone[0]]);
    for (const [run, same] of [
      [3, 1],
      [4, 2],
      [5, 1],
    ] as const)
      assert.deepEqual(told(run), told(same));
    assert.ok(told(1).length > 800 && told(2).length === 1);
  });

  it('cancels one of them, and the other is whole', async () => {
    await server.request<TestsAnswer>(TESTS, { uris: undefined });
    const source = new CancellationTokenSource();
    const [first, second] = [ask(1, undefined, source), ask(2, undefined)];
    source.cancel();
    assert.equal((await first).coverage, null);
    assert.notEqual((await second).coverage, null);
    await ask(3, undefined);
    assert.deepEqual(told(2), told(3));
    assert.ok(told(1).length < told(2).length);
  });

  it('tells of an edit in the midst of a run what stood there when it began', async () => {
    await server.request<TestsAnswer>(TESTS, { uris: undefined });
    const asked = ask(1, undefined);
    server.open('rules.clinical.json', FALLS.replace('"atLeast": 65', '"atLeast": 90').replace('"below": 65', '"below": 90'));
    await asked;
    await ask(2, undefined);
    const failed = (run: number) => told(run).filter(({ status }) => status === 'failed').length;
    assert.ok(failed(1) === 0 || failed(1) === failed(2), `${failed(1)} and ${failed(2)}`);
    assert.ok(failed(2) > 0);
  });
});
