/** What holds for all diagnostics together. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { type Diagnostic, defineRule, type Rule } from '../../server/src/diagnostics/define.ts';
import { registry } from '../../server/src/diagnostics/registry.ts';
import { diagnosticFiles } from '../support/diagnostic-files.ts';
import { withoutMarkers } from '../support/markers.ts';
import { seeded } from '../support/seeded.ts';
import { subjectOf } from '../support/subject.ts';

const SEED = 7;
const TEXT = `{ "id": "x", "title": "X", "version": "1.0.0",
  "facts": { "age": { "title": "Age", "type": "integer", "minimum": 120, "maximum": 0 } } }`;

describe('check', () => {
  it('tells that a diagnostic failed, without its words, and keeps the findings of the others', () => {
    const failing: Rule = defineRule({
      ...{ code: 'failing', severity: 'error', summary: 'Fails.', docs: '' },
      find: () => {
        throw new Error('patient is called Ada');
      },
      say: () => assert.fail(),
    });
    const found = check(subjectOf({ text: TEXT }), [failing, ...registry]);
    assert.ok(codes(found).includes('inverted-domain'));
    const told = found.filter(({ code }) => code === 'internal-error');
    assert.equal(told.length, 1);
    assert.match(told[0]!.message, /failing/);
    assert.doesNotMatch(JSON.stringify(told), /Ada/);
  });

  it('a failure while a finding is put into words hides no other either', () => {
    const failing: Rule = defineRule({
      ...{ code: 'failing', severity: 'error', summary: 'Fails.', docs: '', find: () => [1] },
      say: () => {
        throw new Error('no words');
      },
    });
    assert.deepEqual(codes(check(subjectOf({ text: '{ "id": "x", "title": "X", "version": "1.0.0" }' }), [failing])), ['internal-error']);
  });

  it('gives the findings in the order of the text', () => {
    const texts = diagnosticFiles.flatMap(({ examples }) => examples);
    for (const example of texts) {
      const starts = check(subjectOf({ ...example, text: withoutMarkers(example.text) })).map(({ span }) => span.start);
      assert.deepEqual(
        starts,
        [...starts].sort((a, b) => a - b),
      );
    }
  });

  it('says one thing about a key that stands twice', () => {
    const text = `{ "id": "x", "title": "X", "version": "1.0.0", "role": "library",
  "facts": { "a": { "title": "A", "type": "boolean" }, "a": { "title": "A", "type": "boolean" } } }`;
    assert.deepEqual(codes(check(subjectOf({ text }))), ['duplicate-key']);
  });

  it('says nothing about the meaning of what the schema refuses', () => {
    const text = `{ "id": "x", "title": "X", "version": "1.0.0", "role": "library",
  "facts": { "a": { "title": "A", "type": "quantity", "unit": 3 } } }`;
    assert.deepEqual(codes(check(subjectOf({ text }))), ['wrong-type']);
  });

  it('takes no longer for thousands of misspelt names than for their words', () => {
    const rule = (i: number) =>
      `{ "id": "rule-${i}", "title": "R", "then": [ { "require": "look" } ], "override": { "rules": ["rull-${i}"], "reason": "r" } }`;
    const text = `{ "id": "x", "title": "X", "version": "1.0.0", "role": "library", "assessments": { "look": { "title": "Look" } },
  "rules": [ ${Array.from({ length: 3000 }, (_, i) => rule(i)).join(', ')} ] }`;
    const subject = subjectOf({ text });
    const before = process.cpuUsage().user;
    const found = check(subject).filter(({ code }) => code === 'undefined-name');
    const seconds = (process.cpuUsage().user - before) / 1e6;
    assert.equal(found.length, 3000);
    assert.ok(found[0]!.fix && !found[2999]!.fix);
    assert.ok(seconds < 4, `${seconds} s`);
  });

  it('never fails, wherever a text breaks off', () => {
    for (const { examples } of diagnosticFiles) {
      for (const example of examples) {
        const text = withoutMarkers(example.text);
        for (let end = 0; end < text.length; end += 37)
          assertSound(check(subjectOf({ ...example, text: text.slice(0, end) })), text.slice(0, end));
      }
    }
  });

  it(`never fails, whatever is cut out or put in (seed ${SEED})`, () => {
    const random = seeded(SEED);
    const examples = diagnosticFiles.flatMap(file => file.examples);
    for (let i = 0; i < 400; i++) {
      const example = examples[Math.floor(random() * examples.length)]!;
      const text = edited(withoutMarkers(example.text), random);
      assertSound(check(subjectOf({ ...example, text })), `seed ${SEED}, round ${i}: ${text}`);
    }
  });
});

function codes(found: readonly Diagnostic[]): string[] {
  return found.map(({ code }) => code);
}

function assertSound(found: readonly Diagnostic[], text: string): void {
  assert.ok(!codes(found).includes('internal-error'), text);
  for (const { span, message } of found) assert.ok(span.start <= span.end && !/undefined(?!["”])|\[object/.test(message), message);
}

const SCRAPS = ['{}', '[]', 'null', '-1', '"x"', '1e400', '"never"', '{ "oneOf": [1, "a"] }', '""', '"__proto__"', 'true', ','];

/** One value, or a few letters, replaced by something else. */
function edited(text: string, random: () => number): string {
  const values = [...text.matchAll(/"[^"]*"|-?\d+(\.\d+)?|true|false/g)];
  const at = values[Math.floor(random() * values.length)];
  if (!at) return text;
  const scrap = SCRAPS[Math.floor(random() * SCRAPS.length)]!;
  return text.slice(0, at.index) + scrap + text.slice(at.index + at[0].length);
}
