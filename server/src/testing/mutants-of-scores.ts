/** Scores with one thing changed: bands, points, whom they apply to, how long they hold. */
import { Exact } from '../model/exact.ts';
import type { Component, ComponentSource, Score } from '../model/rule-set.ts';
import { changedConditions, type Names } from './changed-conditions.ts';
import { changedTests, moved, without } from './changed-tests.ts';
import type { Changed } from './mutants.ts';
import { changedPeriod } from './mutants-of-amounts.ts';

export function* changedScores(score: Score, names: Names): Generator<Changed<Score>> {
  const group = score.of?.value;
  if (score.when) {
    yield { kind: 'scope', span: score.when.span, was: 'when it applies', is: 'left out', changed: { ...score, when: undefined } };
    for (const each of changedConditions(score.when, group, names)) yield { ...each, changed: { ...score, when: each.changed } };
  }
  yield* changedBands(score, names);
  for (const [id, component] of score.components)
    for (const each of changedComponents(component.how, group, names))
      yield { ...each, changed: { ...score, components: new Map([...score.components, [id, { ...component, how: each.changed }]]) } };
  if (score.validFor)
    for (const each of changedPeriod(score.validFor)) yield { ...each, kind: 'validity', changed: { ...score, validFor: each.changed } };
  for (const [i, event] of score.voidedBy.entries())
    yield {
      kind: 'validity',
      span: event.span,
      was: `voided by ${event.value}`,
      is: 'left out',
      changed: { ...score, voidedBy: without(score.voidedBy, i) },
    };
}

function* changedBands(score: Score, names: Names): Generator<Changed<Score>> {
  for (const [name, bands] of score.bandSets)
    for (const [i, band] of bands.entries()) {
      const other = (changed: typeof band) => ({ ...score, bandSets: new Map([...score.bandSets, [name, bands.with(i, changed)]]) });
      for (const { kind, span, was, is, changed } of changedTests(band.test, { fact: undefined }))
        yield {
          kind: kind === 'bound' ? 'band' : kind,
          span,
          was: `band ${band.id} ${was}`,
          is,
          changed: other({ ...band, test: changed }),
        };
      for (const each of band.when ? changedConditions(band.when, score.of?.value, names) : [])
        yield { ...each, was: `band ${band.id} ${each.was}`, changed: other({ ...band, when: each.changed }) };
    }
}

type How = Component['how'];

function* changedComponents(how: How, group: string | undefined, names: Names): Generator<Changed<How>> {
  if (how?.kind === 'options') yield* changedOptions(how);
  if (how?.kind === 'intervals') yield* changedIntervals(how, group, names);
  if (how?.kind === 'conditions') yield* changedPointConditions(how, group, names);
}

/** Points where the source has none are what a program makes of an option that it does not know. */
function* changedOptions(how: Extract<ComponentSource, { kind: 'options' }>): Generator<Changed<How>> {
  for (const [id, option] of how.options)
    for (const value of moved(option.points.value)) {
      const options = new Map([...how.options, [id, { ...option, points: { ...option.points, value } }]]);
      const { span } = option.points;
      yield { kind: 'points', span, was: `${option.points.value} points for ${id}`, is: String(value), changed: { ...how, options } };
    }
  for (const [id, { idSpan }] of how.undefinedOptions) {
    const undefinedOptions = new Map([...how.undefinedOptions].filter(([other]) => other !== id));
    const options = new Map([...how.options, [id, { id, idSpan, title: undefined, points: { value: Exact.of(0), span: idSpan } }]]);
    yield { kind: 'points', span: idSpan, was: `no points for ${id}`, is: '0', changed: { ...how, options, undefinedOptions } };
  }
}

function* changedIntervals(
  how: Extract<ComponentSource, { kind: 'intervals' }>,
  group: string | undefined,
  names: Names,
): Generator<Changed<How>> {
  const fact = names.factOf(how.fact.value, group);
  for (const [i, interval] of how.intervals.entries()) {
    const other = (changed: typeof interval) => ({ ...how, intervals: how.intervals.with(i, changed) });
    for (const value of moved(interval.points.value))
      yield {
        kind: 'points',
        span: interval.points.span,
        was: `${interval.points.value} points`,
        is: String(value),
        changed: other({ ...interval, points: { ...interval.points, value } }),
      };
    for (const each of changedTests(interval.test, { fact })) yield { ...each, changed: other({ ...interval, test: each.changed }) };
  }
}

function* changedPointConditions(
  how: Extract<ComponentSource, { kind: 'conditions' }>,
  group: string | undefined,
  names: Names,
): Generator<Changed<How>> {
  for (const [i, each] of how.conditions.entries()) {
    const other = (changed: typeof each) => ({ ...how, conditions: how.conditions.with(i, changed) });
    for (const value of moved(each.points.value))
      yield {
        kind: 'points',
        span: each.points.span,
        was: `${each.points.value} points`,
        is: String(value),
        changed: other({ ...each, points: { ...each.points, value } }),
      };
    for (const when of changedConditions(each.when, group, names)) yield { ...when, changed: other({ ...each, when: when.changed }) };
  }
  const { otherwise } = how;
  for (const value of otherwise ? moved(otherwise.value) : [])
    yield {
      kind: 'points',
      span: otherwise!.span,
      was: `otherwise ${otherwise!.value} points`,
      is: String(value),
      changed: { ...how, otherwise: { ...otherwise!, value } },
    };
}
