/** What declared things and a patient's records are called, by id. An id nobody declared is shown as words of its own. */
import type { Exact } from '../model/exact.ts';
import type { PatientRecord } from '../model/patient.ts';
import type { Fact, Item, RuleSet } from '../model/rule-set.ts';
import { capitalised, dateText, inSentence, spoken } from './words.ts';

/** The fact that a name means for the patient (`group` undefined) or in a group's record: a record's own facts come first. */
export function factOf(ruleSet: RuleSet, id: string, group: string | undefined): Fact | undefined {
  const derived = ruleSet.derived.get(id);
  return (
    (group === undefined ? undefined : ruleSet.groups.get(group)?.facts.get(id)) ??
    ruleSet.facts.get(id) ??
    derived ??
    anyGroupFact(ruleSet, id)
  );
}

function anyGroupFact(ruleSet: RuleSet, id: string): Fact | undefined {
  for (const group of ruleSet.groups.values()) if (group.facts.has(id)) return group.facts.get(id);
  return undefined;
}

export function titleOf(item: Pick<Item, 'title'> | undefined, id: string): string {
  return item?.title ?? capitalised(spoken(id));
}

export function factTitle(ruleSet: RuleSet, id: string, group?: string): string {
  return titleOf(factOf(ruleSet, id, group), id);
}

/** A score's short name: its id in capitals where the title holds it so, or where the title's initials spell it (`SINS`), else the title. */
export function scoreName(ruleSet: RuleSet, id: string): string {
  const title = titleOf(ruleSet.scores.get(id), id);
  const capitals = id.toUpperCase();
  const initials = title
    .split(/[\s-]+/)
    .map(word => word.charAt(0))
    .join('')
    .toUpperCase();
  if (title.includes(capitals) || initials === capitals) return capitals;
  const first = title.split(/\s+/)[0]!;
  return id === first.toLowerCase().replace(/[^a-z0-9]/g, '') && id.length > 3 ? first : title;
}

export function bandTitle(ruleSet: RuleSet, score: string, band: string): string {
  for (const bands of ruleSet.scores.get(score)?.bandSets.values() ?? [])
    for (const candidate of bands) if (candidate.id === band) return inSentence(candidate.title ?? spoken(band));
  return spoken(band);
}

/** Activities, interventions and the like; also what a rule may require by name: a fact or a score. */
export function adviceTitle(ruleSet: RuleSet, id: string): string {
  const advice = ruleSet.advice.get(id);
  if (advice) return inSentence(titleOf(advice, id));
  if (ruleSet.scores.has(id)) return scoreName(ruleSet, id);
  return inSentence(titleOf(factOf(ruleSet, id, undefined), id));
}

export function siteTitle(ruleSet: RuleSet, site: string): string {
  return inSentence(titleOf(ruleSet.sites.get(site), site));
}

export function decisionValueTitle(ruleSet: RuleSet, decision: string, value: string): string {
  if (value === 'no-answer') return 'no answer';
  const found = ruleSet.decisions.get(decision)?.values.find(candidate => candidate.id === value);
  return inSentence(found?.title ?? spoken(value));
}

/** A value of a fact: `yes`, `left femur`, `4`, `22 Nov 2026`. Units are added by the caller. */
export function valueTitle(ruleSet: RuleSet, fact: Fact | undefined, value: boolean | string | Exact): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return value.toString();
  if (fact?.type === 'date') return value === 'never' ? 'never' : dateText(value);
  return codeTitle(ruleSet, fact, value);
}

function codeTitle(ruleSet: RuleSet, fact: Fact | undefined, id: string): string {
  if (fact?.values === 'sites') return siteTitle(ruleSet, id);
  if (typeof fact?.values === 'string') return adviceTitle(ruleSet, id);
  const found = fact?.values?.find(candidate => candidate.id === id);
  return inSentence(found?.title ?? spoken(id));
}

/** What to call a record of the patient: its site with the side, where the group has one, else its id. */
export interface RecordName {
  readonly id: string;
  /** `left femur`, or `b`. */
  readonly name: string;
  /** `the lesion in the left femur`, `the record b`. */
  readonly phrase: string;
  readonly record: PatientRecord;
  readonly group: string;
}

export function recordName(ruleSet: RuleSet, group: string, record: PatientRecord): RecordName {
  const declared = ruleSet.groups.get(group);
  const title = inSentence(titleOf(declared, group));
  const site = recordedSite(ruleSet, declared?.facts, record);
  const name = site ?? record.id;
  const phrase = site === undefined ? `${title} ${record.id}` : `the ${title} in ${withArticle(site)}`;
  return { id: record.id, name, phrase, record, group };
}

function recordedSite(ruleSet: RuleSet, facts: ReadonlyMap<string, Fact> | undefined, record: PatientRecord): string | undefined {
  if (!facts) return undefined;
  const located = [...facts.values()].find(fact => fact.values === 'sites');
  const sites = located && record.facts.get(located.id)?.values;
  if (!sites?.length) return undefined;
  const side = [...facts.values()].find(fact => fact.type === 'side');
  const sides = (side && record.facts.get(side.id)?.values) ?? [];
  const place = sites.map(site => siteTitle(ruleSet, String(site.value))).join(' or ');
  return sides.length === 1 ? `${sides[0]!.value} ${place}` : place;
}

/** `the spine`, `L3`: as it stands after `in`. */
export function sitePhrase(ruleSet: RuleSet, site: string): string {
  return withArticle(siteTitle(ruleSet, site));
}

function withArticle(place: string): string {
  return /^\p{Lu}/u.test(place) || /\d/.test(place) ? place : `the ${place}`;
}
