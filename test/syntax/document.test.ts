/** The parsers: the tree they share, every damage told on the spot, and nothing that a text can do to them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseDocument } from '../../server/src/syntax/document.ts';
import type { Node } from '../../server/src/syntax/node.ts';
import { property } from '../../server/src/syntax/node.ts';
import { parseStrictly } from '../../server/src/syntax/strict-parser.ts';
import { toValue } from '../../server/src/syntax/to-value.ts';
import { parseTolerantly } from '../../server/src/syntax/tolerant-parser.ts';
import { randomJson, randomlyEdited } from '../support/random-json.ts';
import { seeded } from '../support/seeded.ts';

/** `code «text it stands under»`, in the order of the text. */
function problems(text: string): string[] {
  return parseDocument(text).problems.map(({ code, span }) => `${code} «${text.slice(span.start, span.end)}»`);
}

function value(text: string): unknown {
  const { root } = parseDocument(text);
  return root && toValue(root);
}

describe('well-formed JSON', () => {
  it('is read by both parsers into the same tree, with the value JSON.parse gives (1,000 texts, seed 2)', () => {
    const random = seeded(2);
    for (let i = 0; i < 1000; i++) {
      const text = randomJson(random);
      const told: unknown[][] = [[], []];
      const strict = parseStrictly(text, (...problem) => told[0]!.push(problem));
      const tolerant = parseTolerantly(text, (...problem) => told[1]!.push(problem));
      assert.deepEqual(strict, tolerant, text);
      assert.deepEqual(told[0], told[1], text);
      assert.deepEqual(toValue(strict!), JSON.parse(text), text);
    }
  });

  it('has every place where it is written', () => {
    const text = '{ "a": [ -1.5e3, "b\\n", true, null, {} ] }';
    const root = parseDocument(text).root!;
    const array = property(root, 'a')!.value as Node & { type: 'array' };
    const written = array.items.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(written, ['-1.5e3', '"b\\n"', 'true', 'null', '{}']);
    const { keyStart, keyEnd } = property(root, 'a')!;
    assert.equal(text.slice(keyStart, keyEnd), '"a"');
    assert.equal(text.slice(root.start, root.end), text);
  });

  it('keeps numbers as they are written', () => {
    const root = parseDocument('0.10000000000000000001').root!;
    assert.equal(root.type === 'number' && root.text, '0.10000000000000000001');
  });

  it('may begin with a byte order mark and end its lines as Windows does', () => {
    assert.deepEqual(problems('\ufeff{\r\n"a": 1\r\n}\r\n'), []);
    assert.deepEqual(value('\ufeff{\r\n"a": 1\r\n}\r\n'), { a: 1 });
    assert.equal(parseDocument('\ufeff{}').root!.start, 1);
  });

  it('takes __proto__ and constructor for names like any other', () => {
    const text = '{ "__proto__": { "polluted": true }, "constructor": 1, "toString": 2 }';
    assert.deepEqual(problems(text), []);
    assert.deepEqual(value(text), JSON.parse(text));
    assert.ok(Object.hasOwn(value(text) as object, '__proto__'));
    assert.equal((value(text) as { polluted?: boolean }).polluted, undefined);
    assert.equal(property(parseDocument('{}').root, 'constructor'), undefined);
  });

  it('may nest 200 deep', () => assert.deepEqual(problems(`${'['.repeat(200)}1${']'.repeat(200)}`), []));
});

describe('damage is told once, where it is', () => {
  const cases: [text: string, ...expected: string[]][] = [
    ['', 'empty-file «»'],
    [' \n', 'empty-file « »'],
    ['hello', 'not-a-value «hello»'],
    ['NaN', 'not-a-value «NaN»'],
    [
      '[NaN, Infinity, -Infinity, undefined]',
      'not-a-value «NaN»',
      'not-a-value «Infinity»',
      'not-a-value «-Infinity»',
      'not-a-value «undefined»',
    ],
    ['[01, +1, .5, 1., 1e, 0x10, 1_000]', ...['01', '+1', '.5', '1.', '1e', '0x10', '1_000'].map(number => `bad-number «${number}»`)],
    ['{ "a": 1, }', 'trailing-comma «,»'],
    ['[1, 2,]', 'trailing-comma «,»'],
    ['[1,, 2]', 'extra-comma «,»'],
    ['{, "a": 1}', 'extra-comma «,»'],
    ['{ "a": 1 "b": 2 }', 'comma-expected «1»'],
    ['[1 2]', 'comma-expected «1»'],
    ['{ "a" 1 }', 'colon-expected «"»'],
    ['{ "a" }', 'colon-expected «"»'],
    ['{ "a": , "b": 2 }', 'value-expected «:»'],
    ['{ "a":\n "b": 2 }', 'value-expected «:»'],
    ['{ a: 1 }', 'unquoted-key «a»'],
    ['{ a }', 'property-expected «a»'],
    ["{ 'a b': “c” }", "odd-quotes «'a b'»", 'odd-quotes «“c”»'],
    ['{\u00a0"a": 1 }', 'odd-blank «\u00a0»'],
    ['{ "a": 1 // why\n}', 'comment «// why»'],
    ['/* x */ { "a": 1 }', 'comment «/* x */»'],
    ['{ "a": 1 } /* x', 'unclosed-comment «/* x»'],
    ['{ "a": "b\n}', 'unclosed-string «"b»'],
    ['{ "a": "\\q\\u12" }', 'bad-escape «\\q»', 'bad-escape «\\u12»'],
    ['{ "a": "b\tc" }', 'control-character «\t»'],
    ['{ "a": ["b" }', 'unclosed-array «[»'],
    ['{ "a": ["b",\n "c": 1 }', 'unclosed-array «[»'],
    ['[{ "a": 1 ]', 'unclosed-object «{»'],
    ['{ "a": { "b": 1 ], "c": 2 }', 'wrong-bracket «]»'],
    ['{ "a": 1 ] }', 'unexpected-token «]»'],
    ['{ "a": 1 }, "b": 2 }', 'unexpected-token «}»'],
    ['{ "a": 1 } { "b": 2 }', 'end-expected «{»'],
    ['{ "a": some words here, "b": 1 }', 'not-a-value «some»'],
    ['{ "a": {', 'unexpected-end «{»'],
    ['{ "a": "b', 'unexpected-end «"b»'],
    ['{ "a": 1, "b": 2, "a": 3, "a": 4 }', 'duplicate-key «"a"»', 'duplicate-key «"a"»'],
    ['{ "a": 1, "\\u0061": 2 }', 'duplicate-key «"\\u0061"»'],
    [
      `[${'1'.repeat(400)}, 1e400, 1e-400, 0e5, 0.${'0'.repeat(30)}1]`,
      `number-too-long «${'1'.repeat(400)}»`,
      'number-too-long «1e400»',
      'number-too-long «1e-400»',
    ],
    ['"a\\ud800b"', 'lone-surrogate «\\ud800»'],
    ['["\ud83d", "\ude00", "\ud83d\ude00", "\\ud83d\\ude00", "\\\\ud83d"]', 'lone-surrogate «\ud83d»', 'lone-surrogate «\ude00»'],
  ];
  for (const [text, ...expected] of cases) it(shown(text), () => assert.deepEqual(problems(text), expected));

  it('and leaves what is sound in the tree', () => {
    assert.deepEqual(value('{ "a": ["x", "y"\n "b": { "c": NaN, "d": 2, }, e: \'f\' }'), { a: ['x', 'y'], b: { d: 2 }, e: 'f' });
    assert.deepEqual(value('{ "a": 1 }, "b": 2 }'), { a: 1, b: 2 });
    assert.deepEqual(value('{ "a": { "b": 1 ], "c": 2 }'), { a: { b: 1 }, c: 2 });
    assert.deepEqual(value('rules = { "a": 1 };'), { a: 1 });
    assert.deepEqual(value('{ "a": "b\n "c": 1 }'), { a: 'b', c: 1 });
  });

  it('finds doubles among hundreds of keys', () => {
    const keys = Array.from({ length: 500 }, (_, i) => `"k${i}": 1`);
    assert.deepEqual(problems(`{ ${keys.join(', ')}, "k77": 2 }`), ['duplicate-key «"k77"»']);
  });
});

describe('no text breaks the parser', () => {
  it('a sample cut off at every byte', () => {
    const bytes = readFileSync('samples/wells/patients/embolism-at-4.patient.json');
    for (let length = 0; length < bytes.length; length++) {
      const text = bytes.subarray(0, length).toString('utf8');
      const document = parseDocument(text);
      if (text.trim() === bytes.toString('utf8').trim()) continue;
      assert.ok(document.problems.length > 0 && document.problems.length <= 2, `at ${length}: ${JSON.stringify(problems(text))}`);
    }
  });

  it('10,000 deep, closed or not', () => {
    for (const text of [`${'['.repeat(10000)}${']'.repeat(10000)}`, `${'{"a":'.repeat(10000)}1${'}'.repeat(10000)}`]) {
      assert.deepEqual(
        parseDocument(text).problems.map(({ code }) => code),
        ['too-deep'],
      );
    }
    const open = parseDocument('[{"a":'.repeat(10000)).problems.map(({ code }) => code);
    assert.deepEqual(open, ['too-deep', 'unexpected-end']);
  });

  it('10 MB and more, in time that grows with the length only', () => {
    const rules = `{ "rules": [${'{ "id": "a", "then": [ { "avoid": "b" } ] },\n'.repeat(230_000)}{}] }`;
    assert.ok(rules.length > 10_000_000);
    assert.deepEqual(problems(rules), []);
    const nasty = ['x ', "'a ", '"a ', '[{', '}', '/*', '\u00a0', '\ud800', '{"a":1},', '"a":', ', , ', '-', '\\', '[1 '];
    for (const part of nasty) {
      const time = (count: number) => {
        const text = part.repeat(count);
        const start = performance.now();
        assert.ok(parseDocument(text).problems.length <= 200);
        return performance.now() - start;
      };
      const short = time(10_000);
      assert.ok(time(100_000) < 60 * short + 1000, `${JSON.stringify(part)} takes more than linear time`);
    }
  });

  it('3,000 random edits of a sample (seed 5): places lie in the text, and both parsers agree where it is sound', () => {
    const random = seeded(5);
    let text = readFileSync('samples/wells/wells.clinical.json', 'utf8');
    const original = text;
    for (let i = 0; i < 3000; i++) {
      text = i % 50 === 0 ? original : randomlyEdited(text, random);
      const document = parseDocument(text);
      for (const { span } of document.problems) assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      if (document.root) assertNested(document.root, text);
      assert.equal(isSound(text), !document.problems.some(({ code }) => !WELL_FORMED.has(code)), text);
    }
  });
});

const WELL_FORMED: ReadonlySet<string> = new Set(['duplicate-key', 'number-too-long', 'lone-surrogate']);

function isSound(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Every value lies within the one that holds it, in the order of the text. */
function assertNested(node: Node, text: string): void {
  assert.ok(0 <= node.start && node.start < node.end && node.end <= text.length);
  const parts = node.type === 'array' ? node.items : node.type === 'object' ? node.properties.flatMap(({ value }) => value ?? []) : [];
  let last = node.start;
  for (const part of parts) {
    assert.ok(last <= part.start && part.end <= node.end, text);
    last = part.end;
    assertNested(part, text);
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
