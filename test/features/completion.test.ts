/** Completion of keys and names in rule sets, one place at a time: what is proposed there, in which order, and what the text is once it is accepted. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets of the protocol look like that.
import assert from 'node:assert/strict';
import { accept, check, inRecord, inRuleSet, inThen, inWhen, proposed, refuses, VOCABULARY } from './completing.ts';

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
    check(inRuleSet('"facts": { "x": { "title": "X", "type": "code", ‸ } }'), 'values', 'required', 'code', 'fhirPath', 'reason');
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
