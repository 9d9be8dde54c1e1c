/** Scores in words: for each record the total in the strip of its bands, each component with its points, and what is to be said about them. */
import type { ScoreOutcome } from '../evaluation/outcome.ts';
import type { PatientRecord } from '../model/patient.ts';
import type { Decision, RuleSet, Score } from '../model/rule-set.ts';
import { previewComponents, unknownComponents } from './preview-components.ts';
import type { PreviewNote, PreviewScore, PreviewScoreGroup, Tone } from './preview-model.ts';
import { answerOf, linkOf, type Reading, toneOfPart } from './reading.ts';
import { conditionText } from './sentences.ts';
import { isPaired } from './site-words.ts';
import { previewStrips } from './strips.ts';
import { factTitle, recordName, scoreName, titleOf } from './titles.ts';
import { amountText, capitalised, dateText, inSentence, listText, numbersText } from './words.ts';

/** Records of groups with scores or with an answer each, strictest first; then the patient's own scores. */
export function previewScores(reading: Reading): PreviewScoreGroup[] {
  const { ruleSet, patient } = reading;
  const each = [...ruleSet.decisions.values()].find(decision => decision.each);
  const groups = [...ruleSet.groups.keys()].filter(
    id => each?.each?.value === id || [...ruleSet.scores.values()].some(score => score.of?.value === id),
  );
  const records = groups.flatMap(group =>
    (patient.groups.get(group)?.records ?? []).map(record =>
      recordGroup(reading, group, record, each?.each?.value === group ? each : undefined),
    ),
  );
  records.sort((a, b) => toneRank(a.answer?.tone) - toneRank(b.answer?.tone));
  const own = patientGroup(reading);
  return own ? [...records, own] : records;
}

const RANK: readonly (Tone | undefined)[] = [
  'contraindicated',
  'conflict',
  'undetermined',
  'no-answer',
  'modify',
  'value',
  'proceed',
  undefined,
];

/** Where a tone stands in a list of records: the strictest first. */
export function toneRank(tone: Tone | undefined): number {
  return RANK.indexOf(tone);
}

function recordGroup(reading: Reading, group: string, record: PatientRecord, decision: Decision | undefined): PreviewScoreGroup {
  const { ruleSet, outcome } = reading;
  const name = recordName(ruleSet, group, record);
  const part = decision && outcome.decisions[decision.id]?.records[record.id];
  const outcomes = outcome.scores.filter(score => score.record === record.id && ruleSet.scores.get(score.id)?.of?.value === group);
  const scored = outcomes.filter(score => score.state !== 'not-scorable');
  return {
    record: record.id,
    name: capitalised(name.name),
    detail: detailOf(reading, group, record, scored),
    answer: part && { title: inSentence(answerOf(ruleSet, decision.id, part)), tone: toneOfPart(decision, part) },
    scores: scored.map(score => previewScore(reading, score)),
    notes: [...notScorable(reading, outcomes, group), ...sideNote(reading, group, record)],
    link: reading.link({ file: record.file, span: record.idSpan }),
  };
}

function patientGroup(reading: Reading): PreviewScoreGroup | undefined {
  const outcomes = reading.outcome.scores.filter(score => score.record === null);
  if (!outcomes.length) return undefined;
  const scored = outcomes.filter(score => score.state !== 'not-scorable');
  const known = scored.filter(score => score.state === 'stale' || score.components.some(component => component.points.length === 1));
  const blank = scored.filter(score => !known.includes(score)).map(score => scoreName(reading.ruleSet, score.id));
  return {
    record: undefined,
    name: 'The patient',
    detail: '',
    answer: undefined,
    scores: known.map(score => previewScore(reading, score)),
    notes: [
      ...(blank.length ? [{ icon: 'unknown' as const, text: `Nothing recorded for ${listText(blank)}.` }] : []),
      ...notScorable(reading, outcomes, undefined),
    ],
    link: undefined,
  };
}

/** `worst; not stabilised`. */
function detailOf(reading: Reading, group: string, record: PatientRecord, scored: readonly ScoreOutcome[]): string {
  const worst = scored.find(
    score => score.worst && reading.outcome.scores.filter(({ id, state }) => id === score.id && state !== 'not-scorable').length > 1,
  );
  const flags = [...(reading.ruleSet.groups.get(group)?.facts.values() ?? [])].flatMap(fact => {
    const values = fact.type === 'boolean' ? record.facts.get(fact.id)?.values : undefined;
    if (values?.length !== 1 || typeof values[0]!.value !== 'boolean') return [];
    const title = inSentence(titleOf(fact, fact.id));
    return [values[0]!.value ? title : `not ${title}`];
  });
  // While its total is open, another record may turn out to be worse.
  const rank = worst && (worst.total === undefined ? 'may be the worst' : 'worst');
  return [...(rank ? [rank] : []), ...flags.slice(0, 3)].join('; ');
}

/** Scores that do not apply are told together, in one line. */
function notScorable(reading: Reading, outcomes: readonly ScoreOutcome[], group: string | undefined): PreviewNote[] {
  const out = outcomes.filter(score => score.state === 'not-scorable');
  if (!out.length || out.length < outcomes.length) return [];
  const when = out.map(
    ({ id }) =>
      `${scoreName(reading.ruleSet, id)} is scored where ${conditionText(reading.ruleSet, reading.ruleSet.scores.get(id)?.when, group)}`,
  );
  return [{ icon: 'no-answer', text: `No score applies: ${when.join('; ')}.` }];
}

function sideNote({ ruleSet }: Reading, group: string, record: PatientRecord): PreviewNote[] {
  const facts = [...(ruleSet.groups.get(group)?.facts.values() ?? [])];
  const located = facts.find(fact => fact.values === 'sites');
  const side = facts.find(fact => fact.type === 'side');
  const sites = (located && record.facts.get(located.id)?.values) ?? [];
  const paired = sites.some(site => isPaired(ruleSet, String(site.value)));
  if (!side || !paired || record.facts.get(side.id)?.values.length === 1) return [];
  return [{ icon: 'unknown', text: 'Side not recorded. Both sides are treated as affected.' }];
}

function previewScore(reading: Reading, outcome: ScoreOutcome): PreviewScore {
  const score = reading.ruleSet.scores.get(outcome.id);
  return {
    id: outcome.id,
    title: scoreName(reading.ruleSet, outcome.id),
    scored: outcome.on ? `scored ${dateText(outcome.on)}` : '',
    total: totalOf(outcome),
    strips: score ? previewStrips(reading, score, outcome) : [],
    components: score ? componentsOf(reading, score, outcome) : [],
    notes: score ? notesOf(reading, score, outcome) : [],
    link: linkOf(reading, score ?? { file: reading.ruleSet.root.file, span: { start: 0, end: 0 } }),
  };
}

/** A single component that is known says no more than the total. */
function componentsOf(reading: Reading, score: Score, outcome: ScoreOutcome): PreviewScore['components'] {
  const components = previewComponents(reading, score, outcome);
  return components.length === 1 && components[0]!.known ? [] : components;
}

/** Where it is not known whether the score applies, its total is only possible. */
function totalOf({ state, total, totals }: ScoreOutcome): PreviewScore['total'] {
  if (total !== undefined && state === 'scorable-unknown') return { label: 'possible total', text: total };
  if (total !== undefined) return { label: 'total', text: total };
  if (!totals?.length) return undefined;
  if (totals.length === 1) return { label: 'possible total', text: totals[0]! };
  return { label: 'possible totals', text: numbersText(totals).replace(' and ', ', ') };
}

function notesOf(reading: Reading, score: Score, outcome: ScoreOutcome): PreviewNote[] {
  const notes: PreviewNote[] = [];
  if (outcome.state === 'stale') notes.push({ icon: 'unknown', text: staleText(reading, score, outcome) });
  if (outcome.state === 'scorable-unknown')
    notes.push({ icon: 'unknown', text: `Whether it applies is not known: ${applies(reading.ruleSet, score)}.` });
  if (outcome.totals && outcome.totals.length > 1) notes.push(...unknownComponents(reading, score, outcome));
  if (!outcome.total && !outcome.totals?.length) notes.push({ icon: 'unknown', text: 'Its total is not known.' });
  return notes;
}

function applies(ruleSet: RuleSet, score: Score): string {
  return `it is scored where ${conditionText(ruleSet, score.when, score.of?.value)}`;
}

export function staleText({ ruleSet, outcome: { asOf } }: Reading, score: Score, { why, on }: ScoreOutcome): string {
  const counts = 'so every component counts as not recorded';
  if (why?.startsWith('voided-by:')) {
    const fact = why.slice('voided-by:'.length);
    return `Out of date: “${inSentence(factTitle(ruleSet, fact))}” came later, on the day of scoring, or is not recorded, ${counts}.`;
  }
  if (why === 'undated' || !on) return `The date of scoring is not recorded, ${counts}.`;
  const { number, unit } = score.validFor?.value ?? {};
  const period = number ? ` more than ${amountText(number.toString(), unit)}` : '';
  return `Out of date: scored ${dateText(on)},${period} before ${dateText(asOf)}, ${counts}.`;
}
