/** Hover: each kind of name, units, keys, recorded values; and every place of every sample. */
import assert from 'node:assert/strict';
import { hoverAt } from '../../server/src/features/hover.ts';
import { samples } from '../support/sample-workspace.ts';
import { opened } from './cursor.ts';

const RULES = `{ "id": "stop", "title": "Stop", "version": "1.0.0",
  "sources": { "book": { "title": "A book", "published": "2020", "kind": "review" } },
  "sites": { "spine": { "title": "Spine" }, "L3": { "title": "Third lumbar vertebra", "partOf": "spine" } },
  "activities": { "load": { "title": "Load" }, "squat": { "title": "Squat", "isA": "load" } },
  "facts": { "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "minimum": 0, "maximum": 6, "alsoIn": { "mg/dL": 4 } },
    "frail": { "title": "Frail_ty", "type": "boolean", "required": true } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "site": { "title": "Site", "type": "code", "values": "sites" } } } },
  "derived": { "double": { "title": "Double", "type": "quantity", "unit": "mmol/L", "product": [2, { "fact": "calcium" }] } },
  "scores": { "sum": { "title": "Sum", "components": { "one": { "title": "One", "options": { "none": 0, "some": { "title": "Some", "points": 2 } }, "undefined": { "refused": "No points in the book." } } },
    "bands": { "low": { "title": "Low", "atMost": 0 }, "high": { "atLeast": 1 } } } },
  "thresholds": { "severe": { "title": "Severe", "fact": "calcium", "atLeast": { "mmol/L": 3.5, "mg/dL": 14 }, "source": { "id": "book", "at": "p. 3" } } },
  "decisions": { "go": { "title": "May go?", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [ { "id": "hold", "title": "Hold", "when": { "threshold": "severe" }, "until": { "fact": "frail", "is": false }, "then": [ { "decide": "go", "as": "no" } ], "source": { "id": "book", "at": "p. 4" } } ],
  "precautions": [ { "id": "back", "title": "Mind the back", "site": "spine", "then": [ { "avoid": "load", "at": "here" } ], "source": { "id": "book", "at": "p. 5" } } ] }`;

const PATIENT =
  '{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["r.clinical.json"], "facts": { "calcium": { "value": 13.5, "unit": "mg/dL" } }, "scores": { "sum": { "options": { "one": "some" } } } }';

function hovered(file: string, marked: string, others: Readonly<Record<string, string>> = {}) {
  const { workspace, file: own, offset, texts } = opened({ ...others, [file]: marked });
  const hover = hoverAt(workspace, own, offset);
  return hover && { said: hover.markdown, at: texts.get(own)!.slice(hover.span.start, hover.span.end) };
}

/** What is said of the first place in the rule set that reads so; the cursor is on its second character. */
function said(place: string): string {
  assert.ok(RULES.includes(place), place);
  return hovered('/r.clinical.json', RULES.replace(place, `${place.slice(0, 2)}‸${place.slice(2)}`))?.said ?? '';
}

function saidOfPatient(place: string): string {
  assert.ok(PATIENT.includes(place), place);
  const marked = PATIENT.replace(place, `${place.slice(0, 2)}‸${place.slice(2)}`);
  return hovered('/p.patient.json', marked, { '/r.clinical.json': RULES })?.said ?? '';
}

describe('hover', () => {
  it('tells a fact with its unit, domain and uses', () =>
    assert.equal(
      said('"calcium"'),
      '**Calcium**  \nFact `calcium`\n\nRecorded as mmol/L, 0 to 6; also in mg/dL (1 mmol/L is 4 mg/dL).\n\nUsed by 1 derived fact (double) and 1 threshold (severe).',
    ));
  it('writes titles as text, whatever Markdown would make of them', () => {
    assert.match(said('"frail"'), /^\*\*Frail\\_ty\*\* {2}\nFact `frail`\n\nRecorded as yes or no\. It must be recorded\./);
  });
  it('tells where it stands', () => {
    assert.equal(hovered('/r.clinical.json', RULES.replace('"calcium"', '"cal‸cium"'))?.at, 'calcium');
  });
  it('tells a derived fact with its formula', () => assert.match(said('"double"'), /\n\n2 × calcium \(mmol\/L\)\./));
  it('tells a group with its facts', () => assert.match(said('"lesions"'), /\| Site \| a site \|/));
  it('tells a score with its table, bands and reach', () => {
    const text = said('"sum"');
    assert.match(text, /\| One \| None \| 0 \|\n\| {2}\| Some \| 2 \|/);
    assert.match(text, /\| Low \| at most 0 \|\n\| High \| at least 1 \|/);
    assert.match(text, /Totals that can be reached: 0 and 2\./);
  });
  it('tells a component and an option with points', () => {
    assert.match(said('"one"'), /^Component `one`, of Sum\n\nOne\n\n\| Component \| Finding \| Points \|/);
    assert.match(said('"some"'), /^Option `some`, of One\n\nSome: 2 points in “Sum”\./);
    assert.match(said('"refused"'), /Can be recorded and has no points: they are unknown\. No points in the book\./);
  });
  it('tells a band', () => assert.match(said('"high"'), /^Band `high`, of Sum\n\nHigh: a total of at least 1\./));
  it('tells a threshold with its numbers and source', () =>
    assert.match(
      said('"severe"'),
      /Calcium is at least 3\.5 mmol\/L or 14 mg\/dL\.\n\nSource: A book; p\. 3\.\n\nUsed by 1 rule \(hold\)\./,
    ));
  it('tells a rule in one sentence', () =>
    assert.match(
      said('"hold"'),
      /If severe \(calcium is at least .*\), until .* is no: the answer to “May go\?” is “no”\.\n\nSource: A book; p\. 4\./,
    ));
  it('tells a decision and its values', () => {
    assert.match(said('"go"'), /Answers, strictest first: “no” or “yes”\./);
    assert.match(said('"no",'), /^Value `no`, of May go\?\n\nAn answer to “May go\?”\. Stricter than “yes”\./);
    assert.match(said('"yes"'), /The loosest answer\./);
  });
  it('tells a site with what lies below and the precautions there', () => {
    const text = said('"spine"');
    assert.match(text, /Below it: third lumbar vertebra\./);
    assert.match(text, /Precautions there:\n\n- \*\*Mind the back\*\*: For each lesion in the spine: load is to be avoided there\./);
    assert.match(said('"L3"'), /Part of spine\.[\s\S]*Precautions there:\n\n- \*\*Mind the back\*\*/);
  });
  it('tells what bars an activity, by what it is a kind of', () =>
    assert.match(said('"squat"'), /A kind of load\.\n\nTo be avoided by:\n\n- Mind the back/));
  it('tells a source with its citation', () => assert.match(said('"book"'), /^\*\*A book\*\* {2}\nSource `book`\n\n2020\\\. Review\./));
  it('tells a unit and what it is in others', () => {
    assert.match(said('"mmol/L", "minimum"'), /^Unit \*\*mmol\/L\*\* \(`mmol\/L` in UCUM\)\n\n1 mmol\/L is .*1000 umol|1000 µmol\/L/);
    assert.match(said('"mg/dL": 4'), /Calcium: 1 mmol\/L is 4 mg\/dL\./);
  });
  it('tells a key with an example', () => {
    const text = said('"resolve"');
    assert.match(text, /^\*\*[^*]+\*\* `resolve`\n\n/);
    assert.match(text, /For example:\n\n```json\n"strictest"\n```$/);
  });
  it('tells a value of a closed list', () => assert.match(said('"strictest"'), /`strictest`: /));
  it('tells a file', () =>
    assert.match(
      hovered('/m.clinical.json', '{ "uses": ["r.cli‸nical.json"] }', { '/r.clinical.json': RULES })?.said ?? '',
      /^Rule set \*\*Stop\*\*, version 1\.0\.0\n\nDeclares 2 rules, 3 facts, 1 score and 2 sites\.$/,
    ));
  it('says nothing beside everything', () => assert.equal(hovered('/r.clinical.json', '{ ‸ "id": "r" }'), undefined));
  it('works in a half-typed file', () =>
    assert.match(
      hovered(
        '/r.clinical.json',
        '{ "facts": { "tired": { "title": "Tired", "type": "boolean" } }, "rules": [ { "when": { "fact": "ti‸red" ',
      )?.said ?? '',
      /^\*\*Tired\*\*/,
    ));
});

describe('hover in a patient', () => {
  it('tells the value beside its domain and the nearest bounds', () => {
    const text = saidOfPatient('"calcium"');
    assert.match(text, /^Recorded: \*\*13\.5 mg\/dL\*\*\.\n\nThat is 3\.375 mmol\/L\.\n\nMay be recorded: 0 to 6 mmol\/L\./);
    assert.match(text, /Nearest bounds:\n\n- Severe: at least 14 mg\/dL, 0\.5 mg\/dL below it/);
    assert.equal(saidOfPatient('13.5'), text);
  });
  it('says so where a value is outside', () => {
    const marked = PATIENT.replace('"calcium"', '"cal‸cium"').replace('13.5', '40');
    assert.match(
      hovered('/p.patient.json', marked, { '/r.clinical.json': RULES })?.said ?? '',
      /\*\*Outside\*\* what may be recorded: 0 to 6 mmol\/L\./,
    );
  });
  it('tells an option with its points', () => assert.match(saidOfPatient('"some"'), /Some: 2 points in “Sum”\./));
  it('tells a key', () => assert.match(saidOfPatient('"asOf"'), /^\*\*As of\*\* `asOf`/));
});

describe('every place of every sample', function () {
  this.timeout(90_000);
  it('has a hover without an error, and every name of it something to say', () => {
    const workspace = samples();
    let said = 0;
    for (const file of workspace.known().filter(name => !name.includes('/branches/'))) {
      const { text } = workspace.snapshot(file) as { text: string };
      for (let offset = 0; offset <= text.length; ) {
        const hover = hoverAt(workspace, file, offset);
        if (hover) {
          assert.ok(hover.span.start <= offset + 1 && hover.span.end >= offset - 1 && hover.markdown.trim() !== '', `${file} ${offset}`);
          assert.doesNotMatch(hover.markdown, /: undefined|undefined,|\[object|NaN/, `${file} ${offset}`);
          said++;
        }
        // All places of one word say the same.
        offset = hover && hover.span.end > offset ? hover.span.end + 1 : offset + 1;
      }
    }
    assert.ok(said > 5000, String(said));
  });
});
