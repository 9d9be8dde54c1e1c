/** Completion over stdio, and every request about a place at every place of a small rule set. */
import assert from 'node:assert/strict';
import type { CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Server } from '../support/language-server.ts';
import { RULES, SMALL } from '../support/small.ts';

const NAME = 'rules.clinical.json';
const EDITOR = { textDocument: { completion: { completionItem: { snippetSupport: true, labelDetailsSupport: true } }, diagnostic: {} } };

describe('completion over stdio', () => {
  let server: Server;
  const start = async (more: Record<string, unknown>) => {
    server = new Server(SMALL);
    await server.initialize('pull', more);
  };
  afterEach(() => server.kill());

  const complete = async (text: string, offset: number): Promise<readonly CompletionItem[]> => {
    server.open(NAME, text);
    const position = TextDocument.create('x', 'x', 1, text).positionAt(offset);
    const list = await server.request<CompletionList>('textDocument/completion', { textDocument: { uri: server.uri(NAME) }, position });
    assert.equal(list.isIncomplete, false);
    return list.items;
  };

  it('proposes names with title and type, and tells of one when it is shown', async () => {
    await start({ capabilities: EDITOR });
    const items = await complete(RULES, RULES.indexOf('"fact": "pain"') + '"fact": "pa'.length);
    const pain = items.find(({ label }) => label === 'pain')!;
    assert.deepEqual(pain.labelDetails, { detail: '  Pain at rest', description: 'boolean' });
    assert.equal(pain.filterText, '"pain Pain at rest');
    assert.equal(pain.documentation, undefined);
    const { documentation } = await server.request<CompletionItem>('completionItem/resolve', pain);
    assert.deepEqual(documentation, {
      kind: 'markdown',
      value: '**Pain at rest**\n\nTrue or false.\n\nIn `vocabulary.clinical.json`',
    });
  });

  it('replaces the whole string', async () => {
    await start({ capabilities: EDITOR });
    const items = await complete(RULES, RULES.indexOf('"fact": "pain"') + '"fact": "pa'.length);
    const { textEdit } = items.find(({ label }) => label === 'calcium')!;
    const document = TextDocument.create('x', 'x', 1, RULES);
    const range = (textEdit as { range: Parameters<TextDocument['getText']>[0] }).range;
    assert.deepEqual([document.getText(range), textEdit!.newText], ['"pain"', '"calcium"']);
  });

  it('proposes paths as they are written, not as addresses', async () => {
    server = new Server({ ...SMALL, 'other rules/più.clinical.json': '{ "id": "more", "title": "More", "version": "1.0.0" }' });
    await server.initialize('pull', { capabilities: EDITOR });
    const name = 'my files/b.clinical.json';
    const text = '{ "id": "b", "title": "B", "version": "1.0.0", "uses": [""] }';
    server.open(name, text);
    const asked = { textDocument: { uri: server.uri(name) }, position: { line: 0, character: text.indexOf('""') + 1 } };
    const { items } = await server.request<CompletionList>('textDocument/completion', asked);
    const sorted = [...items].sort((x, y) => (x.sortText! < y.sortText! ? -1 : 1)).map(({ label }) => label);
    assert.deepEqual(sorted, ['../vocabulary.clinical.json', '../other rules/più.clinical.json', '../rules.clinical.json']);
  });

  it('leaves stops for the cursor only to an editor that knows them, and asks on only in our own', async () => {
    const offset = RULES.indexOf('{ "threshold": "high-calcium" }') + 1;
    const text = RULES.replace('{ "threshold": "high-calcium" }', '{  }');
    await start({ capabilities: EDITOR, initializationOptions: { witnessPreview: true } });
    const own = (await complete(text, offset)).find(({ label }) => label === 'fact')!;
    assert.deepEqual(
      [own.textEdit!.newText, own.insertTextFormat, own.command?.command],
      ['"fact": "$1"', 2, 'editor.action.triggerSuggest'],
    );
    server.kill();
    await start({});
    const other = (await complete(text, offset)).find(({ label }) => label === 'fact')!;
    assert.deepEqual([other.textEdit!.newText, other.insertTextFormat, other.command], ['"fact": ""', undefined, undefined]);
  });
});

/** Requests about a place, and what else they need. */
const ABOUT_PLACES: Readonly<Record<string, object>> = {
  'textDocument/completion': {},
  'textDocument/hover': {},
  'textDocument/definition': {},
  'textDocument/references': { context: { includeDeclaration: true } },
  'textDocument/documentHighlight': {},
  'textDocument/prepareCallHierarchy': {},
  'textDocument/linkedEditingRange': {},
  'textDocument/onTypeFormatting': { ch: '}', options: { tabSize: 2, insertSpaces: true } },
};
/** The protocol's number of a refusal with a reason, such as of a rename where no name stands. */
const REFUSED = -32803;

describe('every request at every place of a small rule set', function () {
  this.timeout(60_000);
  let server: Server;
  beforeEach(async () => {
    server = new Server(SMALL);
    await server.initialize('pull', { capabilities: EDITOR });
  });
  afterEach(() => server.kill());

  for (const [what, text] of [
    ['as it is', RULES],
    ['half typed', RULES.slice(0, RULES.indexOf('"when": { "fact": "pain"') + 20)],
  ] as const)
    it(`is answered without a failure, ${what}`, async () => {
      server.open(NAME, text);
      const document = TextDocument.create('x', 'x', 1, text);
      const textDocument = { uri: server.uri(NAME) };
      for (let offset = 0; offset <= text.length; offset++) {
        const position = document.positionAt(offset);
        const asked = Object.entries(ABOUT_PLACES).map(([method, more]) => server.request(method, { textDocument, position, ...more }));
        const more = [
          server.request('textDocument/selectionRange', { textDocument, positions: [position] }),
          server.request('textDocument/codeAction', {
            textDocument,
            range: { start: position, end: position },
            context: { diagnostics: [] },
          }),
          server.request('textDocument/inlayHint', { textDocument, range: { start: { line: 0, character: 0 }, end: position } }),
          server.request('textDocument/semanticTokens/range', { textDocument, range: { start: { line: 0, character: 0 }, end: position } }),
          server
            .request('textDocument/prepareRename', { textDocument, position })
            .catch((error: { code: number }) => assert.equal(error.code, REFUSED)),
        ];
        await Promise.all([...asked, ...more]);
      }
      for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens', 'semanticTokens/full'])
        await server.request(`textDocument/${method}`, { textDocument });
      assert.deepEqual(server.logs, []);
    });
});
