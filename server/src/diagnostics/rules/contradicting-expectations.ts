/** Expectations that no outcome can meet together. */
import { numbersIn } from '../../analysis/band-totals.ts';
import { meets } from '../../analysis/cells.ts';
import type { Expected, ExpectedEffect, ExpectedTotals, Patient } from '../../model/patient.ts';
import type { Name, RuleSet, Score } from '../../model/rule-set.ts';
import type { Span } from '../../text/span.ts';
import { defineRule, type Example, ofPatient } from '../define.ts';
import { quoted } from '../words.ts';

interface Contradiction {
  readonly span: Span;
  readonly name: string;
  readonly what: string;
}

export const rule = defineRule<Contradiction>({
  code: 'contradicting-expectations',
  severity: 'error',
  summary: 'A patient expects two things that cannot both be.',
  docs: `
Such a case fails whatever the rule set answers, so it says nothing of the rule set. Decide which of the two you mean, and take the other away. To
accept several answers, list them: \`"clearance": ["modify", "proceed"]\`.
`,

  find: ofPatient(function* ({ own, ruleSets }) {
    for (const expected of own.expected) {
      const ruleSet = ruleSets.find(({ root }) => root.id?.value === expected.ruleSet?.value);
      yield* ofRules(expected);
      yield* ofEffects(expected);
      yield* ofScores(expected, ruleSet);
    }
    yield* between(own);
  }),

  say: ({ span, name, what }) => ({
    span,
    message: `${what}, so this case fails whatever the rule set answers. Keep the one you mean.`,
    names: [name],
  }),
});

function* ofRules({ fired, notFired }: Expected): Generator<Contradiction> {
  const firing = new Set(fired.map(({ value }) => value));
  for (const { value, span } of notFired)
    if (firing.has(value)) yield { span, name: value, what: `${quoted(value)} is expected to fire and not to fire` };
}

function* ofEffects({ effects, noEffects }: Expected): Generator<Contradiction> {
  const wanted = new Set(effects.filter(({ at }) => at === 'anywhere').map(keyOf));
  for (const effect of noEffects) {
    const { span, what, at } = effect;
    const same =
      at === 'anywhere' ? effects.some(other => keyOf(other) === keyOf(effect)) : wanted.has(keyOf(effect)) && at === 'everywhere';
    if (what && effect.details.size === 0 && same)
      yield { span, name: what.value, what: `The effect on ${quoted(what.value)} is expected and ruled out` };
  }
}

function keyOf({ verb, what }: ExpectedEffect): string {
  return `${verb?.value} ${what?.value}`;
}

/** A total, and a band that it is not in; bounds the wrong way round. */
function* ofScores({ totals, bands }: Expected, ruleSet: RuleSet | undefined): Generator<Contradiction> {
  for (const [id, records] of totals)
    for (const [record, wanted] of records) {
      const place = { span: wanted.span, name: `${id}.${record}` };
      if (wanted.kind === 'within' && wanted.low.compare(wanted.high) > 0)
        yield {
          ...place,
          name: `${place.name} within`,
          what: `The total of ${quoted(id)} is expected between ${wanted.low} and the lower ${wanted.high}`,
        };
      const expected = bands.get(id)?.get(record)?.bands;
      const score = ruleSet?.scores.get(id);
      if (!expected || !score) continue;
      if (wanted.kind === 'none' ? expected.length > 0 : !mayBeIn(score, wanted, expected))
        yield { ...place, what: `The total that is expected of ${quoted(id)} is not in the band that is expected` };
    }
}

/** Bands with a condition are left to the run. */
function mayBeIn(score: Score, wanted: ExpectedTotals, expected: readonly Name[]): boolean {
  const named = [...score.bandSets.values()].flat().filter(({ id }) => expected.some(({ value }) => value === id));
  if (wanted.kind !== 'exactly' || named.length === 0) return true;
  return named.some(({ test, when }) => when !== undefined || wanted.totals.some(total => meets(total, numbersIn(test))));
}

/** Two entries about one rule set with no common answer to a decision. */
function* between({ expected }: Patient): Generator<Contradiction> {
  for (const [i, { ruleSet, decisions }] of expected.entries())
    for (const earlier of expected.slice(0, i))
      for (const [id, answers] of ruleSet?.value === earlier.ruleSet?.value ? decisions : []) {
        const others = earlier.decisions.get(id)?.map(({ value }) => value);
        if (!others || !answers[0] || answers.some(({ value }) => others.includes(value))) continue;
        yield { span: answers[0].span, name: id, what: `Another entry expects another answer to ${quoted(id)}` };
      }
}

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "scores": { "risk": { "title": "Risk", "components": { "a": { "title": "A", "options": { "no": 0, "yes": 1 } } },
    "bands": { "low": { "atMost": 0 }, "high": { "atLeast": 1 } } } },
  "decisions": { "clearance": { "title": "Clearance", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [ { "id": "frail", "when": { "score": "risk", "in": ["high"] }, "then": [ { "decide": "clearance", "as": "no" } ] } ] }`;

export const examples: Example[] = [
  {
    name: 'A rule, an effect, a total and its band, a range, two entries',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "expected": [
  { "ruleSet": "main", "decisions": { "clearance": "no" }, "fired": ["frail"],
    "notFired": ["frail"],
                 ^^^^^^^ error: “frail” is expected to fire and not to fire, so this case fails whatever the rule set answers. Keep the one you mean.
    "effects": [ { "avoid": "squat" } ], "noEffects": [
      { "avoid": "squat" } ],
      ^^^^^^^^^^^^^^^^^^^^ error: The effect on “squat” is expected and ruled out, so this case fails whatever the rule set answers. Keep the one you mean.
    "bands": { "risk": "high" }, "totals": {
      "risk": 0 } },
              ^ error: The total that is expected of “risk” is not in the band that is expected, so this case fails whatever the rule set answers. Keep the one you mean.
  { "ruleSet": "main",
    "decisions": { "clearance": "yes" },
                                ^^^^^ error: Another entry expects another answer to “clearance”, so this case fails whatever the rule set answers. Keep the one you mean.
    "totals": { "risk": { "within": [2, 1] } } } ] }
                        ^^^^^^^^^^^^^^^^^^^^ error: The total of “risk” is expected between 2 and the lower 1, so this case fails whatever the rule set answers. Keep the one you mean.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'Several acceptable answers',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "expected": [
  { "ruleSet": "main", "decisions": { "clearance": ["no", "undetermined"] }, "totals": { "risk": [0, 1] }, "bands": { "risk": ["low", "high"] },
    "effects": [ { "avoid": "squat", "at": ["L3"] } ], "noEffects": [ { "avoid": "squat", "at": ["L4"] } ] } ] }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
