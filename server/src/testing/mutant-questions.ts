/** Mutants as questions to the analysis: for whom would the rule set and the mutant say something else? */
import { anywhere, givenFormula } from '../analysis/decided.ts';
import { standIns } from '../analysis/differences.ts';
import { groupOf, overridersOf } from '../analysis/gather.ts';
import { type Question, scopeOf } from '../analysis/question.ts';
import { factIn } from '../model/names.ts';
import type { Component, ComponentSource, Condition, Effect, Rule, RuleSet, Score, Test, Threshold } from '../model/rule-set.ts';
import type { Mutant } from './mutants.ts';
import { ALWAYS, NOWHERE, testOf } from './reach.ts';

/** Where the mutant may be told from the rule set. */
export interface MutantQuestion {
  readonly condition: Condition;
  /** The group of whose records the condition is about one. */
  readonly group: string | undefined;
  readonly question: Omit<Question, 'shown'>;
}

export interface MutantQuestions {
  /** In the order in which they are best asked. */
  readonly asked: readonly MutantQuestion[];
  /** If nobody is found by any of these, nobody can tell the two apart. */
  readonly proving: readonly MutantQuestion[];
}

const NONE: MutantQuestions = { asked: [], proving: [] };

export function questionsOf({ change }: Mutant, ruleSet: RuleSet): MutantQuestions {
  switch (change.kind) {
    case 'when':
      return alone(firing(ruleSet, change.rule, either(whole(change.rule, ruleSet), whole(change.changed, ruleSet))));
    case 'then':
      return ofThen(change.rule, change.changed, ruleSet);
    case 'threshold':
      return ofThreshold(change.item, change.changed, ruleSet);
    case 'score':
      return ofScore(change.item, change.changed);
  }
}

function alone(...asked: readonly MutantQuestion[]): MutantQuestions {
  return { asked, proving: asked };
}

/** Of a condition of the patient, or of one record. */
function plainly(condition: Condition, group: string | undefined): MutantQuestion {
  const scope = { group, slot: 0 };
  return {
    condition,
    group,
    question: {
      rules: [],
      conditions: [condition],
      own: new Map(group === undefined ? [] : [[group, 1]]),
      wanted: space => [
        { formula: space.condition(condition, scope), truth: 2 },
        ...(group === undefined ? [] : [{ formula: space.present(group, 0), truth: 2 as const }]),
      ],
    },
  };
}

interface Around {
  /** Whether the rule is to be given what it waits for, or just not; undefined: neither matters. */
  readonly given?: boolean;
  /** Rules that shall not fire. */
  readonly silent?: readonly Rule[];
}

/** The condition in place of the rule's own: the rule is neither overridden nor waits in vain. */
function firing(ruleSet: RuleSet, rule: Rule, condition: Condition, { given = true, silent = [] }: Around = {}): MutantQuestion {
  const group = groupOf(ruleSet, rule);
  const { question } = plainly(condition, group);
  const over = overridersOf(ruleSet, rule).filter(other => !other.given);
  const scope = scopeOf(ruleSet, rule, 0);
  return {
    condition,
    group,
    question: {
      ...question,
      rules: [rule, ...silent],
      wanted: space => [
        ...question.wanted(space),
        ...over.map(other => ({
          formula: space.fires(other, groupOf(ruleSet, other) === undefined ? scopeOf(ruleSet, other, 0) : scope),
          truth: 0 as const,
        })),
        ...(rule.given ? [{ formula: givenFormula(space, rule), truth: given ? (2 as const) : (0 as const), isGiven: given }] : []),
        ...silent.map(other => ({ formula: anywhere(space, other), truth: 0 as const })),
      ],
    },
  };
}

function ofThen(rule: Rule, changed: Rule, ruleSet: RuleSet): MutantQuestions {
  const own = whole(rule, ruleSet);
  if (rule.given && !changed.given) return alone(firing(ruleSet, rule, own, { given: false }));
  const gone = rule.override?.rules.find(({ value }) => !changed.override?.rules.some(other => other.value === value));
  if (gone) return ofOverride(rule, ruleSet.rules.get(gone.value), ruleSet);
  const plain = firing(ruleSet, rule, own);
  const effect = rule.then.find(each => !changed.then.includes(each));
  const rivals = effect ? rivalsOf(rule, effect, ruleSet) : [];
  const silent = rivals.length > 0 ? [firing(ruleSet, rule, own, { silent: rivals })] : [];
  return { asked: [...silent, plain], proving: [plain] };
}

/** Rules that say the same, or what counts more, so that nobody would miss the effect. */
function rivalsOf(rule: Rule, effect: Effect, ruleSet: RuleSet): Rule[] {
  const found = standIns(ruleSet, { ...rule, then: [effect], override: undefined });
  found.delete(rule);
  if (effect.kind !== 'decide') return [...found];
  const values = ruleSet.decisions.get(effect.decision.value)?.values.map(({ id }) => id) ?? [];
  const place = values.indexOf(effect.value.value);
  const isRival = (one: Effect) =>
    one.kind === 'decide' && one.decision.value === effect.decision.value && values.indexOf(one.value.value) <= place;
  return [...found].filter(({ then }) => then.some(isRival));
}

/** Both the rule and the one it overrides would fire. */
function ofOverride(rule: Rule, overridden: Rule | undefined, ruleSet: RuleSet): MutantQuestions {
  if (!overridden) return NONE;
  const inner = groupOf(ruleSet, overridden) === undefined ? rule : overridden;
  const both: Condition = { kind: 'all', items: [whole(rule, ruleSet), whole(overridden, ruleSet)], span: NOWHERE };
  return alone(plainly(both, groupOf(ruleSet, inner)));
}

function ofThreshold(threshold: Threshold, changed: Threshold, ruleSet: RuleSet): MutantQuestions {
  const fact = threshold.fact && factIn(ruleSet, '@anywhere', threshold.fact.value);
  if (!fact) return NONE;
  const of = (test: Test): Condition => ({ kind: 'fact', fact: { value: fact.id, span: NOWHERE }, test, span: NOWHERE });
  const local = plainly(either(of(threshold.test), of(changed.test)), fact.group);
  return { asked: [local], proving: [local] };
}

function ofScore(score: Score, changed: Score): MutantQuestions {
  const group = score.of?.value;
  const [before, after] = [score, changed].map(({ bandSets }) => [...bandSets.values()].flat());
  const band = before!.findIndex((each, i) => each !== after![i]);
  if (band >= 0) {
    const of = (test: Test): Condition => ({ kind: 'score-total', score: { value: score.id, span: NOWHERE }, test, span: NOWHERE });
    const { when } = before![band]!;
    return alone(plainly(together([when, either(of(before![band]!.test), of(after![band]!.test))]), group));
  }
  const [id] = [...score.components.keys()].filter(each => score.components.get(each) !== changed.components.get(each));
  const condition = id === undefined ? undefined : ofComponent(score.components.get(id)!, changed.components.get(id)!);
  return condition ? alone(plainly(together([score.when, condition]), group)) : NONE;
}

/** Where the points of a component may be others. An option that is recorded is no condition. */
function ofComponent({ how }: Component, changed: Component): Condition | undefined {
  const other: ComponentSource | undefined = changed.how;
  if (how?.kind === 'options' && how.from && other?.kind === 'options') {
    const [id] = [...how.options.keys()].filter(each => how.options.get(each) !== other.options.get(each));
    return id === undefined ? undefined : factTest(how.from.value, testOf({ is: { value: id, span: NOWHERE } }));
  }
  if (how?.kind === 'intervals' && other?.kind === 'intervals') {
    const i = how.intervals.findIndex((each, at) => each !== other.intervals[at]);
    const of = (test: Test) => factTest(how.fact.value, { ...test, unit: test.unit ?? how.unit });
    const [was, is] = [how.intervals[i]!.test, other.intervals[i]!.test];
    return was === is ? of(was) : either(of(was), of(is));
  }
  if (how?.kind !== 'conditions' || other?.kind !== 'conditions') return undefined;
  const i = how.conditions.findIndex((each, at) => each !== other.conditions[at]);
  const [was, is] = [how.conditions[i]!.when, other.conditions[i]!.when];
  const earlier = how.conditions.slice(0, i).map(({ when }) => not(when));
  return together([...earlier, was === is ? was : either(was, is)]);
}

function factTest(name: string, test: Test): Condition {
  return { kind: 'fact', fact: { value: name, span: NOWHERE }, test, span: NOWHERE };
}

/** All that a rule needs by itself, as one condition. */
function whole(rule: Rule, ruleSet: RuleSet): Condition {
  const site = ruleSet.locatedGroup && [...ruleSet.locatedGroup.facts.values()].find(({ values }) => values === 'sites');
  const sited = rule.precaution && site ? factTest(site.id, testOf({ in: rule.sites })) : undefined;
  return together([sited, rule.when, rule.until && not(rule.until)]);
}

function together(conditions: readonly (Condition | undefined)[]): Condition {
  const items = conditions.filter(each => each !== undefined);
  return items.length === 0 ? ALWAYS : items.length === 1 ? items[0]! : { kind: 'all', items, span: NOWHERE };
}

function not(item: Condition): Condition {
  return { kind: 'not', item, span: NOWHERE };
}

/** One holds and the other does not. */
function either(one: Condition, other: Condition): Condition {
  const only = (a: Condition, b: Condition): Condition => ({ kind: 'all', items: [a, not(b)], span: NOWHERE });
  return { kind: 'any', items: [only(one, other), only(other, one)], span: NOWHERE };
}
