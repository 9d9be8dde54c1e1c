/** Every request an editor makes, on every sample and on texts that are none: each is answered, and nothing is logged as an error. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Server } from '../support/language-server.ts';
import { forSeeds, type Random } from '../support/random.ts';

const samples: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync('samples', { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(json|csv)$/.test(path))
    .map(path => [path.replaceAll('\\', '/'), readFileSync(`samples/${path}`, 'utf8')]),
);
const names = Object.keys(samples)
  .filter(name => /\.(clinical|patient)\.json$/.test(name))
  .sort();

/** By method, what is asked beyond the file and the place. */
const AT_PLACES: Readonly<Record<string, object>> = {
  'textDocument/completion': {},
  'textDocument/hover': {},
  'textDocument/definition': {},
  'textDocument/references': { context: { includeDeclaration: true } },
  'textDocument/documentHighlight': {},
  'textDocument/prepareRename': {},
  'textDocument/rename': { newName: 'quite-another-name' },
  'textDocument/prepareCallHierarchy': {},
  'textDocument/linkedEditingRange': {},
  'textDocument/onTypeFormatting': { ch: '}', options: { tabSize: 2, insertSpaces: true } },
};
const OF_FILES: Readonly<Record<string, object>> = {
  'textDocument/diagnostic': {},
  'textDocument/documentSymbol': {},
  'textDocument/foldingRange': {},
  'textDocument/documentLink': {},
  'textDocument/codeLens': {},
  'textDocument/semanticTokens/full': {},
  'textDocument/formatting': { options: { tabSize: 2, insertSpaces: true } },
};

interface Position {
  readonly line: number;
  readonly character: number;
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}

describe('every request', function () {
  this.timeout(300_000);
  let server: Server;
  const asked = new Map<string, number>();

  before(async () => {
    server = new Server(samples);
    await server.initialize('pull');
  });
  after(() => server.kill());

  /** A refusal to rename is an answer: it has its reason. */
  async function ask(method: string, params: object, name: string): Promise<unknown> {
    asked.set(method, (asked.get(method) ?? 0) + 1);
    try {
      return await server.request(method, params);
    } catch (error) {
      const { code, message } = error as { code: number; message: string };
      const isRefusal = code === -32803 && /ename$/.test(method) && message.endsWith('.');
      assert.ok(isRefusal, `${method} in ${name}, ${JSON.stringify(params)}: ${code} ${message}`);
      return undefined;
    }
  }

  /** What follows an answer is asked too: what it says is resolved, and acted on. */
  async function askAll(name: string, text: string, offsets: readonly number[]): Promise<void> {
    const textDocument = { uri: server.uri(name) };
    for (const offset of offsets) {
      const position = positionAt(text, offset);
      const params = { textDocument, position };
      for (const [method, more] of Object.entries(AT_PLACES)) {
        const answer = await ask(method, { ...params, ...more }, name);
        if (method === 'textDocument/completion') await resolveEnds('completionItem/resolve', answer, name);
        if (method !== 'textDocument/prepareCallHierarchy') continue;
        for (const item of (answer as object[] | null) ?? [])
          for (const next of ['callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls']) await ask(next, { item }, name);
      }
      await ask('textDocument/selectionRange', { textDocument, positions: [position] }, name);
      const range = { start: position, end: position };
      await ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }, name);
    }
    const whole = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
    for (const [method, more] of Object.entries(OF_FILES)) {
      const answer = await ask(method, { textDocument, ...more }, name);
      if (method === 'textDocument/codeLens') await resolveEnds('codeLens/resolve', answer, name);
    }
    for (const method of ['textDocument/inlayHint', 'textDocument/semanticTokens/range'])
      await ask(method, { textDocument, range: whole }, name);
    await ask('textDocument/rangeFormatting', { textDocument, range: whole, options: { tabSize: 4, insertSpaces: false } }, name);
    await ask('workspace/symbol', { query: name.slice(0, 2) }, name);
  }

  async function resolveEnds(method: string, answer: unknown, name: string): Promise<void> {
    const all = Array.isArray(answer) ? answer : ((answer as { items?: object[] } | null)?.items ?? []);
    for (const one of new Set([all.at(0), all.at(-1)])) if (one) await ask(method, one, name);
  }

  function assertQuiet(): void {
    const errors = server.notifications.filter(({ method, params }) => /Message$/.test(method) && (params as { type: number }).type <= 2);
    assert.deepEqual([...errors, ...server.logs], []);
  }

  it('of every sample is answered, and no error is logged', async () => {
    for (const [i, name] of names.entries()) {
      const text = samples[name]!;
      server.open(name, text);
      await askAll(
        name,
        text,
        [0, 1, 2].map(third => (((third * text.length) / 3 + i * 31) % text.length) | 0),
      );
      server.close(name);
    }
    assertQuiet();
  });

  it('of what is being typed, has other line ends, is deep, long or strange is answered, and no error is logged', async () => {
    const folder = names.filter(name => name.startsWith('curb-65/') || name.startsWith('news2/'));
    for (const [name, text] of [...STRANGE, ...made(folder)]) {
      server.open(name, text);
      await askAll(name, text, [0, text.length >> 1, text.length]);
      server.close(name);
    }
    assertQuiet();
  });

  it('that the server says it answers was asked', () => {
    const offered = Object.keys(server.capabilities).filter(key => key.endsWith('Provider'));
    const isAsked = (provider: string) => {
      const word = provider.replace(/Provider$/, '').toLowerCase();
      const spelt: Readonly<Record<string, string>> = {
        renameprovider: 'rename',
        documentformatting: 'formatting',
        documentrangeformatting: 'rangeformatting',
        documentontypeformatting: 'ontypeformatting',
        workspacesymbol: 'workspace/symbol',
        callhierarchy: 'callhierarchy',
      };
      return [...asked.keys()].some(method => method.toLowerCase().includes(spelt[word] ?? word));
    };
    assert.deepEqual(
      offered.filter(provider => !isAsked(provider)),
      [],
    );
  });
});

const DEEP = 3000;
/** Texts that nobody means, and that an editor may hold all the same. */
const STRANGE: readonly (readonly [string, string])[] = [
  ['empty.clinical.json', ''],
  ['blank.patient.json', ' \r\n\t'],
  ['word.clinical.json', 'true'],
  ['deep.clinical.json', `{ "rules": ${'['.repeat(DEEP)}`],
  ['nested.clinical.json', `{ "rules": [ { "id": "a", "when": ${'{ "not": '.repeat(500)}true${' }'.repeat(500)} } ] }`],
  [
    'long.clinical.json',
    `{ "facts": { ${Array.from({ length: 400 }, (_, i) => `"f-${i}": { "title": "${'x'.repeat(300)}", "type": "boolean" }`).join()} } }`,
  ],
  [
    'names.clinical.json',
    '{ "facts": { "__proto__": { "type": "boolean" }, "constructor": { "type": "boolean" }, "\\u0061b": {} }, "rules": [ { "id": "toString", "when": { "fact": "__proto__", "is": true } } ] }',
  ],
  [
    'signs.patient.json',
    '\uFEFF{ "title": "\u{1F9B4}\u0301 \u202E", "facts": { "\u{1F9B4}": "\\ud83e" }, "for": ["\u{1F9B4}.clinical.json"] }',
  ],
  ['self.clinical.json', '{ "id": "self", "uses": ["self.clinical.json", "../../..", "file:///etc/passwd", "\\u0000"] }'],
];

/** Samples that break off, with other line ends, or with something typed in them. */
function made(folder: readonly string[]): (readonly [string, string])[] {
  const texts: (readonly [string, string])[] = [];
  forSeeds(25, random => {
    const name = random.pick(folder);
    const text = samples[name]!;
    const at = Math.floor(fraction(random) * text.length);
    texts.push(
      random.chance(0.5)
        ? [name, text.slice(0, at)]
        : [name, `${text.slice(0, at)}${random.pick(['"', '{', '}', ',', ': ', '\u{1F9B4}'])}${text.slice(at)}`.replaceAll('\n', '\r\n')],
    );
  });
  return texts;
}

function fraction(random: Random): number {
  return Number(`0.${random.list(6, 6, () => random.pick([...'0123456789'])).join('')}`);
}
