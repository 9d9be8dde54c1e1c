/** Changes of thresholds and of derived facts as questions: where the value would be met otherwise, by itself and in each rule that reads it. */

import { groupOf } from '../analysis/gather.ts';
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import type { Condition, DerivedFact, Fact, Rule, RuleSet, Test, Threshold } from '../model/rule-set.ts';
import { ALWAYS, bound, NOWHERE, testOf } from './asked.ts';
import { moved } from './changed-tests.ts';
import {
  apart,
  either,
  factTest,
  firing,
  type MutantQuestion,
  type MutantQuestions,
  not,
  plainly,
  together,
  whole,
} from './mutant-question.ts';
import { namesRead } from './names-read.ts';

export function ofThreshold(threshold: Threshold, changed: Threshold, ruleSet: RuleSet): MutantQuestions {
  const fact = threshold.fact && factIn(ruleSet, '@anywhere', threshold.fact.value);
  if (!fact) return { asked: [], proofs: [] };
  const [was, is] = [factTest(fact.id, threshold.test), factTest(fact.id, changed.test)];
  const { rules, isAll } = readersOf(ruleSet, read => read.thresholds.has(threshold.id));
  const inRules = rules.map(rule => {
    const other = changedIn(rule, each => (each.kind === 'threshold' && each.threshold.value === threshold.id ? is : each));
    return { rule, before: whole(rule, ruleSet), after: whole(other, ruleSet) };
  });
  return {
    asked: [
      ...inRules.map(({ rule, before, after }) => firing(ruleSet, rule, either(before, after))),
      plainly(either(was, is), fact.group),
    ],
    proofs: [
      [apart(was, is, fact.group)],
      ...(isAll ? [inRules.map(({ rule, before, after }) => apart(before, after, groupOf(ruleSet, rule)))] : []),
    ],
  };
}

export function ofFact(was: Fact, is: Fact, ruleSet: RuleSet): MutantQuestions {
  const dependents = dependentsOf(was, ruleSet);
  const { rules } = readersOf(ruleSet, read => read.facts.has(was.id));
  const isRead = [...dependents].some(({ id }) => isReadAtLast(ruleSet, read => read.facts.has(id)));
  const row = rowApart(was, is);
  const rows = row && together([row.earlier, row.was === row.is ? row.was : either(row.was, row.is)]);
  const near = [...dependents].flatMap(fact => testsOf(fact, ruleSet).flatMap(test => nearby(fact, test)));
  const around = (condition: Condition) => [
    ...rules.filter(rule => canSee(rule, was, ruleSet)).map(rule => firing(ruleSet, rule, together([whole(rule, ruleSet), condition]))),
    plainly(condition, was.group),
  ];
  const variants = inOtherUnit(was, is) ?? recordedAs(was, is);
  const asked = (rows ? around(rows) : near.flatMap(around)).map(each => (variants ? { ...each, variants } : each));
  return { asked: asked.slice(0, MOST_ASKED), proofs: isRead ? [] : [[]] };
}

/** Whether anything but a derived fact reads it: a rule, a score, whom the rule set applies to, what it calls impossible, or a place. */
function isReadAtLast(ruleSet: RuleSet, isRead: (read: Read) => boolean): boolean {
  const { rules, isLast } = readersOf(ruleSet, isRead);
  return rules.length > 0 || isLast;
}

/** Whether a score changes with it: by itself, or by a fact that is worked out from it. */
export function isReadByScores(what: { readonly fact: Fact } | { readonly threshold: Threshold }, ruleSet: RuleSet): boolean {
  const near =
    'fact' in what
      ? [what.fact]
      : [...ruleSet.derived.values()].filter(
          ({ how }) =>
            how?.kind === 'table' &&
            readBy(
              how.rows.map(({ when }) => when),
              ruleSet,
            ).thresholds.has(what.threshold.id),
        );
  const facts = near.flatMap(fact => [...dependentsOf(fact, ruleSet)].map(({ id }) => id));
  return scoresRead(
    ruleSet,
    read => facts.some(id => read.facts.has(id)) || ('threshold' in what && read.thresholds.has(what.threshold.id)),
  );
}

/** Where a factor changes: the patient with the value recorded in that unit. */
function inOtherUnit(was: Fact, is: Fact): MutantQuestion['variants'] {
  const also = was.alsoIn.find((each, i) => each.factor !== is.alsoIn[i]?.factor);
  if (!also) return undefined;
  const { factor, unit } = also;
  const converted = (value: unknown): unknown => {
    const number = typeof value === 'object' && value !== null && 'value' in value ? value : undefined;
    if (!number || (number as { unit?: string }).unit !== was.unit?.value) return value;
    const exact = Exact.parse(String(number.value))?.times(factor.value);
    return exact?.short ? { value: exact.double, unit: unit.value } : value;
  };
  return patient => {
    const copy = structuredClone(patient);
    const records = Object.values(copy.groups ?? {}).flatMap(group => group.records);
    for (const { facts } of [copy, ...records]) if (was.id in facts) facts[was.id] = converted(facts[was.id]);
    return [copy];
  };
}

/** Where a value lies below another no more: the patient of whom only that other is recorded, which stands for all below it. */
function recordedAs({ id, values }: Fact, is: Fact): MutantQuestion['variants'] {
  if (!Array.isArray(values)) return undefined;
  const after = is.values as Exclude<Fact['values'], string | undefined>;
  const above = (values as typeof after).flatMap(({ isA }, i) => isA.filter(each => !after[i]?.isA.includes(each)));
  return above.length > 0 ? asAnyOf(id, above) : undefined;
}

/** The patient with each of the names in place of what is recorded. */
export function asAnyOf(id: string, names: readonly { readonly value: string }[]): NonNullable<MutantQuestion['variants']> {
  return patient =>
    names.map(({ value }) => {
      const copy = structuredClone(patient);
      const records = Object.values(copy.groups ?? {}).flatMap(group => group.records);
      for (const { facts } of [copy, ...records]) if (id in facts) facts[id] = value;
      return copy;
    });
}

/** More questions than this are not asked about one mutant. */
const MOST_ASKED = 60;

function canSee(rule: Rule, { group }: Fact, ruleSet: RuleSet): boolean {
  const own = rule.precaution ? ruleSet.locatedGroup?.id : rule.of?.value;
  return group === undefined || group === own;
}

interface RowApart {
  /** That no row before it holds. */
  readonly earlier: Condition;
  readonly was: Condition;
  /** The same where only the value changes. */
  readonly is: Condition;
}

/** The row of a table that changes. */
function rowApart(was: Fact, is: Fact): RowApart | undefined {
  const [before, after] = [was, is].map(fact => ('how' in fact ? (fact as DerivedFact).how : undefined));
  if (before?.kind !== 'table' || after?.kind !== 'table') return undefined;
  const i = before.rows.findIndex((row, at) => row !== after.rows[at]);
  const row = before.rows[i];
  if (!row) return undefined;
  const earlier = together(before.rows.slice(0, i).map(({ when }) => not(when ?? ALWAYS)));
  const own = row.when ?? ALWAYS;
  const other = after.rows.length < before.rows.length || after.rows[i]!.value !== row.value ? own : (after.rows[i]!.when ?? ALWAYS);
  return { earlier, was: own, is: other };
}

/** The fact, and those that are worked out from it. */
function dependentsOf(fact: Fact, ruleSet: RuleSet): ReadonlySet<Fact> {
  const found = new Set([fact]);
  for (const one of found)
    for (const other of ruleSet.derived.values()) {
      const { how } = other;
      const conditions = how?.kind === 'table' ? how.rows.map(({ when }) => when) : [];
      if (factsInFormula(how).has(one.id) || readBy(conditions, ruleSet).facts.has(one.id)) found.add(other);
    }
  return found;
}

/** At the bound, and just beside it. */
function nearby(fact: Fact, test: Test): Condition[] {
  return (['is', 'atLeast', 'above', 'atMost', 'below'] as const).flatMap(key => {
    const one = test[key];
    if (!one) return [];
    if (key === 'is' || !('kind' in one)) return [factTest(fact.id, testOf({ is: test.is }))];
    if (one.kind === 'date') return [];
    const numbers = one.kind === 'number' ? [{ number: one.number, unit: test.unit }] : one.numbers;
    return numbers.flatMap(({ number, unit }) =>
      [number.value, ...moved(number.value)].map(value =>
        factTest(fact.id, testOf({ is: { value, span: NOWHERE }, ...(unit && { unit }) })),
      ),
    );
  });
}

/** Every test of the fact, by conditions, thresholds and intervals. */
function testsOf(fact: Fact, ruleSet: RuleSet): Test[] {
  const tests: Test[] = [...ruleSet.thresholds.values()].flatMap(each => (each.fact?.value === fact.id ? [each.test] : []));
  const take = (conditions: readonly (Condition | undefined)[]) =>
    namesRead(conditions, each => {
      if (each.kind === 'fact' && each.fact.value === fact.id) tests.push(each.test);
    });
  for (const { when, until } of ruleSet.rules.values()) take([when, until]);
  for (const { how } of ruleSet.derived.values()) if (how?.kind === 'table') take(how.rows.map(({ when }) => when));
  for (const { when, components } of ruleSet.scores.values()) {
    take([when]);
    for (const { how } of components.values()) {
      if (how?.kind === 'conditions') take(how.conditions.map(each => each.when));
      if (how?.kind === 'intervals' && how.fact.value === fact.id)
        tests.push(...how.intervals.map(({ test }) => ({ ...test, unit: test.unit ?? how.unit })));
    }
  }
  if (tests.length === 0 && fact.minimum) tests.push(testOf({ atLeast: bound(fact.minimum.value) }));
  return tests;
}

interface Read {
  readonly facts: ReadonlySet<string>;
  readonly thresholds: ReadonlySet<string>;
}

interface Readers {
  /** The rules whose own conditions read it. */
  readonly rules: readonly Rule[];
  /** Whether a score reads it, whom the rule set applies to, what it calls impossible, or a place. */
  readonly isLast: boolean;
  /** Whether nothing but the rules does, no derived fact either. */
  readonly isAll: boolean;
}

function readersOf(ruleSet: RuleSet, isRead: (read: Read) => boolean): Readers {
  const reads = (conditions: readonly (Condition | undefined)[]) => isRead(readBy(conditions, ruleSet));
  const rules = [...ruleSet.rules.values()].filter(({ when, until }) => reads([when, until]));
  const { appliesTo } = ruleSet.root;
  const places = [...ruleSet.rules.values()].flatMap(({ then }) =>
    then.flatMap(effect => (effect.kind !== 'decide' && effect.at.kind === 'below' ? [effect.at.except?.where] : [])),
  );
  const always = [appliesTo, ...places, ...[...ruleSet.impossible.values()].map(({ when }) => when)];
  const inDerived = [...ruleSet.derived.values()].some(({ how }) => {
    if (how?.kind === 'table') return reads(how.rows.map(({ when }) => when));
    return isRead({ facts: factsInFormula(how), thresholds: new Set() });
  });
  const isLast = scoresRead(ruleSet, isRead) || reads(always);
  return { rules, isLast, isAll: !isLast && !inDerived };
}

function scoresRead(ruleSet: RuleSet, isRead: (read: Read) => boolean): boolean {
  return [...ruleSet.scores.values()].some(score => {
    const hows = [...score.components.values()].map(({ how }) => how);
    const facts = new Set(
      hows.flatMap(how =>
        how?.kind === 'intervals' || how?.kind === 'value' ? [how.fact.value] : how?.kind === 'options' && how.from ? [how.from.value] : [],
      ),
    );
    const bands = [...score.bandSets.values()].flat().map(({ when }) => when);
    const conditions = [
      score.when,
      ...bands,
      ...hows.flatMap(how => (how?.kind === 'conditions' ? how.conditions.map(({ when }) => when) : [])),
    ];
    return isRead({ facts, thresholds: new Set() }) || isRead(readBy(conditions, ruleSet));
  });
}

function factsInFormula(how: DerivedFact['how']): ReadonlySet<string> {
  if (how?.kind === 'since') return new Set([how.event.value]);
  const text = JSON.stringify(how?.kind === 'term' ? how.term : how?.kind === 'formulas' ? [how.by, how.formulas] : null);
  return new Set([...text.matchAll(/"value":"([^"]+)"/g)].map(match => match[1]!));
}

function readBy(conditions: readonly (Condition | undefined)[], { thresholds }: RuleSet): Read {
  const found = { facts: new Set<string>(), thresholds: new Set<string>() };
  namesRead(conditions, each => {
    if (each.kind === 'fact') found.facts.add(each.fact.value);
    if (each.kind === 'unknown') found.facts.add(each.name.value);
    if (each.kind !== 'threshold') return;
    found.thresholds.add(each.threshold.value);
    const fact = thresholds.get(each.threshold.value)?.fact?.value;
    if (fact !== undefined) found.facts.add(fact);
  });
  return found;
}

function changedIn(rule: Rule, change: (condition: Condition) => Condition): Rule {
  const inside = (condition: Condition): Condition => {
    switch (condition.kind) {
      case 'all':
      case 'any':
      case 'count-conditions':
        return { ...condition, items: condition.items.map(inside) };
      case 'not':
        return { ...condition, item: inside(condition.item) };
      case 'some':
      case 'every':
      case 'none':
      case 'count-records':
        return { ...condition, where: condition.where && inside(condition.where) };
      default:
        return change(condition);
    }
  };
  return { ...rule, when: rule.when && inside(rule.when), until: rule.until && inside(rule.until) };
}
