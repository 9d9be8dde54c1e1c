/** Messages put together from pieces are the bytes that `JSON.stringify` gives of the whole. */
import assert from 'node:assert/strict';
import { written } from '../../server/src/lsp/written.ts';

const URI = 'file:///a/%22diagnostics%22/"diagnostics":[]/“quoted”.clinical.json';

const diagnostic = (message: string, line = 1) => ({
  range: { start: { line, character: 0 }, end: { line, character: 4 } },
  message,
  relatedInformation: [{ location: { uri: URI, range: { start: { line, character: 1 }, end: { line, character: 1 } } }, message }],
  tags: undefined,
  data: `id:${message}`,
});

function isWhole(message: object): void {
  assert.equal(written(message as Parameters<typeof written>[0]).toString('hex'), Buffer.from(JSON.stringify(message)).toString('hex'));
}

const publish = (diagnostics: readonly object[], more: object = {}) => ({
  jsonrpc: '2.0',
  method: 'textDocument/publishDiagnostics',
  params: { uri: URI, diagnostics, ...more },
});

describe('messages as they are written', () => {
  const texts = [
    'plain',
    '“Row 1” ≥ 5',
    '"diagnostics":[]',
    '\\"diagnostics\\":[]',
    '\ud83d\ude00',
    '\ud83d alone',
    'line\r\nend\u2028',
    '$& $1',
    '',
  ];

  for (const count of [0, 1, 2, texts.length])
    it(`are those of the whole with ${count} diagnostics, known and new`, () => {
      const known = texts.slice(0, count).map(text => diagnostic(text));
      isWhole(publish(known));
      isWhole(publish(known, { version: 7 }));
      isWhole(publish([...known].reverse(), { version: 8 }));
      isWhole(publish([diagnostic('new', 9), ...known, ...known, diagnostic('new', 9)], { version: 9 }));
      isWhole(publish(known.slice(1), { version: 10 }));
    });

  it('are those of the whole where nothing is told in them', () => {
    const items = texts.map(text => diagnostic(text));
    for (const result of [null, 5, items, { kind: 'full', items }, { diagnostics: items }]) isWhole({ jsonrpc: '2.0', id: 3, result });
    isWhole({ jsonrpc: '2.0', id: 4, method: 'client/registerCapability', params: { registrations: [] } });
    isWhole({ jsonrpc: '2.0', method: 'exit' });
    isWhole({ jsonrpc: '2.0', id: 5, error: { code: -32603, message: 'failed', data: { diagnostics: items } } });
  });
});
