/** Mutants as questions to the analysis: for whom would the rule set and the mutant say something else? */
import { standIns } from '../analysis/differences.ts';
import { groupOf } from '../analysis/gather.ts';
import type { Effect, Rule, RuleSet } from '../model/rule-set.ts';
import { givenLess, heardApart, unanswered } from './mutant-proofs-of-rules.ts';
import { apart, asking, either, firing, type MutantQuestions, mayFire, mayHold, plainly, together, whole } from './mutant-question.ts';
import { isReadByScores, ofFact, ofThreshold } from './mutant-questions-of-facts.ts';
import { ofScore } from './mutant-questions-of-scores.ts';
import { ofDecision, ofScope, ofSite } from './mutant-questions-of-wholes.ts';
import type { Mutant } from './mutants.ts';
import { namesRead } from './names-read.ts';

const NONE: MutantQuestions = { asked: [], proofs: [] };

/** Of patients outside the scope nothing is told but the totals and bands of scores: what changes these is asked of everybody. */
export function questionsOf(mutant: Mutant, ruleSet: RuleSet): MutantQuestions {
  const { asked, proofs } = inScope(mutant, ruleSet);
  if (!ruleSet.root.appliesTo || !changesScores(mutant, ruleSet)) return { asked, proofs };
  const anyScope = true;
  const wider = asked.filter(({ question }) => question.rules.length === 0).map(each => ({ ...each, anyScope }) as const);
  return { asked: [...asked, ...wider], proofs: proofs.map(list => list.map(each => ({ ...each, anyScope }) as const)) };
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
      return ofWhen(change.rule, change.changed, ruleSet);
    case 'then':
      return ofThen(change.rule, change.changed, ruleSet);
    case 'threshold':
      return ofThreshold(change.item, change.changed, ruleSet);
    case 'score':
      return ofScore(change.item, change.changed);
    case 'whole':
      break;
  }
  const { what, changed } = change;
  if (what.kind === 'scope') return ofScope(what.was, what.is);
  if (what.kind === 'fact') return ofFact(what.was, what.is, ruleSet);
  return what.kind === 'site' ? ofSite(what.id, ruleSet, changed) : ofDecision(what.id, ruleSet, changed);
}

function ofWhen(rule: Rule, changed: Rule, ruleSet: RuleSet): MutantQuestions {
  const [was, is] = [whole(rule, ruleSet), whole(changed, ruleSet)];
  const others = [heardApart(rule, changed, ruleSet), unanswered(rule, changed, ruleSet)].filter(proof => proof !== undefined);
  return { asked: [firing(ruleSet, rule, either(was, is))], proofs: [[apart(was, is, groupOf(ruleSet, rule))], ...others] };
}

function ofThen(rule: Rule, changed: Rule, ruleSet: RuleSet): MutantQuestions {
  const own = whole(rule, ruleSet);
  if (rule.given && !changed.given) return asking(firing(ruleSet, rule, own, { given: false }), mayFire(ruleSet, rule));
  const gone = rule.override?.rules.find(({ value }) => !changed.override?.rules.some(other => other.value === value));
  if (gone) return ofOverride(rule, ruleSet.rules.get(gone.value), ruleSet);
  if (rule.given && rule.given !== changed.given)
    return { asked: [firing(ruleSet, rule, own)], proofs: [[mayFire(ruleSet, rule)], ...givenLess(rule, changed, ruleSet)] };
  const plain = firing(ruleSet, rule, own);
  const effect = rule.then.find(each => !changed.then.includes(each));
  const rivals = effect ? rivalsOf(rule, effect, ruleSet) : [];
  const silent = rivals.length > 0 ? [firing(ruleSet, rule, own, { silent: rivals })] : [];
  // What a rule decides says whether it may ask for what is unknown: with another value it may hold for others.
  const isSame = effect?.kind !== 'decide' || !asksUnknown(rule);
  return { asked: [...silent, plain], proofs: isSame ? [[mayFire(ruleSet, rule)]] : [] };
}

function asksUnknown({ when, until }: Rule): boolean {
  let found = false;
  namesRead([when, until], ({ kind }) => {
    if (kind === 'unknown') found = true;
  });
  return found;
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
  const group = groupOf(ruleSet, groupOf(ruleSet, overridden) === undefined ? rule : overridden);
  const both = together([whole(rule, ruleSet), whole(overridden, ruleSet)]);
  return asking(plainly(both, group), mayHold(both, group));
}
