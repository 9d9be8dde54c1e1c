/** Made cases through the built server: what is lacking is made, is a finding until it is confirmed, and is confirmed one by one or all at once. */
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MADE_CASES, type MadeCasesAnswer } from '../../server/src/lsp/protocol.ts';
import { cli } from '../support/command-line.ts';
import { FRAIL_FALLS } from '../support/falls.ts';
import { Server } from '../support/language-server.ts';

const BESIDE = `{
  "id": "old", "title": "Old", "asOf": "2026-11-22", "for": ["../falls rules.clinical.json"],
  "facts": { "age": { "value": 80, "unit": "a" }, "frail": true },
  "expected": [{ "ruleSet": "falls", "decisions": { "class": "yes" } }]
}`;

describe('made cases through the server', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server({ 'falls rules.clinical.json': FRAIL_FALLS, 'patients/old.patient.json': BESIDE });
    await server.initialize('pull');
  });
  afterEach(() => server.kill());

  const ask = (more: object = {}) =>
    server.request<MadeCasesAnswer | null>(MADE_CASES, { run: 1, ruleSet: server.uri('falls rules.clinical.json'), ...more });

  it('are proposed beside the other patients, and are what the command line makes', async () => {
    const made = (await ask())!;
    assert.deepEqual([made.title, made.why, made.count, made.before, made.notFound], ['Falls', null, 3, 1, []]);
    assert.ok(made.uri.endsWith('/patients/made.patient.json'), made.uri);
    const { patient } = JSON.parse(cli(['cases', 'falls rules.clinical.json', '--format', 'json'], server.folder).out) as {
      patient: { cases: object };
    };
    assert.deepEqual((JSON.parse(made.text) as { cases: object }).cases, patient.cases);
    assert.deepEqual((JSON.parse(made.text) as { for: string[] }).for, ['../falls rules.clinical.json']);
  });

  it('name the rule set from where they are to be written', async () => {
    const made = (await ask({ target: server.uri('more/tests/edges.patient.json') }))!;
    const { id, for: ruleSets } = JSON.parse(made.text) as { id: string; for: string[] };
    assert.deepEqual([id, ruleSets], ['edges', ['../../falls rules.clinical.json']]);
  });

  it('are not made of a rule set with errors, nor of what is no rule set', async () => {
    server.open('falls rules.clinical.json', FRAIL_FALLS.replace('"fact": "frail"', '"fact": "frial"'));
    assert.deepEqual([(await ask())!.why, (await ask())!.count], ['errors', 0]);
    assert.equal(await ask({ ruleSet: server.uri('patients/old.patient.json') }), null);
  });

  it('are findings until they are confirmed, one by one or all of the file', async () => {
    const { text } = (await ask())!;
    server.open('patients/made.patient.json', text);
    const found = await unconfirmed('patients/made.patient.json');
    assert.equal(found.length, 3);
    const titles = await confirming('patients/made.patient.json', found[1]!);
    assert.deepEqual(
      titles.map(({ title }) => title),
      ['Confirm this expectation', 'Confirm all 3 expectations in this file'],
    );
    const once = applied(text, titles[0]!);
    server.change('patients/made.patient.json', { text: once });
    assert.equal((await unconfirmed('patients/made.patient.json')).length, 2);
    assert.equal(JSON.parse(once).cases.rows[1]['expected.proposed'], undefined);
    const all = applied(text, titles[1]!);
    server.change('patients/made.patient.json', { text: all });
    assert.deepEqual(await unconfirmed('patients/made.patient.json'), []);
    assert.deepEqual(
      JSON.parse(all).cases.rows.map((row: object) => 'expected.proposed' in row),
      [false, false, false],
    );
  });

  it('count once they are there: nothing more is lacking', async () => {
    server.open('patients/made.patient.json', (await ask())!.text);
    const again = (await ask())!;
    assert.deepEqual([again.count, again.before], [0, 4]);
  });

  it('are confirmed in an entry and in a row of cells as well', async () => {
    const table = BESIDE.replace('"ruleSet": "falls", "decisions"', '"ruleSet": "falls", "proposed": true, "decisions"').replace(
      '"facts"',
      '"cases": { "ruleSet": "falls", "columns": ["age in a", "expected.fired", "expected.proposed"], "rows": [[70, ["old"], true]] }, "facts"',
    );
    server.open('patients/old.patient.json', table);
    const found = await unconfirmed('patients/old.patient.json');
    assert.equal(found.length, 2);
    const [, all] = await confirming('patients/old.patient.json', found[0]!);
    const text = applied(table, all!);
    server.change('patients/old.patient.json', { text });
    assert.deepEqual(await unconfirmed('patients/old.patient.json'), []);
    assert.deepEqual(JSON.parse(text).cases.rows, [[70, ['old'], '']]);
  });

  async function unconfirmed(name: string): Promise<Diagnostic[]> {
    return (await server.pull(name)).items.filter(({ code }) => code === 'unconfirmed-expectation');
  }

  async function confirming(name: string, { range }: Diagnostic): Promise<CodeAction[]> {
    const textDocument = { uri: server.uri(name) };
    const actions = await server.request<CodeAction[]>('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
    return actions.filter(({ title }) => title.startsWith('Confirm'));
  }

  function applied(text: string, { edit }: CodeAction): string {
    const changes = edit!.documentChanges as { edits: TextEdit[] }[] | undefined;
    const edits = changes?.flatMap(change => change.edits) ?? Object.values(edit!.changes ?? {}).flat();
    return TextDocument.applyEdits(TextDocument.create('a', 'json', 1, text), edits);
  }
});
