/** What is said of a site and of what is advised: what lies above and below, and what rules say of it. */
import { adviceHierarchy, siteHierarchy } from '../model/hierarchy.ts';
import type { Advice, Effect, Rule, RuleSet } from '../model/rule-set.ts';
import type { PlainBlock } from './plain-model.ts';
import { ruleItem } from './plain-rules.ts';
import { adviceItem } from './plain-vocabulary.ts';
import { isPaired } from './site-words.ts';
import { adviceTitle, siteTitle, titleOf } from './titles.ts';
import { capitalised, listText, shortList } from './words.ts';

/** More are counted, not listed. */
const MOST_SITES = 12;
const MOST_RULES = 8;

/** The sites above and below, and the precautions that hold there or in a part of it. */
export function siteBlocks(whole: RuleSet, id: string): readonly PlainBlock[] {
  const hierarchy = siteHierarchy(whole);
  const above = [...hierarchy.above(id)].filter(each => each !== id);
  const below = hierarchy.ids.filter(each => each !== id && hierarchy.isBelow(each, id));
  const named = (ids: readonly string[]) => ids.map(each => siteTitle(whole, each));
  const code = whole.sites.get(id)?.code;
  return [
    ...text(above.length > 0 ? `Part of ${listText(named(above))}.` : ''),
    ...text(below.length > 0 ? `Below it: ${shortList(named(below), MOST_SITES)}.` : 'No site lies below it.'),
    ...text(isPaired(whole, id) ? 'It has two sides.' : ''),
    ...text(code ? `Code: ${code.system} ${code.code}${code.display ? ` (${code.display})` : ''}.` : ''),
    ...precautions(whole, 'Precautions there:', ({ sites }) => sites.some(({ value }) => hierarchy.isBelow(id, value))),
    ...precautions(whole, 'In a part of it:', ({ sites }) => sites.some(({ value }) => value !== id && hierarchy.isBelow(value, id))),
  ];
}

function precautions(whole: RuleSet, title: string, holds: (rule: Rule) => boolean): readonly PlainBlock[] {
  const found = [...whole.rules.values()].filter(rule => rule.precaution && holds(rule));
  if (found.length === 0) return [];
  const items = found.slice(0, MOST_RULES).map(rule => ({ ...ruleItem(whole, rule), details: [] }));
  return [...text(title), { kind: 'list', items }, ...text(more(found.length))];
}

function more(count: number): string {
  return count > MOST_RULES ? `and ${count - MOST_RULES} more.` : '';
}

/** What it is, what it is a kind of and what is a kind of it, and every rule that speaks of one of these. */
export function adviceBlocks(whole: RuleSet, advice: Advice): readonly PlainBlock[] {
  const hierarchy = adviceHierarchy(whole);
  const below = hierarchy.ids.filter(each => each !== advice.id && hierarchy.isBelow(each, advice.id));
  const { text: said, details } = adviceItem(whole, advice);
  return [
    ...[said, ...details].flatMap(text),
    ...text(
      below.length > 0
        ? `Kinds of it: ${shortList(
            below.map(each => adviceTitle(whole, each)),
            MOST_SITES,
          )}.`
        : '',
    ),
    ...text(advice.code ? `Code: ${advice.code.system} ${advice.code.code}${advice.code.display ? ` (${advice.code.display})` : ''}.` : ''),
    ...VERBS.flatMap(([verb, title]) => rulesSaying(whole, advice.id, verb, title)),
  ];
}

const VERBS = [
  ['forbid', 'Forbidden by:'],
  ['avoid', 'To be avoided by:'],
  ['limit', 'Limited by:'],
  ['require', 'Required by:'],
  ['recommend', 'Recommended by:'],
] as const;

/** What is barred of a broader thing is barred of this one; what is recommended of a narrower one is a way to do it. */
function rulesSaying(whole: RuleSet, id: string, verb: (typeof VERBS)[number][0], title: string): readonly PlainBlock[] {
  const hierarchy = adviceHierarchy(whole);
  const isMeant = (named: string) => (verb === 'recommend' || verb === 'require' ? named === id : hierarchy.isBelow(id, named));
  const rules = [...whole.rules.values()].filter(({ then }) =>
    then.some(effect => effect.kind === verb && subjectsOf(effect).some(isMeant)),
  );
  if (rules.length === 0) return [];
  const items = rules.slice(0, MOST_RULES).map(rule => ({ title: '', text: ruleName(whole, rule), details: [], place: undefined }));
  return [...text(title), { kind: 'list', items }, ...text(more(rules.length))];
}

function subjectsOf(effect: Effect): readonly string[] {
  if (effect.kind === 'decide') return [];
  if (effect.kind === 'recommend') return effect.what.map(({ value }) => value);
  return effect.kind === 'limit' ? (effect.of ? [effect.of.value] : []) : [effect.what.value];
}

/** A precaution is known by its sites. */
function ruleName(whole: RuleSet, rule: Rule): string {
  if (rule.title !== undefined || rule.sites.length === 0) return titleOf(rule, rule.id);
  return `${capitalised(listText(rule.sites.map(({ value }) => siteTitle(whole, value))))} (precaution)`;
}

function text(said: string): readonly PlainBlock[] {
  return said ? [{ kind: 'text', text: said }] : [];
}
