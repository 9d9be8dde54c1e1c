/** The plain-language page through the built server: what it holds, where it leads, and that it follows edits. */
import assert from 'node:assert/strict';
import { CHANGED, PLAIN, type PlainPage } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';
import { SMALL } from '../support/small.ts';

describe('plain language through the server', () => {
  let server: Server;
  beforeEach(async () => {
    server = new Server(SMALL);
    await server.initialize('pull');
    server.open('rules.clinical.json', SMALL['rules.clinical.json']!);
  });
  afterEach(() => server.kill());

  const ask = (name = 'rules.clinical.json') => server.request<PlainPage | null>(PLAIN, { uri: server.uri(name) });
  const items = (page: PlainPage | null) => page!.blocks.flatMap(block => (block.kind === 'list' ? block.items : []));

  it('links each name to where it is written, in whatever file', async () => {
    const page = await ask();
    assert.equal(page!.broken, false);
    const uris = new Set(items(page).flatMap(({ place }) => place?.uri ?? []));
    assert.ok(uris.has(server.uri('rules.clinical.json')) && uris.size > 1, [...uris].join());
    for (const { place } of items(page)) if (place) assert.ok(place.range.end.line >= place.range.start.line);
  });

  it('follows every edit, and says when something cannot be read', async () => {
    const before = items(await ask());
    assert.ok(before.some(({ title }) => title === 'Exercise without pain'));
    server.change('rules.clinical.json', { text: SMALL['rules.clinical.json']!.replace('Exercise without pain', 'Quite another title') });
    await server.until(() => server.notifications.some(({ method }) => method === CHANGED), 'told of the change');
    assert.ok(items(await ask()).some(({ title }) => title === 'Quite another title'));
    server.change('rules.clinical.json', { text: SMALL['rules.clinical.json']!.replace(/}\s*$/, '') });
    assert.equal((await ask())!.broken, true);
  });

  it('is not there for what is no rule set', async () => {
    assert.equal(await ask('jane.patient.json'), null);
    assert.equal(await ask('nothing.clinical.json'), null);
  });
});
