/** The conditions that settled a rule, or left it open, as phrases with the patient's values: the parts of a sentence that says why. */
import type { ScoreOutcome, TraceNode } from '../evaluation/outcome.ts';
import type { Condition, Fact, Score, Test } from '../model/rule-set.ts';
import { factOfNode, readValue, type Seen, type SeenByPlace, seenAt } from './conditions-read.ts';
import { isRecorded } from './preview-components.ts';
import { staleText } from './preview-scores.ts';
import { nameOf, type Reading, scoreOf } from './reading.ts';
import { conditionText, findBand, groupTitle, rangeText, testText } from './sentences.ts';
import { bandTitle, type RecordName, scoreName, sitePhrase, titleOf } from './titles.ts';
import { inSentence, isOrAre, listText, numbersText, shortList } from './words.ts';

export interface Phrase {
  readonly text: string;
  /** It needs `the lesion in …` or `the patient` before it: `has a Mirels score of 9`. */
  readonly ofSubject: boolean;
  /** The subject says as much already. */
  readonly known?: boolean;
  /** What is told of a value, and what it was held against: phrases of the same value are told as one. */
  readonly head?: string;
  readonly held?: string;
}

/** Each once; what is said of one value is said together: `is 47 hours, at least 0 hours and not above 48 hours`. */
export function joinedPhrases(phrases: readonly Phrase[]): Phrase[] {
  const joined = new Map<string, Phrase>();
  for (const phrase of phrases) {
    const key = phrase.head ?? phrase.text;
    const same = joined.get(key);
    const held = [same?.held, phrase.held].filter(Boolean).join(' and ');
    if (same && same.held === phrase.held) continue;
    joined.set(key, same ? { ...phrase, held, text: `${key}, ${held}` } : phrase);
  }
  const all = [...joined.values()];
  return all.some(phrase => !phrase.known) ? all.filter(phrase => !phrase.known) : all;
}

/** What made the node `wanted`: of `all` everything, of `any` the first that holds. */
export function holdingPhrases(reading: Reading, node: TraceNode, seen: SeenByPlace, wanted: boolean, record: string | null): Phrase[] {
  const found = seenAt(seen, node);
  const items = node.items ?? [];
  const kind = node.kind;
  if (kind === 'not') return items.flatMap(item => holdingPhrases(reading, item, seen, !wanted, record));
  if (kind === 'all' || kind === 'any') {
    const held = items.filter(item => item.truth === String(wanted));
    const every = (kind === 'all') === wanted;
    return (every ? held : held.slice(0, 1)).flatMap(item => holdingPhrases(reading, item, seen, wanted, record));
  }
  if (kind === 'some' && wanted) return somePhrases(reading, items, seen, found);
  return found ? leafPhrases(reading, node, found, wanted, record) : [];
}

/** One record is enough; it is named. */
function somePhrases(reading: Reading, items: readonly TraceNode[], seen: SeenByPlace, found: Seen | undefined): Phrase[] {
  const group = found?.condition.kind === 'some' ? found.condition.group.value : undefined;
  const first = items.find(item => item.truth === 'true');
  const name = nameOf(reading, group, first?.record ?? null);
  const where = first ? holdingPhrases(reading, first, seen, true, first.record ?? null) : [];
  if (!first || !name) return [{ ofSubject: false, text: `a ${groupTitle(reading.ruleSet, group ?? '')} is recorded` }];
  return where.map(({ text, ofSubject }) => ({ ofSubject: false, text: ofSubject ? `${name.phrase} ${text}` : text }));
}

function leafPhrases(reading: Reading, node: TraceNode, found: Seen, wanted: boolean, record: string | null): Phrase[] {
  const { condition } = found;
  switch (condition.kind) {
    case 'score-bands':
    case 'score-total':
      return [scorePhrase(reading, node, found, condition, wanted, record)];
    case 'score-applies':
      return wanted === condition.applies
        ? []
        : [{ ofSubject: false, text: `${scoreName(reading.ruleSet, condition.score.value)} does not apply` }];
    case 'fact':
    case 'threshold':
      return factPhrases(reading, node, found, wanted);
    default: {
      const text = conditionText(reading.ruleSet, condition, found.group);
      return [{ ofSubject: false, text: wanted ? text : `it is not so that ${text}` }];
    }
  }
}

type ScoreCondition = Extract<Condition, { kind: 'score-bands' | 'score-total' }>;

/** `has a Mirels score of 9, in the high band that starts at 9`. */
function scorePhrase(
  reading: Reading,
  node: TraceNode,
  found: Seen,
  condition: ScoreCondition,
  wanted: boolean,
  record: string | null,
): Phrase {
  const { ruleSet } = reading;
  const name = scoreName(ruleSet, condition.score.value);
  if (node.values?.includes('not scorable')) return { ofSubject: false, text: `${name} does not apply` };
  const value = numbersText(node.values ?? [], 'or');
  const ofRecord = ruleSet.scores.get(condition.score.value)?.of !== undefined && found.group !== undefined;
  const held = condition.kind === 'score-total' ? totalWords(reading, condition, wanted) : bandWords(reading, condition, wanted, record);
  const text = held ? `${value}, ${wanted ? '' : 'not '}${held}` : value;
  const article = /^[aeiou]/i.test(name) ? 'an' : 'a';
  return ofRecord ? { ofSubject: true, text: `has ${article} ${name} score of ${text}` } : { ofSubject: false, text: `${name} is ${text}` };
}

/** Where the total is the very one tested for, nothing more is to be said. */
function totalWords({ ruleSet }: Reading, { test }: Extract<Condition, { kind: 'score-total' }>, wanted: boolean): string {
  return test.is && wanted ? '' : testText(ruleSet, test, undefined).replace(/^is /, '');
}

/** Of the bands tested for, those the total is in. */
function bandWords(
  reading: Reading,
  condition: Extract<Condition, { kind: 'score-bands' }>,
  wanted: boolean,
  record: string | null,
): string {
  const { ruleSet } = reading;
  const score = condition.score.value;
  const outcome = scoreOf(reading, score, record);
  const tested = condition.bands.map(({ value }) => value);
  const met = tested.filter(band => outcome?.band === band || outcome?.bands?.includes(band));
  const bands = (wanted && met.length ? met : tested).map(id => {
    const test = findBand(ruleSet, score, id)?.test;
    const title = bandTitle(ruleSet, score, id);
    const starts = test?.atLeast?.kind === 'number' && !test.atMost ? test.atLeast.number.value.toString() : undefined;
    if (starts !== undefined) return `the ${title} band that starts at ${starts}`;
    return `the ${title} band${test ? ` (${rangeText(ruleSet, test)})` : ''}`;
  });
  return `in ${listText(bands, 'or')}`;
}

function factPhrases(reading: Reading, node: TraceNode, found: Seen, wanted: boolean): Phrase[] {
  const fact = factOfNode(reading, node, found);
  // The subject names the site already: where it lies is said only if there is nothing else to say.
  if (found.group !== undefined && fact?.values === 'sites') return wanted ? sitePhrases(reading, found) : [];
  if (found.group !== undefined && fact?.type === 'side') return [];
  const ofRecord = fact?.group !== undefined;
  const title = inSentence(titleOf(fact, fact?.id ?? node.name ?? ''));
  if (fact?.type === 'boolean') return [booleanPhrase(title, node, ofRecord)];
  if (!node.values?.length) return [{ ofSubject: false, text: `${title} ${isOrAre(title)} not recorded` }];
  const value = shortList(
    node.values.map(each => readValue(reading, fact, each)),
    3,
    'or',
  );
  const head = ofRecord ? `has ${title} ${value}` : `${title} ${isOrAre(title)} ${value}`;
  const held = heldText(reading, found, fact, wanted);
  return [{ ofSubject: ofRecord, text: held ? `${head}, ${held}` : head, head, held }];
}

function sitePhrases({ ruleSet }: Reading, { condition }: Seen): Phrase[] {
  const test = condition.kind === 'fact' ? condition.test : undefined;
  const sites = [test?.is, ...(test?.in ?? [])].flatMap(site => (typeof site?.value === 'string' ? [sitePhrase(ruleSet, site.value)] : []));
  return sites.length ? [{ ofSubject: true, text: `is in ${shortList(sites, 3, 'or')}`, known: true }] : [];
}

/** What the value was held against; where it is the very value tested for, nothing more is to be said. */
function heldText({ ruleSet }: Reading, { condition }: Seen, fact: Fact | undefined, wanted: boolean): string {
  const not = wanted ? '' : 'not ';
  const words = (test: Test) => testText(ruleSet, test, fact).replace(/^is /, '');
  if (condition.kind === 'threshold') {
    const threshold = ruleSet.thresholds.get(condition.threshold.value);
    const test = threshold ? ` (${words(threshold.test)})` : '';
    return `which is ${not}${inSentence(titleOf(threshold, condition.threshold.value))}${test}`;
  }
  if (condition.kind !== 'fact' || (wanted && (condition.test.is || condition.test.in))) return '';
  return `${not}${words(condition.test)}`;
}

/** A title such as `stabilised` or `surgically stabilised` says what the subject is; another names a thing. */
const SAYS_WHAT_IT_IS = /^(\S+ly )?\S+ed$/;

/** `is not recorded as stabilised`; else `hormone therapy is recorded as yes`. */
function booleanPhrase(title: string, node: TraceNode, ofRecord: boolean): Phrase {
  const value = node.values?.length === 1 ? node.values[0] : undefined;
  if (ofRecord && SAYS_WHAT_IT_IS.test(title)) return { ofSubject: true, text: `is ${value === 'true' ? '' : 'not '}recorded as ${title}` };
  if (value === undefined) return { ofSubject: false, text: `${title} ${isOrAre(title)} not recorded` };
  return { ofSubject: false, text: `${title} ${isOrAre(title)} recorded as ${value === 'true' ? 'yes' : 'no'}` };
}

/** What left the node unknown, each as a clause of its own. */
export function unknownPhrases(
  reading: Reading,
  node: TraceNode,
  seen: SeenByPlace,
  whom: RecordName | undefined,
  record: string | null,
): string[] {
  if (node.truth !== 'unknown') return [];
  const found = seenAt(seen, node);
  const condition = found?.condition;
  if (condition && 'group' in condition) return groupUnknown(reading, node, seen, condition.group.value);
  if (node.items?.length) return node.items.flatMap(item => unknownPhrases(reading, item, seen, whom, record));
  if (!found) return [`it is not known whether ${inSentence(node.name ?? node.kind)} holds${ofWhom(whom)}`];
  if (condition?.kind.startsWith('score-')) return scoreUnknown(reading, (condition as ScoreCondition).score.value, whom, record);
  if (condition?.kind === 'unreadable') return ['a condition cannot be read'];
  return [factUnknown(reading, node, found, whom)];
}

function groupUnknown(reading: Reading, node: TraceNode, seen: SeenByPlace, group: string): string[] {
  const inside = (node.items ?? []).flatMap(item => {
    const record = item.record ?? null;
    return unknownPhrases(reading, item, seen, nameOf(reading, group, record), record);
  });
  return inside.length ? inside : [`the list “${groupTitle(reading.ruleSet, group)}” is not complete`];
}

function ofWhom(whom: RecordName | undefined): string {
  return whom ? ` for ${whom.phrase}` : '';
}

/** `corrected calcium is not recorded`, `stabilised can be yes or no`; a derived fact is not recorded but made. */
function factUnknown(reading: Reading, node: TraceNode, found: Seen, whom: RecordName | undefined): string {
  const fact = factOfNode(reading, node, found);
  const id = fact?.id ?? node.name ?? '';
  const title = inSentence(titleOf(fact, id));
  const whose = fact?.group === undefined ? '' : ofWhom(whom);
  const values = (node.values ?? []).map(value => readValue(reading, fact, value));
  if (values.length > 1) return `${title}${whose} can be ${shortList(values, 4, 'or')}`;
  if (values.length === 1) return `${title}${whose} is ${values[0]}, and it is not certain that this meets the condition`;
  return `${title}${whose} ${isOrAre(title)} not ${reading.ruleSet.derived.has(id) ? 'known' : 'recorded'}`;
}

/** `SINS of T5 can be 5, 6 or 8 because pain is not recorded, and these totals fall in two bands`. */
function scoreUnknown(reading: Reading, score: string, whom: RecordName | undefined, record: string | null): string[] {
  const { ruleSet } = reading;
  const outcome = scoreOf(reading, score, record);
  const declared = ruleSet.scores.get(score);
  const name = `${scoreName(ruleSet, score)}${whom ? ` of ${whom.name}` : ''}`;
  if (!outcome || !declared) return [`${name} is not known`];
  if (outcome.state === 'scorable-unknown') {
    const when = conditionText(ruleSet, declared.when, declared.of?.value);
    return [`it is not known whether ${scoreName(ruleSet, score)} applies${ofWhom(whom)}: it is scored where ${when}`];
  }
  if (outcome.state === 'stale') return [`${name} cannot be used. ${staleText(reading, declared, outcome).replace(/\.$/, '')}`];
  const because = missingParts(reading, declared, outcome);
  const totals = outcome.totals ?? [];
  if (totals.length < 2) return [`${name} is not known${because}`];
  const bands = bandsCrossed(declared, outcome);
  return [
    `${name} can be ${numbersText(totals, 'or')}${because}${bands > 1 ? `, and these totals fall in ${COUNT[bands] ?? bands} bands` : ''}`,
  ];
}

/** In how many bands of one set the totals fall. */
function bandsCrossed(score: Score, { bands = [] }: ScoreOutcome): number {
  return Math.max(0, ...[...score.bandSets.values()].map(set => set.filter(band => bands.includes(band.id)).length));
}

const COUNT: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 4: 'four' };

function missingParts(reading: Reading, score: Score, outcome: ScoreOutcome): string {
  const unknown = outcome.components.filter(component => component.points.length !== 1);
  const titles = unknown.map(component => inSentence(titleOf(score.components.get(component.id), component.id)));
  if (!titles.length) return '';
  const recorded = unknown.some(({ id }) => isRecorded(reading, score, outcome, id));
  return ` because ${shortList(titles, 3)} ${titles.length === 1 ? 'is' : 'are'} not ${recorded ? 'known' : 'recorded'}`;
}
