/** Completion in patients and in half-typed texts, templates of whole items, and the words about a proposal. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets of the protocol look like that.
import assert from 'node:assert/strict';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { accept, check, inPatient, inRecord, inRuleSet, inThen, inWhen, proposed } from './completing.ts';

describe('completion in a patient', () => {
  it('proposes the facts of the rule sets it is for, but those it has', () => {
    check(inPatient('"facts": { "pain": true, ‸ }'), 'calcium', 'sex', 'falls', 'fracture-on', 'remark');
    accept(inPatient('"facts": { ‸ }'), 'calcium', '"calcium": { "value": ${1:0}, "unit": "${2:mmol/L}" }');
    check(inPatient('"groups": { "lesions": { "records": [{ "id": "a", "facts": { ‸ } }] } }'), 'site', 'stable');
  });
  it('proposes values and declared units only', () => {
    check(inPatient('"facts": { "pain": ‸ }'), 'true', 'false', '…');
    check(inPatient('"facts": { "sex": "‸" }'), 'female', 'male', '…');
    check(inPatient('"facts": { "sex": { "oneOf": ["female", "‸"] } }'), 'male');
    check(inPatient('"facts": { "fracture-on": "‸" }'), '2026-03-04', 'never', '…');
    check(inPatient('"facts": { "calcium": { "value": 3, "unit": "‸" } }'), 'mmol/L', 'mg/dL');
  });
  it('proposes scores of the record, components that are recorded, and their options', () => {
    const record = (rest: string) => inPatient(`"groups": { "lesions": { "records": [{ "id": "a", "scores": { ${rest} } }] } }`);
    check(record('‸'), 'sins');
    check(record('"sins": { "options": { ‸ } }'), 'kind');
    check(record('"sins": { "options": { "kind": "‸" } }'), 'lytic', 'blastic', '…');
  });
  it('proposes what can be expected', () => {
    check(inPatient('"expected": [{ "ruleSet": "‸" }]'), 'words');
    check(inPatient('"expected": [{ "ruleSet": "words", "decisions": { ‸ } }]'), 'clearance');
    check(
      inPatient('"expected": [{ "ruleSet": "words", "decisions": { "clearance": "‸" } }]'),
      'no',
      'yes',
      'undetermined',
      'no-answer',
      'conflict',
      '…',
    );
  });
});

describe('completion in a half-typed text', () => {
  const rest = '\n  "facts": { "fever": { "title": "Fever", "type": "boolean" } } }';
  const typed = (marked: string) => ({
    '/a.clinical.json': `{ "id": "a", "title": "A", "version": "1.0.0",\n  "rules": [{ "id": "r", "when": ${marked}${rest}`,
  });
  for (const marked of [
    '{ "fact": "‸" }, "then": [] }],',
    '{ "fact": "fe‸ }, "then": [] }],',
    '{ "fact": fe‸ }, "then": [] }],',
    '{ "fact": ‸ }, "then": [] }],',
    '{ "fact": "fe‸ver" }, "then": [] }],',
    '{ "fact": "‸fever", "is": true }, "then": [] }],',
    '{ "fact": "‸, "is": true }, "then": [] }],',
    '{ "all": [{ "fact": "‸ ] }, "then": [] }],',
    '{ "fact": "‸',
    '{ "fact":\n"‸" }, "then": [] }],',
    '{ "fact": "‸" "is": true }, "then": [] }],',
  ])
    it(`proposes the fact declared further down: ${marked.replaceAll('\n', ' ')}`, () => {
      accept(typed(marked), 'fever', '"fever"');
      assert.ok(proposed(typed(marked)).found.every(({ kind }) => kind === 'fact'));
    });
  it('replaces the whole string, whatever side of the cursor it is on', () =>
    accept(typed('{ "fact": "fe‸verish", "is": true }, "then": [] }],'), 'fever', '"when": { "fact": "fever", "is": true }'));
  it('closes a string that was not closed', () =>
    accept(typed('{ "fact": "fe‸ }, "then": [] }],'), 'fever', '"when": { "fact": "fever" }, "then"'));
  it('reads a key without quotes or colon', () => {
    accept(typed('{ "fact": "fever", i‸ }, "then": [] }],'), 'is', '"fever", "is": ${1|true,false|} }');
    accept(typed('{ "fact": "fever", "i‸ }, "then": [] }],'), 'is', '"fever", "is": ${1|true,false|} }');
  });
  it('proposes a whole rule set in an empty file, and a patient', () => {
    for (const text of ['‸', '\n‸\n', '"‸"']) {
      accept({ '/a.clinical.json': text }, 'rule set', '"title": "${2:My rules}"');
      accept({ '/a.patient.json': text }, 'patient', '"asOf": "2026-11-22"', false);
    }
  });
  it('is silent in ids and words that only the author knows', () => {
    check(inRuleSet('"description": "for ‸"'));
    check(inRuleSet('"rules": [{ "id": "‸" }]'));
    check(inRuleSet('"facts": { "x": { "title": "Fe‸ver", "type": "boolean" } }'));
  });
  it('is silent in what is no file of ours, or behind its end', () => {
    check({ '/a.clinical.json': '{ "id": "a" } ‸' });
    check({ '/a.clinical.json': '[‸]' });
  });
});

describe('templates', () => {
  const places = [
    ...[
      'sources',
      'sites',
      'activities',
      'interventions',
      'assessments',
      'referrals',
      'approvals',
      'parameters',
      'phases',
      'facts',
      'groups',
      'derived',
      'scores',
      'thresholds',
      'decisions',
    ].map(section => `"${section}": { ‸ }`),
    ...['rules', 'precautions', 'impossible', 'notes', 'waivers'].map(section => `"${section}": [‸]`),
    '"groups": { "g": { "title": "G", "facts": { ‸ } } }',
    '"scores": { "s": { "title": "S", "components": { ‸ } } }',
    '"scores": { "s": { "title": "S", "components": { "c": { "title": "C", "options": { "a": 1, ‸ } } }, "bands": { "b": {}, ‸ } } }'.replace(
      ', ‸ } } },',
      ' } } },',
    ),
    '"scores": { "s": { "title": "S", "components": { "c": { "title": "C", "options": { "a": 1, ‸ } } } } }',
  ];
  for (const place of places)
    it(`are valid once accepted: ${place}`, () => {
      for (const files of [inRuleSet(place), { '/a.clinical.json': `{ "id": "a", "title": "A", "version": "1.0.0", ${place} }` }]) {
        const { found, text } = proposed(files, false);
        const templates = found.filter(({ kind, note }) => kind === 'template' && note === 'new');
        if (files['/words.clinical.json']) assert.notEqual(templates.length, 0);
        for (const { label, edit, more } of templates) {
          const document = parseDocument(applyEdits(text, [edit, ...more]));
          assert.deepEqual([document.problems, checkSchema(document, 'rule-set')], [[], []], `${label}: ${document.text}`);
        }
      }
    });
  it('take lines of their own in a list that stood on one', () =>
    accept(inRuleSet('"rules": [‸]'), 'rule: decides', '"rules": [\n  {\n    "id": "${1:new-rule}",'));
  it('have an id that is free', () => {
    accept(inRuleSet('"facts": { "new-fact": { "title": "N", "type": "boolean" }, ‸ }'), 'fact: yes or no', '"new-fact-2": {', false);
    accept(
      inRuleSet('"scores": { "s": { "title": "S", "components": { "new-component": { "title": "C", "options": { "a": 1 } }, ‸ } } }'),
      'component: options',
      '"new-component-2": {',
      false,
    );
  });
});

describe('documentation of a proposal', () => {
  it('says of a key what it means, with an example', () =>
    assert.equal(
      proposed(inWhen('{ ‸ }')).documentation('fact'),
      'The fact that is tested; it may be a derived one.\n\n```json\n"fact": "acute-cord-compression"\n```',
    ));
  it('says of a value of the schema what it means', () =>
    assert.equal(proposed(inRuleSet('"status": "‸"')).documentation('draft'), 'Still being written or reviewed; every outcome says so.'));
  it('says of a fact what it is', () =>
    assert.equal(
      proposed(inWhen('{ "fact": "‸" }')).documentation('calcium'),
      '**Serum calcium**\n\nA measurement.\n\nIn `mmol/L`, also `mg/dL`.\n\n0 to 6 mmol/L.\n\nIn `words.clinical.json`',
    ));
  it('says of a threshold, a score and a site what they stand for', () => {
    assert.match(
      proposed(inWhen('{ "threshold": "‸" }')).documentation('high-calcium')!,
      /Met where serum calcium is at least 3 mmol\/L\./,
    );
    assert.match(
      proposed(inRecord('{ "score": "‸" }')).documentation('sins')!,
      /Adds kind and place\.\n\n- Safe: at most 1\n- Unsafe: at least 2/,
    );
    assert.match(
      proposed(inThen('{ "avoid": "squat", "at": ["‸"] }')).documentation('spine')!,
      /With Third lumbar vertebra|With third lumbar vertebra/,
    );
  });
  it('shows what a template writes', () =>
    assert.match(
      proposed(inRuleSet('"facts": { ‸ }')).documentation('fact: yes or no')!,
      /```json\n"new-fact": \{ "title": "New fact", "type": "boolean" \}\n```/,
    ));
});
