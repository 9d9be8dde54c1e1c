/** Names: which one stands at the cursor, and everywhere the same thing is named, across rule sets and patients. */
import assert from 'node:assert/strict';
import { isDeclaration, meaningOf, mentionsIn, nameAt, occurrencesOf } from '../../server/src/features/at.ts';
import { innerSpan } from '../../server/src/features/inner.ts';
import { samples } from '../support/sample-workspace.ts';
import { opened } from './cursor.ts';

/** The spans marked in the files are exactly the places where the thing under the cursor is named. */
function check(files: Readonly<Record<string, string>>): void {
  const { workspace, file, offset, spans, texts } = opened(files);
  const found = nameAt(workspace, file, offset);
  assert.ok(found, 'a name at the cursor');
  const places = occurrencesOf(workspace, found.mention).map(
    each => `${each.file} ${shown(texts, each.file, innerSpan(texts.get(each.file)!, each.span))}`,
  );
  const marked = [...spans].flatMap(([name, own]) => own.map(span => `${name} ${shown(texts, name, span)}`));
  assert.deepEqual(
    places,
    marked.sort((a, b) => byFile(a, b)),
  );
}

function shown(texts: ReadonlyMap<string, string>, file: string, { start, end }: { start: number; end: number }): string {
  const text = texts.get(file)!;
  return `${start} ${text.slice(Math.max(0, start - 12), start)}⟦${text.slice(start, end)}⟧`;
}

function byFile(a: string, b: string): number {
  const [one, other] = [a, b].map(text => text.split(' '));
  return one![0] === other![0] ? Number(one![1]) - Number(other![1]) : one![0]! < other![0]! ? -1 : 1;
}

const VOCABULARY = `{ "id": "words", "title": "Words", "version": "1.0.0", "role": "library",
  "sites": { "spine": { "title": "Spine" }, "L3": { "title": "L3", "partOf": "spine" } },
  "facts": { "tired": { "title": "Tired", "type": "boolean" } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "site": { "title": "Site", "type": "code", "values": "sites" }, "tired": { "title": "x", "type": "boolean" } } } } }`;

describe('all places of a name', () => {
  it('are in the files that use the file, and in their patients', () =>
    check({
      '/words.clinical.json': VOCABULARY.replaceAll('"spine"', '"⟦spine⟧"'),
      '/rules.clinical.json': `{ "id": "r", "uses": ["words.clinical.json"],
        "precautions": [ { "id": "spine", "site": ["⟦sp‸ine⟧"], "when": { "fact": "site", "is": "⟦spine⟧" }, "then": [] } ] }`,
      '/a.patient.json': `{ "for": ["rules.clinical.json"], "facts": { "spine": 1 },
        "groups": { "lesions": { "records": [ { "id": "a", "facts": { "site": { "oneOf": ["⟦spine⟧", "L3"] } } } ] } } }`,
      '/other.clinical.json': '{ "id": "o", "sites": { "spine": { "title": "Another" } } }',
    }));

  it('tell a fact of the patient from one of a record', () =>
    check({
      '/words.clinical.json': VOCABULARY.replace('"tired": { "title": "x"', '"⟦tired⟧": { "title": "x"'),
      '/rules.clinical.json': `{ "id": "r", "uses": ["words.clinical.json"], "rules": [
        { "id": "a", "when": { "fact": "tired", "is": true }, "then": [] },
        { "id": "b", "of": "lesions", "when": { "fact": "⟦tired⟧", "is": true }, "then": [] },
        { "id": "c", "when": { "some": "lesions", "where": { "fact": "⟦tir‸ed⟧", "is": true } }, "then": [] } ] }`,
      '/a.patient.json': `{ "for": ["rules.clinical.json"], "facts": { "tired": true },
        "groups": { "lesions": { "records": [ { "id": "a", "facts": { "⟦tired⟧": true } } ] } },
        "expected": [ { "ruleSet": "r", "missing": ["tired", "lesions.a.⟦tired⟧"] } ] }`,
    }));

  it('join what a threshold may mean of the patient and of a record', () =>
    check({
      '/rules.clinical.json': `{ "facts": { "⟦dose⟧": { "type": "integer" } }, "groups": { "drugs": { "facts": { "⟦do‸se⟧": { "type": "integer" } } } },
        "thresholds": { "high": { "fact": "⟦dose⟧", "atLeast": 3 } } }`,
    }));

  it('are the parts of a score, in patients too', () =>
    check({
      '/rules.clinical.json': `{ "id": "r", "scores": {
        "one": { "components": { "pain": { "options": { "⟦none⟧": 0, "some": 1 } }, "gait": { "options": { "none": 0 }, "undefined": { "refused": "x" } } } } } }`,
      '/a.patient.json': '{ "for": ["rules.clinical.json"], "scores": { "one": { "options": { "pain": "⟦no‸ne⟧", "gait": "none" } } } }',
    }));

  it('are those of an option without points', () =>
    check({
      '/rules.clinical.json': `{ "scores": { "one": { "components": { "gait": { "options": { "none": 0 }, "undefined": { "⟦refused⟧": "x" } } } } } }`,
      '/a.patient.json':
        '{ "for": ["rules.clinical.json"], "scores": { "one": { "options": { "gait": { "oneOf": ["none", "⟦refus‸ed⟧"] } } } } }',
    }));

  it('are the values of a decision, in expectations too', () =>
    check({
      '/rules.clinical.json': `{ "id": "r", "decisions": { "go": { "values": ["⟦no⟧", "yes"], "resolve": "strictest" } },
        "rules": [ { "id": "a", "then": [ { "decide": "go", "as": "⟦n‸o⟧" } ], "given": { "decision": "go", "in": ["⟦no⟧"] } } ] }`,
      '/a.patient.json': `{ "for": ["rules.clinical.json"], "expected": [ { "ruleSet": "r", "decisions": { "go": ["⟦no⟧", "undetermined"] } } ] }`,
    }));

  it('are a rule, what overrides and expects it, and its waivers', () =>
    check({
      '/rules.clinical.json': `{ "id": "r", "facts": { "walk": { "type": "boolean" } }, "rules": [ { "id": "⟦walk⟧", "then": [] },
        { "id": "b", "then": [], "override": { "rules": ["⟦wa‸lk⟧"], "reason": "x" } } ],
        "waivers": [ { "finding": "hidden-rule:go,⟦walk⟧", "reason": "x", "by": "x", "until": "2027-01-01" } ] }`,
      '/a.patient.json': '{ "for": ["rules.clinical.json"], "expected": [ { "fired": ["⟦walk⟧"], "notFired": ["⟦walk⟧", "b"] } ] }',
    }));

  it('are what replaces or removes it in an adaptation', () =>
    check({
      '/base.clinical.json': '{ "id": "b", "version": "1.0.0", "rules": [ { "id": "⟦wa‸lk⟧", "then": [] }, { "id": "run", "then": [] } ] }',
      '/ward.clinical.json': `{ "id": "w", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" }, "rules": [ { "id": "⟦walk⟧", "reason": "x", "then": [] } ] }`,
      '/other.clinical.json': `{ "id": "w", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" }, "remove": [ { "id": "⟦walk⟧", "reason": "x" } ] }`,
    }));

  it('are the records of one patient and of those that extend it', () =>
    check({
      '/words.clinical.json': VOCABULARY,
      '/a.patient.json': '{ "for": ["words.clinical.json"], "groups": { "lesions": { "records": [ { "id": "⟦one⟧" } ] } } }',
      '/b.patient.json': `{ "extends": "a.patient.json", "groups": { "lesions": { "records": [ { "id": "⟦o‸ne⟧" } ] } },
        "expected": [ { "missing": ["lesions.⟦one⟧.site"] } ] }`,
      '/c.patient.json': '{ "for": ["words.clinical.json"], "groups": { "lesions": { "records": [ { "id": "one" } ] } } }',
    }));
});

describe('names in what is expected of a patient', () => {
  const RULES = `{ "id": "r", "sites": { "L3": { "title": "L3" } }, "activities": { "⟦walk⟧": { "title": "Walk" } },
    "parameters": { "effort": { "title": "Effort", "order": ["light", "hard"] } },
    "scores": { "sum": { "components": { "one": { "options": { "none": 0 } } }, "bands": { "low": { "atMost": 0 } } } } }`;

  it('are found in effects', () =>
    check({
      '/r.clinical.json': RULES,
      '/p.patient.json':
        '{ "for": ["r.clinical.json"], "expected": [ { "effects": [ { "recommend": "⟦wa‸lk⟧", "at": ["L3"] } ], "noEffects": [ { "limit": "effort", "of": "⟦walk⟧", "atMost": "light" } ] } ] }',
    }));
  it('are found in bands', () =>
    check({
      '/r.clinical.json': RULES.replace('⟦walk⟧', 'walk').replace('"low"', '"⟦low⟧"'),
      '/p.patient.json': '{ "for": ["r.clinical.json"], "expected": [ { "bands": { "sum": ["⟦l‸ow⟧"] } } ] }',
    }));
});

describe('names in a table of cases', () => {
  const RULES = `{ "id": "r", "facts": { "⟦age⟧": { "type": "quantity", "unit": "a" }, "sex": { "type": "code", "values": ["female", "male"] } },
    "scores": { "sum": { "components": { "one": { "options": { "none": 0, "some": 1 } } }, "bands": { "low": { "atMost": 0 } } } } }`;

  it('are found in its headings and cells', () => {
    check({
      '/r.clinical.json': RULES,
      '/p.patient.json':
        '{ "for": ["r.clinical.json"], "cases": { "ruleSet": "r", "columns": ["case", "⟦a‸ge⟧ in a"], "rows": [["age", 64]] } }',
    });
    check({
      '/r.clinical.json': RULES.replace('⟦age⟧', 'age').replace('"some"', '"⟦some⟧"'),
      '/p.patient.json':
        '{ "for": ["r.clinical.json"], "cases": { "ruleSet": "r", "columns": ["sum.one"], "rows": [["⟦so‸me⟧"], [{ "oneOf": ["none", "⟦some⟧"] }]] } }',
    });
  });
  it('are found in a CSV file', () => {
    const patient = '{ "for": ["r.clinical.json"], "cases": { "ruleSet": "r", "csv": "edges.csv" } }';
    check({
      '/r.clinical.json': RULES.replace('"⟦age⟧"', '"⟦a‸ge⟧"'),
      '/p.patient.json': patient,
      '/edges.csv': 'case, ⟦age⟧ in a,sum.one,expected.bands.sum\nage,64,none|some,low\n',
    });
    check({
      '/r.clinical.json': RULES.replace('⟦age⟧', 'age').replace('"low"', '"⟦l‸ow⟧"'),
      '/p.patient.json': patient,
      '/edges.csv': 'case,age in a,expected.bands.sum\nlow,64,"⟦low⟧"\n',
    });
  });
});

describe('the samples', () => {
  const workspace = samples();

  it('have no name that means nothing', () => {
    const lost: string[] = [];
    for (const file of workspace.known())
      for (const mention of mentionsIn(workspace, file)) {
        if (meaningOf(workspace, mention).named.length === 0 && !mayMeanNothing(mention)) lost.push(`${file} ${mention.name}`);
      }
    assert.deepEqual(lost, []);
  });

  it('find each name from each of its places alike', () => {
    let tried = 0;
    for (const file of workspace.known().filter(name => !name.includes('/branches/')))
      for (const mention of mentionsIn(workspace, file).filter(isDeclaration)) {
        const all = occurrencesOf(workspace, mention);
        const last = all.at(-1)!;
        const again = occurrencesOf(workspace, last);
        assert.equal(again.length, all.length, `${mention.name} in ${file}`);
        tried++;
      }
    assert.ok(tried > 900, String(tried));
  });
});

/** Paths, answers that every decision has, and constants that are no names: dates. */
function mayMeanNothing({ name, sense }: ReturnType<typeof mentionsIn>[number]): boolean {
  if (sense.kind === 'path') return true;
  if (sense.kind === 'in-patient' && sense.as.kind === 'answer') return ['undetermined', 'no-answer', 'conflict'].includes(name);
  return /^\d{4}-|^never$/.test(name);
}
