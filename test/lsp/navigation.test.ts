/** Names over the protocol: hover, definition, references, rename with its refusals, moved files, call hierarchy and the rest, on the built server. */
import assert from 'node:assert/strict';
import { Server } from '../support/language-server.ts';

const WORDS = `{
  "id": "words", "title": "Words", "version": "1.0.0", "role": "library",
  "facts": {
    "tired": { "title": "Tired", "type": "boolean" },
    "frail": { "title": "Frail", "type": "boolean" }
  }
}
`;
const RULES = `{
  "id": "rules", "title": "Rules", "version": "1.0.0",
  "uses": ["words.clinical.json"],
  "decisions": { "go": { "title": "May go?", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [
    {
      "id": "rest", "title": "Rest",
      "when": { "fact": "tired", "is": true },
      "then": [{ "decide": "go", "as": "no" }]
    }
  ]
}
`;
const PATIENT = '{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "facts": { "tired": true } }\n';

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

describe('names over the protocol', function () {
  this.timeout(60_000);
  let server: Server;

  before(async () => {
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': RULES, 'p.patient.json': PATIENT });
    await server.initialize('pull');
    server.open('rules.clinical.json', RULES);
  });

  after(async () => {
    assert.deepEqual(server.logs, []);
    await server.stop();
  });

  /** The position behind the first letter of the text. */
  const at = (text: string, file = 'rules.clinical.json', source = RULES) => {
    const offset = source.indexOf(text) + 1;
    const before = source.slice(0, offset).split('\n');
    return { textDocument: { uri: server.uri(file) }, position: { line: before.length - 1, character: before.at(-1)!.length } };
  };
  const textIn = (source: string, { start, end }: Range) => source.split('\n')[start.line]!.slice(start.character, end.character);

  it('hover is Markdown with the place it is about', async () => {
    const hover = await server.request<{ contents: { kind: string; value: string }; range: Range }>('textDocument/hover', at('"tired"'));
    assert.equal(hover.contents.kind, 'markdown');
    assert.match(hover.contents.value, /^\*\*Tired\*\*[\s\S]*Used by 1 rule \(rest\)\. In 1 sample patient\.$/);
    assert.equal(textIn(RULES, hover.range), 'tired');
  });

  it('a definition is in the file that declares it', async () => {
    const [found] = await server.request<{ uri: string; range: Range }[]>('textDocument/definition', at('"tired"'));
    assert.equal(found?.uri, server.uri('words.clinical.json'));
    assert.equal(textIn(WORDS, found!.range), '"tired"');
  });

  it('references are in all files', async () => {
    const found = await server.request<{ uri: string }[]>('textDocument/references', {
      ...at('"tired"'),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      found.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)),
      ['p.patient.json', 'rules.clinical.json', 'words.clinical.json'],
    );
  });

  it('highlights are in the file', async () => {
    const found = await server.request<{ range: Range; kind: number }[]>('textDocument/documentHighlight', at('"no"'));
    assert.deepEqual(
      found.map(({ range, kind }) => `${textIn(RULES, range)} ${kind}`),
      ['no 3', 'no 2'],
    );
  });

  it('a rename changes every file, with the version of an open one', async () => {
    const prepared = await server.request<{ range: Range; placeholder: string }>('textDocument/prepareRename', at('"tired"'));
    assert.equal(prepared.placeholder, 'tired');
    assert.equal(textIn(RULES, prepared.range), 'tired');
    const edit = await server.request<{
      documentChanges: { textDocument: { uri: string; version: number | null }; edits: { newText: string }[] }[];
    }>('textDocument/rename', { ...at('"tired"'), newName: 'weary' });
    assert.deepEqual(
      edit.documentChanges.map(({ textDocument: { uri, version }, edits }) => [
        uri.slice(uri.lastIndexOf('/') + 1),
        version,
        edits.map(each => each.newText),
      ]),
      [
        ['p.patient.json', null, ['weary']],
        ['rules.clinical.json', 1, ['weary']],
        ['words.clinical.json', null, ['weary']],
      ],
    );
  });

  it('a refusal is an error with its reason, and nothing in the log', async () => {
    await assert.rejects(
      server.request('textDocument/rename', { ...at('"tired"'), newName: 'frail' }),
      /There is a fact “frail” already, in words\.clinical\.json/,
    );
    await assert.rejects(server.request('textDocument/prepareRename', at('"Rest"')), /There is no name here/);
  });

  it('a file that is to move takes its paths along', async () => {
    const edit = await server.request<{ documentChanges: { textDocument: { uri: string }; edits: { newText: string }[] }[] }>(
      'workspace/willRenameFiles',
      {
        files: [{ oldUri: server.uri('words.clinical.json'), newUri: server.uri('lib/a%20b.clinical.json').replace('%2520', '%20') }],
      },
    );
    assert.deepEqual(
      edit.documentChanges.map(({ textDocument: { uri }, edits }) => [uri, edits.map(each => each.newText)]),
      [[server.uri('rules.clinical.json'), ['lib/a b.clinical.json']]],
    );
  });

  it('what depends on a fact, and what a rule rests on', async () => {
    const [fact] = await server.request<{ name: string }[]>('textDocument/prepareCallHierarchy', at('"tired"'));
    const calls = await server.request<{ from: { name: string }; fromRanges: Range[] }[]>('callHierarchy/incomingCalls', { item: fact });
    assert.deepEqual(
      calls.map(({ from, fromRanges }) => [from.name, textIn(RULES, fromRanges[0]!)]),
      [['rest', '"tired"']],
    );
    const [rule] = await server.request<{ name: string }[]>('textDocument/prepareCallHierarchy', at('"rest"'));
    const rests = await server.request<{ to: { name: string } }[]>('callHierarchy/outgoingCalls', { item: rule });
    assert.deepEqual(rests.map(({ to }) => to.name).sort(), ['go', 'no', 'tired']);
  });

  it('symbols, folding, selection and links', async () => {
    const symbols = await server.request<{ name: string; location: { uri: string } }[]>('workspace/symbol', { query: 'tired' });
    assert.deepEqual([symbols[0]?.name, symbols[0]?.location.uri], ['tired', server.uri('words.clinical.json')]);
    const { textDocument, position } = at('"tired"');
    const folds = await server.request<{ startLine: number; endLine: number }[]>('textDocument/foldingRange', { textDocument });
    assert.deepEqual(
      folds,
      [
        { startLine: 4, endLine: 9 },
        { startLine: 5, endLine: 8 },
      ].map(({ startLine, endLine }) => ({ startLine: startLine + 0, endLine: endLine + 0 })),
    );
    const [selection] = await server.request<{ range: Range; parent: { range: Range } }[]>('textDocument/selectionRange', {
      textDocument,
      positions: [position],
    });
    assert.deepEqual([textIn(RULES, selection!.range), textIn(RULES, selection!.parent.range)], ['tired', '"tired"']);
    const links = await server.request<{ target: string }[]>('textDocument/documentLink', { textDocument });
    assert.deepEqual(
      links.map(({ target }) => target),
      [server.uri('words.clinical.json')],
    );
  });

  it('a place that is not there is answered with nothing', async () => {
    const nowhere = { textDocument: { uri: server.uri('rules.clinical.json') }, position: { line: 9999, character: 9999 } };
    assert.deepEqual(await server.request('textDocument/definition', nowhere), []);
    assert.equal(await server.request('textDocument/hover', { ...nowhere, textDocument: { uri: server.uri('gone.clinical.json') } }), null);
  });
});
