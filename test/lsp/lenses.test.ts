/** Code lenses through the built server: placed at once, put into words when asked, and counted by running the patients. */
import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver/node';
import { SHOW_REFERENCES } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';
import { SMALL } from '../support/small.ts';

describe('code lenses through the server', () => {
  let server: Server;
  const start = async (ours: boolean) => {
    server = new Server(SMALL);
    await server.initialize('pull', ours ? { initializationOptions: { witnessPreview: true } } : {});
    server.open('rules.clinical.json', SMALL['rules.clinical.json']!);
  };
  afterEach(() => server.kill());

  const resolved = async () => {
    const lenses = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: server.uri('rules.clinical.json') } });
    return Promise.all(lenses.map(lens => (lens.command ? lens : server.request<CodeLens>('codeLens/resolve', lens))));
  };
  const titles = (lenses: readonly CodeLens[]) => lenses.map(({ command }) => command!.title);

  it('count uses and the patients who make a rule fire, and lead to them', async () => {
    await start(true);
    const lenses = await resolved();
    for (const title of ['preview', 'plain language', 'used by 1 rule', 'fires in 1 of 1 sample patient'])
      assert.ok(titles(lenses).includes(title), titles(lenses).join('; '));
    assert.equal(titles(lenses).filter(title => title === 'fires in 1 of 1 sample patient').length, 2);
    const { command } = lenses.find(lens => lens.command!.title.startsWith('fires'))!;
    assert.equal(command!.command, SHOW_REFERENCES);
    assert.deepEqual(
      (command!.arguments![2] as { uri: string }[]).map(({ uri }) => uri),
      [server.uri('jane.patient.json')],
    );
  });

  it('follow a patient that is edited', async () => {
    await start(true);
    assert.ok(!titles(await resolved()).includes('fires in none of 1 sample patient'));
    server.open('jane.patient.json', SMALL['jane.patient.json']!.replace('3.6', '2.1'));
    assert.equal(titles(await resolved()).filter(title => title === 'fires in none of 1 sample patient').length, 1);
  });

  it('are words alone for a client that does not know our commands', async () => {
    await start(false);
    const lenses = await resolved();
    assert.ok(titles(lenses).includes('used by 1 rule') && !titles(lenses).includes('preview'));
    assert.ok(lenses.every(({ command }) => command!.command === ''));
  });

  it('say nothing once the text has changed', async () => {
    await start(true);
    const [lens] = (
      await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: server.uri('rules.clinical.json') } })
    ).filter(({ data }) => data);
    server.change('rules.clinical.json', { text: '{}' });
    assert.equal((await server.request<CodeLens>('codeLens/resolve', lens)).command!.title, '');
  });
});
