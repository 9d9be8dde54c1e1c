/** Diagnostics over stdio: pushed and pulled, across files, opened or not. */
import assert from 'node:assert/strict';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Mode, Server } from '../support/language-server.ts';
import { RULES, SMALL, VOCABULARY } from '../support/small.ts';

const BROKEN = RULES.replace('"fact": "pain"', '"fact": "pian"');
const AT_PIAN = { start: { line: 23, character: 24 }, end: { line: 23, character: 30 } };

interface WorkspaceReport {
  readonly items: readonly {
    readonly uri: string;
    readonly kind: string;
    readonly resultId: string;
    readonly items?: readonly { readonly code: string }[];
  }[];
}

describe('diagnostics over stdio', () => {
  let server: Server;
  afterEach(() => server?.kill());

  async function start(mode: Mode, files: Readonly<Record<string, string>> = SMALL): Promise<Server> {
    server = new Server(files);
    await server.initialize(mode);
    return server;
  }

  describe('pushed', () => {
    it('come for a text that is opened, with version, place, words, code, link and identity', async () => {
      await start('push');
      server.open('rules.clinical.json', BROKEN);
      const [finding, ...more] = await server.pushed('rules.clinical.json', found => found.some(({ code }) => code === 'undefined-name'));
      assert.deepEqual(more, []);
      assert.equal(server.last('rules.clinical.json')?.version, 1);
      assert.deepEqual(finding!.range, AT_PIAN);
      assert.equal(finding!.severity, 1);
      assert.equal(finding!.source, 'clinical-rules');
      assert.match(String(finding!.message), /pian/);
    });

    it('go when the text is mended, and come again', async () => {
      await start('push');
      server.open('rules.clinical.json', BROKEN);
      await server.pushed('rules.clinical.json', found => found.length === 1);
      server.change('rules.clinical.json', { range: AT_PIAN, text: '"pain"' });
      await server.pushed('rules.clinical.json', found => found.length === 0);
      assert.equal(server.last('rules.clinical.json')?.version, 2);
      server.change('rules.clinical.json', { range: AT_PIAN, text: '"pian"' });
      await server.pushed('rules.clinical.json', found => found.length === 1);
    });

    it('tell of a sound text that it is sound', async () => {
      await start('push');
      server.open('rules.clinical.json', RULES);
      assert.deepEqual(await server.pushed('rules.clinical.json', found => found.length === 0), []);
    });

    it('come for files that are not open, if they have any', async () => {
      await start('push', { ...SMALL, 'deep/er/other.clinical.json': '{ "id": "other" }' });
      await server.pushed('deep/er/other.clinical.json', found => found.length > 0);
      assert.equal(server.last('vocabulary.clinical.json'), undefined);
    });

    it('clear in files that use a vocabulary once it is mended, open or not', async () => {
      const broken = VOCABULARY.replace('"pain"', '"pian"');
      await start('push', { ...SMALL, 'vocabulary.clinical.json': broken });
      server.open('vocabulary.clinical.json', broken);
      await server.pushed('rules.clinical.json', found => found.some(({ code }) => code === 'undefined-name'));
      await server.pushed('jane.patient.json', found => found.length > 0);
      server.change('vocabulary.clinical.json', { text: VOCABULARY });
      await server.pushed('rules.clinical.json', found => found.length === 0);
      await server.pushed('jane.patient.json', found => found.length === 0);
    });

    it('follow a vocabulary that another program writes, deletes and renames', async () => {
      await start('push');
      server.open('rules.clinical.json', RULES);
      await server.pushed('rules.clinical.json', found => found.length === 0);
      server.writeAndTell('vocabulary.clinical.json', VOCABULARY.replace('"pain"', '"pian"'));
      await server.pushed('rules.clinical.json', found => found.some(({ code }) => code === 'undefined-name'));
      server.writeAndTell('vocabulary.clinical.json', VOCABULARY);
      await server.pushed('rules.clinical.json', found => found.length === 0);
      renameSync(join(server.folder, 'vocabulary.clinical.json'), join(server.folder, 'words.clinical.json'));
      server.notify('workspace/didChangeWatchedFiles', {
        changes: [
          { uri: server.uri('vocabulary.clinical.json'), type: 3 },
          { uri: server.uri('words.clinical.json'), type: 1 },
        ],
      });
      await server.pushed('rules.clinical.json', found =>
        found.some(({ message }) => String(message).includes('vocabulary.clinical.json')),
      );
      server.change('rules.clinical.json', { text: RULES.replace('vocabulary', 'words') });
      await server.pushed('rules.clinical.json', found => found.length === 0);
    });

    it('know a file by one name, however its URI is spelt and whatever link leads to it', async () => {
      await start('push', {
        ...SMALL,
        'wörter (1).clinical.json': VOCABULARY,
        'rules.clinical.json': RULES.replace('vocabulary', 'wörter (1)'),
      });
      symlinkSync('.', join(server.folder, 'link'));
      const spelt = `${server.uri('link')}/w%C3%B6rter%20%281%29.clinical.json`;
      const broken = VOCABULARY.replace('"pain"', '"pian"');
      server.notify('textDocument/didOpen', { textDocument: { uri: spelt, languageId: 'clinical-rules', version: 1, text: broken } });
      await server.pushed('rules.clinical.json', found => found.some(({ code }) => code === 'undefined-name'));
      await server.until(
        () => server.published.some(({ uri, version }) => uri === spelt && version === 1),
        'findings under the name the client gave',
      );
      server.notify('textDocument/didClose', { textDocument: { uri: spelt } });
      await server.pushed('rules.clinical.json', found => found.length === 0);
    });

    it('notice a folder that goes', async () => {
      await start('push', { 'words/vocabulary.clinical.json': VOCABULARY });
      server.open('rules.clinical.json', RULES.replace('vocabulary', 'words/vocabulary'));
      await server.pushed('rules.clinical.json', found => found.length === 0);
      rmSync(join(server.folder, 'words'), { recursive: true });
      server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: server.uri('words'), type: 3 }] });
      await server.pushed('rules.clinical.json', found => found.length > 0);
    });

    it('are taken back when a file with findings is deleted', async () => {
      await start('push', { 'other.clinical.json': '{ "id": "other" }' });
      await server.pushed('other.clinical.json', found => found.length > 0);
      rmSync(join(server.folder, 'other.clinical.json'));
      server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: server.uri('other.clinical.json'), type: 3 }] });
      await server.pushed('other.clinical.json', found => found.length === 0);
    });

    it('are those of the disk once a text is closed', async () => {
      await start('push');
      server.open('rules.clinical.json', BROKEN);
      await server.pushed('rules.clinical.json', found => found.length === 1);
      server.close('rules.clinical.json');
      await server.pushed('rules.clinical.json', found => found.length === 0);
      assert.equal(server.last('rules.clinical.json')?.version, undefined);
    });

    it('come again once the unit library is there, where a unit needs it', async () => {
      await start('push', {});
      const strange = VOCABULARY.replaceAll('mmol/L', '[lbf_av]/[sin_i]').replace(
        '"maximum": 6',
        '"maximum": 6, "alsoIn": { "[lbf_av]/[sin_x]": 2 }',
      );
      server.open('vocabulary.clinical.json', strange);
      const found = await server.pushed('vocabulary.clinical.json', diagnostics => diagnostics.some(({ code }) => code === 'unknown-unit'));
      assert.deepEqual(
        found
          .filter(({ code }) => code === 'unknown-unit')
          .map(({ range }) => [range.start.line, strange.split('\n')[range.start.line]!.slice(range.start.character, range.end.character)]),
        [[8, '"[lbf_av]/[sin_x]"']],
      );
    });

    it('follow the severities the user has set', async () => {
      await start('push');
      server.open('rules.clinical.json', BROKEN);
      await server.pushed('rules.clinical.json', found => found[0]?.severity === 1);
      server.configuration = { 'undefined-name': 'information' };
      server.notify('workspace/didChangeConfiguration', { settings: null });
      await server.pushed('rules.clinical.json', found => found[0]?.severity === 3);
      server.configuration = { 'undefined-name': 'off' };
      server.notify('workspace/didChangeConfiguration', { settings: null });
      await server.pushed('rules.clinical.json', found => found.length === 0);
    });

    it('reach a client that can do nothing and says nothing of folders', async () => {
      server = new Server();
      await server.initialize('push', { capabilities: {}, rootUri: null, workspaceFolders: null });
      server.open('rules.clinical.json', '{ "id": 1 }');
      const found = await server.pushed('rules.clinical.json', diagnostics => diagnostics.length > 0);
      assert.ok(found.every(({ relatedInformation, tags }) => relatedInformation === undefined && tags === undefined));
    });
  });

  describe('pulled', () => {
    it('come when asked for, and are not pushed', async () => {
      await start('pull');
      assert.ok(server.capabilities.diagnosticProvider);
      server.open('rules.clinical.json', BROKEN);
      const { kind, items } = await server.pull('rules.clinical.json');
      assert.equal(kind, 'full');
      assert.deepEqual(
        items.map(({ code, range }) => ({ code, range })),
        [{ code: 'undefined-name', range: AT_PIAN }],
      );
      assert.deepEqual(server.published, []);
    });

    it('are said to be unchanged when they are', async () => {
      await start('pull');
      server.open('rules.clinical.json', BROKEN);
      const { resultId } = await server.pull('rules.clinical.json');
      server.change('rules.clinical.json', { range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } }, text: ' ' });
      assert.equal((await server.pull('rules.clinical.json', resultId)).kind, 'unchanged');
      server.change('rules.clinical.json', { text: RULES });
      assert.deepEqual((await server.pull('rules.clinical.json', resultId)).items, []);
    });

    it('are to be asked for anew when a vocabulary is mended', async () => {
      const broken = VOCABULARY.replace('"pain"', '"pian"');
      await start('pull', { ...SMALL, 'vocabulary.clinical.json': broken });
      server.open('rules.clinical.json', RULES);
      server.open('vocabulary.clinical.json', broken);
      assert.equal((await server.pull('rules.clinical.json')).items[0]?.code, 'undefined-name');
      const before = server.refreshes.length;
      server.change('vocabulary.clinical.json', { text: VOCABULARY });
      await server.until(() => server.refreshes.length > before, 'a refresh');
      assert.deepEqual((await server.pull('rules.clinical.json')).items, []);
    });

    it('of the whole workspace come at once, and then as soon as there is something new', async () => {
      const broken = VOCABULARY.replace('"pain"', '"pian"');
      await start('pull', { ...SMALL, 'vocabulary.clinical.json': broken });
      const ask = (previousResultIds: readonly { uri: string; value: string }[]) =>
        server.request<WorkspaceReport>('workspace/diagnostic', { previousResultIds });
      const first = await ask([]);
      const codes = (report: WorkspaceReport, name: string) =>
        report.items.find(({ uri }) => uri === server.uri(name))?.items?.map(({ code }) => code);
      assert.deepEqual(codes(first, 'rules.clinical.json'), ['undefined-name']);
      let answered = false;
      const second = ask(first.items.map(({ uri, resultId }) => ({ uri, value: resultId }))).finally(() => (answered = true));
      server.open('vocabulary.clinical.json', broken);
      await server.pull('vocabulary.clinical.json');
      assert.equal(answered, false);
      server.change('vocabulary.clinical.json', { text: VOCABULARY });
      assert.deepEqual(codes(await second, 'rules.clinical.json'), []);
    });

    it('are given up when the text changes while they are made', async () => {
      await start('pull');
      const many = RULES.replace('"rules": [', `"rules": [${'{ "id": "x", "title": "X", "then": [] },'.repeat(3000)}`);
      server.open('rules.clinical.json', many);
      const answer = server.pull('rules.clinical.json').then(
        () => undefined,
        (error: { code: number; data: unknown }) => error,
      );
      server.change('rules.clinical.json', { text: RULES });
      assert.deepEqual((await server.pull('rules.clinical.json')).items, []);
      const error = await answer;
      if (error) assert.deepEqual([error.code, error.data], [-32802, { retriggerRequest: true }]);
    });
  });
});
