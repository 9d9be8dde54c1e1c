/** Findings that are told again as they were: a server that has seen many edits tells what a new one tells, place by place. */
import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver/node';
import { Server } from '../support/language-server.ts';

const FILE = 'rules.clinical.json';

const rule = (id: string, bounds: string, effect: string) =>
  `    { "id": "${id}", "title": "${id} “≥”", "when": { "fact": "pain", ${bounds} }, "then": [{ "${effect}": "walking" }], "source": { "id": "book" } }`;
const TEXT = `{
  "id": "walking", "title": "Walking", "version": "1.0.0",
  "sources": { "book": { "title": "A book" } },
  "activities": { "walking": { "title": "Walking" } },
  "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } },
  "rules": [
${[
  rule('mild', '"atMost": 5', 'recommend'),
  rule('milder', '"atMost": 3', 'recommend'),
  rule('sore', '"atLeast": 5', 'forbid'),
  rule('worse', '"atLeast": 2, "atMost": 4', 'forbid'),
].join(',\n')}
  ]
}`;
const WAIVER =
  '"waivers": [{ "finding": "conflicting-effects:mild,sore", "reason": "Both", "by": "A. Reviewer", "until": "2999-01-01" }], "rules"';

/** Each of the text that the one before left. */
const EDITS: Readonly<Record<string, (text: string) => string>> = {
  'nothing is edited': text => text,
  'a title grows': text => text.replace('"title": "milder', '"title": "still milder'),
  'lines come before': text => text.replace('"facts"', '\n\n  "facts"'),
  'a line is broken within the rules': text =>
    text.replace('"when": { "fact": "pain", "atMost": 3', '\n "when": { "fact": "pain", "atMost": 3'),
  'a blank comes on the line of one': text => text.replace('{ "id": "sore"', '{  "id": "sore"'),
  'only the other rule of one moves': text => text.replace('{ "id": "mild"', '{   "id": "mild"'),
  'a bound takes one away': text => text.replace('"atLeast": 5', '"atLeast": 6'),
  'and brings it back': text => text.replace('"atLeast": 6', '"atLeast": 5'),
  'one is waived': text => text.replace('"rules"', WAIVER),
  'a waived one moves': text => text.replace('"sources"', '\n  "sources"'),
  'no more': text => text.replace(WAIVER, '"rules"'),
  'one more rule': text => text.replace('  "rules": [', `  "rules": [\n${rule('first', '"is": 5', 'forbid')},`),
  'lines go': text => text.replace(/\n\n+/g, '\n'),
};

describe('findings told again', function () {
  this.timeout(60_000);
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.kill();
  });

  async function opened(text: string): Promise<Server> {
    const server = new Server({ [FILE]: text });
    servers.push(server);
    await server.initialize('push');
    server.open(FILE, text);
    return server;
  }

  const toldBy = (server: Server, diagnostics: readonly Diagnostic[]) => JSON.stringify(diagnostics).replaceAll(server.uri(FILE), 'URI');

  /** What it answers once all is known. */
  async function known(server: Server): Promise<string> {
    const known = () => server.request('clinicalRules/proofs', { uri: server.uri(FILE) });
    for (let i = 0; !(await known()); i++) assert.ok(i < 200, 'nothing is proved');
    return toldBy(server, (await server.pull(FILE)).items);
  }

  it('are those of a new server, byte by byte', async () => {
    const server = await opened(TEXT);
    let text = TEXT;
    let version = 1;
    const seen: string[] = [];
    for (const [what, edit] of Object.entries(EDITS)) {
      const next = edit(text);
      assert.equal(next === text, version === 1 && what === 'nothing is edited', what);
      if (next !== text) server.change(FILE, { text: next });
      if (next !== text) version++;
      text = next;
      const fresh = await opened(text);
      const expected = await known(fresh);
      assert.equal(await known(server), expected, what);
      const isTold = () => server.last(FILE)?.version === version && toldBy(server, server.last(FILE)!.diagnostics) === expected;
      await server.until(isTold, what);
      seen.push(expected);
      fresh.kill();
    }
    assert.ok(new Set(seen).size > 8 && seen.every(one => one.includes('conflicting-effects')), String(new Set(seen).size));
  });
});
