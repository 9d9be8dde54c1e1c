/** An expectation about something that the rule set does not have. */
import type { Expected, Patient } from '../../model/patient.ts';
import type { Name, RuleSet } from '../../model/rule-set.ts';
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
}

function* unknownAnswers(expected: Expected, all: readonly RuleSet[]): Generator<Unknown> {
  for (const [id, answers] of expected.decisions) {
    const values = all.flatMap(({ decisions }) => decisions.get(id)?.values.map(value => value.id) ?? []);
    if (values.length > 0) yield* among(answers, `value of ${quoted(id)} called`, [...values, ...ANSWERS]);
    else if (answers[0]) yield { name: { value: id, span: answers[0].span }, kind: 'decision', candidates: [] };
  }
  const { start } = expected.span;
  for (const id of expected.totals.keys())
    if (!all.some(({ scores }) => scores.has(id)))
      yield { name: { value: id, span: { start, end: start + 1 } }, kind: 'score', candidates: [] };
}

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
];
