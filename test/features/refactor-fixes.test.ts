/** Every quick fix, and every declaration of a missing name: after it its finding is gone and no other has come. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check, FORM_CODES } from '../../server/src/diagnostics/check.ts';
import type { Diagnostic, RuleSetSubject } from '../../server/src/diagnostics/define.ts';
import { fixableCodes, fixesOf } from '../../server/src/features/fix-all.ts';
import { doubleRemoved, fixChoices } from '../../server/src/features/fix-choices.ts';
import { declareMissing } from '../../server/src/features/refactor-declare.ts';
import { sceneAt } from '../../server/src/features/refactor-scene.ts';
import { useDeclaring } from '../../server/src/features/refactor-use.ts';
import { referencesOf } from '../../server/src/model/names.ts';
import { loadUnits } from '../../server/src/model/units.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { patientFiles, ruleSetFiles } from '../samples/load.ts';
import { diagnosticFiles } from '../support/diagnostic-files.ts';
import { withoutMarkers } from '../support/markers.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { randomOf, SEED } from '../support/random.ts';
import { opened } from './cursor.ts';

type Texts = Readonly<Record<string, string>>;

const open = (texts: Texts) => new Workspace(new MemoryFiles(texts), () => '2026-11-22');
const SAMPLES = Object.fromEntries([...ruleSetFiles, ...patientFiles].map(path => [`/${path}`, readFileSync(path, 'utf8')]));

function findings(texts: Texts, files: readonly string[] = Object.keys(texts)): (Diagnostic & { readonly file: string })[] {
  const workspace = open(texts);
  return files.flatMap(file => {
    const subject = workspace.subject(file);
    return subject ? check(subject).map(one => ({ ...one, file })) : [];
  });
}

/** How often each is found: a number in its id may be that of another now. */
function counted(found: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of found) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** What is not asked while the other is wrong: a range the wrong way round is not held against the points. */
const HELD_BACK: Readonly<Record<string, string>> = { 'inverted-domain': 'range-mismatch' };

function assertMended(before: readonly Diagnostic[], after: readonly Diagnostic[], mended: Diagnostic, what: string): void {
  const [was, is] = [counted(before), counted(after)];
  assert.ok((is.get(mended.code) ?? 0) < was.get(mended.code)!, `${what}: ${mended.message}`);
  const come = [...is].filter(([code, count]) => count > (was.get(code) ?? 0) && HELD_BACK[mended.code] !== code).map(([code]) => code);
  assert.deepEqual(come, [], `${what}: ${after.filter(({ code }) => come.includes(code)).map(({ message }) => message)}`);
}

describe('quick fixes', () => {
  before(loadUnits);

  for (const { code, examples } of diagnosticFiles)
    it(`of the examples of ${code}`, () => {
      for (const example of examples) {
        const main = `/main.${example.patient ? 'patient' : 'clinical'}.json`;
        const beside = Object.entries(example.files ?? {}).map(([path, text]) => [`/${path}`, text]);
        const texts = { ...Object.fromEntries(beside), [main]: withoutMarkers(example.text) };
        const all = findings(texts);
        for (const found of all) {
          // What a damaged text hides comes to light once it is mended.
          if (!found.fix || FORM_CODES.has(found.code)) continue;
          const after = findings({ ...texts, [found.file]: applyEdits(texts[found.file]!, found.fix.edits) });
          assertMended(all, after, found, example.name);
        }
      }
    });

  it(`of a misspelt name in every sample (seed ${SEED})`, () => {
    const random = randomOf(SEED);
    let mended = 0;
    for (const path of ruleSetFiles) {
      const file = `/${path}`;
      const references = referencesOf(open(SAMPLES).linked(file)!.ruleSet.root).filter(({ name }) => name.value.length > 5);
      for (const { name } of random.shuffled(references).slice(0, 4)) {
        const text = SAMPLES[file]!;
        if (text.slice(name.span.start, name.span.end) !== JSON.stringify(name.value)) continue;
        const wrong = `${text.slice(0, name.span.start + 2)}${text.slice(name.span.start + 3)}`;
        const all = findings({ ...SAMPLES, [file]: wrong }, [file]);
        for (const found of all) {
          if (!found.fix) continue;
          const after = findings({ ...SAMPLES, [file]: applyEdits(wrong, found.fix.edits) }, [file]);
          assertMended(all, after, found, `${path}: ${name.value}`);
          mended++;
        }
      }
    }
    assert.ok(mended > 40, `${mended} mended`);
  }).timeout(120_000);

  it('of one kind are made at once, and of those that touch the first', () => {
    const text =
      '{ "facts": { "pain": { "title": "Pain", "type": "boolean" } }, "rules": [{ "id": "a", "when": { "all": [{ "fact": "pian", "is": true }, { "fact": "piain", "is": true }] }, "then": [] }] }';
    const { workspace, file } = opened({ '/main.clinical.json': text });
    const found = check(workspace.subject(file)!);
    assert.ok(fixableCodes(found).includes('undefined-name'));
    const { count, edits } = fixesOf(found, 'undefined-name');
    assert.equal(count, 2);
    assert.equal(applyEdits(text, edits), text.replace('pian', 'pain').replace('piain', 'pain'));
    assert.equal(fixesOf(found, undefined).count, 0, 'a guess at a name is never made unasked');
    assert.equal(fixesOf([found[0]!, found[0]!], found[0]!.code).count, found[0]!.fix ? 1 : 0);
  });
});

describe('fixes to choose from', () => {
  const HEAD =
    '"id": "main", "title": "Main", "version": "1.0.0", "sources": { "guide": { "title": "Guide" } }, "assessments": { "look": { "title": "Look" } }';
  const CALCIUM =
    '"calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "minimum": 0, "maximum": 6, "alsoIn": { "mg/dL": 4.008 } }';
  const SINS =
    '"scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bands": { "low": { "atMost": 1 }, "high": { "atLeast": 2 } }, "source": { "id": "guide" } } }';
  const rule = (when: string, more: string) =>
    `{ ${HEAD}, ${more}, "rules": [{ "id": "a", "title": "A", "when": ${when}, "then": [{ "require": "look" }], "source": { "id": "guide" } }] }`;

  /** What is offered for the finding of that code, each of which must mend it. */
  function choices(code: string, text: string): [string, string][] {
    const texts = { '/main.clinical.json': text };
    const workspace = open(texts);
    const before = findings(texts);
    const found = before.find(one => one.code === code)!;
    const scene = sceneAt(workspace, found.file, found.span);
    const doubled = doubleRemoved(found, text, parseDocument(text).root);
    return [...(scene ? fixChoices(found, scene) : []), ...doubled].map(({ title, edits }) => {
      const after = applyEdits(text, edits);
      assertMended(before, findings({ '/main.clinical.json': after }), found, title);
      return [title, after];
    });
  }

  it('a unit in which the number can be meant', () => {
    const both = rule('{ "fact": "calcium", "atLeast": 3.5 }', `"facts": { ${CALCIUM} }`);
    assert.deepEqual(
      choices('missing-unit', both),
      ['mmol/L', 'mg/dL'].map(unit => [`Add the unit ${unit}`, both.replace('3.5 }', `3.5, "unit": "${unit}" }`)]),
    );
    const large = rule('{ "fact": "calcium", "atLeast": 14 }', `"facts": { ${CALCIUM} }`);
    assert.deepEqual(choices('missing-unit', large), [['Add the unit mg/dL', large.replace('14 }', '14, "unit": "mg/dL" }')]]);
  });

  it('the total or the bands of a score that is tested as a fact', () => {
    const total = rule('{ "fact": "sins", "atLeast": 2 }', SINS);
    assert.deepEqual(choices('wrong-kind', total), [
      [
        'Compare the total of the score “sins”',
        total.replace('{ "fact": "sins", "atLeast": 2 }', '{ "score": "sins", "total": { "atLeast": 2 } }'),
      ],
    ]);
    const bands = rule('{ "fact": "sins", "is": "high" }', SINS);
    assert.deepEqual(choices('wrong-kind', bands), [
      ['Name the bands of the score “sins”', bands.replace('{ "fact": "sins", "is": "high" }', '{ "score": "sins", "in": ["high"] }')],
    ]);
    assert.deepEqual(choices('wrong-kind', rule('{ "fact": "sins", "is": "highest" }', SINS)), []);
  });

  it('the second of two keys that say the same', () => {
    const twice = rule('{ "fact": "calcium", "atLeast": 3.5, "unit": "mmol/L" }', `"facts": { ${CALCIUM}, ${CALCIUM} }`);
    assert.deepEqual(choices('duplicate-key', twice), [
      ['Remove the second “calcium”: both say the same', twice.replace(`${CALCIUM}, ${CALCIUM}`, CALCIUM)],
    ]);
    assert.deepEqual(choices('duplicate-key', twice.replace('4.008', '4.0')), []);
  });
});

describe('a file that declares a missing name', () => {
  const HEAD = '"title": "T", "version": "1.0.0"';
  const MAIN = `{ "id": "main", ${HEAD},\n  "sources": { "guide": { "title": "Guide" } }, "assessments": { "look": { "title": "Look" } },\n  "rules": [{ "id": "a", "title": "A", "when": { "fact": "fev‸er", "is": true }, "then": [{ "require": "look" }], "source": { "id": "guide" } }] }`;
  const FEVER = '"facts": { "fever": { "title": "Fever", "type": "boolean" } }';

  function offered(others: Texts, text = MAIN) {
    const files = opened({ '/a/main.clinical.json': text, ...others });
    const scene = sceneAt(files.workspace, files.file, { start: files.offset, end: files.offset })!;
    const texts = Object.fromEntries(files.texts);
    return useDeclaring(scene, files.workspace.subject(files.file) as RuleSetSubject, files.workspace).map(({ title, edits }) => ({
      title,
      texts,
      after: { ...texts, [files.file]: applyEdits(texts[files.file]!, edits[0]!.edits) },
    }));
  }

  it('is used, a library first', () => {
    const all = offered({
      '/a/rules.clinical.json': `{ "id": "r", ${HEAD}, ${FEVER} }`,
      '/words of ours.clinical.json': `{ "id": "w", ${HEAD}, "role": "library", ${FEVER} }`,
    });
    assert.deepEqual(
      all.map(({ title }) => title),
      ['Use “../words of ours.clinical.json”, which declares it', 'Use “rules.clinical.json”, which declares it'],
    );
    assert.match(all[0]!.after['/a/main.clinical.json']!, /"version": "1.0.0", "uses": \["\.\.\/words of ours\.clinical\.json"\],\n/);
    const before = findings(all[0]!.texts);
    assertMended(before, findings(all[0]!.after), before.find(({ code }) => code === 'undefined-name')!, 'used');
  });

  it('joins those that are used already', () => {
    const text = MAIN.replace('"1.0.0",', '"1.0.0", "uses": ["b.clinical.json"],');
    const [one] = offered(
      { '/a/b.clinical.json': `{ "id": "b", ${HEAD} }`, '/a/c.clinical.json': `{ "id": "c", ${HEAD}, ${FEVER} }` },
      text,
    );
    assert.match(one!.after['/a/main.clinical.json']!, /"uses": \["b\.clinical\.json", "c\.clinical\.json"\]/);
  });

  it('is not used where it uses this one, or declares something of this one anew', () => {
    assert.deepEqual(offered({ '/a/c.clinical.json': `{ "id": "c", ${HEAD}, "uses": ["main.clinical.json"], ${FEVER} }` }), []);
    assert.deepEqual(
      offered({ '/a/c.clinical.json': `{ "id": "c", ${HEAD}, ${FEVER}, "assessments": { "look": { "title": "Gaze" } } }` }),
      [],
    );
  });
});

describe('a missing name declared', () => {
  const HEAD = '"id": "main", "title": "Main", "version": "1.0.0", "sources": { "guide": { "title": "Guide" } }';
  const VOCABULARY =
    '{ "id": "words", "title": "Words", "version": "1.0.0", "role": "library",\n  "facts": {\n    "pain": { "title": "Pain", "type": "boolean" }\n  } }';
  const rule = (when: string, then = '{ "require": "look" }', more = '') =>
    `{ ${HEAD}, "uses": ["words.clinical.json"], "assessments": { "look": { "title": "Look" } }${more}, "rules": [{ "id": "a", "title": "A", "when": ${when}, "then": [${then}], "source": { "id": "guide" } }, { "id": "b", "title": "B", "when": { "fact": "pain", "is": true }, "then": [{ "require": "look" }], "source": { "id": "guide" } }] }`;

  function declared(text: string) {
    const files = opened({ '/main.clinical.json': text, '/words.clinical.json': VOCABULARY });
    const subject = files.workspace.subject(files.file) as RuleSetSubject;
    const scene = sceneAt(files.workspace, files.file, { start: files.offset, end: files.offset })!;
    const texts = Object.fromEntries(files.texts);
    return declareMissing(scene, subject).map(({ title, edits }) => {
      const after = { ...texts, ...Object.fromEntries(edits.map(one => [one.file, applyEdits(texts[one.file]!, one.edits)])) };
      return { title, before: findings(texts), after: findings(after), changed: edits.map(({ file }) => file), texts: after };
    });
  }

  const CASES: readonly (readonly [what: string, text: string, title: string, file: string, has: string])[] = [
    [
      'a boolean fact, in the vocabulary',
      rule('{ "fact": "feve‸r", "is": true }'),
      'Declare the fact “fever”',
      '/words.clinical.json',
      '"fever": { "title": "Fever", "type": "boolean" }',
    ],
    [
      'a quantity',
      rule('{ "fact": "calciu‸m", "atLeast": 3.5, "unit": "mmol/L" }'),
      'Declare the fact “calcium”',
      '/words.clinical.json',
      '"calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L" }',
    ],
    [
      'a code',
      rule('{ "any": [{ "fact": "tum‸our", "is": "lung" }, { "fact": "tumour", "in": ["breast", "lung"] }] }'),
      'Declare the fact “tumour”',
      '/words.clinical.json',
      '"values": ["lung", "breast"]',
    ],
    [
      'a number',
      rule('{ "any": [{ "fact": "fal‸ls", "atLeast": 2 }, { "fact": "falls", "above": 0.5 }] }'),
      'Declare the fact “falls”',
      '/words.clinical.json',
      '"type": "decimal"',
    ],
    [
      'an activity',
      rule('{ "fact": "pain", "is": true }', '{ "avoid": "squ‸at" }'),
      'Declare the activity “squat”',
      '/main.clinical.json',
      '"activities": { "squat": { "title": "Squat" } }',
    ],
    [
      'an assessment beside the others',
      rule('{ "fact": "pain", "is": true }', '{ "require": "blood-tes‸t" }'),
      'Declare the assessment “blood-test”',
      '/main.clinical.json',
      '"blood-test": { "title": "Blood test" }',
    ],
    [
      'a source',
      rule('{ "fact": "pain", "is": true }').replace('"source": { "id": "guide" } }]', '"source": { "id": "oth‸er" } }]'),
      'Declare the source “other”',
      '/main.clinical.json',
      '"other": { "title": "Other" }',
    ],
    [
      'a score with the bands named',
      rule('{ "any": [{ "score": "wel‸ls", "in": ["high"] }, { "score": "wells", "in": ["low"] }] }'),
      'Declare the score “wells”',
      '/main.clinical.json',
      '"bands": { "high": { "atMost": 0 }, "low": { "atLeast": 1 } }',
    ],
    [
      'a decision',
      rule('{ "fact": "pain", "is": true }', '{ "decide": "clear‸ance", "as": "no" }'),
      'Declare the decision “clearance”',
      '/main.clinical.json',
      '"values": ["no"], "resolve": "strictest"',
    ],
    [
      'a parameter',
      rule('{ "fact": "pain", "is": true }', '{ "limit": "minut‸es", "atMost": 10, "unit": "min" }'),
      'Declare the parameter “minutes”',
      '/main.clinical.json',
      '"minutes": { "title": "Minutes", "unit": "min" }',
    ],
    [
      'a threshold, on the fact most like it',
      rule(
        '{ "threshold": "low-albu‸min" }',
        undefined,
        ', "facts": { "age": { "title": "Age", "type": "integer", "maximum": 120 }, "albumin": { "title": "Albumin", "type": "quantity", "unit": "g/L", "minimum": 0, "maximum": 80 } }',
      ).replace('"when": { "fact": "pain"', '"when": { "fact": "age", "atLeast": 3 }, "until": { "fact": "pain"'),
      'Declare the threshold “low-albumin”',
      '/main.clinical.json',
      '"low-albumin": { "title": "Low albumin", "fact": "albumin", "atLeast": 80, "unit": "g/L", "source": { "id": "guide" } }',
    ],
    [
      'a value of a code',
      rule(
        '{ "any": [{ "fact": "sex", "is": "fema‸le" }, { "fact": "sex", "is": "male" }] }',
        undefined,
        ', "facts": { "sex": { "title": "Sex", "type": "code", "values": ["male"] } }',
      ),
      'Add “female” to the values of “sex”',
      '/main.clinical.json',
      '"values": ["male", "female"]',
    ],
  ];

  for (const [what, text, title, file, has] of CASES)
    it(what, () => {
      const all = declared(text);
      const one = all.find(candidate => candidate.title === title);
      assert.ok(one, `offered: ${all.map(candidate => candidate.title)}`);
      assert.deepEqual(one.changed, [file]);
      assert.ok(one.texts[file]!.includes(has), one.texts[file]);
      const mended = one.before.find(({ code }) => code === 'undefined-name' || code === 'undefined-value')!;
      assertMended(one.before, one.after, mended, what);
    });

  it('of a record and of the patient, where a record is in sight', () => {
    const text = rule(
      '{ "some": "lesions", "where": { "fact": "heal‸ed", "is": true } }',
      undefined,
      ', "groups": { "lesions": { "title": "Lesion", "facts": {} } }',
    );
    assert.deepEqual(
      declared(text).map(({ title }) => title),
      ['Declare the fact “healed” of “lesions”', 'Declare the fact “healed”'],
    );
    for (const one of declared(text))
      assertMended(one.before, one.after, one.before.find(({ code }) => code === 'undefined-name')!, one.title);
  });

  it('not where nobody can say what it is', () => {
    const offered = (text: string) => declared(text).map(({ title }) => title);
    assert.deepEqual(offered(rule('{ "any": [{ "fact": "odd‸ness", "is": true }, { "fact": "oddness", "atLeast": 2 }] }')), []);
    assert.deepEqual(offered(rule('{ "fact": "calciu‸m", "atLeast": { "mmol/L": 3.5, "mg/dL": 14 } }')), []);
    assert.deepEqual(
      offered(rule('{ "fact": "pain", "is": true }').replace('"then"', '"override": { "rules": ["no‸ne"], "reason": "r" }, "then"')),
      [],
    );
  });
});
