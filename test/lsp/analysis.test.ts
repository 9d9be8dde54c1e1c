/** The analysis over the protocol: what is found follows the edits, and nothing waits for it. */
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Proofs } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';

const RULES = `{
  "id": "walking", "title": "Walking", "version": "1.0.0", "uses": ["words.clinical.json"],
  "sources": { "book": { "title": "A book" } },
  "rules": [
    { "id": "mild", "title": "Mild", "when": { "fact": "pain", "atMost": 5 }, "then": [{ "recommend": "walking" }], "source": { "id": "book" } },
    { "id": "sore", "title": "Sore", "when": { "fact": "pain", "atLeast": 5 }, "then": [{ "forbid": "walking" }], "source": { "id": "book" } }
  ]
}`;
const WORDS = `{
  "id": "words", "title": "Words", "version": "1.0.0", "role": "library",
  "activities": { "walking": { "title": "Walking" } },
  "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } }
}`;
const APART = RULES.replace('"atLeast": 5', '"atLeast": 6');

describe('analysis in the server', function () {
  this.timeout(30_000);
  let server: Server;
  afterEach(() => server.kill());

  const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
  const hasConflict = (diagnostics: readonly Diagnostic[]) => codes(diagnostics).includes('conflicting-effects');

  async function start(configuration: unknown = {}): Promise<void> {
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': RULES });
    server.configuration = configuration;
    await server.initialize('push');
    server.open('rules.clinical.json', RULES);
  }

  it('a conflict comes, goes with the edit that mends it, and comes back with it', async () => {
    await start();
    const [found] = (await server.pushed('rules.clinical.json', hasConflict)).filter(({ code }) => code === 'conflicting-effects');
    assert.match(String(found!.message), /“Mild” \(mild\) recommends walking, but “Sore” \(sore\) forbids walking/);
    assert.match(found!.relatedInformation![0]!.message, /“Mild”/);
    server.change('rules.clinical.json', { text: APART });
    await server.pushed('rules.clinical.json', diagnostics => !hasConflict(diagnostics));
    server.change('rules.clinical.json', { text: RULES });
    await server.pushed('rules.clinical.json', hasConflict);
  });

  it('a conflict goes with an edit of another file', async () => {
    await start();
    await server.pushed('rules.clinical.json', hasConflict);
    server.open('words.clinical.json', WORDS);
    const never5 = '"impossible": [{ "id": "five", "when": { "fact": "pain", "is": 5 }, "reason": "Not on this scale" }], "activities"';
    server.change('words.clinical.json', { text: WORDS.replace('"activities"', never5) });
    await server.pushed('rules.clinical.json', diagnostics => !hasConflict(diagnostics));
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.ok(!hasConflict(server.last('rules.clinical.json')!.diagnostics));
  });

  it('what is quick is told first, and errors keep a rule set from being analysed', async () => {
    await start();
    await server.pushed('rules.clinical.json', hasConflict);
    server.change('rules.clinical.json', { text: RULES.replace('"pain", "atMost"', '"pian", "atMost"') });
    const diagnostics = await server.pushed('rules.clinical.json', all => codes(all).includes('undefined-name'));
    assert.ok(!hasConflict(diagnostics));
  });

  it('a burst of edits ends with what the last one means', async () => {
    await start();
    for (let i = 0; i < 20; i++) server.change('rules.clinical.json', { text: i % 2 ? RULES : APART });
    server.change('rules.clinical.json', { text: RULES });
    await server.pushed('rules.clinical.json', hasConflict);
    assert.equal(server.last('rules.clinical.json')!.version, 22);
  });

  it('can be switched off, and its severity chosen', async () => {
    // One answer stands for every section asked for.
    await start({ enabled: false, 'unused-name': 'off' });
    await server.pushed('rules.clinical.json', () => true);
    await new Promise(resolve => setTimeout(resolve, 1000));
    assert.ok(!hasConflict(server.last('rules.clinical.json')!.diagnostics));
    server.configuration = { 'conflicting-effects': 'information' };
    server.notify('workspace/didChangeConfiguration', { settings: null });
    const diagnostics = await server.pushed('rules.clinical.json', hasConflict);
    assert.equal(diagnostics.find(({ code }) => code === 'conflicting-effects')!.severity, 3);
  });

  it('a client that pulls is told to ask again', async () => {
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': RULES });
    await server.initialize('pull');
    server.open('rules.clinical.json', RULES);
    await server.until(() => server.refreshes.length > 0, 'a refresh');
    assert.ok(hasConflict((await server.pull('rules.clinical.json')).items));
  });

  it('offers to settle a conflict, and both ways settle it', async () => {
    await start();
    const [conflict] = (await server.pushed('rules.clinical.json', hasConflict)).filter(({ code }) => code === 'conflicting-effects');
    const all = await server.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: server.uri('rules.clinical.json') },
      range: conflict!.range,
      context: { diagnostics: [] },
    });
    const actions = all.filter(({ diagnostics }) => diagnostics?.[0]?.code === 'conflicting-effects');
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Let “mild” override “sore”, with a reason', 'Let “sore” override “mild”, with a reason', 'Waive with a reason, a name and a date'],
    );
    const text = (action: CodeAction) => {
      const [{ edits }] = action.edit!.documentChanges as unknown as [{ edits: TextEdit[] }];
      return TextDocument.applyEdits(TextDocument.create('', '', 0, RULES), edits).replaceAll(/"(reason|by)": ""/g, '"$1": "A. Reviewer"');
    };
    const waived = text(actions[2]!);
    server.change('rules.clinical.json', { text: waived });
    await server.pushed('rules.clinical.json', all =>
      all.some(({ message, severity }) => severity === 4 && String(message).startsWith('Waived')),
    );
    server.change('rules.clinical.json', { text: text(actions[1]!) });
    await server.pushed('rules.clinical.json', found => codes(found).includes('missing-data-hazard') && !hasConflict(found));
  });

  it('tells what is proved', async () => {
    await start();
    server.change('rules.clinical.json', { text: APART });
    let proofs: Proofs | null = null;
    for (let i = 0; i < 100 && !proofs; i++) {
      await new Promise(resolve => setTimeout(resolve, 50));
      proofs = await server.request<Proofs | null>('clinicalRules/proofs', { uri: server.uri('rules.clinical.json') });
    }
    assert.deepEqual(proofs, {
      proved: ['No two of 2 rules conflict for any patient in scope.', 'Each of 2 rules holds for some patient in scope.'],
      notProved: [],
    });
  });
});
