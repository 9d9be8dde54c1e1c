/** Formatting by example, and its laws on every sample, every example of a diagnostic, random texts and damaged ones. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatEdits, formatRangeEdits, formatTypedEdits, type Layout, LINE_WIDTH } from '../../server/src/features/format.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { diagnosticFiles } from '../support/diagnostic-files.ts';
import { withoutMarkers } from '../support/markers.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { pick, randomJson, randomlyEdited } from '../support/random-json.ts';
import { seeded } from '../support/seeded.ts';
import { unmarked } from './cursor.ts';

const USUAL: Layout = { lineWidth: LINE_WIDTH, tabSize: 2, insertSpaces: true };
const NARROW: Layout = { lineWidth: 40, tabSize: 2, insertSpaces: true };
const TABS: Layout = { lineWidth: 60, tabSize: 4, insertSpaces: false };

function formatted(text: string, layout = USUAL): string {
  return applyEdits(text, formatEdits(parseDocument(text), layout));
}

/** A text with several lines is given without its first line break and the indentation of its last. */
function check(text: string, expected: string, layout = USUAL): void {
  assert.equal(formatted(text, layout), `${expected}\n`);
  assert.equal(formatted(`${expected}\n`, layout), `${expected}\n`);
}

describe('formatting', () => {
  it('spaces what stands on one line', () => {
    check('{"fact":"age","in":[ 1,2 , 3 ],"not":{ },"all":[ ]}', '{ "fact": "age", "in": [1, 2, 3], "not": {}, "all": [] }');
  });

  it('indents what was written on several', () => {
    check(
      '{\n"id" : "a",\n      "when":{"fact":"x",\n"is":true}}',
      '{\n  "id": "a",\n  "when": {\n    "fact": "x",\n    "is": true\n  }\n}',
    );
  });

  it('keeps several properties of a line together, and one blank line', () => {
    check('{\n "id":"a","title":"b",\n\n\n\n"version":"1"}', '{\n  "id": "a", "title": "b",\n\n  "version": "1"\n}');
  });

  it('breaks what is too wide: objects by property, plain lists line by line', () => {
    check(
      '{ "fact": "site", "in": ["first", "second", "third", "fourth", "fifth"] }',
      '{\n  "fact": "site",\n  "in": [\n    "first", "second", "third",\n    "fourth", "fifth"\n  ]\n}',
      NARROW,
    );
  });

  it('counts what follows on the line', () => {
    const fits = '{\n  "a": [1111, 2222, 3333, 4444, 555555],\n  "b": 1\n}';
    check(fits, fits, NARROW);
    check(fits.replace('555555', '55555555'), '{\n  "a": [\n    1111, 2222, 3333, 4444, 55555555\n  ],\n  "b": 1\n}', NARROW);
  });

  it('breaks around what is broken', () => {
    check('{ "then": [{ "avoid": "x",\n"at": "here" }] }', '{\n  "then": [\n    {\n      "avoid": "x",\n      "at": "here"\n    }\n  ]\n}');
  });

  it('keeps numbers and escapes as they are written', () => {
    check('[1.50,1E3,-0,"\\u0041\\/é😀"]', '[1.50, 1E3, -0, "\\u0041\\/é😀"]');
  });

  it('keeps a byte order mark and the line ends of the text', () => {
    assert.equal(formatted('\ufeff {\r\n"a":1,\r\n"b":[]}\r\n\r\n'), '\ufeff{\r\n  "a": 1,\r\n  "b": []\r\n}\r\n');
  });

  it('indents by tabs where these are wanted', () => check('{\n"a":{\n"b":1}}', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}', TABS));

  it('formats what is sound in a text with mistakes, and leaves the rest', () => {
    const text = '{\n   "a":{"b":1},\n  "c":  ,\n "d":[\n {"e":[1,2 ]} 3, {"f":4}]\n}';
    assert.equal(formatted(text), '{\n   "a":{ "b": 1 },\n  "c":  ,\n "d":[\n { "e": [1, 2] } 3, {"f":4}]\n}');
  });

  for (const text of ['{ "a": "b\n}', '', '  \n', '// nothing\n{"a":1}', '{"a":1} x', '{"a":1,}', "{'a':1}", '[1 2]', '{"a"\n:', '"\\q"'])
    it(`leaves ${JSON.stringify(text)} alone`, () => assert.equal(formatted(text), text));
});

describe('formatting some lines', () => {
  it('touches those lines only', () => {
    const { text, spans } = unmarked('{\n"a":1,\n⟦"b":2,\n"c"⟧:3,\n"d":4\n}');
    assert.equal(applyEdits(text, formatRangeEdits(parseDocument(text), USUAL, spans[0]!)), '{\n"a":1,\n  "b": 2,\n  "c": 3,\n"d":4\n}');
  });

  it('leaves the line after a selection of whole lines', () => {
    const { text, spans } = unmarked('{\n⟦"a":1,\n⟧"b":2\n}');
    assert.equal(applyEdits(text, formatRangeEdits(parseDocument(text), USUAL, spans[0]!)), '{\n  "a": 1,\n"b":2\n}');
  });
});

describe('formatting while typing', () => {
  const typed = (marked: string, character: string, expected: string) => {
    const { text, offset } = unmarked(marked);
    assert.equal(applyEdits(text, formatTypedEdits(parseDocument(text), USUAL, offset, character)), expected);
  };

  it('spaces what a bracket closes, and nothing around it', () => {
    typed('{"a":[1,2],"b":{"c":3}‸}', '}', '{"a":[1,2],"b":{ "c": 3 }}');
    typed('{"a":[1,2]‸,"b":{"c":3}}', ']', '{"a":[1, 2],"b":{"c":3}}');
  });

  it('indents a new line and spaces the one before', () => {
    typed('{\n  "a":1,\n‸"b":2\n}', '\n', '{\n  "a": 1,\n  "b":2\n}');
    typed('{\n  "a": {\n‸}\n}', '\n', '{\n  "a": {\n  }\n}');
  });

  it('does not take a line break back', () => {
    typed('{ "a": {\n‸"b": 1 } }', '\n', '{ "a": {\n  "b": 1 } }');
    typed('{\n  "a": {\n    ‸\n  }\n}', '\n', '{\n  "a": {\n    \n  }\n}');
  });

  it('indents in a text that is not finished yet', () => typed('{\n  "a": [\n‸', '\n', '{\n  "a": [\n    '));

  it('leaves a bracket in a text alone', () => typed('{"a":"}‸"}', '}', '{"a":"}"}'));
});

const samples = readdirSync('samples', { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.json'))
  .map(path => readFileSync(join('samples', path), 'utf8'));
const examples = diagnosticFiles.flatMap(({ examples: all }) =>
  all.flatMap(example =>
    Object.values(example.files ?? {})
      .concat(example.text ?? [])
      .map(text => withoutMarkers(text)),
  ),
);

describe('formatting, whatever the text,', () => {
  it('leaves the samples as they are', () => {
    for (const text of samples) assert.equal(formatted(text), text);
  });

  it('has texts to look at', () => assert.ok(samples.length > 100 && examples.length > 100));

  it('changes blanks only, and nothing the second time: samples and examples', () => {
    for (const text of [...samples, ...examples]) for (const layout of [USUAL, NARROW, TABS]) holds(text, layout);
  });

  it('changes blanks only, and nothing the second time: random texts', () => {
    forSeeds(600, (_, seed) => holds(randomJson(seeded(seed)), [USUAL, NARROW, TABS][seed % 3]!));
  });

  it('changes blanks only, and nothing the second time: texts with mistakes', () => {
    const short = samples.filter(text => text.length < 4000);
    forSeeds(600, (_, seed) => {
      const random = seeded(seed);
      let text = seed % 2 ? pick(short, random) : randomJson(random);
      for (let i = 0; i <= seed % 3; i++) text = randomlyEdited(text, random);
      holds(text, [USUAL, NARROW, TABS][seed % 3]!);
    });
  });

  it('changes blanks only while typing, wherever the cursor is', () => {
    const text = samples.find(one => one.length < 2500)!;
    for (let offset = 0; offset <= text.length; offset++)
      for (const [typed, character] of [
        ['\n', '\n'],
        ['}', '}'],
        [']', ']'],
      ] as const) {
        const after = text.slice(0, offset) + typed + text.slice(offset);
        const edits = formatTypedEdits(parseDocument(after), USUAL, offset + 1, character);
        assert.equal(tokens(applyEdits(after, edits)), tokens(after), `${character} at ${offset}`);
      }
  }).timeout(20_000);

  it('does on one line what it does on several', () => {
    for (const text of samples) {
      const packed = JSON.stringify(JSON.parse(text));
      assert.deepEqual(JSON.parse(formatted(packed)), JSON.parse(text));
      const wide = formatted(packed)
        .split('\n')
        .filter(line => line.length > LINE_WIDTH && !/^\s*("[^"]*": )?"(?:[^"\\]|\\.)*",?$/.test(line));
      assert.deepEqual(wide, []);
    }
  });

  it('keeps to the lines it is asked for', () => {
    const random = seeded(SEED);
    for (const text of samples.slice(0, 60)) {
      const messy = text.replace(/^ +/gm, blank => ' '.repeat(blank.length + Math.floor(random() * 3))).replaceAll('": ', '":');
      const [start, end] = [Math.floor(random() * messy.length), Math.floor(random() * messy.length)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const first = messy.lastIndexOf('\n', start - 1) + 1;
      // A selection that ends before the first character of a line does not mean that line.
      const lineEnd = messy.indexOf('\n', end > start && messy[end - 1] === '\n' ? end - 1 : end);
      const last = lineEnd < 0 ? messy.length : lineEnd;
      const after = applyEdits(messy, formatRangeEdits(parseDocument(messy), USUAL, { start, end }));
      assert.equal(after.slice(0, first), messy.slice(0, first));
      assert.ok(after.endsWith(messy.slice(last)));
      assert.deepEqual(JSON.parse(after), JSON.parse(text));
      const again = { start: first, end: after.length - (messy.length - last) };
      assert.equal(applyEdits(after, formatRangeEdits(parseDocument(after), USUAL, again)), after);
    }
  });
});

/** The laws of one text. */
function holds(text: string, layout: Layout): void {
  const before = parseDocument(text);
  const once = applyEdits(text, formatEdits(before, layout));
  const after = parseDocument(once);
  assert.equal(tokens(once), tokens(text), text);
  assert.deepEqual(
    after.problems.map(({ code }) => code),
    before.problems.map(({ code }) => code),
    text,
  );
  assert.equal(applyEdits(once, formatEdits(after, layout)), once, text);
  for (const { span, newText } of formatEdits(before, layout)) assert.notEqual(text.slice(span.start, span.end), newText);
}

/** The text without the blanks between its tokens. */
function tokens(text: string): string {
  return text.replace(/"(?:[^"\\\r\n]|\\.)*"|[ \t\r\n]+/g, part => (part.startsWith('"') ? part : ''));
}
