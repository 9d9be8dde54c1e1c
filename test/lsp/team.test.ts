/** `clinical-rules.json` in the editor: it comes before the editor's own settings, at once when it changes, and says where it is wrong. */
import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver/node';
import type { FixAllAnswer, PatientChoice } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';
import { RULES, SMALL } from '../support/small.ts';

const TYPO = RULES.replace('"fact": "pain"', '"fact": "pian"');
const TEAM = 'clinical-rules.json';

describe('the settings of a team, in the editor', () => {
  let server: Server;
  afterEach(() => server.kill());

  const start = async (files: Readonly<Record<string, string>>, own: object = {}) => {
    server = new Server({ ...SMALL, 'rules.clinical.json': TYPO, ...files });
    server.configuration = own;
    await server.initialize('pull');
    server.open('rules.clinical.json', TYPO);
  };
  const severities = async () =>
    (await server.pull('rules.clinical.json')).items.filter(({ code }) => code === 'undefined-name').map(({ severity }) => severity);

  it('come before its own', async () => {
    await start({ [TEAM]: '{ "severity": { "undefined-name": "information" } }' }, { 'undefined-name': 'off' });
    assert.deepEqual(await severities(), [3]);
  });

  it('hold at once when they change', async () => {
    await start({});
    assert.deepEqual(await severities(), [1]);
    server.writeAndTell(TEAM, '{ "severity": { "undefined-name": "off" } }');
    assert.deepEqual(await severities(), []);
    server.writeAndTell(TEAM, '{ "severity": {} }');
    assert.deepEqual(await severities(), [1]);
  });

  it('leave out files that are neither open nor used', async () => {
    await start({ 'old/broken.clinical.json': '{', [TEAM]: '{ "exclude": ["old"] }' });
    const all = await server.request<{ items: { uri: string }[] }>('workspace/diagnostic', { previousResultIds: [] });
    assert.ok(all.items.some(({ uri }) => uri === server.uri('rules.clinical.json')));
    assert.ok(all.items.every(({ uri }) => uri !== server.uri('old/broken.clinical.json')));
  });

  it('say where they are wrong', async () => {
    await start({ [TEAM]: '{ "severity": { "undefined-nam": "off" } }' });
    const told = () =>
      server.notifications
        .filter(({ method }) => method === 'window/showMessage')
        .map(({ params }) => (params as { message: string }).message);
    await server.until(() => told().length > 0, 'a message');
    assert.match(told()[0]!, /clinical-rules\.json:1:17: .*undefined-nam.*“undefined-name”/);
    assert.deepEqual(await severities(), [1]);
  });

  it('tell our own client, and no other, how to show what a diagnostic means', async () => {
    await start({});
    const [finding] = (await server.pull('rules.clinical.json')).items.filter(({ code }) => code === 'undefined-name');
    assert.match(finding!.codeDescription?.href ?? 'file:', /^file:/, 'a command of ours is nothing to others');
    server.kill();
    server = new Server({ ...SMALL, 'rules.clinical.json': TYPO });
    await server.initialize('pull', { initializationOptions: { witnessPreview: true } });
    const [again] = (await server.pull('rules.clinical.json')).items.filter(({ code }) => code === 'undefined-name');
    assert.equal(again!.codeDescription!.href, 'command:clinical-rules.showDocs?%5B%22undefined-name%22%5D');
  });

  it('name the patient that previews start with', async () => {
    await start({ [TEAM]: '{ "defaultPatient": "jane.patient.json" }' });
    const preferred = async () => {
      const all = await server.request<PatientChoice[]>('clinicalRules/patients', { ruleSet: server.uri('rules.clinical.json') });
      return all.filter(one => one.preferred).map(({ uri }) => uri);
    };
    assert.deepEqual(await preferred(), [server.uri('jane.patient.json')]);
    server.writeAndTell(TEAM, '{}');
    assert.deepEqual(await preferred(), []);
  });
});

describe('actions over stdio', () => {
  let server: Server;
  afterEach(() => server.kill());

  const at = (text: string, what: string) => {
    const before = text.slice(0, text.indexOf(what)).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    return { start: position, end: position };
  };
  const ask = (text: string, what: string, context: object) =>
    server.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: server.uri('rules.clinical.json') },
      range: at(text, what),
      context: { diagnostics: [], ...context },
    });

  it('rewrite when asked, in every file, and offer no lamp unasked', async () => {
    server = new Server(SMALL);
    await server.initialize('pull');
    server.open('rules.clinical.json', RULES);
    const asked = await ask(RULES, '"threshold": "high-calcium"', { triggerKind: 1 });
    const inline = asked.find(({ title }) => /^Inline the threshold “high-calcium” everywhere/.test(title))!;
    assert.equal(inline.kind, 'refactor.inline');
    assert.deepEqual(await ask(RULES, '"threshold": "high-calcium"', { triggerKind: 2 }), []);
    const only = await ask(RULES, '"threshold": "high-calcium"', { only: ['refactor.inline'] });
    assert.deepEqual(
      only.map(({ title }) => title),
      [inline.title],
    );
  });

  it('mend all of a kind in the workspace, and on saving only what is sure', async () => {
    const twice = TYPO.replace('"version": "1.0.0",', '"version": "1.0.0",,');
    server = new Server({ ...SMALL, 'rules.clinical.json': TYPO, 'second.clinical.json': TYPO.replace('"rules"', '"second"') });
    await server.initialize('pull');
    const { kinds } = await server.request<FixAllAnswer>('clinicalRules/fixAll', {});
    assert.deepEqual(kinds, [{ code: 'undefined-name', count: 2 }]);
    const { edit } = await server.request<FixAllAnswer>('clinicalRules/fixAll', { code: 'undefined-name' });
    const { documentChanges } = edit as { documentChanges: { textDocument: { uri: string } }[] };
    assert.deepEqual(
      documentChanges.map(({ textDocument }) => textDocument.uri),
      [server.uri('rules.clinical.json'), server.uri('second.clinical.json')],
    );
    server.open('rules.clinical.json', twice);
    const [all] = await ask(twice, '"id"', { only: ['source.fixAll'] });
    const [{ edits }] = all!.edit!.documentChanges as unknown as [{ edits: { newText: string }[] }];
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      [''],
    );
  });
});
