/** Rules without which nothing changes, against taking each away and asking every patient, partly known included, with the evaluator. */
import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { effectOutcomes } from '../../server/src/evaluation/effects.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import type { DecisionOutcome, EffectOutcome } from '../../server/src/evaluation/outcome.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { TRUE } from '../../server/src/evaluation/values.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { replayWith } from '../../server/src/replay.ts';
import { isPossible } from '../support/brute-force.ts';
import { crossed } from '../support/crossed-rule-sets.ts';
import { everyPatient } from '../support/every-patient.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { type Axis, type Json, type SmallRuleSet, smallRuleSet } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 300);
const MOST_PATIENTS = 1000;

describe(`redundant rules against taking them away (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 1000);

  it('are those without which nothing changes for any patient, partly known included, or are said not to be proved', () => {
    const met = { redundant: 0, needed: 0, open: 0, several: 0, overrides: 0, sampled: 0 };
    forSeeds(ROUNDS, random => {
      const made = smallRuleSet(random);
      const small = withDoubles(random, random.chance(0.2) ? crossed(random, made) : made);
      const every = partlyKnownOf(small);
      if (!every) return met.sampled++;
      const ruleSet = ruleSetOf(small.json);
      const { redundant, notProved, neverHolds, hidden } = analyse(ruleSet, replayWith(ruleSet));
      const found = new Set(redundant.map(({ rule }) => rule.id));
      const open = new Set(notProved.flatMap(({ kind, names }) => (kind === 'redundant' ? names : [])));
      const told = new Set([...neverHolds, ...hidden.map(({ rule }) => rule)].map(({ id }) => id));
      const changed = changedWithout(small.json, every);
      for (const { id, override } of ruleSet.rules.values()) {
        if (told.has(id)) {
          assert.ok(!found.has(id), `${id} is told twice`);
          continue;
        }
        if (found.has(id)) assert.ok(!changed.has(id), `${id} is called redundant, but without it ${changed.get(id)}`);
        else assert.ok(changed.has(id) || open.has(id), `${id} changes nothing, and it is not said`);
        if (changed.has(id)) met.needed++;
        else {
          met.redundant++;
          if (override) met.overrides++;
        }
        if (open.has(id)) met.open++;
      }
      for (const { rule, by } of redundant) {
        if (by.count > 1) met.several++;
        // What overrides one of them has its say too.
        const others = [...ruleSet.rules.values()].filter(other => other.override || other.given);
        const left = new Set([rule, ...by.first(by.count), ...others].map(({ id }) => id));
        if (!rule.override)
          assert.ok(!changedWithout(only(small.json, left), every).has(rule.id), `${rule.id} is not done by ${[...left]}`);
      }
      return undefined;
    });
    if (process.env.SEED === undefined) assert.ok(met.redundant > ROUNDS / 20 && met.needed > ROUNDS / 4, JSON.stringify(met));
  });
});

describe('redundant rules where all values are told', () => {
  it('hear each record by itself: what fires in one record and is open in another is not done by a count of them', () => {
    const hurts = { fact: 'painful', is: true };
    const each = ruleOf('each', { of: 'lesions', when: hurts });
    const some = ruleOf('some', { when: { count: 'lesions', where: hurts, above: 0 } });
    const same = ruleOf('same', { of: 'lesions', when: hurts });
    const expected: readonly (readonly [string, readonly Json[], readonly string[]])[] = [
      ['collect', [each, some], ['some by each']],
      ['strictest', [each, some], ['each by some', 'some by each']],
      ['collect', [each, some, same], ['each by same', 'some by each', 'same by each']],
      ['collect', [each, ruleOf('listed', { of: 'lesions', when: { any: [hurts, { unknown: { fact: 'painful' } }] } })], []],
    ];
    for (const [resolve, rules, told] of expected) {
      const small = lesionsDeciding(resolve, rules);
      const ruleSet = ruleSetOf(small.json);
      const { redundant } = analyse(ruleSet, replayWith(ruleSet));
      assert.deepEqual(
        redundant.map(({ rule, by }) => `${rule.id} by ${by.first(by.count).map(({ id }) => id)}`),
        told,
      );
      const patients: Patient[] = [];
      everyPatient(small, 2, MOST_PATIENTS)!.each(patient => patients.push(patient));
      const needed = rulesIn(small.json).filter(({ id }) => !redundant.some(({ rule }) => rule.id === id));
      const changed = changedWithout(small.json, patients);
      assert.deepEqual(
        [...changed.keys()],
        needed.map(({ id }) => id),
      );
    }
  });
});

function ruleOf(id: string, rest: Json): Json {
  return { id, title: id, ...rest, then: [{ decide: 'care', as: 'stop' }], source: { id: 'one' } };
}

function lesionsDeciding(resolve: string, rules: readonly Json[]): SmallRuleSet {
  const json = {
    id: 'lesions',
    title: 'Lesions',
    version: '1.0.0',
    sources: { one: { title: 'One' } },
    groups: { lesions: { title: 'Lesions', facts: { painful: { title: 'Painful', type: 'boolean' } } } },
    decisions: { care: { title: 'Care', values: ['stop', 'go'], resolve } },
    rules,
  };
  const axes = [{ group: 'lesions', fact: 'painful', values: [true, false, undefined] }];
  return { json, axes, groups: ['lesions'], incomplete: ['lesions'], exact: true };
}

/** By rule what is different without it, for some patient. */
function changedWithout(json: Json, patients: readonly Patient[]): Map<string, string> {
  const before = answersOf(compile(ruleSetOf(json)), patients);
  const changed = new Map<string, string>();
  for (const { id } of rulesIn(json)) {
    const after = answersOf(compile(ruleSetOf(without(json, id))), patients);
    const at = before.findIndex((answer, i) => answer !== after[i]);
    if (at >= 0) changed.set(id, `${before[at]} is ${after[at]} for ${JSON.stringify(plain(patients[at]!))}`);
  }
  return changed;
}

function plain({ facts, groups, scores }: Patient): unknown {
  const holder = (one: Pick<Patient, 'facts' | 'scores'>) => [Object.fromEntries(one.facts), Object.fromEntries(one.scores)];
  return [holder({ facts, scores } as Patient), [...groups.values()].map(({ complete, records }) => [complete, records.map(holder)])];
}

/** What each patient in scope is told, without who says it. */
function answersOf(compiled: CompiledRuleSet, patients: readonly Patient[]): (string | undefined)[] {
  return patients.map(patient => {
    const state = stateOf(compiled.layout, patient);
    if (!isPossible(compiled, state)) return undefined;
    const judgement = judge(compiled, state);
    if (judgement.scope !== TRUE) return undefined;
    const decisions = Object.entries(judgement.decisions).map(([id, decision]) => [id, partOf(decision), partsOf(decision)]);
    return JSON.stringify([decisions, [...told(effectOutcomes(compiled.effects, judgement, compiled.ruleSet).effects)].sort()]);
  });
}

function partOf({ status, value, possible }: Pick<DecisionOutcome, 'status' | 'value' | 'possible'>): unknown {
  return [status, value, possible];
}

function partsOf({ records }: DecisionOutcome): unknown {
  return Object.entries(records).map(([record, part]) => [record, partOf(part)]);
}

/** By what is told and where: in force, or possible. */
function told(effects: readonly EffectOutcome[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { rule: _, record: __, at, state, ...what } of effects) {
    const sites =
      at === 'everywhere' ? [at] : at.flatMap(({ site, side }) => (side ? [`${site} ${side}`] : [`${site} left`, `${site} right`]));
    for (const site of sites) {
      const key = `${JSON.stringify(what)} at ${site}`;
      if (state === 'in-force' || !found.has(key)) found.set(key, state);
    }
  }
  return found;
}

function without(json: Json, id: string): Json {
  return only(
    json,
    new Set(
      rulesIn(json)
        .map(rule => rule.id)
        .filter(other => other !== id),
    ),
  );
}

type WrittenRule = Json & { readonly id: string; readonly override?: { readonly rules: readonly string[] } };

function rulesIn({ rules, precautions = [] }: Json): WrittenRule[] {
  return [rules, precautions].flat() as WrittenRule[];
}

function only(json: Json, ids: ReadonlySet<string>): Json {
  const left = (list: unknown) =>
    (list as readonly WrittenRule[]).flatMap(rule => {
      if (!ids.has(rule.id)) return [];
      const { override, ...rest } = rule;
      const overridden = override?.rules.filter(other => ids.has(other)) ?? [];
      return [overridden.length > 0 ? { ...rest, override: { ...override, rules: overridden } } : rest];
    });
  return { ...json, rules: left(json.rules), ...(json.precautions ? { precautions: left(json.precautions) } : {}) };
}

/** Some rules again: the same, narrower, wider, or in two parts. */
function withDoubles(random: Random, small: SmallRuleSet): SmallRuleSet {
  const rules = small.json.rules as (Json & { id: string; of?: string; when?: Json; override?: object })[];
  const added = rules.flatMap((rule, i): Json[] => {
    if (!random.chance(0.4)) return [];
    const { when, override: _, ...rest } = rule;
    const other = rules.filter(one => one.of === rule.of && one.when && !asks(one.when))[0]?.when;
    const again = (id: string, condition: Json | undefined) => ({ ...rest, id: `${id}${i}`, ...(condition && { when: condition }) });
    return random.pick<() => Json[]>([
      () => [again('same', when)],
      () => (when && other ? [again('narrow', { all: [when, other] })] : [again('same', when)]),
      () => (when && other ? [again('wide', { any: [when, other] })] : []),
      () => (when && other && !asks(when) ? [again('in', { all: [when, other] }), again('out', { all: [when, { not: other }] })] : []),
    ])();
  });
  return { ...small, json: { ...small.json, rules: random.chance(0.5) ? [...rules, ...added] : [...added, ...rules] } };
}

function asks(condition: Json): boolean {
  return JSON.stringify(condition).includes('"unknown"');
}

/** Every patient with each value, several values or none; undefined where there would be too many. */
function partlyKnownOf(small: SmallRuleSet): Patient[] | undefined {
  const scores = (small.json.scores ?? {}) as Readonly<Record<string, { of?: string; validFor?: string }>>;
  const dated = Object.entries(scores).flatMap(([score, { of, validFor }]): Axis[] =>
    validFor && !small.axes.some(axis => axis.dated === score) ? [{ group: of, dated: score, values: [true, undefined] }] : [],
  );
  const axes = [...small.axes.map(axis => ({ ...axis, values: partlyKnown(small, axis) })), ...dated];
  const every = everyPatient({ ...small, axes, incomplete: small.groups }, 1, MOST_PATIENTS);
  const patients: Patient[] = [];
  every?.each(patient => patients.push(patient));
  return every && patients;
}

function partlyKnown({ json }: SmallRuleSet, { fact, option, values, group }: Axis): readonly unknown[] {
  const known = values.filter(value => value !== undefined);
  if (option) return [...known, undefined];
  const facts = group === undefined ? json.facts : (json.groups as Record<string, { facts: Json }>)[group]!.facts;
  if (fact === undefined) return values;
  const { required, type } = (facts as Record<string, { required?: boolean; type?: string }>)[fact]!;
  const days = type === 'date' ? known.flatMap(value => (String(value).includes('T') ? [String(value).slice(0, 10)] : [])) : [];
  if (required) return [...new Set([...values, ...days])];
  const pairs = known.flatMap((one, i) => known.slice(i + 1).map(other => ({ oneOf: [one, other] })));
  return [...known, ...pairs, undefined];
}
