/** The components of a score: the option or value each takes its points from, and how many of how many. */
import type { ScoreOutcome } from '../evaluation/outcome.ts';
import { Exact } from '../model/exact.ts';
import type { PatientScore } from '../model/patient.ts';
import type { Component, Score } from '../model/rule-set.ts';
import type { PreviewComponent, PreviewNote } from './preview-model.ts';
import { type Reading, recordOf } from './reading.ts';
import { factOf, factTitle, titleOf, valueTitle } from './titles.ts';
import { amountText, capitalised, inSentence, listText, shortList, spoken } from './words.ts';

type Points = ScoreOutcome['components'][number];

/** Dots are drawn for whole points up to this many. */
const MOST_DOTS = 5;

/** What is not known first, then by points. */
export function previewComponents(reading: Reading, score: Score, outcome: ScoreOutcome): PreviewComponent[] {
  const all = outcome.components.map(points => ({ points, component: score.components.get(points.id) }));
  const preview = all.map(({ points, component }) => previewComponent(reading, score, outcome, points, component));
  return [...preview.filter(component => !component.known), ...preview.filter(component => component.known)];
}

function previewComponent(
  reading: Reading,
  score: Score,
  outcome: ScoreOutcome,
  points: Points,
  component: Component | undefined,
): PreviewComponent {
  const known = points.points.length === 1;
  const most = component && mostPoints(reading, score, component);
  return {
    title: titleOf(component, points.id),
    option: optionText(reading, score, outcome, points, component),
    points: pointsText(points.points, most),
    known,
    dots: dotsOf(points.points, most),
  };
}

function pointsText(points: readonly string[], most: Exact | undefined): string {
  if (points.length === 1) return most && most.double > 0 ? `${points[0]} of ${most.toString()}` : points[0]!;
  return points.length > 1 && points.length <= 3 ? listText(points, 'or') : '?';
}

function dotsOf(points: readonly string[], most: Exact | undefined): PreviewComponent['dots'] {
  const filled = points.length === 1 ? Number(points[0]) : 0;
  if (!most?.isInteger() || most.double < 1 || most.double > MOST_DOTS || !Number.isInteger(filled) || filled < 0) return undefined;
  return { filled, all: most.double };
}

/** What was recorded: the option's title, the fact's value, or that nothing was. */
function optionText(reading: Reading, score: Score, outcome: ScoreOutcome, points: Points, component: Component | undefined): string {
  const how = component?.how;
  if (how?.kind === 'options') {
    const titles = optionsOf(reading, score, outcome, points).map(id => inSentence(how.options.get(id)?.title ?? spoken(id)));
    return titles.length ? shortList(titles, 3, 'or') : 'not recorded';
  }
  if (how?.kind === 'intervals' || how?.kind === 'value') return factText(reading, score, outcome, how.fact.value);
  return points.points.length === 1 ? '' : 'not known';
}

function optionsOf(reading: Reading, score: Score, outcome: ScoreOutcome, points: Points): readonly string[] {
  if (points.option !== undefined) return [points.option];
  const recorded = recordedScore(reading, score, outcome)?.options.get(points.id)?.values ?? [];
  return outcome.state === 'stale' ? [] : recorded.map(value => String(value.value));
}

/** Whether anything at all is recorded for a component: then it is not missing, but not certain. What is derived or told by conditions is taken as recorded. */
export function isRecorded(reading: Reading, score: Score, outcome: ScoreOutcome, component: string): boolean {
  const how = score.components.get(component)?.how;
  if (how?.kind === 'intervals' || how?.kind === 'value') return isFactRecorded(reading, score, outcome, how.fact.value);
  if (how?.kind !== 'options' || how.from) return true;
  return (recordedScore(reading, score, outcome)?.options.get(component)?.values.length ?? 0) > 0;
}

function isFactRecorded(reading: Reading, score: Score, outcome: ScoreOutcome, id: string): boolean {
  const recorded = recordOf(reading, score.of?.value, outcome.record)?.facts.get(id) ?? reading.patient.facts.get(id);
  return reading.ruleSet.derived.has(id) || (recorded?.values.length ?? 0) > 0;
}

function recordedScore(reading: Reading, score: Score, { record }: ScoreOutcome): PatientScore | undefined {
  const holder = record === null ? reading.patient : recordOf(reading, score.of?.value, record);
  return holder?.scores.get(score.id);
}

/** The value as recorded; a derived fact is not recorded, and only named. */
function factText(reading: Reading, score: Score, outcome: ScoreOutcome, id: string): string {
  const group = score.of?.value;
  const recorded = recordOf(reading, group, outcome.record)?.facts.get(id) ?? reading.patient.facts.get(id);
  const fact = factOf(reading.ruleSet, id, group);
  const values = (recorded?.values ?? []).map(({ value, unit }) => amountText(valueTitle(reading.ruleSet, fact, value), unit?.value));
  if (values.length) return shortList(values, 3, 'or');
  return reading.ruleSet.derived.has(id) ? `from ${inSentence(factTitle(reading.ruleSet, id, group))}` : 'not recorded';
}

/** `Pain gives 0, 1 or 3 points, so 7 is impossible.` */
export function unknownComponents({ ruleSet }: Reading, score: Score, outcome: ScoreOutcome): PreviewNote[] {
  const unknown = outcome.components.filter(points => points.points.length !== 1);
  const gives = unknown
    .filter(points => points.points.length > 1 && points.points.length <= 5)
    .map(points => `${inSentence(titleOf(score.components.get(points.id), points.id))} gives ${listText(points.points, 'or')} points`);
  const gaps = gapsIn(outcome.totals ?? []);
  if (!gives.length || unknown.length > 3) return [];
  const so = gaps.length ? `, so ${listText(gaps)} ${gaps.length === 1 ? 'is' : 'are'} impossible` : '';
  return [
    { icon: 'unknown', text: `${capitalised(listText(gives))}${so}.` },
    ...undefinedNotes(ruleSet.scores.get(score.id) ?? score, outcome),
  ];
}

function undefinedNotes(score: Score, outcome: ScoreOutcome): PreviewNote[] {
  return outcome.components.flatMap(points => {
    const how = score.components.get(points.id)?.how;
    const reason = how?.kind === 'options' && points.option !== undefined ? how.undefinedOptions.get(points.option)?.value : undefined;
    return reason ? [{ icon: 'unknown' as const, text: reason }] : [];
  });
}

/** Whole totals between the least and the most possible that are not possible, if they are few. */
function gapsIn(totals: readonly string[]): string[] {
  const numbers = totals.map(Number);
  if (numbers.length < 2 || !numbers.every(Number.isInteger)) return [];
  const [least, most] = [numbers[0]!, numbers.at(-1)!];
  if (most - least > 30) return [];
  const gaps = Array.from({ length: most - least }, (_, index) => least + index).filter(total => !numbers.includes(total));
  return gaps.length <= 3 ? gaps.map(String) : [];
}

/** The most and least points a component can give; undefined where its fact has no domain. */
export function pointRange(reading: Reading, score: Score, component: Component): { low: Exact; high: Exact } | undefined {
  const all = allPoints(reading, score, component);
  if (!all?.length) return undefined;
  const low = all.reduce((least, each) => (each.compare(least) < 0 ? each : least));
  const high = all.reduce((most, each) => (each.compare(most) > 0 ? each : most));
  return { low, high };
}

function mostPoints(reading: Reading, score: Score, component: Component): Exact | undefined {
  return pointRange(reading, score, component)?.high;
}

/** For a component whose points are the fact's own value, only the two ends. */
export function allPoints({ ruleSet }: Reading, score: Score, { how }: Component): Exact[] | undefined {
  switch (how?.kind) {
    case 'options':
      return [...how.options.values()].map(option => option.points.value);
    case 'intervals':
      return how.intervals.map(interval => interval.points.value);
    case 'conditions':
      return [...how.conditions.map(condition => condition.points.value), ...(how.otherwise ? [how.otherwise.value] : [])];
    case 'value': {
      const fact = factOf(ruleSet, how.fact.value, score.of?.value);
      return fact?.minimum && fact.maximum ? [fact.minimum.value, fact.maximum.value] : undefined;
    }
    case undefined:
      return undefined;
  }
}

export const ZERO = Exact.of(0);
