/** What a made case is proposed to expect: what the rule set gives now, as far as the case is there to show it. */
import { eachCondition } from '../../analysis/gather.ts';
import { type Answer, answer } from '../../evaluation/answer.ts';
import type { EffectOutcome, ScoreOutcome } from '../../evaluation/outcome.ts';
import { answersOf } from '../../features/expectations.ts';
import { siteHierarchy } from '../../model/hierarchy.ts';
import type { Rule, RuleSet } from '../../model/rule-set.ts';
import type { Looking, Shown, Way } from './shows.ts';

/** By key below `expected`, as a table has it: `decisions.clearance`, `totals.sins.a`, `fired`. */
export type Proposal = ReadonlyMap<string, unknown>;

/** `duties` are the ways that the case is there to show. */
export function proposalFor(shown: Shown, duties: readonly Way[], looking: Looking): Proposal {
  const { compiled } = looking;
  const { ruleSet } = compiled;
  const said = answer(compiled, shown.state, shown.judgement);
  const proposal = new Map<string, unknown>();
  for (const [id, decision] of Object.entries(said.decisions)) proposal.set(`decisions.${id}`, single(answersOf(decision)));
  const asked = new Set(duties.flatMap(({ point }) => (point.item ? [point.item.id] : [])));
  for (const score of said.scores) addScore(proposal, score, duties, ruleSet);
  const fired = new Set(said.rules.filter(({ status }) => status === 'fired').map(({ id }) => id));
  if (fired.size > 0) proposal.set('fired', [...fired]);
  const about = [...ruleSet.rules.values()].filter(rule => asked.has(rule.id) || namedIn(rule, ruleSet).some(id => asked.has(id)));
  const notFired = about.filter(({ id }) => !fired.has(id)).map(({ id }) => id);
  if (notFired.length > 0) proposal.set('notFired', notFired);
  const effects = effectsOf(said, duties, ruleSet);
  if (effects.length > 0) proposal.set('effects', effects);
  return proposal;
}

function single(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0]! : values;
}

/** More totals than this are not written out: nobody would read them. */
const MOST_TOTALS = 6;

function addScore(proposal: Map<string, unknown>, score: ScoreOutcome, duties: readonly Way[], ruleSet: RuleSet): void {
  const { id, record, state, total, totals = [], bands = [], band } = score;
  const key = record === null ? id : `${id}.${record}`;
  if (state === 'not-scorable') proposal.set(`totals.${key}`, null);
  else if (total !== undefined) proposal.set(`totals.${key}`, written(total));
  else if (state === 'partly-known' && totals.length > 0 && totals.length <= MOST_TOTALS)
    proposal.set(`totals.${key}`, totals.map(written));
  const isAsked = duties.some(({ point }) => point.kind === 'band' && point.item?.id === id);
  const found = [...new Set([...(band === undefined ? [] : [band]), ...bands])];
  if (isAsked && found.length > 0 && ruleSet.scores.get(id)?.bandSets.size === 1) proposal.set(`bands.${key}`, single(found));
}

/** As it stands in the text of a number. */
function written(total: string): unknown {
  return String(Number(total)) === total ? Number(total) : { exactly: total };
}

const NAMES = new WeakMap<RuleSet, Map<Rule, readonly string[]>>();

/** The thresholds, scores and derived facts that the rule's conditions name. */
function namedIn(rule: Rule, ruleSet: RuleSet): readonly string[] {
  const known = NAMES.get(ruleSet) ?? new Map<Rule, readonly string[]>();
  NAMES.set(ruleSet, known);
  const names = known.get(rule) ?? findNames(rule, ruleSet);
  known.set(rule, names);
  return names;
}

function findNames(rule: Rule, ruleSet: RuleSet): readonly string[] {
  const names = new Set<string>();
  const alone = {
    ...ruleSet,
    root: { ...ruleSet.root, appliesTo: undefined },
    impossible: new Map(),
    scores: new Map(),
    derived: new Map(),
  };
  eachCondition({ ...alone, rules: new Map([[rule.id, rule]]) }, condition => {
    if (condition.kind === 'threshold') names.add(condition.threshold.value);
    if (condition.kind === 'fact') names.add(condition.fact.value);
    if ('score' in condition) names.add(condition.score.value);
  });
  return [...names];
}

/** Those of the rules that the case is there to show at work. */
function effectsOf(said: Answer, duties: readonly Way[], ruleSet: RuleSet): unknown[] {
  const rules = new Set(duties.flatMap(({ point, name }) => (point.kind === 'effect' || name === 'fired' ? [point.item?.id] : [])));
  const found = said.effects.filter(
    ({ rule, state, at }) => rules.has(rule) && state === 'in-force' && (at === 'everywhere' || at.length > 0),
  );
  const written = found.map(effect => effectAs(effect, ruleSet));
  return [...new Map(written.map(effect => [JSON.stringify(effect), effect])).values()];
}

const DETAILS = ['of', 'during', 'every', 'with', 'steps', 'maximum', 'atMost', 'unit', 'note'] as const;

function effectAs(effect: EffectOutcome, ruleSet: RuleSet): Record<string, unknown> {
  const details = DETAILS.flatMap(key => (effect[key] === undefined ? [] : [[key, effect[key]] as const]));
  const at = effect.at === 'everywhere' ? 'everywhere' : broadest([...new Set(effect.at.map(({ site }) => site))], ruleSet);
  return { [effect.verb]: effect.what[0], ...Object.fromEntries(details), at };
}

/** Sites all of whose parts are there stand for them. */
function broadest(leaves: readonly string[], ruleSet: RuleSet): readonly string[] {
  const hierarchy = siteHierarchy(ruleSet);
  const left = new Set(leaves);
  const sites = [...ruleSet.sites.keys()]
    .map(id => ({ id, below: hierarchy.leavesBelow(id) }))
    .filter(({ below }) => below.length > 0 && below.every(leaf => left.has(leaf)))
    .sort((a, b) => b.below.length - a.below.length);
  const chosen: string[] = [];
  for (const { id, below } of sites) {
    if (!below.some(leaf => left.has(leaf))) continue;
    chosen.push(id);
    for (const leaf of below) left.delete(leaf);
  }
  return [...chosen, ...left].sort();
}
