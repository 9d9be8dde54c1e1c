/**
 * Whether two versions of a rule set mean the same, piece by piece: what is said in titles, reasons and sources, and where anything is written, has
 * no say in the analysis. So an edit leaves all questions standing that do not touch what it changed.
 */
import { Exact } from '../model/exact.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';

const PLACES: ReadonlySet<string> = new Set(['span', 'idSpan', 'file']);
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

/** Equal in every part and in the same order, but for the keys that are ignored. */
function isAlike(one: unknown, other: unknown, ignored: ReadonlySet<string>): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Number.isNaN(one) && Number.isNaN(other);
  if (one instanceof Exact) return other instanceof Exact && one.equals(other);
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other, ignored);
  if (one instanceof Map) return other instanceof Map && one.size === other.size && isSameList([...one], [...other], ignored);
  if (Array.isArray(other) || other instanceof Map || other instanceof Exact) return false;
  return isSameObject(one as Plain, other as Plain, ignored);
}

type Plain = Readonly<Record<string, unknown>>;

/** What is not there is undefined. */
function isSameObject(one: Plain, other: Plain, ignored: ReadonlySet<string>): boolean {
  for (const key in one) if (!ignored.has(key) && !isAlike(one[key], other[key], ignored)) return false;
  for (const key in other) if (!ignored.has(key) && other[key] !== undefined && one[key] === undefined) return false;
  return true;
}

function isSameList(one: readonly unknown[], other: readonly unknown[], ignored: ReadonlySet<string>): boolean {
  return one.length === other.length && one.every((each, i) => isAlike(each, other[i], ignored));
}
