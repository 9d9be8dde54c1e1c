/** The server under bad treatment: it answers, stays up, and tells nobody what is in a patient's file. */
import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { built } from '../support/built.ts';
import { Server } from '../support/language-server.ts';
import { RULES, SMALL } from '../support/small.ts';

describe('the server under bad treatment', function () {
  this.timeout(30_000);
  let server: Server;
  afterEach(() => server?.kill());

  async function start(files: Readonly<Record<string, string>> = SMALL): Promise<Server> {
    server = new Server(files);
    await server.initialize('pull');
    return server;
  }

  async function isUp(): Promise<void> {
    server.open('up.clinical.json', RULES.replace('"fact": "pain"', '"fact": "pian"'));
    assert.deepEqual(
      (await server.pull('up.clinical.json')).items.map(({ code }) => code),
      ['undefined-name'],
    );
    server.close('up.clinical.json');
  }

  const refused = (method: string, params: unknown) =>
    server.request(method, params).then(
      () => assert.fail(`${method} was answered`),
      (error: { code: number; message: string }) => error,
    );

  it('refuses requests before it is initialized, unknown ones, and a second initialize', async () => {
    server = new Server(SMALL);
    assert.equal((await refused('textDocument/diagnostic', { textDocument: { uri: server.uri('x') } })).code, -32002);
    await server.initialize('pull');
    assert.equal((await refused('textDocument/nonsense', {})).code, -32601);
    assert.equal((await refused('constructor', {})).code, -32601);
    assert.equal((await refused('initialize', { capabilities: {} })).code, -32600);
    await isUp();
  });

  it('answers requests that make no sense with an error, and goes on', async () => {
    await start();
    const methods = [
      'textDocument/diagnostic',
      'textDocument/codeAction',
      'textDocument/documentSymbol',
      'workspace/diagnostic',
      'clinicalRules/preview',
    ];
    for (const method of methods)
      for (const params of [undefined, {}, { textDocument: null }, { textDocument: { uri: 7 } }, [1]]) {
        const error = await server.request(method, params).then(
          () => undefined,
          (one: { code: number; message: string }) => one,
        );
        if (error) assert.equal(error.code, -32603, `${method} ${JSON.stringify(params)}`);
        if (error) assert.match(error.message, /the log says where/);
      }
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
      'nonsense',
    ])
      for (const params of [undefined, {}, { textDocument: {} }, { changes: [{ uri: 'nonsense:' }] }]) server.notify(method, params);
    await isUp();
  });

  it('answers for files it does not have, and for what is no file', async () => {
    await start();
    assert.deepEqual((await server.pull('nowhere.clinical.json')).items, []);
    for (const uri of [
      'untitled:Untitled-1',
      'git:/x.clinical.json?{}',
      'file:///%00',
      'file://host/share/x.clinical.json',
      'http://x/y',
      '',
      ':',
    ]) {
      const { items } = await server.request<{ items: unknown[] }>('textDocument/diagnostic', { textDocument: { uri } });
      assert.deepEqual(items, [], uri);
    }
    await isUp();
  });

  it('survives messages that are no messages', async () => {
    await start();
    server.raw('Content-Length: 9\r\n\r\n{ "nonsen');
    server.raw('Content-Length: 2\r\n\r\n{}');
    server.raw('Content-Length: 4\r\n\r\nnull');
    await isUp();
  });

  it('passes over edits of a text that is not open, and edits that reach beyond it', async () => {
    await start();
    server.notify('textDocument/didChange', {
      textDocument: { uri: server.uri('x.clinical.json'), version: 2 },
      contentChanges: [{ text: 'x' }],
    });
    server.open('rules.clinical.json', RULES);
    const beyond = { start: { line: 900, character: 900 }, end: { line: 999, character: 0 } };
    server.change('rules.clinical.json', { range: beyond, text: '\n' });
    assert.deepEqual((await server.pull('rules.clinical.json')).items, []);
    await isUp();
  });

  it('places findings in texts with any line ends, with a byte order mark, and behind characters of two units', async () => {
    await start();
    const broken = RULES.replace('"fact": "pain"', '"fact": "pian"');
    const at = async (text: string) => {
      server.open('up.clinical.json', text);
      const { items } = await server.pull('up.clinical.json');
      server.close('up.clinical.json');
      return items
        .filter(({ code }) => code === 'undefined-name')
        .map(({ range }) => [range.start.line, range.start.character, range.end.character]);
    };
    assert.deepEqual(await at(broken), [[23, 24, 30]]);
    assert.deepEqual(await at(broken.replaceAll('\n', '\r\n')), [[23, 24, 30]]);
    assert.deepEqual(await at(broken.replaceAll('\n', '\r')), [[23, 24, 30]]);
    assert.deepEqual(await at(`\uFEFF${broken}`), [[23, 24, 30]]);
    assert.deepEqual(await at(broken.replace('"when": { "fact": "pian"', '"title": "\u{1F9B4}\u{1F9B4}", "when": { "fact": "pian"')), [
      [23, 41, 47],
    ]);
    assert.deepEqual(await at(broken.replaceAll('\n', ' ')), [[0, broken.indexOf('"pian"'), broken.indexOf('"pian"') + 6]]);
  });

  it('takes texts of 10 MB and of 10,000 brackets, with everything else still answered', async () => {
    await start();
    const long = `{ "id": "long", "title": "Long", "version": "1.0.0", "description": "${'x'.repeat(10_000_000)}" }`;
    server.open('long.clinical.json', long);
    assert.deepEqual((await server.pull('long.clinical.json')).items, []);
    server.open('deep.clinical.json', '{ "x": '.repeat(10_000));
    assert.ok((await server.pull('deep.clinical.json')).items.length > 0);
    server.open('deeper.clinical.json', `${'['.repeat(10_000)}${']'.repeat(10_000)}`);
    assert.ok((await server.pull('deeper.clinical.json')).items.length > 0);
    await server.request('textDocument/documentSymbol', { textDocument: { uri: server.uri('deep.clinical.json') } });
    await isUp();
  });

  it('tells what is wrong with a used file that is a folder, a loop, outside, itself or a patient', async () => {
    await start();
    mkdirSync(join(server.folder, 'folder.clinical.json'));
    symlinkSync('loop.clinical.json', join(server.folder, 'loop.clinical.json'));
    for (const path of [
      'folder.clinical.json',
      'loop.clinical.json',
      '../../etc/hosts',
      'up.clinical.json',
      'jane.patient.json',
      '/etc/hosts',
      'gone.clinical.json',
    ]) {
      server.open('up.clinical.json', `{ "id": "up", "title": "Up", "version": "1.0.0", "uses": [\n"${path}"] }`);
      const { items } = await server.pull('up.clinical.json');
      assert.deepEqual(
        items.map(({ severity, range }) => [severity, range.start.line]),
        [[1, 1]],
        path,
      );
      server.close('up.clinical.json');
    }
  });

  it('writes no value of a patient into its log or its errors', async () => {
    await start({
      ...SMALL,
      'secret.patient.json':
        '{ "id": "SECRET", "asOf": "SECRET", "for": ["rules.clinical.json"], "facts": { "pain": "SECRET", "SECRET": [[] }',
    });
    server.open('secret.patient.json', '{ "id": "SECRET", "facts": { "pain": "SECRET" ');
    await server.pull('secret.patient.json');
    const parameters = { ruleSet: server.uri('rules.clinical.json'), patient: server.uri('secret.patient.json') };
    await server.request('clinicalRules/preview', parameters);
    await refused('textDocument/documentSymbol', { textDocument: null, text: 'SECRET' });
    await isUp();
    assert.doesNotMatch(server.logs.join('\n'), /SECRET/);
    assert.match(server.logs.join('\n'), /textDocument\/documentSymbol failed: TypeError\n +at /);
  });

  it('ends with 0 after shutdown, and with 1 where the client goes without a word', async () => {
    await start();
    assert.equal(await server.stop(), 0);
    const left = spawn(process.execPath, [built('server.cjs'), '--stdio']);
    left.stdin.end();
    assert.deepEqual(await once(left, 'exit'), [1, null]);
  });

  it('speaks over the channel of a fork too, and ends with it', async () => {
    const forked = fork(built('server.cjs'), ['--node-ipc'], { stdio: 'ignore' });
    forked.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
    const [answer] = (await once(forked, 'message')) as [{ id: number; result: { serverInfo: { name: string } } }];
    assert.deepEqual([answer.id, answer.result.serverInfo.name], [1, 'clinical-rules']);
    forked.disconnect();
    assert.deepEqual(await once(forked, 'exit'), [1, null]);
  });
});
