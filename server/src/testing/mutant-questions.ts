/** Mutants as questions to the analysis: for whom would the rule set and the mutant say something else? */
import { standIns } from '../analysis/differences.ts';
import { groupOf } from '../analysis/gather.ts';
import type { Condition, Effect, Rule, RuleSet } from '../model/rule-set.ts';
import { NOWHERE } from './asked.ts';
import { alone, either, firing, type MutantQuestions, plainly, whole } from './mutant-question.ts';
import { isReadByScores, ofFact, ofThreshold } from './mutant-questions-of-facts.ts';
import { ofScore } from './mutant-questions-of-scores.ts';
import { ofDecision, ofScope, ofSite } from './mutant-questions-of-wholes.ts';
import type { Mutant } from './mutants.ts';

const NONE: MutantQuestions = { asked: [], proving: [] };

/** Of patients outside the scope nothing is told but the totals and bands of scores: what changes these is asked of everybody. */
export function questionsOf(mutant: Mutant, ruleSet: RuleSet): MutantQuestions {
  const { asked, proving } = inScope(mutant, ruleSet);
  if (!ruleSet.root.appliesTo || !changesScores(mutant, ruleSet)) return { asked, proving };
  const wider = proving.map(list => list.map(each => ({ ...each, anyScope: true as const })));
  return { asked: [...asked, ...wider.flat()], proving: wider };
}

function changesScores({ change }: Mutant, ruleSet: RuleSet): boolean {
  if (change.kind === 'threshold') return isReadByScores({ threshold: change.item }, ruleSet);
  if (change.kind !== 'whole') return change.kind === 'score';
  const { what } = change;
  return what.kind === 'fact' ? isReadByScores({ fact: what.was }, ruleSet) : what.kind === 'site' && ruleSet.scores.size > 0;
}

function inScope({ change }: Mutant, ruleSet: RuleSet): MutantQuestions {
  switch (change.kind) {
    case 'when':
      return alone(firing(ruleSet, change.rule, either(whole(change.rule, ruleSet), whole(change.changed, ruleSet))));
    case 'then':
      return ofThen(change.rule, change.changed, ruleSet);
    case 'threshold':
      return ofThreshold(change.item, change.changed, ruleSet);
    case 'score':
      return ofScore(change.item, change.changed, ruleSet);
    case 'whole':
      break;
  }
  const { what, changed } = change;
  if (what.kind === 'scope') return ofScope(what.was, what.is);
  if (what.kind === 'fact') return ofFact(what.was, what.is, ruleSet);
  return what.kind === 'site' ? ofSite(what.id, ruleSet, changed) : ofDecision(what.id, ruleSet, changed);
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
  return { asked: [...silent, plain], proving: [[plain]] };
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
