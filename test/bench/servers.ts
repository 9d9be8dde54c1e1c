/** Over stdio: cold start to first diagnostics with memory, and edit to diagnostics, ours against vscode-json-languageserver. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { flatRules, ruleSetText } from './generate.ts';
import { LanguageClient } from './language-client.ts';
import { median, type Row } from './measure.ts';
import { clinical, tableText, tree } from './tables.ts';

const SERVER = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../../schemas/rule-set.schema.json', import.meta.url));
const require = createRequire(new URL('./peers/package.json', import.meta.url));
const PEER = join(dirname(require.resolve('vscode-json-languageserver/package.json')), 'bin', 'vscode-json-languageserver');

interface Side {
  readonly name: string;
  start(folder: string): Promise<LanguageClient>;
  readonly languageId: string;
}

const OURS: Side = {
  name: 'ours',
  languageId: 'clinical-rules',
  async start(folder) {
    // As the extension starts it.
    const client = new LanguageClient(process.execPath, ['--max-semi-space-size=64', SERVER, '--stdio']);
    await client.initialize(pathToFileURL(folder).href);
    return client;
  },
};

const THEIRS: Side = {
  name: 'vscode-json-languageserver',
  languageId: 'json',
  async start(folder) {
    const client = new LanguageClient(process.execPath, [PEER, '--stdio']);
    await client.initialize(pathToFileURL(folder).href);
    // With the draft named it refuses to validate; without, it reads the same keywords. The list is one parameter.
    const { $schema: _, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
    client.notify('json/schemaAssociations', [[{ fileMatch: ['*.clinical.json'], uri: 'schema://rule-set', schema }]]);
    return client;
  },
};

interface Open {
  readonly client: LanguageClient;
  readonly uri: string;
  /** Milliseconds from starting the process to the first diagnostics. */
  readonly first: number;
}

export async function coldStart(turns: number): Promise<Row[]> {
  const text = withMistake(ruleSetText(flatRules(100, 1)));
  const times = { ours: [] as number[], peer: [] as number[] };
  const memory = { ours: [] as number[], peer: [] as number[] };
  for (let turn = 0; turn <= turns; turn++) {
    for (const [key, side] of [
      ['ours', OURS],
      ['peer', THEIRS],
    ] as const) {
      const { client, first } = await open(side, text);
      if (turn > 0) times[key].push(first);
      if (turn > 0) memory[key].push(client.peakMemory());
      client.stop();
    }
  }
  const waited = median(times.peer) - PEER_DEBOUNCE;
  return [
    {
      what: 'start to first diagnostics',
      ours: median(times.ours),
      peer: median(times.peer),
      unit: 'ms',
      mark: 1 / 2,
      note: 'the peer waits 300 ms before it validates',
    },
    {
      what: 'the same, the wait of the peer taken off',
      ours: median(times.ours),
      peer: waited,
      unit: 'ms',
      mark: 1 / 2,
      note: 'for comparison',
    },
    { what: 'peak memory by then', ours: median(memory.ours), peer: median(memory.peer), unit: 'MB', mark: 1, note: '' },
  ];
}

/** The fixed wait in the peer's server before it validates an edited text. */
const PEER_DEBOUNCE = 300;

export async function editing(sizes: readonly number[], turns: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const text = withMistake(ruleSetText(flatRules(size, 1)));
    const mark = size >= 5000 ? 1 / 3 : 1 / 6;
    const ours = await open(OURS, text);
    const theirs = await open(THEIRS, text);
    const times = { ours: [] as number[], peer: [] as number[], direct: [] as number[] };
    for (let turn = 0; turn <= turns; turn++) {
      const one = await edit(ours, text, turn);
      const other = await edit(theirs, text, turn);
      const direct = await editAndAsk(theirs, text, turn + 1000);
      if (turn === 0) continue;
      times.ours.push(one);
      times.peer.push(other);
      times.direct.push(direct);
    }
    ours.client.stop();
    theirs.client.stop();
    const what = `${size} rules (${Math.round(text.length / 1024)} KB)`;
    const all = 'ours: schema and meaning; peer: schema only';
    rows.push({
      what: `edit to diagnostics, ${what}`,
      ours: median(times.ours),
      peer: median(times.peer),
      unit: 'ms',
      mark,
      note: `${all}, with its 300 ms wait`,
    });
    rows.push({
      what: `the same, the peer asked directly`,
      ours: median(times.ours),
      peer: median(times.direct),
      unit: 'ms',
      mark,
      note: `${all}, without its wait`,
    });
  }
  return rows;
}

/**
 * The edit of one rule to all findings, those of the analysis too: until the proofs of that version are answered and its last diagnostics are
 * told. Beside it the same edit to the diagnostics of a server of ours that does not analyse.
 */
export async function analysedEdits(sizes: readonly number[], turns: number): Promise<Row[]> {
  const rows: Row[] = [];
  const shapes = [
    ['clinical', clinical],
    ['tree', tree],
  ] as const;
  for (const [shape, make, size] of shapes.flatMap(([name, of]) => sizes.map(count => [name, of, count] as const))) {
    const text = tableText(make(10, size, 7));
    const sides = { ours: await openAnalysed(text, true), plain: await openAnalysed(text, false), peer: await openPeer(text) };
    for (const [what, edits] of Object.entries(EDITS)) {
      const times: Record<'ours' | 'plain' | 'peer' | 'direct', number[]> = { ours: [], plain: [], peer: [], direct: [] };
      for (let turn = -WARM; turn < turns; turn++) {
        const changed = edits(text, size, turn + WARM);
        const took = {
          ours: await editAnalysed(sides.ours, changed, turn < 0 ? 0 : QUIET_MS),
          plain: await editTold(sides.plain, changed),
          peer: await editTold(sides.peer, changed),
          direct: await editAsked(sides.peer, changed),
        };
        if (turn >= 0) for (const [key, list] of Object.entries(times)) list.push(took[key as keyof typeof took]);
      }
      const ours = median(times.ours);
      const name = `${what} of one rule to all findings, ${shape} 10 x ${size} (${Math.round(text.length / 1024)} KB)`;
      const row = (beside: string, peer: number, mark: number, note: string): Row => ({ what: beside, ours, peer, unit: 'ms', mark, note });
      rows.push(
        row(name, median(times.peer), 1 / 4, 'peer: schema only, with its 300 ms wait'),
        row('the same, the peer asked directly', median(times.direct), 1 / 4, 'without its wait'),
        row('the same beside our own server without the analysis', median(times.plain), 2, 'schema and meaning'),
      );
    }
    for (const { client } of Object.values(sides)) client.stop();
  }
  return rows;
}

/** Of a file that is being edited: so many edits come before those that are measured, on every side. */
const WARM = 12;

/** What is written in the rule in the middle, by turn another. */
const EDITS: Readonly<Record<string, (text: string, size: number, turn: number) => string>> = {
  'another bound': (text, size, turn) =>
    inMiddle(text, size, /"atLeast": (\d+)/, number => `"atLeast": ${turn % 2 ? Number(number) : Number(number) + 1}`),
  'another title': (text, size, turn) => inMiddle(text, size, /"title": "(.*)"/, title => `"title": "${title} ${turn}"`),
};

function inMiddle(text: string, size: number, what: RegExp, write: (was: string) => string): string {
  const middle = text.indexOf(`"id": "rule-${size / 2}"`);
  return text.slice(0, middle) + text.slice(middle).replace(what, (_, was: string) => write(was));
}

interface Edited {
  readonly client: LanguageClient;
  readonly uri: string;
  version: number;
  /** When diagnostics were told last. */
  told: number;
}

async function openAnalysed(text: string, enabled: boolean): Promise<Edited> {
  const config = enabled ? {} : { 'clinical-rules.json': JSON.stringify({ analysis: { enabled: false } }) };
  const edited = await openEdited(OURS, text, config);
  if (enabled) await edited.client.request('clinicalRules/proofs', { uri: edited.uri });
  return edited;
}

function openPeer(text: string): Promise<Edited> {
  return openEdited(THEIRS, text, {});
}

async function openEdited(side: Side, text: string, others: Readonly<Record<string, string>>): Promise<Edited> {
  const folder = mkdtempSync(join(tmpdir(), 'clinical-rules-bench-'));
  for (const [name, content] of Object.entries({ ...others, 'bench.clinical.json': text })) writeFileSync(join(folder, name), content);
  const uri = pathToFileURL(join(folder, 'bench.clinical.json')).href;
  const client = await side.start(folder);
  const edited: Edited = { client, uri, version: 1, told: 0 };
  const published = client.published(uri, () => true);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: side.languageId, version: 1, text } });
  await published;
  return edited;
}

/** The whole text is sent to each alike. */
function replace({ client, uri, version }: Edited, text: string): void {
  client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
}

/** To the first diagnostics of that version. */
async function editTold(edited: Edited, text: string): Promise<number> {
  const { client, uri } = edited;
  edited.version++;
  const published = client.published(uri, ({ version }) => version === undefined || version === edited.version);
  const start = performance.now();
  replace(edited, text);
  await published;
  return performance.now() - start;
}

async function editAsked(edited: Edited, text: string): Promise<number> {
  edited.version++;
  const start = performance.now();
  replace(edited, text);
  await edited.client.request('json/validate', edited.uri);
  return performance.now() - start;
}

/** Nothing says that diagnostics are the last: after the proofs it is waited until none come for a while, which is not counted. */
async function editAnalysed(edited: Edited, text: string, quiet: number): Promise<number> {
  const { client, uri } = edited;
  edited.version++;
  void client.published(uri, ({ version }) => {
    if (version === edited.version) edited.told = performance.now();
    return false;
  });
  const start = performance.now();
  replace(edited, text);
  const proofs = await client.request('clinicalRules/proofs', { uri });
  if (proofs === null) throw new Error('not analysed');
  const proved = performance.now();
  for (let last = -1; last !== edited.told || performance.now() - proved < quiet; ) {
    last = edited.told;
    await new Promise(resolve => setTimeout(resolve, quiet));
  }
  return Math.max(proved, edited.told) - start;
}

const QUIET_MS = 500;

async function open(side: Side, text: string): Promise<Open> {
  const folder = mkdtempSync(join(tmpdir(), 'clinical-rules-bench-'));
  const file = join(folder, 'bench.clinical.json');
  writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const start = performance.now();
  const client = await side.start(folder);
  const published = client.published(uri, ({ diagnostics }) => diagnostics.length > 0);
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: side.languageId, version: 1, text } });
  await published;
  return { client, uri, first: performance.now() - start };
}

/** Renames the misspelt key once more and waits for the message that names it anew. */
async function edit({ client, uri }: Open, text: string, turn: number): Promise<number> {
  const published = client.published(uri, ({ diagnostics }) => diagnostics.some(({ message }) => message.includes(`mistake${turn}x`)));
  const start = performance.now();
  change(client, uri, text, turn);
  await published;
  return performance.now() - start;
}

/** The peer's own request that validates at once, without its wait. */
async function editAndAsk({ client, uri }: Open, text: string, turn: number): Promise<number> {
  const start = performance.now();
  change(client, uri, text, turn);
  await client.request('json/validate', uri);
  return performance.now() - start;
}

function change(client: LanguageClient, uri: string, text: string, turn: number): void {
  const lines = text.slice(0, text.indexOf('"mistake')).split('\n');
  const line = lines.length - 1;
  const contentChanges = [
    { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, text: `      "mistake${turn}x": 1,\n` },
  ];
  client.notify('textDocument/didChange', { textDocument: { uri, version: turn + 2 }, contentChanges });
}

/** A key that is not allowed, on a line of its own, in a rule in the middle of the file. */
function withMistake(text: string): string {
  const middle = text.indexOf('      "title": "When', text.length >> 1);
  return `${text.slice(0, middle)}      "mistake": 1,\n${text.slice(middle)}`;
}
