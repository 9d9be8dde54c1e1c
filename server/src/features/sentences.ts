/** Conditions, tests and effects as parts of a sentence. Used by the preview, and wherever a rule is told in plain words. */
import type { Band, Bound, Condition, Constant, Effect, Fact, Rule, RuleSet, Test, Threshold } from '../model/rule-set.ts';
import { adviceTitle, bandTitle, decisionValueTitle, factOf, factTitle, scoreName, titleOf, valueTitle } from './titles.ts';
import { amountText, dateText, inSentence, isOrAre, listText, named, setApart, spoken } from './words.ts';

/** Whose facts a name means: the records of this group, or the patient's own. */
export type Group = string | undefined;

/** A condition as one sentence part: `SINS is potentially unstable (7 to 12) and stabilised is no`. */
export function conditionText(ruleSet: RuleSet, condition: Condition | undefined, group: Group): string {
  if (!condition) return 'always';
  switch (condition.kind) {
    case 'all':
      return joined(ruleSet, condition.items, group, 'and');
    case 'any':
      return joined(ruleSet, condition.items, group, 'or');
    case 'not':
      return notText(ruleSet, condition.item, group);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      return groupText(ruleSet, condition);
    case 'count-conditions':
      return `${countText(ruleSet, condition.test)} of: ${condition.items.map(item => conditionText(ruleSet, item, group)).join('; ')}`;
    default:
      return leafText(ruleSet, condition, group);
  }
}

/** The condition as the head of a tree whose branches are shown below it: `all of`, `there is a bone lesion where`. */
export function headText(ruleSet: RuleSet, condition: Condition, group: Group): string {
  switch (condition.kind) {
    case 'all':
      return 'all of';
    case 'any':
      return 'any of';
    case 'not':
      return 'not';
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      return `${groupHead(ruleSet, condition)}${condition.where && condition.kind !== 'every' ? ' where' : ''}`;
    case 'count-conditions':
      return `${countText(ruleSet, condition.test)} of`;
    default:
      return leafText(ruleSet, condition, group);
  }
}

/** `primary tumour is not breast`; what has more to it is put in brackets. */
function notText(ruleSet: RuleSet, item: Condition, group: Group): string {
  const text = conditionText(ruleSet, item, group);
  const isNamed = item.kind === 'fact' && typeof item.test.is?.value === 'string';
  return isNamed ? text.replace(/ (is|are) (?!.* (is|are) )/, ' $1 not ') : `not (${text})`;
}

function joined(ruleSet: RuleSet, items: readonly Condition[], group: Group, word: 'and' | 'or'): string {
  return listText(
    items.map(item => {
      const text = conditionText(ruleSet, item, group);
      return item.kind === 'all' || item.kind === 'any' ? `(${text})` : text;
    }),
    word,
  );
}

type GroupCondition = Extract<Condition, { group: unknown }>;

function groupText(ruleSet: RuleSet, condition: GroupCondition): string {
  const link = condition.kind === 'every' ? '' : 'where ';
  const where = condition.where ? ` ${link}${conditionText(ruleSet, condition.where, condition.group.value)}` : '';
  return `${groupHead(ruleSet, condition)}${where}`;
}

function groupHead(ruleSet: RuleSet, condition: GroupCondition): string {
  const title = groupTitle(ruleSet, condition.group.value);
  if (condition.kind === 'count-records') {
    const count = countText(ruleSet, condition.test);
    return / 1$/.test(count) ? `there is ${count} record “${title}”` : `there are ${count} records “${title}”`;
  }
  if (condition.kind === 'every') return `for every ${title}`;
  return condition.kind === 'none' ? `there is no ${title}` : `there is ${withArticle(title)}`;
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

export function groupTitle(ruleSet: RuleSet, group: string): string {
  return inSentence(titleOf(ruleSet.groups.get(group), group));
}

type Leaf = Exclude<Condition, { kind: 'all' | 'any' | 'not' | 'count-conditions' } | GroupCondition>;

function leafText(ruleSet: RuleSet, condition: Leaf, group: Group): string {
  switch (condition.kind) {
    case 'fact': {
      const fact = factOf(ruleSet, condition.fact.value, group);
      return comparison(ruleSet, named(titleOf(fact, condition.fact.value)), condition.test, fact);
    }
    case 'threshold':
      return thresholdText(ruleSet, condition.threshold.value);
    case 'score-total':
      return `the ${setApart(scoreName(ruleSet, condition.score.value))} total is ${rangeText(ruleSet, condition.test)}`;
    case 'score-bands':
      return `${setApart(scoreName(ruleSet, condition.score.value))} is ${bandsText(ruleSet, condition.score.value, condition.bands)}`;
    case 'score-component':
      return `a component of ${setApart(scoreName(ruleSet, condition.score.value))} has ${pointsText(ruleSet, condition.test)}`;
    case 'score-applies':
      return `${setApart(scoreName(ruleSet, condition.score.value))} ${condition.applies ? 'applies' : 'does not apply'}`;
    case 'unknown':
      return `${unknownSubject(ruleSet, condition.what, condition.name.value, group)} is not known`;
    case 'unreadable':
      return 'a condition that cannot be read';
  }
}

/** `platelets are below 50 ×10⁹/L`: the verb goes with the title. */
function comparison(ruleSet: RuleSet, title: string, test: Test, fact: Fact | undefined): string {
  return `${title} ${testText(ruleSet, test, fact).replace(/^is/, fact?.type === 'boolean' ? 'is' : isOrAre(title))}`;
}

/** `3 points`, `at least 1 point`. */
export function pointsText(ruleSet: RuleSet, test: Test): string {
  const text = testText(ruleSet, test, undefined).replace(/^is /, '');
  return `${text} ${/(^|\s)1$/.test(text) ? 'point' : 'points'}`;
}

function unknownSubject(ruleSet: RuleSet, what: 'fact' | 'score' | 'group', name: string, group: Group): string {
  if (what === 'score') return scoreName(ruleSet, name);
  if (what === 'group') return `the list “${groupTitle(ruleSet, name)}”`;
  return inSentence(factTitle(ruleSet, name, group));
}

/** `severe hypercalcaemia (corrected calcium is at least 3.5 mmol/L or 14 mg/dL)`. */
export function thresholdText(ruleSet: RuleSet, id: string): string {
  const threshold = ruleSet.thresholds.get(id);
  const title = inSentence(titleOf(threshold, id));
  return threshold?.fact ? `${title} (${thresholdTestText(ruleSet, threshold)})` : title;
}

/** What it is held against alone: `corrected calcium is at least 3.5 mmol/L or 14 mg/dL`. */
export function thresholdTestText(ruleSet: RuleSet, { id, fact, test }: Threshold): string {
  if (!fact) return inSentence(spoken(id));
  const declared = factOf(ruleSet, fact.value, undefined);
  return comparison(ruleSet, named(titleOf(declared, fact.value)), test, declared);
}

function bandsText(ruleSet: RuleSet, score: string, bands: readonly { readonly value: string }[]): string {
  return listText(
    bands.map(({ value }) => {
      const band = findBand(ruleSet, score, value);
      const range = band ? rangeText(ruleSet, band.test) : '';
      // Bands of one title may hold for some patients each.
      const when = band?.when ? ` if ${conditionText(ruleSet, band.when, ruleSet.scores.get(score)?.of?.value)}` : '';
      return `${bandTitle(ruleSet, score, value)}${range ? ` (${range}${when})` : ''}`;
    }),
    'or',
  );
}

export function findBand(ruleSet: RuleSet, score: string, band: string): Band | undefined {
  for (const bands of ruleSet.scores.get(score)?.bandSets.values() ?? []) {
    const found = bands.find(candidate => candidate.id === band);
    if (found) return found;
  }
  return undefined;
}

/** `7 to 12`, `8`, `at most 6`, `above 4.5`. */
export function rangeText(ruleSet: RuleSet, test: Test): string {
  if (!test.atLeast || !test.atMost || test.above || test.below) return testText(ruleSet, test, undefined).replace(/^is /, '');
  const [low, high] = [boundText(test.atLeast, test, undefined), boundText(test.atMost, test, undefined)];
  if (low === high) return low;
  // The unit is said once.
  return test.atLeast.kind === 'number' && test.atMost.kind === 'number' ? `${test.atLeast.number.value} to ${high}` : `${low} to ${high}`;
}

/** `is at least 14 mg/dL`, `is yes`, `is L3 or L4`. */
export function testText(ruleSet: RuleSet, test: Test, fact: Fact | undefined): string {
  const parts: string[] = [];
  if (test.is) parts.push(constantText(ruleSet, test.is, test, fact));
  if (test.in)
    parts.push(
      listText(
        test.in.map(value => constantText(ruleSet, value, test, fact)),
        'or',
      ),
    );
  parts.push(...boundWords(test, fact));
  return parts.length ? `is ${parts.join(' and ')}` : 'is recorded';
}

function constantText(ruleSet: RuleSet, constant: Constant, test: Test, fact: Fact | undefined): string {
  const text = valueTitle(ruleSet, fact, constant.value);
  return typeof constant.value === 'object' ? amountText(text, test.unit?.value ?? fact?.unit?.value) : text;
}

function boundWords(test: Test, fact: Fact | undefined): string[] {
  const bounds = [
    ['at least', 'since', test.atLeast],
    ['above', 'after', test.above],
    ['at most', 'until', test.atMost],
    ['below', 'before', test.below],
  ] as const;
  return bounds.flatMap(([words, ofDate, bound]) =>
    bound ? [`${bound.kind === 'date' ? ofDate : words} ${boundText(bound, test, fact)}`] : [],
  );
}

function boundText(bound: Bound, test: Test, fact: Fact | undefined): string {
  if (bound.kind === 'date') return dateText(bound.date);
  if (bound.kind === 'number') return amountText(bound.number.value.toString(), test.unit?.value ?? fact?.unit?.value);
  return listText(
    bound.numbers.map(({ unit, number }) => amountText(number.value.toString(), unit.value)),
    'or',
  );
}

function countText(ruleSet: RuleSet, test: Test): string {
  const text = testText(ruleSet, test, undefined).replace(/^is /, '');
  return test.is ? `exactly ${text}` : text;
}

/** What an effect says, without its verb: `axial loading`, `resistance at most light`, `walking or cycling, 150 min/wk`. */
export function effectText(ruleSet: RuleSet, effect: Effect): string {
  switch (effect.kind) {
    case 'decide':
      return decisionValueTitle(ruleSet, effect.decision.value, effect.value.value);
    case 'limit': {
      const of = effect.of ? ` of ${adviceTitle(ruleSet, effect.of.value)}` : '';
      const amount = typeof effect.atMost.value === 'string' ? spoken(effect.atMost.value) : effect.atMost.value.toString();
      return `${parameterTitle(ruleSet, effect.parameter.value)}${of} at most ${amountText(amount, effect.unit?.value)}`;
    }
    case 'recommend':
      return listText(
        effect.what.map(what => adviceTitle(ruleSet, what.value)),
        'or',
      );
    default:
      return adviceTitle(ruleSet, effect.what.value);
  }
}

export function parameterTitle(ruleSet: RuleSet, id: string): string {
  return inSentence(titleOf(ruleSet.parameters.get(id), id));
}

/** `every 7 days`. */
export function everyText(period: string): string {
  const match = /^(\S+) (\S+)$/.exec(period);
  return `every ${match ? amountText(match[1]!, match[2]).replace(/^1 (?=[a-z])/, '') : period}`;
}

/** The group whose records a rule is about: a precaution's is the one with sites. */
export function ruleGroup(ruleSet: RuleSet, rule: Rule | undefined): Group {
  if (!rule) return undefined;
  return rule.precaution && rule.sites.length ? ruleSet.locatedGroup?.id : rule.of?.value;
}
