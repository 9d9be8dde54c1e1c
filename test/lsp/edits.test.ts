/** Whatever is edited in whatever order: what the server knows equals what a server knows that has never seen another text. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { loadUnits } from '../../server/src/model/units.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { Server } from '../support/language-server.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { seeded } from '../support/seeded.ts';
import { SMALL } from '../support/small.ts';

const EDITS = 10_000;
const NAMES = Object.keys(SMALL) as (keyof typeof SMALL)[];
/** What an editor types, and what it should never meet. */
const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\r\n',
  '\r',
  ' ',
  'a',
  '1',
  '-',
  '.',
  'true',
  '"id": ',
  '\\',
  '\u{1F9B4}',
  '\uD83E',
  '\u2028',
  'é',
  '\0',
  '\uFEFF',
  '//',
  '^',
];

interface Random {
  /** For the message of a test that fails. */
  readonly label: string;
  below(end: number): number;
  chance(share: number): boolean;
  pick<T>(values: readonly T[]): T;
}

function randomFrom(seed: number): Random {
  const next = seeded(seed);
  const below = (end: number) => Math.floor(next() * end);
  return { label: `seed ${seed}`, below, chance: share => next() < share, pick: values => values[below(values.length)]! };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Mostly small; now and then the whole text becomes sound again, so that meaning is edited and not only rubble. */
function randomEdit(random: Random, text: string, sound: string): Edit {
  if (random.chance(0.02)) return { start: 0, end: text.length, text: sound };
  const start = random.below(text.length + 1);
  const end = random.chance(0.5) ? start : Math.min(text.length, start + random.below(8));
  return { start, end, text: random.chance(0.3) ? '' : random.pick(PIECES) };
}

function apply(text: string, { start, end, text: put }: Edit): string {
  return text.slice(0, start) + put + text.slice(end);
}

/** Lines as the protocol counts them, made the slow and plain way. */
function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset);
  // Within a pair of carriage return and line feed there is no position: the place before it stands for it.
  if (before.endsWith('\r') && text[offset] === '\n') return positionAt(text, offset - 1);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/** An edit inside such a pair means the place before it, in every client. */
function wholeLineEnds(text: string, edit: Edit): Edit {
  const outside = (offset: number) => (text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset);
  return { ...edit, start: outside(edit.start), end: outside(edit.end) };
}

describe('edits', function () {
  this.timeout(60_000);

  it(`${EDITS} of them over stdio leave the server with what a fresh workspace finds, at every stop`, async () => {
    const random = randomFrom(20261122);
    const server = new Server(SMALL);
    try {
      await server.initialize('pull');
      const texts: Record<string, string> = { ...SMALL };
      for (const name of NAMES) server.open(name, texts[name]!);
      await learnUnits(server);
      for (let i = 1; i <= EDITS; i++) {
        const name = random.pick(NAMES);
        const edit = wholeLineEnds(texts[name]!, randomEdit(random, texts[name]!, SMALL[name]));
        const range = { start: positionAt(texts[name]!, edit.start), end: positionAt(texts[name]!, edit.end) };
        server.change(name, { range, text: edit.text });
        texts[name] = apply(texts[name]!, edit);
        if (i % 200 === 0) await compare(server, texts, `${random.label}, edit ${i}`);
      }
    } finally {
      server.kill();
    }
  });

  it('leave a workspace that finds what a new one finds', () => {
    const random = randomFrom(1122);
    const texts: Record<string, string> = Object.fromEntries(Object.entries(SMALL).map(([name, text]) => [`/${name}`, text]));
    const edited = new Workspace(new MemoryFiles(texts), () => '2026-11-22');
    for (let i = 0; i < 3000; i++) {
      const name = random.pick(NAMES);
      const file = `/${name}`;
      texts[file] = apply(texts[file]!, randomEdit(random, texts[file]!, SMALL[name]));
      edited.setText(file, texts[file]!);
      if (i % 3 === 0) edited.subject(`/${random.pick(NAMES)}`);
      if (i % 25 !== 0) continue;
      const fresh = new Workspace(new MemoryFiles(texts), () => '2026-11-22');
      for (const other of Object.keys(texts)) {
        assert.deepEqual(check(edited.subject(other)!), check(fresh.subject(other)!), `${random.label}, edit ${i}, ${other}`);
      }
    }
  });
});

/** Both sides know every unit from the start: when the library has come must not decide what is found. */
async function learnUnits(server: Server): Promise<void> {
  await loadUnits();
  server.open('units.clinical.json', '{ "facts": { "a": { "title": "A", "type": "quantity", "unit": "nonsense" } } }');
  for (let found = false; !found; ) found = (await server.pull('units.clinical.json')).items.some(({ code }) => code === 'unknown-unit');
  server.close('units.clinical.json');
}

/** What is found and where, in the server and in a workspace that has never seen another text. */
async function compare(server: Server, texts: Readonly<Record<string, string>>, label: string): Promise<void> {
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/${name}`, text]));
  const fresh = new Workspace(new MemoryFiles(files), () => '2026-11-22');
  for (const name of NAMES) {
    const { items } = await server.pull(name);
    const shown = items.map(({ code, range, message }) => ({ code, range, message }));
    const snapshot = fresh.snapshot(`/${name}`);
    assert.ok(typeof snapshot !== 'string');
    const found = check(fresh.subject(`/${name}`)!).map(({ code, span, message }) => ({
      code,
      range: snapshot.lines().range(span),
      message,
    }));
    assert.deepEqual(shown, found, `${label}, ${name}`);
  }
}
