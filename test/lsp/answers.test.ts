/** Outline, fixes and previews over stdio. */
import assert from 'node:assert/strict';
import type { CodeAction, DocumentSymbol, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { PatientChoice, PreviewAnswer } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';
import { PATIENT, RULES, SMALL } from '../support/small.ts';

describe('answers over stdio', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server(SMALL);
    await server.initialize('pull');
  });
  afterEach(() => server.kill());

  const outline = (name: string) =>
    server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: server.uri(name) } });
  const names = (symbols: readonly DocumentSymbol[]): unknown[] =>
    symbols.map(({ name, children }) => (children?.length ? [name, ...names(children)] : name));
  const preview = () =>
    server.request<PreviewAnswer>('clinicalRules/preview', {
      ruleSet: server.uri('rules.clinical.json'),
      patient: server.uri('jane.patient.json'),
    });

  it('outline a file by its sections and what they declare', async () => {
    server.open('rules.clinical.json', RULES);
    const symbols = await outline('rules.clinical.json');
    assert.deepEqual(names(symbols), [
      ['thresholds', 'high-calcium'],
      ['decisions', ['clearance', 'contraindicated', 'proceed']],
      ['rules', 'calcium-too-high', 'no-pain'],
    ]);
    const rule = symbols[2]!.children![1]!;
    assert.deepEqual([rule.detail, rule.selectionRange.start], ['Exercise without pain', { line: 21, character: 12 }]);
  });

  it('keep the last good outline while a text is broken, however short it has become', async () => {
    server.open('rules.clinical.json', RULES);
    const good = names(await outline('rules.clinical.json'));
    server.change('rules.clinical.json', { text: '{ "rules": [' });
    const kept = await outline('rules.clinical.json');
    assert.deepEqual(names(kept), good);
    assert.ok(kept.every(({ range }) => range.end.line === 0 && range.end.character <= 12));
    server.change('rules.clinical.json', { text: '{ "rules": [] }' });
    assert.deepEqual(names(await outline('rules.clinical.json')), ['rules']);
  });

  it('offer the fix of a finding, and the fix mends it', async () => {
    const broken = RULES.replace('"fact": "pain"', '"fact": "pian"');
    server.open('rules.clinical.json', broken);
    const [finding] = (await server.pull('rules.clinical.json')).items;
    const ask = (range: object) =>
      server.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: server.uri('rules.clinical.json') },
        range,
        context: { diagnostics: [], only: ['quickfix'] },
      });
    const [action, ...more] = await ask(finding!.range);
    assert.deepEqual(
      more.map(({ title }) => title),
      ['Declare the fact “pian”'],
    );
    assert.equal(action!.kind, 'quickfix');
    assert.deepEqual(action!.diagnostics, [finding]);
    const [change] = action!.edit!.documentChanges as [{ textDocument: { uri: string; version: number }; edits: TextEdit[] }];
    assert.deepEqual(change.textDocument, { uri: server.uri('rules.clinical.json'), version: 1 });
    const document = TextDocument.create('x', 'x', 1, broken);
    assert.equal(TextDocument.applyEdits(document, change.edits), RULES);
    assert.deepEqual(await ask({ start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }), []);
  });

  it('list the patients of a rule set and the rule sets of a patient, those that fit first', async () => {
    server.open('other.patient.json', PATIENT.replace('"for": ["rules.clinical.json"],', '').replace('"High calcium"', '"A"'));
    const patients = await server.request<PatientChoice[]>('clinicalRules/patients', { ruleSet: server.uri('rules.clinical.json') });
    assert.deepEqual(patients, [
      { uri: server.uri('jane.patient.json'), title: 'High calcium', description: 'jane.patient.json', fits: true },
      { uri: server.uri('other.patient.json'), title: 'A', description: 'other.patient.json', fits: false },
    ]);
    const ruleSets = await server.request<PatientChoice[]>('clinicalRules/ruleSets', { patient: server.uri('jane.patient.json') });
    assert.deepEqual(ruleSets, [
      { uri: server.uri('rules.clinical.json'), title: 'Rules', description: 'rules.clinical.json', fits: true },
    ]);
  });

  it('preview a patient, follow edits of either file, and say of which files they want to know', async () => {
    const first = await preview();
    assert.ok(first.kind === 'preview');
    assert.deepEqual(
      first.preview.decisions.map(({ id, tone }) => [id, tone]),
      [['clearance', 'contraindicated']],
    );
    assert.equal(first.preview.patient.link.uri, server.uri('jane.patient.json'));
    server.open('jane.patient.json', PATIENT);
    server.change('jane.patient.json', { text: PATIENT.replace('3.6', '2.4') });
    const changed = () =>
      server.notifications.some(
        ({ method, params }) =>
          method === 'clinicalRules/changed' && (params as { uris: string[] }).uris.includes(server.uri('jane.patient.json')),
      );
    await server.until(changed, 'a change told');
    const second = await preview();
    assert.ok(second.kind === 'preview');
    assert.equal(second.preview.outcome.decisions.clearance?.value, 'proceed');
    server.open('rules.clinical.json', RULES);
    server.change('rules.clinical.json', { text: RULES.replace('"atLeast": 3.5', '"atLeast": 2.3') });
    const third = await preview();
    assert.ok(third.kind === 'preview');
    assert.equal(third.preview.outcome.decisions.clearance?.value, 'contraindicated');
  });

  it('say why there is no preview, and where', async () => {
    server.open('rules.clinical.json', RULES.replace('"fact": "pain"', '"fact": "pian"'));
    const broken = await preview();
    assert.ok(broken.kind === 'broken');
    assert.match(broken.message, /rules\.clinical\.json: .*pian/);
    assert.deepEqual([broken.link?.uri, broken.link?.range.start.line], [server.uri('rules.clinical.json'), 23]);
    server.open('jane.patient.json', '{ "id": ');
    server.change('rules.clinical.json', { text: RULES });
    const other = await preview();
    assert.ok(other.kind === 'broken');
    assert.match(other.message, /jane\.patient\.json/);
  });

  it('give no preview of files that are not there', async () => {
    const answer = await server.request<PreviewAnswer>('clinicalRules/preview', {
      ruleSet: server.uri('gone.clinical.json'),
      patient: server.uri('jane.patient.json'),
    });
    assert.deepEqual(answer, { kind: 'broken', message: 'The rule set cannot be read.' });
  });
});
