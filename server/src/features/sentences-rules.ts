/** Rules and their effects as whole sentences: what hover, the plain-language view and `explain` say. */
import type { Effect, EffectPlace, ParameterAmount, ParameterRange, Placed, PlaceException, Rule, RuleSet } from '../model/rule-set.ts';
import { conditionText, effectText, everyText, groupTitle, parameterTitle, ruleGroup } from './sentences.ts';
import { adviceTitle, decisionValueTitle, sitePhrase, siteTitle, titleOf } from './titles.ts';
import { amountText, capitalised, inSentence, isOrAre, listText, spoken } from './words.ts';

/** `For each lesion, if SINS is unstable (at least 5), until stabilised is yes: the answer to “May this patient exercise now?” is contraindicated.` */
export function ruleText(ruleSet: RuleSet, rule: Rule): string {
  const group = ruleGroup(ruleSet, rule);
  const conditions = [
    ...(rule.when ? [conditionText(ruleSet, rule.when, group)] : []),
    ...(rule.given ? [givenText(ruleSet, rule.given)] : []),
  ];
  const parts = [
    ...scopeOf(ruleSet, rule, group),
    ...(conditions.length ? [`if ${listText(conditions.length > 1 ? conditions.map(bracketed) : conditions)}`] : []),
    ...(rule.until ? [`until ${conditionText(ruleSet, rule.until, group)}`] : []),
  ];
  const does = rule.then.map(effect => effectSentence(ruleSet, effect, group !== undefined));
  return `${capitalised(parts.join(', ') || 'always')}: ${does.join('; ') || 'nothing follows'}.`;
}

function scopeOf(ruleSet: RuleSet, rule: Rule, group: string | undefined): string[] {
  const sites = listText(
    rule.sites.map(({ value }) => sitePhrase(ruleSet, value)),
    'or',
  );
  if (group !== undefined) return [`for each ${groupTitle(ruleSet, group)}${sites && ` in ${sites}`}`];
  return sites ? [`in ${sites}`] : [];
}

/** Alternatives among several things that must all be so are kept together. */
function bracketed(text: string): string {
  return / or /.test(text) && !/^\(.*\)$/.test(text) ? `(${text})` : text;
}

function givenText(ruleSet: RuleSet, { decision, values }: NonNullable<Rule['given']>): string {
  const titles = values.map(({ value }) => decisionValueTitle(ruleSet, decision.value, value));
  return `${answerOf(ruleSet, decision.value)} ${listText(titles, 'or')}`;
}

/** `the answer to “May this patient exercise now?” is`, `clearance is`. */
function answerOf(ruleSet: RuleSet, decision: string): string {
  const title = titleOf(ruleSet.decisions.get(decision), decision);
  return title.endsWith('?') ? `the answer to “${title}” is` : `${inSentence(title)} is`;
}

/** `deep hip flexion is to be avoided there`. `ofRecord`: the rule is about the records of a group, so `here` is a place. */
export function effectSentence(ruleSet: RuleSet, effect: Effect, ofRecord: boolean): string {
  const note = effect.note === undefined ? '' : ` (${effect.note.replace(/\.$/, '')})`;
  if (effect.kind === 'decide') return `${answerOf(ruleSet, effect.decision.value)} ${effectText(ruleSet, effect)}${note}`;
  const where = placeText(ruleSet, effect.at, ofRecord);
  return [`${claim(ruleSet, effect)}${where && ` ${where}`}`, ...more(ruleSet, effect), ...duringText(ruleSet, effect)].join(', ') + note;
}

type PlacedEffect = Exclude<Effect, { kind: 'decide' }>;

const PASSIVE = { require: 'required', recommend: 'recommended', avoid: 'to be avoided', forbid: 'forbidden' } as const;

function claim(ruleSet: RuleSet, effect: PlacedEffect): string {
  if (effect.kind === 'limit') return limitClaim(ruleSet, effect);
  const what = effectText(ruleSet, effect);
  const verb = effect.kind === 'recommend' && effect.what.length > 1 ? 'is' : isOrAre(what);
  return `${what} ${verb} ${PASSIVE[effect.kind]}`;
}

/** `intensity of exercise is limited to at most light`. */
function limitClaim(ruleSet: RuleSet, effect: Extract<Effect, { kind: 'limit' }>): string {
  const of = effect.of ? ` of ${adviceTitle(ruleSet, effect.of.value)}` : '';
  const amount = typeof effect.atMost.value === 'string' ? spoken(effect.atMost.value) : effect.atMost.value.toString();
  const parameter = parameterTitle(ruleSet, effect.parameter.value);
  return `${parameter}${of} ${isOrAre(parameter)} limited to at most ${amountText(amount, effect.unit?.value)}`;
}

/** Amounts, steps and how often. */
function more(ruleSet: RuleSet, effect: PlacedEffect): string[] {
  if (effect.kind === 'require') return effect.every ? [everyText(periodText(effect.every.value))] : [];
  if (effect.kind !== 'recommend') return [];
  return [
    ...effect.with.map(range => amountsText(ruleSet, range)),
    ...effect.steps.map((step, i) => {
      const ranges = listText(step.with.map(range => amountsText(ruleSet, range)));
      return `step ${i + 1}${step.title === undefined ? '' : ` (${inSentence(step.title)})`}: ${ranges}`;
    }),
    ...effect.maximum.map(amount => mostText(ruleSet, amount)),
    ...(effect.every ? [everyText(periodText(effect.every.value))] : []),
  ];
}

function periodText({ number, unit }: { readonly number: { toString(): string }; readonly unit: string }): string {
  return `${number} ${unit}`;
}

/** `minutes a week 150 min/wk`, `intensity light to moderate`. */
function amountsText(ruleSet: RuleSet, range: ParameterRange): string {
  const text = (constant: NonNullable<ParameterRange['is']>, unit = range.unit?.value) => amountText(spoken(String(constant.value)), unit);
  const { is, atLeast, above, atMost, below } = range;
  const bounds =
    atLeast && atMost && !above && !below
      ? [`${spoken(String(atLeast.value))} to ${text(atMost)}`]
      : [
          ...(is ? [text(is)] : []),
          ...(atLeast ? [`at least ${text(atLeast)}`] : []),
          ...(above ? [`above ${text(above)}`] : []),
          ...(atMost ? [`at most ${text(atMost)}`] : []),
          ...(below ? [`below ${text(below)}`] : []),
        ];
  return `${parameterTitle(ruleSet, range.parameter.value)} ${bounds.join(' and ')}`;
}

function mostText(ruleSet: RuleSet, { parameter, value, unit }: ParameterAmount): string {
  return `${parameterTitle(ruleSet, parameter.value)} never above ${amountText(spoken(String(value.value)), unit?.value)}`;
}

function duringText(ruleSet: RuleSet, { during }: Placed): string[] {
  const phases = during.map(({ value }) => inSentence(titleOf(ruleSet.phases.get(value), value)));
  return phases.length ? [`in the phase ${listText(phases, 'or')}`] : [];
}

/** Empty for everywhere. */
function placeText(ruleSet: RuleSet, at: EffectPlace, ofRecord: boolean): string {
  if (at.kind === 'here') return ofRecord ? 'there' : '';
  if (at.kind === 'sites') return `in ${listText(at.sites.map(({ value }) => sitePhrase(ruleSet, value)))}`;
  if (at.kind !== 'below') return '';
  const except = at.except ? `, except ${exceptText(ruleSet, at.except)}` : '';
  return `in every part of ${sitePhrase(ruleSet, at.site.value)}${except}`;
}

/** `where there is a lesion (of the arm or the leg: the whole of it)`. */
function exceptText(ruleSet: RuleSet, { group, where, whole }: PlaceException): string {
  const records = groupTitle(ruleSet, group.value);
  const condition = where ? ` for which ${conditionText(ruleSet, where, group.value)}` : '';
  const spared = whole.length
    ? ` (with one in ${listText(
        whole.map(({ value }) => sitePhrase(ruleSet, value)),
        'or',
      )}, that ${whole.length === 1 ? siteTitle(ruleSet, whole[0]!.value) : 'part'} as a whole on its side)`
    : '';
  return `where there is ${/^[aeiou]/i.test(records) ? 'an' : 'a'} ${records}${condition}${spared}`;
}
