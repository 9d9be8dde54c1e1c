/** Inlay hints, semantic tokens and linked editing through the built server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InlayHint, LinkedEditingRanges, SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver/node';
import { Server } from '../support/language-server.ts';

const NAME = 'curb-65.clinical.json';
const TEXT = readFileSync(join('samples/curb-65', NAME), 'utf8');
const lines = TEXT.split('\n');
const WHOLE = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };

describe('hints through the server', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server();
    await server.initialize('pull');
    server.open(NAME, TEXT);
  });
  afterEach(() => server.kill());

  const textDocument = () => ({ uri: server.uri(NAME) });
  const hints = (range: object = WHOLE) => server.request<InlayHint[]>('textDocument/inlayHint', { textDocument: textDocument(), range });
  const wordsOf = (all: readonly InlayHint[]) =>
    all.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));

  it('shows hints where they are wanted, and leads to what they speak of', async () => {
    const all = await hints();
    assert.ok(wordsOf(all).includes('total 0 to 5') && wordsOf(all).includes('at most 1'), wordsOf(all).join('; '));
    const band = all.find(({ label }) => Array.isArray(label) && label[0]!.value === 'at most 1')!;
    const location = Array.isArray(band.label) ? band.label[0]!.location : undefined;
    assert.equal(location?.uri, server.uri(NAME));
    assert.match(lines[location!.range.start.line]!, /"low": \{ "title": "Low", "atMost": 1 \}/);
    server.configuration = { totals: false, bands: false };
    const fewer = wordsOf(await hints());
    assert.ok(!fewer.includes('total 0 to 5') && !fewer.includes('at most 1') && fewer.length > 0);
    server.configuration = { enabled: false };
    assert.deepEqual(await hints(), []);
  });

  it('tells the kinds of names, five numbers each', async () => {
    const { tokenTypes } = (server.capabilities.semanticTokensProvider as { legend: SemanticTokensLegend }).legend;
    const { data } = await server.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: textDocument() });
    const words: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
      line += data[i]!;
      words.push(`${lines[line]!.slice(character, character + data[i + 2]!)} ${tokenTypes[data[i + 3]!]} ${data[i + 4]}`);
    }
    assert.equal(data.length % 5, 0);
    for (const word of ['pneumonia fact 1', 'pneumonia fact 0', 'curb-65 score 1', 'low band 0', 'heel-free precaution 1', 'sacrum site 0'])
      assert.ok(words.includes(word), word);
    const range = { start: { line: 5, character: 0 }, end: { line: 30, character: 0 } };
    const part = await server.request<SemanticTokens>('textDocument/semanticTokens/range', { textDocument: textDocument(), range });
    assert.ok(part.data.length > 0 && part.data.length < data.length);
  });

  it('links the places of a name', async () => {
    const line = lines.findIndex(text => text.includes('"raised-urea": {'));
    const position = { line, character: lines[line]!.indexOf('urea') };
    const linked = await server.request<LinkedEditingRanges | null>('textDocument/linkedEditingRange', {
      textDocument: textDocument(),
      position,
    });
    const words = linked!.ranges.map(({ start, end }) => lines[start.line]!.slice(start.character, end.character));
    assert.deepEqual(words, ['raised-urea', 'raised-urea']);
    assert.ok(new RegExp(`^${linked!.wordPattern}$`).test('raised-urea'));
    const nowhere = await server.request('textDocument/linkedEditingRange', {
      textDocument: textDocument(),
      position: { line: 0, character: 0 },
    });
    assert.equal(nowhere, null);
  });

  it('answers for texts that are gone', async () => {
    const gone = { textDocument: { uri: server.uri('gone.clinical.json') }, range: WHOLE, position: WHOLE.start };
    assert.deepEqual(await server.request('textDocument/inlayHint', gone), []);
    assert.deepEqual(await server.request('textDocument/semanticTokens/full', gone), { data: [] });
    assert.equal(await server.request('textDocument/linkedEditingRange', gone), null);
  });
});

describe('hints that rest on another file', () => {
  let server: Server;
  afterEach(() => server.kill());

  it('are asked for anew once that file or the settings change, and not for the text that is edited', async () => {
    server = new Server({ 'words.clinical.json': '{}', 'rules.clinical.json': '{}' });
    const refreshed: string[] = [];
    for (const method of ['workspace/inlayHint/refresh', 'workspace/semanticTokens/refresh'])
      server.connection.onRequest(method, () => {
        refreshed.push(method);
        return null;
      });
    const refreshSupport = { refreshSupport: true };
    await server.initialize('pull', { capabilities: { workspace: { inlayHint: refreshSupport, semanticTokens: refreshSupport } } });
    const uses = '{ "id": "rules", "title": "Rules", "version": "1.0.0", "uses": ["words.clinical.json"] }';
    server.open('words.clinical.json', '{ "id": "words" }');
    server.open('rules.clinical.json', uses);
    await server.request('textDocument/inlayHint', { textDocument: { uri: server.uri('rules.clinical.json') }, range: WHOLE });
    await server.request('textDocument/documentSymbol', { textDocument: { uri: server.uri('rules.clinical.json') } });
    refreshed.length = 0;
    server.change('rules.clinical.json', { text: uses.replace('Rules', 'The rules') });
    await server.request('textDocument/documentSymbol', { textDocument: { uri: server.uri('rules.clinical.json') } });
    assert.deepEqual(refreshed, []);
    server.change('words.clinical.json', { text: '{ "id": "words", "title": "Words" }' });
    await server.until(() => refreshed.length === 2, 'refreshed after the other file');
    server.notify('workspace/didChangeConfiguration', { settings: null });
    await server.until(() => refreshed.length === 4, 'refreshed after the settings');
  });
});
