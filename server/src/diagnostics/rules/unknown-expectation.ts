/** An expectation about something that the rule set does not have. */
import type { Expected, Patient } from '../../model/patient.ts';
import type { Declarations, Name, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofPatient, type PatientSubject } from '../define.ts';
import { didYouMean, nearest, quoted } from '../words.ts';

interface Unknown {
  readonly name: Name;
  readonly kind: string;
  readonly candidates: readonly string[];
}

export const rule = defineRule<Unknown>({
  code: 'unknown-expectation',
  severity: 'error',
  summary: 'An expectation names something that the rule set does not have.',
  docs: `
Such an expectation can never be met, or, where something is expected not to fire, is always met and proves nothing. Correct the name.
`,

  find: ofPatient(function* (subject) {
    for (const expected of subject.own.expected) yield* unknownIn(expected, subject);
  }),

  say: ({ name, kind, candidates }) => ({
    span: name.span,
    message: `There is no ${kind} ${quoted(name.value)}, so this expectation proves nothing.${didYouMean(nearest(name.value, candidates))} Correct the name.`,
    names: [kind, name.value],
  }),

  fix: ({ name, candidates }) => {
    const better = nearest(name.value, candidates);
    return better === undefined
      ? undefined
      : { title: `Change to ${quoted(better)}`, edits: [{ span: name.span, newText: JSON.stringify(better) }] };
  },
});

const ANSWERS = ['undetermined', 'no-answer', 'conflict'];

function* unknownIn(expected: Expected, { ruleSets, patient }: PatientSubject): Generator<Unknown> {
  if (ruleSets.length === 0) return;
  const ids = ruleSets.flatMap(({ root }) => root.id?.value ?? []);
  const named = expected.ruleSet && ruleSets.find(({ root }) => root.id?.value === expected.ruleSet!.value);
  if (expected.ruleSet && !named) {
    yield { name: expected.ruleSet, kind: 'rule set of this patient called', candidates: ids };
    return;
  }
  const all = named ? [named] : ruleSets;
  yield* among(
    [...expected.fired, ...expected.notFired],
    'rule',
    all.flatMap(({ rules }) => [...rules.keys()]),
  );
  const cited = new Set(all.flatMap(placesCited));
  // One place is as like another as can be: nothing is suggested.
  for (const name of expected.statements) if (!cited.has(name.value)) yield { name, kind: 'rule that cites', candidates: [] };
  yield* unknownAnswers(expected, all);
  const heads = new Set(all.flatMap(inputHeads));
  for (const name of expected.missing) if (!heads.has(name.value.split('.')[0]!)) yield { name, kind: 'input', candidates: [...heads] };
  yield* unknownRecords(expected, patient);
  yield* unknownScores(expected, all, patient);
  yield* unknownEffects(expected, all);
}

function* unknownAnswers(expected: Expected, all: readonly RuleSet[]): Generator<Unknown> {
  for (const [id, answers] of expected.decisions) {
    const values = all.flatMap(({ decisions }) => decisions.get(id)?.values.map(value => value.id) ?? []);
    if (values.length > 0) yield* among(answers, `value of ${quoted(id)} called`, [...values, ...ANSWERS]);
    else if (answers[0]) yield { name: { value: id, span: answers[0].span }, kind: 'decision', candidates: [] };
  }
}

/** Scores, their bands and the records that have them. */
function* unknownScores({ totals, bands, span }: Expected, all: readonly RuleSet[], { groups }: Patient): Generator<Unknown> {
  for (const [id, records] of [...totals, ...bands]) {
    const place = [...records.values()][0]?.span ?? { start: span.start, end: span.start + 1 };
    const scores = all.flatMap(ruleSet => ruleSet.scores.get(id) ?? []);
    if (scores.length === 0) yield { name: { value: id, span: place }, kind: 'score', candidates: [] };
    for (const [record, expected] of scores.length > 0 ? records : []) {
      const group = scores[0]!.of?.value;
      const known = group === undefined ? record === '' : groups.get(group)?.records.some(each => each.id === record);
      const kind =
        group === undefined ? `record of the patient’s own score ${quoted(id)} called` : `record with a score ${quoted(id)} called`;
      if (!known) yield { name: { value: record, span: expected.span }, kind, candidates: [] };
      const ids = scores.flatMap(({ bandSets }) => [...bandSets.values()].flat().map(band => band.id));
      if ('bands' in expected) yield* among(expected.bands, `band of ${quoted(id)} called`, ids);
    }
  }
}

/** What can be advised, parameters and sites. */
function* unknownEffects({ effects, noEffects }: Expected, all: readonly RuleSet[]): Generator<Unknown> {
  const ids = (tables: readonly (keyof Declarations)[]) => all.flatMap(ruleSet => tables.flatMap(table => [...ruleSet[table].keys()]));
  const groups = all.flatMap(ruleSet => [...ruleSet.groups.values()].flatMap(({ facts }) => [...facts.keys()]));
  for (const { verb, what, at, span } of [...effects, ...noEffects]) {
    if (!verb || !what) {
      yield { name: { value: '', span }, kind: EFFECT, candidates: [] };
      continue;
    }
    const inputs = verb.value === 'require' ? [...ids(['facts', 'derived', 'scores']), ...groups] : [];
    const candidates = verb.value === 'limit' ? ids(['parameters']) : [...ids(['advice']), ...inputs];
    yield* among([what], verb.value === 'limit' ? 'parameter' : 'activity, intervention, assessment, referral or approval', candidates);
    if (typeof at === 'object') yield* among(at, 'site', ids(['sites']));
  }
}

const EFFECT = 'effect here: write one of require, recommend, avoid, forbid and limit, with what it is about. Found is';

/** Records of a group that the patient lacks. Their names stand in the middle of a path. */
function* unknownRecords(expected: Expected, { groups }: Patient): Generator<Unknown> {
  for (const name of expected.missing) {
    const [group, record] = name.value.split('.');
    const records = groups.get(group ?? '')?.records;
    if (records && record !== undefined && !records.some(({ id }) => id === record)) yield { name, kind: 'record for', candidates: [] };
  }
}

function placesCited({ rules }: RuleSet): string[] {
  return [...rules.values()].flatMap(({ source }) => source?.at.map(({ value }) => value) ?? []);
}

/** What the path of an input can begin with. */
function inputHeads({ facts, derived, scores, groups }: RuleSet): string[] {
  return [...facts.keys(), ...derived.keys(), ...scores.keys(), ...groups.keys()];
}

function* among(names: readonly Name[], kind: string, candidates: readonly string[]): Generator<Unknown> {
  const known = new Set(candidates);
  for (const name of names) if (!known.has(name.value)) yield { name, kind, candidates };
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "facts": { "frail": { "title": "Frail", "type": "boolean" } },
  "decisions": { "clearance": { "title": "Clearance", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [ { "id": "frail", "title": "Frail", "when": { "fact": "frail", "is": true }, "then": [ { "decide": "clearance", "as": "no" } ],
    "source": { "id": "review", "at": "page 4" } } ] }`;

export const examples: Example[] = [
  {
    name: 'Names nobody has',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "expected": [ { "ruleSet": "main",
    "decisions": { "clearance": "maybe" },
                                ^^^^^^^ error: There is no value of “clearance” called “maybe”, so this expectation proves nothing. Correct the name.
    "fired": ["frial"],
              ^^^^^^^ error: There is no rule “frial”, so this expectation proves nothing. Did you mean “frail”? Correct the name.
    "statements": ["page 5"],
                   ^^^^^^^^ error: There is no rule that cites “page 5”, so this expectation proves nothing. Correct the name.
    "missing": ["tired"] } ] }
                ^^^^^^^ error: There is no input “tired”, so this expectation proves nothing. Correct the name.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'Names of the rule set',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "expected": [
    { "ruleSet": "main", "decisions": { "clearance": ["no", "undetermined"] }, "fired": ["frail"], "statements": ["page 4"], "missing": ["frail"] } ] }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'Bands, records, effects and sites',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["bones.clinical.json"], "groups": { "lesions": { "records": [ { "id": "a" } ] } },
  "expected": [ { "ruleSet": "bones", "bands": { "risk": { "a": ["low",
      "hihg"],
      ^^^^^^ error: There is no band of “risk” called “hihg”, so this expectation proves nothing. Did you mean “high”? Correct the name.
      "b": "low" } },
           ^^^^^ error: There is no record with a score “risk” called “b”, so this expectation proves nothing. Correct the name.
    "totals": { "risc": 1 },
                        ^ error: There is no score “risc”, so this expectation proves nothing. Correct the name.
    "effects": [ { "avoid": "squat", "at": ["L3",
      "L9"] },
      ^^^^ error: There is no site “L9”, so this expectation proves nothing. Correct the name.
      { "avoid":
        "sqaut" },
        ^^^^^^^ error: There is no activity, intervention, assessment, referral or approval “sqaut”, so this expectation proves nothing. Did you mean “squat”? Correct the name.
      { "limit": "load" }, { "limit":
        "squat" } ] } ] }
        ^^^^^^^ error: There is no parameter “squat”, so this expectation proves nothing. Correct the name.
`,
    files: {
      'bones.clinical.json': `{ "id": "bones", "title": "Bones", "version": "1.0.0", "sites": { "L3": { "title": "L3" } },
  "activities": { "squat": { "title": "Squat" } }, "parameters": { "load": { "title": "Load", "unit": "kg" } },
  "groups": { "lesions": { "title": "Lesion", "facts": {} } },
  "scores": { "risk": { "title": "Risk", "of": "lesions", "components": { "a": { "title": "A", "options": { "no": 0, "yes": 1 } } },
    "bands": { "low": { "atMost": 0 }, "high": { "atLeast": 1 } } } } }`,
    },
  },
  {
    name: 'In a table of cases, a column once and each cell by itself',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "cases": { "ruleSet": "main",
    "columns": ["frail", "expected.fired"], "rows": [
      [true, "frial"], [false, "frail"] ] } }
             ^^^^^^^ error: There is no rule “frial”, so this expectation proves nothing. Did you mean “frail”? Correct the name.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
