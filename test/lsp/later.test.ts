/** What is answered by parts loaded later is answered as anything else, and what nobody answers is said to be unknown. */
import assert from 'node:assert/strict';
import { Server } from '../support/language-server.ts';
import { SMALL } from '../support/small.ts';

describe('requests answered by parts loaded later', () => {
  let server: Server;
  before(async () => {
    server = new Server(SMALL);
    await server.initialize('pull');
  });
  after(() => server.kill());

  it('are answered', async () => {
    const symbols = await server.request<{ name: string }[]>('textDocument/documentSymbol', {
      textDocument: { uri: server.uri('rules.clinical.json') },
    });
    assert.ok(symbols.length > 0);
  });

  it('are told apart from what nobody answers, also from what every object has', async () => {
    for (const method of ['clinicalRules/nothing', 'toString', '__proto__'])
      await assert.rejects(server.request(method, {}), { code: -32601, message: `${method}: no such request.` });
  });
});
