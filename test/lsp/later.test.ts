/** What is answered later is what the server has promised to answer. */
import assert from 'node:assert/strict';
import { laterRequests } from '../../server/src/lsp/later.ts';
import { LATER } from '../../server/src/lsp/server.ts';
import type { Session } from '../../server/src/lsp/session.ts';

describe('requests answered by parts loaded later', () => {
  it('are those the server lists, and no others', () => {
    assert.deepEqual([...LATER].sort(), Object.keys(laterRequests({} as Session)).sort());
  });
});
