/** Scores as tables, and thresholds, in plain words. */
import type { Band, Component, PointInterval, RuleSet, Score } from '../model/rule-set.ts';
import type { PlainBlock, PlainRow } from './plain-model.ts';
import { chapter, groundsOf, heading, placeOf, plainItem } from './plain-words.ts';
import { conditionText, groupTitle, rangeText, thresholdTestText } from './sentences.ts';
import { factTitle, titleOf } from './titles.ts';
import { amountText, capitalised, listText, spoken } from './words.ts';

export function plainScores(ruleSet: RuleSet): readonly PlainBlock[] {
  return chapter(
    'Scores',
    [...ruleSet.scores.values()].flatMap(score => scoreBlocks(ruleSet, score)),
  );
}

/** One score: to whom it applies, its table, its bands, how long it holds. */
export function scoreBlocks(ruleSet: RuleSet, score: Score): PlainBlock[] {
  const rows = [...score.components.values()].flatMap(component => componentRows(ruleSet, score, component));
  const bands = [...score.bandSets].filter(([, set]) => set.length > 0);
  return [
    heading(3, titleOf(score, score.id), placeOf(score)),
    ...textOf(scoredFor(ruleSet, score)),
    { kind: 'table', head: ['Component', 'Finding', 'Points'], rows },
    ...bands.flatMap(([name, set]) => bandBlocks(ruleSet, score, name, set)),
    ...textOf(lifeOf(ruleSet, score)),
    ...groundsOf(ruleSet, score).flatMap(textOf),
  ];
}

function textOf(text: string): PlainBlock[] {
  return text ? [{ kind: 'text', text }] : [];
}

function scoredFor(ruleSet: RuleSet, { of, when }: Score): string {
  if (!of && !when) return '';
  const whom = of ? `Scored for each ${groupTitle(ruleSet, of.value)}` : 'Scored for the patient';
  return `${whom}${when ? `, if ${conditionText(ruleSet, when, of?.value)}` : ''}.`;
}

function lifeOf(ruleSet: RuleSet, { range, validFor, voidedBy, worst }: Score): string {
  const events = voidedBy.map(({ value }) => `“${factTitle(ruleSet, value)}”`);
  const parts = [
    ...(range ? [`The total is from ${range.low.value} to ${range.high.value}.`] : []),
    ...(worst ? [`The ${worst} total is the worst.`] : []),
    ...(validFor ? [`A score holds for ${amountText(validFor.value.number.toString(), validFor.value.unit)}.`] : []),
    ...(events.length ? [`A later ${listText(events, 'or')} voids it.`] : []),
  ];
  return parts.join(' ');
}

/** The component is named in its first row only. */
function componentRows(ruleSet: RuleSet, score: Score, component: Component): PlainRow[] {
  const place = { file: score.file, span: component.span };
  return findingsOf(ruleSet, score, component).map(([finding, points], i) => ({
    cells: [i === 0 ? componentTitle(ruleSet, score, component) : '', finding, points],
    place: i === 0 ? place : undefined,
  }));
}

function componentTitle(ruleSet: RuleSet, score: Score, { id, title, how }: Component): string {
  const from = how?.kind === 'options' && how.from ? ` (from “${factTitle(ruleSet, how.from.value, score.of?.value)}”)` : '';
  return `${title ?? capitalised(spoken(id))}${from}`;
}

function findingsOf(ruleSet: RuleSet, score: Score, { how }: Component): (readonly [finding: string, points: string])[] {
  const group = score.of?.value;
  switch (how?.kind) {
    case 'options': {
      const given = [...how.options.values()].map(
        ({ id, title, points }) => [title ?? capitalised(spoken(id)), points.value.toString()] as const,
      );
      const none = [...how.undefinedOptions].map(([id, why]) => [capitalised(spoken(id)), `no points: ${why.value}`] as const);
      return [...given, ...none];
    }
    case 'intervals':
      return how.intervals.map(interval => [
        `${factTitle(ruleSet, how.fact.value, group)} ${intervalText(ruleSet, interval, how.unit)}`,
        interval.points.value.toString(),
      ]);
    case 'value':
      return [[factTitle(ruleSet, how.fact.value, group), 'its own value']];
    case 'conditions': {
      const held = how.conditions.map(
        ({ when, points }) => [capitalised(conditionText(ruleSet, when, group)), points.value.toString()] as const,
      );
      return [...held, ['Otherwise', how.otherwise ? how.otherwise.value.toString() : 'not known']];
    }
    default:
      return [['cannot be read', 'not known']];
  }
}

function intervalText(ruleSet: RuleSet, { test }: PointInterval, unit: PointInterval['test']['unit']): string {
  return rangeText(ruleSet, { ...test, unit: test.unit ?? unit });
}

function bandBlocks(ruleSet: RuleSet, score: Score, name: string, bands: readonly Band[]): PlainBlock[] {
  const byCondition = bands.some(({ when }) => when);
  const rows = bands.map(band => ({
    cells: [
      band.title ?? capitalised(spoken(band.id)),
      rangeText(ruleSet, band.test),
      ...(byCondition ? [band.when ? `if ${conditionText(ruleSet, band.when, score.of?.value)}` : 'always'] : []),
    ],
    place: { file: score.file, span: band.span },
  }));
  const caption: PlainBlock[] = name === '' ? [] : [{ kind: 'text', text: `Bands “${spoken(name)}”:` }];
  return [...caption, { kind: 'table', head: ['Band', 'Total', ...(byCondition ? ['Holds'] : [])], rows }];
}

export function plainThresholds(ruleSet: RuleSet): readonly PlainBlock[] {
  const items = [...ruleSet.thresholds.values()].map(threshold =>
    plainItem(threshold, `${capitalised(thresholdTestText(ruleSet, threshold))}.`, groundsOf(ruleSet, threshold)),
  );
  return chapter('Thresholds', [{ kind: 'list', items }]);
}
