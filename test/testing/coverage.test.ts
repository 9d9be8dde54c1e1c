/** What is marked covered is what some trace shows, and nothing else; boundaries are met just below, at and just above. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import type { Outcome, TraceNode } from '../../server/src/evaluation/outcome.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { type Coverage, type Point, Recorder, shareOf } from '../../server/src/testing/coverage.ts';
import { forSeeds } from '../support/random.ts';
import { type PatientJson, randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

function covered(ruleSet: object, patients: readonly object[]): Coverage {
  const compiled = compiledOf(ruleSet);
  const recorder = new Recorder(compiled);
  for (const patient of patients) {
    const state = stateOf(compiled.layout, patientOf(patient as PatientJson));
    recorder.observe(state, judge(compiled, state));
  }
  return recorder.coverage();
}

function seenIn({ points }: Coverage, kind: Point['kind']): string[] {
  return points
    .filter(point => point.kind === kind)
    .flatMap(({ item, place, ways }) =>
      ways.flatMap(({ name, state }) => (state === 'seen' ? [`${item?.id} ${place.span.start} ${name}`] : [])),
    );
}

const STATUS: Readonly<Record<string, string>> = { fired: 'fired', 'ruled-out': 'ruled out', undetermined: 'undetermined' };

/** From outcomes alone: what traces of listed records, in patients within the scope, show of rules and their conditions. */
function tracedIn(outcomes: readonly Outcome[], ids: ReadonlyMap<string, number>) {
  const [rules, conditions] = [new Set<string>(), new Set<string>()];
  for (const { rules: all, scope } of outcomes) {
    if (scope !== 'true') continue;
    for (const { id, status, trace, record } of all) {
      if (record === null && trace && isUnlisted(all, id)) continue;
      rules.add(`${id} ${ids.get(id)} ${STATUS[status]}`);
      for (const node of [trace?.when, trace?.until]) if (node) walk(node, `${id} `, conditions);
    }
  }
  return { rules, conditions };
}

/** A rule of a group without a record: what an incomplete list may still hold. */
function isUnlisted(all: Outcome['rules'], id: string): boolean {
  return all.some(other => other.id === id && other.record !== null) || GROUP_RULES.has(id);
}

const GROUP_RULES = new Set<string>();

function walk({ place, truth, items }: TraceNode, owner: string, into: Set<string>): void {
  into.add(`${owner}${place.span.start} ${truth}`);
  for (const item of items ?? []) walk(item, owner, into);
}

describe('coverage', () => {
  it('marks of rules and conditions exactly what some trace shows', () =>
    forSeeds(60, (random, seed) => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const patients = Array.from({ length: 6 }, () => randomPatient(random, ruleSet.scores, random.pick([0.3, 0.7, 1])));
      const compiled = compiledOf(ruleSet);
      GROUP_RULES.clear();
      for (const { rule, group } of compiled.rules) if (group !== undefined) GROUP_RULES.add(rule.id);
      const outcomes = patients.map(patient => evaluate(compiled, patientOf(patient), { trace: true, missing: false }));
      const traced = tracedIn(outcomes, new Map(compiled.rules.map(({ rule }) => [rule.id, rule.idSpan.start])));
      const coverage = covered(ruleSet, patients);
      assert.deepEqual(seenIn(coverage, 'rule').sort(), [...traced.rules].sort(), `seed ${seed}`);
      const rules = new Set(compiled.rules.map(({ rule }) => rule.id));
      const ofRules = seenIn(coverage, 'condition').filter(line => rules.has(line.slice(0, line.indexOf(' '))));
      assert.deepEqual([...new Set(ofRules)].sort(), [...traced.conditions].sort(), `seed ${seed}`);
    })).timeout(60_000);

  it('says that an effect is in force where an outcome lists it so, or its rule decides', () =>
    forSeeds(30, (random, seed) => {
      const ruleSet = randomRuleSet(random, { appliesTo: true });
      const patients = Array.from({ length: 6 }, () => randomPatient(random, ruleSet.scores, 0.9));
      const compiled = compiledOf(ruleSet);
      const coverage = covered(ruleSet, patients);
      const advice = coverage.points.filter(({ kind, ways }) => kind === 'effect' && ways[0]!.state === 'seen').map(({ item }) => item!.id);
      const outcomes = patients.map(patient => evaluate(compiled, patientOf(patient), { trace: false, missing: false }));
      const shown = new Set(
        outcomes.flatMap(({ rules, scope }) =>
          scope === 'true' ? rules.filter(({ status }) => status === 'fired').map(({ id }) => id) : [],
        ),
      );
      for (const id of advice) assert.ok(shown.has(id), `seed ${seed}: ${id}`);
    })).timeout(60_000);

  const AGES = {
    facts: {
      age: { title: 'Age', type: 'integer', minimum: 0, maximum: 120 },
      weight: { title: 'W', type: 'quantity', unit: 'kg', minimum: 3.5, alsoIn: { g: 1000 } },
    },
    rules: [
      { id: 'old', when: { fact: 'age', atLeast: 65 }, then: [] },
      { id: 'heavy', when: { fact: 'weight', above: 3.5, unit: 'kg' }, then: [] },
    ],
  };
  const boundaries = (...patients: object[]) =>
    covered(
      AGES,
      patients.map(facts => ({ id: 'p', asOf: '2026-11-22', facts })),
    )
      .points.filter(({ kind }) => kind === 'boundary')
      .map(({ item, ways }) => `${item!.id}: ${ways.map(({ name, state }) => `${name} ${state}`).join(', ')}`);

  it('asks for each boundary just below, at and just above, as far as the domain goes', () => {
    assert.deepEqual(boundaries(), [
      'old: below not-seen, at not-seen, above not-seen',
      'heavy: below impossible, at not-seen, above not-seen',
    ]);
    assert.deepEqual(boundaries({ age: 63, weight: { value: 3.7, unit: 'kg' } }), [
      'old: below not-seen, at not-seen, above not-seen',
      'heavy: below impossible, at not-seen, above not-seen',
    ]);
    assert.deepEqual(boundaries({ age: 64, weight: { value: 3600, unit: 'g' } }, { age: 66 }, { age: { oneOf: [65, 66] } }), [
      'old: below seen, at not-seen, above seen',
      'heavy: below impossible, at not-seen, above seen',
    ]);
    assert.deepEqual(boundaries({ age: 65, weight: { value: 3.5, unit: 'kg' } }), [
      'old: below not-seen, at seen, above not-seen',
      'heavy: below impossible, at seen, above not-seen',
    ]);
  });

  it('counts what no patient can show neither as seen nor as open', () => {
    const { points } = covered(AGES, []);
    const heavy = points.filter(({ kind, item }) => kind === 'boundary' && item!.id === 'heavy');
    assert.deepEqual(shareOf(heavy), { seen: 0, of: 2 });
  });

  const SCORE = {
    scores: {
      risk: {
        title: 'Risk',
        components: { a: { title: 'A', options: { no: 0, yes: 2 } }, b: { title: 'B', options: { no: 0, yes: 1 } } },
        bands: { low: { atMost: 1 }, high: { atLeast: 2 } },
      },
    },
    rules: [{ id: 'high', when: { score: 'risk', in: ['high'] }, then: [] }],
  };

  it('asks for the totals next to a band’s edge, and for each band', () => {
    const told = (...options: object[]) =>
      covered(
        SCORE,
        options.map(each => ({ id: 'p', asOf: '2026-11-22', scores: { risk: { on: '2026-11-22', options: each } } })),
      )
        .points.filter(({ kind }) => kind === 'boundary' || kind === 'band')
        .map(({ band, boundary, ways }) => `${band ?? (boundary?.kind === 'total' && boundary.number)}: ${ways.map(({ state }) => state)}`);
    assert.deepEqual(told(), ['low: not-seen', 'high: not-seen', '1: not-seen,not-seen,not-seen', '2: not-seen,not-seen,not-seen']);
    assert.deepEqual(told({ a: 'no', b: 'yes' }, { a: 'yes', b: { oneOf: ['no', 'yes'] } }), [
      'low: seen',
      'high: seen',
      '1: not-seen,seen,not-seen',
      '2: seen,not-seen,not-seen',
    ]);
  });
});
