/** Formatting through the built server: options, the setting, and a text that is not open. */
import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Server } from '../support/language-server.ts';

const MESSY = '{\n"id":"x","title":"A title that is long enough",\n    "facts":{ }\n}';

describe('formatting through the server', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server();
    await server.initialize('pull');
    server.open('a.clinical.json', MESSY);
  });
  afterEach(() => server.kill());

  const ask = async (method: string, more: object = {}) => {
    const textDocument = { uri: server.uri('a.clinical.json') };
    const edits = await server.request<TextEdit[]>(method, { textDocument, options: { tabSize: 2, insertSpaces: true }, ...more });
    return TextDocument.applyEdits(TextDocument.create('', '', 0, MESSY), edits);
  };

  it('lays out a text', async () => {
    const expected = '{\n  "id": "x", "title": "A title that is long enough",\n  "facts": {}\n}\n';
    assert.equal(await ask('textDocument/formatting'), expected);
  });

  it('holds to the width that is set', async () => {
    server.configuration = { lineWidth: 40 };
    assert.equal(await ask('textDocument/formatting'), '{\n  "id": "x",\n  "title": "A title that is long enough",\n  "facts": {}\n}\n');
  });

  it('lays out lines, and what was typed', async () => {
    const range = { start: { line: 2, character: 5 }, end: { line: 2, character: 8 } };
    const third = MESSY.replace('    "facts":{ }', '  "facts": {}');
    assert.equal(await ask('textDocument/rangeFormatting', { range }), third);
    const typed = { position: { line: 2, character: 15 }, ch: '}' };
    assert.equal(await ask('textDocument/onTypeFormatting', typed), MESSY.replace('{ }', '{}'));
  });
});
