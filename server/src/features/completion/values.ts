/** Constants a fact can be held against or recorded as: true and false, the values of its closed list, a date. */
import { valueHierarchy } from '../../model/hierarchy.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { valueTitle } from '../titles.ts';
import { part } from './names.ts';
import { type Offer, RANK } from './offer.ts';
import type { AnyFact } from './scene.ts';
import { literalString } from './snippet.ts';

/** Broader values come in the order declared; `leavesOnly` leaves out what has others below it. */
export function constantsOf(ruleSet: RuleSet, fact: AnyFact, leavesOnly = false): readonly Offer[] {
  if (fact.type === 'boolean') return [true, false].map((value, i) => wordOffer(String(value), RANK.meant + i));
  if (fact.type === 'date') return [{ ...dateOffer('never', 'It has not happened.', RANK.meant + 1) }];
  const hierarchy = valueHierarchy(fact, ruleSet);
  const ids = leavesOnly ? hierarchy.leaves : hierarchy.ids;
  return ids.map((id, i) => {
    const { section, of } = declaredUnder(fact);
    const title = valueTitle(ruleSet, fact, id);
    return { ...part('value', section, of ?? id, id, title === id ? undefined : title, i, of === undefined ? undefined : fact.group) };
  });
}

/** A value of a section of the vocabulary is declared there, any other with its fact. */
function declaredUnder({ id, values }: AnyFact): { section: 'sites' | 'advice' | 'facts'; of: string | undefined } {
  if (values === 'sites') return { section: 'sites', of: undefined };
  if (typeof values === 'string') return { section: 'advice', of: undefined };
  return { section: 'facts', of: id };
}

export function wordOffer(word: string, rank: number, note?: string): Offer {
  return { label: word, kind: 'value', note, json: word, rank };
}

export function dateOffer(date: string, title: string, rank: number): Offer {
  return { label: date, kind: 'value', title, json: literalString(date), rank };
}
