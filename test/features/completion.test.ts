/** Completion, one place at a time: what is proposed there, in which order, and what the text is once it is accepted. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets of the protocol look like that.
import assert from 'node:assert/strict';
import { documentationOf } from '../../server/src/features/completion/documentation.ts';
import { type Completion, completionsAt } from '../../server/src/features/completion.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { opened } from './cursor.ts';

const VOCABULARY = `{ "id": "words", "title": "Words", "version": "2.1.0", "role": "library",
  "sources": { "guide": { "title": "The guide", "published": "2025" } },
  "sites": { "spine": { "title": "Spine" }, "L3": { "title": "Third lumbar vertebra", "partOf": "spine" } },
  "activities": { "loading": { "title": "Axial loading" }, "squat": { "title": "Squat", "isA": "loading" } },
  "assessments": { "scan": { "title": "CT of the spine" } },
  "parameters": { "intensity": { "title": "Intensity", "order": ["light", "hard"] }, "minutes": { "title": "Minutes", "unit": "min/wk" } },
  "phases": { "week-1": { "title": "First week" } },
  "facts": {
    "pain": { "title": "Pain", "type": "boolean" },
    "calcium": { "title": "Serum calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 }, "minimum": 0, "maximum": 6 },
    "sex": { "title": "Sex", "type": "code", "values": { "female": { "title": "Female" }, "male": {} } },
    "falls": { "title": "Falls", "type": "integer" },
    "fracture-on": { "title": "Fracture", "type": "date" },
    "remark": { "title": "Remark", "type": "text" } },
  "groups": { "lesions": { "title": "Bone lesion", "facts": {
    "site": { "title": "Site", "type": "code", "values": "sites" }, "stable": { "title": "Stable", "type": "boolean" } } } },
  "thresholds": { "high-calcium": { "title": "High calcium", "fact": "calcium", "atLeast": { "mmol/L": 3 } } },
  "scores": { "sins": { "title": "Spine score", "of": "lesions",
    "components": { "kind": { "title": "Kind", "options": { "lytic": { "title": "Lytic", "points": 2 }, "blastic": 0 } }, "place": { "title": "Place", "options": { "L3": 1 }, "from": "site" } },
    "bands": { "safe": { "title": "Safe", "atMost": 1 }, "unsafe": { "atLeast": 2 } } } },
  "decisions": { "clearance": { "title": "May they exercise?", "values": { "no": { "title": "Not now" }, "yes": {} }, "resolve": "strictest" } } }`;

/** What stands around the cursor is the rest of a rule set that uses the vocabulary. */
function inRuleSet(marked: string): Record<string, string> {
  return {
    '/words.clinical.json': VOCABULARY,
    '/a.clinical.json': `{ "id": "a", "title": "A", "version": "1.0.0", "uses": ["words.clinical.json"], ${marked} }`,
  };
}

function inPatient(marked: string): Record<string, string> {
  return {
    '/words.clinical.json': VOCABULARY,
    '/p.patient.json': `{ "id": "p", "title": "P", "asOf": "2026-03-04T10:00:00Z", "for": ["words.clinical.json"], ${marked} }`,
  };
}

/** In a condition of the patient, and of a record. */
const inWhen = (marked: string) => inRuleSet(`"rules": [{ "id": "r", "when": ${marked}, "then": [{ "avoid": "squat" }] }]`);
const inRecord = (marked: string) =>
  inRuleSet(`"rules": [{ "id": "r", "of": "lesions", "when": ${marked}, "then": [{ "avoid": "squat" }] }]`);
const inThen = (marked: string) => inRuleSet(`"rules": [{ "id": "r", "then": [${marked}] }]`);

interface Proposed {
  readonly found: readonly Completion[];
  readonly text: string;
  readonly offset: number;
  documentation(label: string): string | undefined;
}

function proposed(files: Readonly<Record<string, string>>, snippets = true): Proposed {
  const { workspace, file, offset, texts } = opened(files);
  const found = [...completionsAt(workspace, file, offset, { today: '2026-11-22', snippets })].sort((a, b) => (a.sort < b.sort ? -1 : 1));
  const documentation = (label: string) => documentationOf(workspace, file, found.find(one => one.label === label)!.about!);
  return { found, text: texts.get(file)!, offset, documentation };
}

/** The proposals at the cursor, best first: exactly these, or these first where the list ends with `…`. */
function check(files: Readonly<Record<string, string>>, ...labels: readonly string[]): void {
  const found = proposed(files).found.map(({ label }) => label);
  const open = labels.at(-1) === '…';
  const expected = open ? labels.slice(0, -1) : labels;
  assert.deepEqual(open ? found.slice(0, expected.length) : found, expected);
}

/** What stands in place of the marked text once the proposal is taken: `⟦…⟧` in the files, and in what is expected the snippet's own stops. */
function accept(files: Readonly<Record<string, string>>, label: string, expected: string, snippets = true): void {
  const { found, text } = proposed(files, snippets);
  const one = found.find(each => each.label === label);
  assert.ok(one, `${label} is not among ${found.map(each => each.label).join(', ')}`);
  const after = applyEdits(text, [one.edit, ...one.more]);
  assert.ok(after.includes(expected), `${expected}\nis not in\n${after}`);
}

function refuses(files: Readonly<Record<string, string>>, ...labels: readonly string[]): void {
  const found = proposed(files).found.map(({ label }) => label);
  assert.deepEqual(
    labels.filter(label => found.includes(label)),
    [],
  );
}

describe('completion of keys', () => {
  it('proposes the keys of every kind while the kind is open', () =>
    check(inWhen('{ ‸ }'), 'fact', 'score', 'threshold', 'all', 'any', 'not', 'some', 'none', 'every', 'count', 'unknown'));
  it('keeps to the kinds that have the keys that are there', () => check(inWhen('{ "where": {}, ‸ }'), 'some', 'none', 'every', 'count'));
  it('proposes the tests that fit the type of the fact', () => {
    check(inWhen('{ "fact": "pain", ‸ }'), 'is');
    check(inWhen('{ "fact": "sex", ‸ }'), 'is', 'in');
    check(inWhen('{ "fact": "fracture-on", ‸ }'), 'is', 'atLeast', 'atMost', 'above', 'below');
    check(inWhen('{ "fact": "falls", ‸ }'), 'atLeast', 'atMost', 'above', 'below', 'is', 'in');
  });
  it('leaves out what excludes a key that is there', () => {
    check(inWhen('{ "fact": "falls", "atLeast": 1, ‸ }'), 'atMost', 'below');
    check(inWhen('{ "fact": "calcium", "is": 1, ‸ }'), 'unit');
    refuses(inWhen('{ "fact": "calcium", "atLeast": { "mmol/L": 1 }, ‸ }'), 'unit', 'is', 'in', 'above');
    check(inWhen('{ "score": "sins", "in": ["safe"], ‸ }'));
  });
  it('puts what is required first, and says so', () => {
    const { found } = proposed(inRuleSet('"facts": { "x": { ‸ } }'));
    assert.deepEqual(
      found.map(({ label, note }) => [label, note]),
      [
        ['title', 'required'],
        ['type', 'required'],
      ],
    );
    check(inRuleSet('"facts": { "x": { "title": "X", "type": "quantity", ‸ } }'), 'unit', 'alsoIn', 'minimum', 'maximum', '…');
    check(inRuleSet('"facts": { "x": { "title": "X", "type": "code", ‸ } }'), 'values', 'required', 'code', 'reason');
  });
  it('leaves the cursor where the value goes, in brackets of the right sort', () => {
    accept(inWhen('{ ‸ }'), 'fact', '{ "fact": "$1" }');
    accept(inWhen('{ ‸ }'), 'all', '{ "all": [$1] }');
    accept(inWhen('{ ‸ }'), 'not', '{ "not": { $1 } }');
    accept(inWhen('{ "fact": "pain", ‸ }'), 'is', '"is": ${1|true,false|} }');
    accept(inWhen('{ "fact": "sex", ‸ }'), 'in', '"in": ["$1"] }');
    accept(inWhen('{ "fact": "falls", ‸ }'), 'atLeast', '"atLeast": ${1:0} }');
    accept(inWhen('{ "score": "sins", ‸ }'), 'total', '"total": { $1 } }');
    accept(inThen('{ "avoid": "squat" }], "override": { "rules": [], ‸ }, "x": ['), 'reason', '"reason": "$1" }');
    accept(inRuleSet('‸'), 'basedOn', '"basedOn": { "file": "$1", "version": "$2" }');
  });
  it('brings the unit along with a bound of a quantity', () =>
    accept(inWhen('{ "fact": "calcium", ‸ }'), 'atLeast', '"atLeast": ${1:0}, "unit": "${2:mmol/L}" }'));
  it('gives a section lines of its own', () => accept(inRuleSet('‸'), 'rules', '"rules": [\n  $1\n] }'));
  it('writes plain text where the editor knows no stops', () => {
    accept(inWhen('{ "fact": "calcium", ‸ }'), 'atLeast', '"atLeast": 0, "unit": "mmol/L" }', false);
    accept(inWhen('{ ‸ }'), 'fact', '{ "fact": "" }', false);
  });
  it('replaces only the key where a value follows', () =>
    accept(inWhen('{ "fa‸": "pain", "is": true }'), 'fact', '{ "fact": "pain", "is": true }'));
  it('adds the commas that are missing', () => {
    accept(inWhen('{ "fact": "pain" ‸ }'), 'is', '{ "fact": "pain", "is": ${1|true,false|} }');
    accept(inWhen('{ ‸ "is": true }'), 'fact', '{ "fact": "$1", "is": true }');
    accept(inThen('{ "decide": "clearance" }‸'), 'avoid', '{ "decide": "clearance" }, { "avoid": "$1" }]');
  });
  it('sets blanks inside brackets that stood together, and behind a colon', () => {
    accept(inWhen('{‸}'), 'fact', '{ "fact": "$1" }');
    accept(inWhen('{ "fact":‸ }'), 'pain', '{ "fact": "pain" }');
  });
  it('has nothing between a key and its colon, before a value that is there, or after all keys', () => {
    check(inWhen('{ "fact" ‸ : "pain" }'));
    check(inWhen('‸ { "fact": "pain", "is": true }'));
    check(inWhen('{ "threshold": "high-calcium", ‸ }'));
  });
});

describe('completion of names', () => {
  it('proposes facts, those used most first, and no text', () =>
    check(
      inWhen('{ "all": [{ "fact": "sex", "is": "male" }, { "fact": "sex", "is": "female" }, { "fact": "‸" }] }'),
      'sex',
      'calcium',
      'pain',
      'falls',
      'fracture-on',
    ));
  it('proposes only facts that go with the test that is there', () => {
    check(inWhen('{ "fact": "‸", "atLeast": 3 }'), 'calcium', 'falls');
    check(inWhen('{ "fact": "‸", "below": "2026-01-01" }'), 'fracture-on');
  });
  it('puts the facts of the record first, in a rule of a group and in a where', () => {
    check(inRecord('{ "fact": "‸" }'), 'site', 'stable', '…');
    check(inWhen('{ "some": "lesions", "where": { "fact": "‸" } }'), 'site', 'stable', '…');
    refuses(inWhen('{ "fact": "‸" }'), 'site', 'stable');
  });
  it('proposes the score of a record only within it', () => {
    check(inRecord('{ "score": "‸" }'), 'sins');
    check(inWhen('{ "score": "‸" }'));
  });
  it('proposes bands, thresholds, groups, decisions and their values', () => {
    check(inRecord('{ "score": "sins", "in": ["‸"] }'), 'safe', 'unsafe');
    check(inRecord('{ "score": "sins", "in": ["safe", "‸"] }'), 'unsafe');
    check(inWhen('{ "threshold": "‸" }'), 'high-calcium');
    check(inWhen('{ "some": "‸" }'), 'lesions');
    check(inThen('{ "decide": "‸" }'), 'clearance');
    check(inThen('{ "decide": "clearance", "as": "‸" }'), 'no', 'yes');
    check(inRuleSet('"rules": [{ "id": "r", "then": [], "given": { "decision": "clearance", "in": ["‸"] } }]'), 'no', 'yes');
  });
  it('proposes what is advised, sites, phases, parameters and places', () => {
    check(inThen('{ "avoid": "‸" }'), 'loading', 'squat', 'scan');
    check(inThen('{ "avoid": "squat", "at": ["‸"] }'), 'spine', 'L3');
    check(inThen('{ "avoid": "squat", "at": "‸" }'), 'everywhere', 'here', '…');
    check(inThen('{ "avoid": "squat", "during": ["‸"] }'), 'week-1');
    check(inThen('{ "limit": "‸" }'), 'intensity', 'minutes');
    check(inThen('{ "limit": "intensity", "atMost": "‸" }'), 'light', 'hard');
    check(inThen('{ "recommend": "squat", "with": { "‸" } }'), 'intensity', 'minutes');
    check(inThen('{ "recommend": "squat", "with": { "intensity": { "atMost": "‸" } } }'), 'light', 'hard');
  });
  it('proposes what can be required: advice first, then facts and scores', () =>
    check(inThen('{ "require": "‸" }'), 'loading', 'squat', 'scan', '…'));
  it('proposes rules to override, but not the rule itself', () =>
    check(inRuleSet('"rules": [{ "id": "one", "then": [] }, { "id": "two", "then": [], "override": { "rules": ["‸"] } }]'), 'one'));
  it('proposes no parent that lies below', () => {
    check(inRuleSet('"sites": { "L3a": { "title": "Part", "partOf": "L3" }, "L3": { "title": "Third", "partOf": "‸" } }'), 'spine', '[ ]');
    check(inRuleSet('"activities": { "jump": { "title": "Jump", "isA": "‸" } }'), 'loading', 'squat', 'scan', '[ ]');
  });
  it('proposes to formulas only numbers, to `since` only dates, and never the fact itself', () => {
    const derived = (rest: string) => inRuleSet(`"derived": { "d": { "title": "D", "type": "quantity", "unit": "mmol/L", ${rest} } }`);
    check(derived('"sum": [{ "fact": "‸" }, 1]'), 'calcium', 'falls');
    check(derived('"since": "‸"'), 'fracture-on');
    check(derived('"by": "‸", "formulas": {}'), 'calcium');
  });
  it('proposes the values of a list with their titles, and true or false', () => {
    const { found } = proposed(inWhen('{ "fact": "sex", "is": ‸ }'));
    assert.deepEqual(
      found.map(({ label, title }) => [label, title]),
      [
        ['female', 'female'],
        ['male', undefined],
      ].map(([a, b]) => [a, b === a ? undefined : b]),
    );
    check(inWhen('{ "fact": "pain", "is": ‸ }'), 'true', 'false');
    check(inWhen('{ "fact": "fracture-on", "is": "‸" }'), 'never');
    check(inRecord('{ "fact": "site", "in": ["spine", "‸"] }'), 'L3');
  });
  it('proposes units that fit, those declared first', () => {
    check(inWhen('{ "fact": "calcium", "atLeast": 3, "unit": "‸" }'), 'mmol/L', 'mg/dL', '…');
    refuses(inWhen('{ "fact": "calcium", "atLeast": 3, "unit": "‸" }'), 'kg', 'mm[Hg]', '%');
    check(inWhen('{ "fact": "calcium", "atLeast": { "‸" } }'), 'mmol/L', 'mg/dL', '…');
    check(inThen('{ "limit": "minutes", "atMost": 3, "unit": "‸" }'), 'min/wk', '…');
  });
  it('can be typed by the title too', () => {
    const { found } = proposed(inWhen('{ "fact": "‸" }'));
    assert.equal(found.find(({ label }) => label === 'calcium')!.filter, '"calcium Serum calcium');
  });
  it('proposes whole conditions by the name of what they test', () => {
    accept(inWhen('‸'), 'calcium', '"when": { "fact": "calcium", "atLeast": ${1:0}, "unit": "${2:mmol/L}" }');
    accept(inWhen('‸'), 'high-calcium', '"when": { "threshold": "high-calcium" }');
    accept(inThen('‸'), 'clearance: no', '[{ "decide": "clearance", "as": "no" }]');
  });
  it('starts a list with its first item', () => accept(inWhen('{ "fact": "sex", "in": ‸ }'), 'female', '"in": ["female"] }'));
});

describe('completion of paths, dates and versions', () => {
  const files = {
    '/words.clinical.json': VOCABULARY,
    '/more/rules.clinical.json': '{ "id": "rules", "title": "Rules", "version": "1.0.0" }',
    '/more/user.clinical.json': '{ "id": "user", "title": "User", "version": "1.0.0", "uses": ["../a.clinical.json"] }',
    '/base.patient.json': '{ "id": "base", "title": "Base", "asOf": "2026-01-01" }',
    '/child.patient.json': '{ "id": "child", "title": "Child", "extends": "p.patient.json" }',
  };
  it('proposes files to use, libraries first, and none that uses this one', () =>
    check(
      { ...files, '/a.clinical.json': '{ "id": "a", "title": "A", "version": "1.0.0", "uses": ["‸"] }' },
      'words.clinical.json',
      'more/rules.clinical.json',
    ));
  it('proposes rule sets first for a patient, and bases that do not rest on it', () => {
    check(
      { ...files, '/p.patient.json': '{ "id": "p", "title": "P", "for": ["‸"] }' },
      'more/rules.clinical.json',
      'more/user.clinical.json',
      'words.clinical.json',
    );
    check({ ...files, '/p.patient.json': '{ "id": "p", "title": "P", "extends": "‸" }' }, 'base.patient.json');
  });
  it('climbs out of a folder', () =>
    check(
      { ...files, '/more/b.clinical.json': '{ "id": "b", "title": "B", "version": "1.0.0", "uses": ["../w‸"] }' },
      '../words.clinical.json',
      'rules.clinical.json',
      'user.clinical.json',
    ));
  it('proposes the version the base has now, and a date only where it says nothing about a patient', () => {
    check(inRuleSet('"basedOn": { "file": "words.clinical.json", "version": "‸" }'), '2.1.0');
    check(inRuleSet('"reviewBy": "‸"'), '2027-11-22');
    refuses(inWhen('{ "fact": "fracture-on", "atLeast": "‸" }'), '2026-11-22');
  });
});

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
