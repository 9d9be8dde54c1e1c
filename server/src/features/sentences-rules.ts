/** Rules and their effects as whole sentences: what hover, the plain-language view and `explain` say. */
import type { Effect, EffectPlace, ParameterAmount, ParameterRange, Placed, PlaceException, Rule, RuleSet } from '../model/rule-set.ts';
import { conditionText, effectText, everyText, groupTitle, parameterTitle, ruleGroup, withArticle } from './sentences.ts';
import { adviceTitle, decisionValueTitle, sitePhrase, titleOf } from './titles.ts';
import { amountText, capitalised, inSentence, isOrAre, listText, setApart, spoken } from './words.ts';

/** `For each lesion, if SINS is unstable (at least 5), until stabilised is yes: the answer to “May this patient exercise now?” is “contraindicated”.` */
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
  const does = effectsText(ruleSet, rule.then, group !== undefined);
  return `${capitalised(parts.join(', ') || 'always')}: ${does || 'nothing follows'}.`;
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
  return `${answerOf(ruleSet, decision.value)} ${listText(
    titles.map(title => `“${title}”`),
    'or',
  )}`;
}

/** `the answer to “May this patient exercise now?” is`, `clearance is`. */
function answerOf(ruleSet: RuleSet, decision: string): string {
  const title = titleOf(ruleSet.decisions.get(decision), decision);
  return title.endsWith('?') ? `the answer to “${title}” is` : `${inSentence(title)} is`;
}

/** What an effect says, in parts: effects that differ in their subject alone are said together. */
interface Clause {
  readonly kind: Effect['kind'];
  readonly subject: string;
  /** Behind the verb. */
  readonly rest: string;
  readonly note: string;
}

/** `deep hip flexion and deep hip extension are to be avoided there; exercise is forbidden`. `ofRecord`: the rule is about the records of a group. */
export function effectsText(ruleSet: RuleSet, effects: readonly Effect[], ofRecord: boolean): string {
  const clauses: (Clause & { readonly subjects: readonly string[] })[] = [];
  for (const effect of effects) {
    const clause = clauseOf(ruleSet, effect, ofRecord);
    const last = clauses.at(-1);
    const goesWith =
      last && last.kind === clause.kind && last.rest === clause.rest && last.note === clause.note && clause.kind !== 'decide';
    if (goesWith && clause.kind !== 'limit') clauses[clauses.length - 1] = { ...clause, subjects: [...last.subjects, clause.subject] };
    else clauses.push({ ...clause, subjects: [clause.subject] });
  }
  return clauses.map(clauseText).join('; ');
}

const PASSIVE = { require: 'required', recommend: 'recommended', avoid: 'to be avoided', forbid: 'forbidden' } as const;

function clauseText({ kind, subjects, rest, note }: Clause & { readonly subjects: readonly string[] }): string {
  const subject = listText(subjects);
  if (kind === 'decide' || kind === 'limit') return `${subject}${rest}${note}`;
  const verb = subjects.length > 1 ? 'are' : / or |^“/.test(subject) ? 'is' : isOrAre(subject);
  return `${subject} ${verb} ${PASSIVE[kind]}${rest}${note}`;
}

function clauseOf(ruleSet: RuleSet, effect: Effect, ofRecord: boolean): Clause {
  const note = effect.note === undefined ? '' : ` – ${inSentence(effect.note.replace(/\.$/, ''))}`;
  if (effect.kind === 'decide') {
    const subject = `${answerOf(ruleSet, effect.decision.value)} “${effectText(ruleSet, effect)}”`;
    return { kind: effect.kind, subject, rest: '', note };
  }
  const where = placeText(ruleSet, effect.at, ofRecord);
  const rest = [
    where && ` ${where}`,
    amountsOf(ruleSet, effect),
    ...[...everyOf(effect), ...duringText(ruleSet, effect)].map(text => `, ${text}`),
  ];
  return { kind: effect.kind, subject: subjectOf(ruleSet, effect), rest: rest.join(''), note };
}

type PlacedEffect = Exclude<Effect, { kind: 'decide' }>;

function subjectOf(ruleSet: RuleSet, effect: PlacedEffect): string {
  if (effect.kind === 'limit') return limitClaim(ruleSet, effect);
  if (effect.kind !== 'recommend') return setApart(effectText(ruleSet, effect));
  return listText(
    effect.what.map(({ value }) => setApart(adviceTitle(ruleSet, value))),
    'or',
  );
}

/** `intensity of exercise is limited to at most light`. */
function limitClaim(ruleSet: RuleSet, effect: Extract<Effect, { kind: 'limit' }>): string {
  const of = effect.of ? ` of ${adviceTitle(ruleSet, effect.of.value)}` : '';
  const amount = typeof effect.atMost.value === 'string' ? spoken(effect.atMost.value) : effect.atMost.value.toString();
  const parameter = parameterTitle(ruleSet, effect.parameter.value);
  return `${parameter}${of} ${isOrAre(parameter)} limited to at most ${amountText(amount, effect.unit?.value)}`;
}

/** ` (dose: 500 mg)`; also the steps of a taper, and what is never exceeded. */
function amountsOf(ruleSet: RuleSet, effect: PlacedEffect): string {
  if (effect.kind !== 'recommend') return '';
  const parts = [
    ...effect.with.map(range => amountsText(ruleSet, range)),
    ...effect.steps.map((step, i) => {
      const ranges = step.with.map(range => amountsText(ruleSet, range));
      return `step ${i + 1}${step.title === undefined ? '' : `, ${inSentence(step.title)}`}: ${ranges.join(', ')}`;
    }),
    ...effect.maximum.map(amount => mostText(ruleSet, amount)),
  ];
  return parts.length ? ` (${parts.join('; ')})` : '';
}

function everyOf(effect: PlacedEffect): string[] {
  const every = effect.kind === 'require' || effect.kind === 'recommend' ? effect.every : undefined;
  return every ? [everyText(periodText(every.value))] : [];
}

function periodText({ number, unit }: { readonly number: { toString(): string }; readonly unit: string }): string {
  return `${number} ${unit}`;
}

/** `minutes a week: 150 min/wk`, `intensity: light to moderate`. */
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
  return `${parameterTitle(ruleSet, range.parameter.value)}: ${bounds.join(' and ')}`;
}

function mostText(ruleSet: RuleSet, { parameter, value, unit }: ParameterAmount): string {
  return `${parameterTitle(ruleSet, parameter.value)}: never above ${amountText(spoken(String(value.value)), unit?.value)}`;
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

/** `where there is a lesion (one in the arm or the leg takes out all of it, on its side)`. */
function exceptText(ruleSet: RuleSet, { group, where, whole }: PlaceException): string {
  const records = withArticle(groupTitle(ruleSet, group.value));
  const condition = where ? ` for which ${conditionText(ruleSet, where, group.value)}` : '';
  const sites = whole.map(({ value }) => sitePhrase(ruleSet, value));
  const spared = sites.length ? ` (one in ${listText(sites, 'or')} takes out all of it, on its side)` : '';
  return `where there is ${records}${condition}${spared}`;
}
