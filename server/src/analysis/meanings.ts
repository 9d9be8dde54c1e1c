/**
 * Whether two versions of a rule set mean the same, piece by piece: what is said in titles, reasons and sources, and where anything is written, has
 * no say in the analysis. So an edit leaves all questions standing that do not touch what it changed.
 */
import { isAlike, PLACES } from '../model/alike.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';

const WORDS: ReadonlySet<string> = new Set([
  ...PLACES,
  'title',
  'description',
  'display',
  'definition',
  'reason',
  'note',
  'evidence',
  'quoted',
]);

/** All that rules are made of, but the rules themselves and what is only said about them. */
const VOCABULARY = [
  'sites',
  'advice',
  'parameters',
  'phases',
  'facts',
  'groups',
  'derived',
  'scores',
  'thresholds',
  'decisions',
  'impossible',
] as const;

/** The parts of a rule that have a say. Of its source only which it is: sources that differ are what a disagreement is about. */
export function isSameRule(one: Rule, other: Rule): boolean {
  if (one === other) return true;
  return (
    one.id === other.id &&
    one.precaution === other.precaution &&
    one.source?.source?.value === other.source?.source?.value &&
    isAlike(one.of, other.of, PLACES) &&
    isAlike(one.when, other.when, PLACES) &&
    isAlike(one.until, other.until, PLACES) &&
    isAlike(one.then, other.then, WORDS) &&
    isAlike(one.sites, other.sites, PLACES) &&
    isAlike(one.given, other.given, PLACES) &&
    isAlike(one.override?.rules, other.override?.rules, PLACES)
  );
}

/** `meaning`: nothing that the rules name is defined otherwise. `words`: it is called the same too. */
export function compareVocabulary(one: RuleSet, other: RuleSet): { readonly meaning: boolean; readonly words: boolean } {
  if (one === other) return { meaning: true, words: true };
  const isSame = (ignored: ReadonlySet<string>) =>
    one.root.complete === other.root.complete &&
    isAlike(one.root.appliesTo, other.root.appliesTo, ignored) &&
    VOCABULARY.every(section => isAlike(one[section], other[section], ignored));
  const words = isSame(PLACES);
  return { meaning: words || isSame(WORDS), words };
}
