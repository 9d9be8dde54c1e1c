/** Scores as the outcome shows them: state, total or possible totals, bands, components. */
import type { CompiledRuleSet } from './compile.ts';
import type { ScoreOutcome } from './outcome.ts';
import type { CompiledScore, ScoreState } from './scores.ts';
import type { Context, Holder, PatientState, RecordedScore } from './state.ts';
import { byText, FALSE, momentText, type Numbers, numberText, TRUE, type Truth, UNKNOWN } from './values.ts';

export function scoreOutcomes({ layout }: CompiledRuleSet, patient: PatientState): ScoreOutcome[] {
  const own = layout.holders(undefined).scores.map(score => outcomeOf(score, { patient, record: undefined }, null));
  const ofRecords = layout.groups.flatMap((_, group) =>
    layout.holders(group).scores.flatMap(score => {
      const { records } = patient.groups[group]!;
      const worst = worstOf(score, patient, records);
      return records.map(record => withWorst(outcomeOf(score, { patient, record }, record.id), record === worst));
    }),
  );
  return [...own, ...ofRecords].sort((a, b) => byText(a.id, b.id) || byText(a.record ?? '', b.record ?? ''));
}

/** What a list of many patients shows of a score. */
export type ScoreTotal = Pick<ScoreOutcome, 'id' | 'record' | 'state' | 'total' | 'totals'>;

/** The same states and totals as `scoreOutcomes`, without bands and components, in the order of the scores. */
export function scoreTotals({ layout }: CompiledRuleSet, patient: PatientState): ScoreTotal[] {
  const own = layout.holders(undefined).scores.map(score => scoreTotal(score, { patient, record: undefined }, null));
  const ofRecords = layout.groups.flatMap((_, group) =>
    layout
      .holders(group)
      .scores.flatMap(score => patient.groups[group]!.records.map(record => scoreTotal(score, { patient, record }, record.id))),
  );
  return [...own, ...ofRecords];
}

function scoreTotal(score: CompiledScore, context: Context, record: string | null): ScoreTotal {
  const state = score.state(context);
  const base = { id: score.score.id, record, state: wordOf(state) };
  return state.applies === FALSE ? base : { ...base, ...totalOf(state.totals) };
}

function withWorst(outcome: ScoreOutcome, worst: boolean): ScoreOutcome {
  return worst ? { ...outcome, worst } : outcome;
}

function outcomeOf(score: CompiledScore, context: Context, record: string | null): ScoreOutcome {
  const state = score.state(context);
  const base = { id: score.score.id, record, state: wordOf(state), components: componentsOf(score, state, context) };
  const on = state.recorded?.on && { on: momentText(state.recorded.on) };
  const why = state.stale !== undefined && state.applies === TRUE && { why: state.stale };
  if (state.applies === FALSE) return { ...base, components: [], ...on };
  return { ...base, ...totalOf(state.totals), ...bandsOf(score, state, context), ...on, ...why };
}

function wordOf({ applies, stale, totals }: ScoreState): ScoreOutcome['state'] {
  if (applies === FALSE) return 'not-scorable';
  if (applies === UNKNOWN) return 'scorable-unknown';
  if (stale !== undefined) return 'stale';
  return totals?.length === 1 ? 'scored' : 'partly-known';
}

function totalOf(totals: Numbers): Pick<ScoreOutcome, 'total' | 'totals'> {
  if (!totals) return {};
  return totals.length === 1 ? { total: numberText(totals[0]!) } : { totals: totals.map(numberText) };
}

/** The bands that hold for some possible total; the one band, where only one does and it holds for all of them. */
function bandsOf(score: CompiledScore, { totals }: ScoreState, context: Context): Pick<ScoreOutcome, 'band' | 'bands'> {
  if (score.bands.length === 0 || !totals) return {};
  const truths = score.bands.map(({ holds, when }) => {
    const open = when ? when.truth(context) : TRUE;
    return totals.map(total => Math.min(open, holds(total)) as Truth);
  });
  const possible = score.bands.filter((_, i) => truths[i]!.some(truth => truth !== FALSE));
  const bands = possible.map(({ id }) => id);
  const only = possible.length === 1 && truths[score.bands.indexOf(possible[0]!)]!.every(truth => truth === TRUE);
  return only ? { band: bands[0]!, bands } : { bands };
}

function componentsOf({ components }: CompiledScore, { points, recorded }: ScoreState, context: Context): ScoreOutcome['components'] {
  return components.map((component, i) => {
    const option = optionOf(component, recorded, context);
    return { id: component.id, ...(option !== undefined && { option }), points: points[i]?.map(numberText) ?? [] };
  });
}

/** The option, where one is known: recorded, or the value of the fact it is read from. */
function optionOf({ id, how, fact }: CompiledScore['components'][number], recorded: RecordedScore | undefined, context: Context) {
  if (how?.kind !== 'options') return undefined;
  const options = recorded?.options.get(id);
  if (options) return options.length === 1 ? options[0] : undefined;
  const values = fact?.read(context);
  return values?.length === 1 && values[0]!.kind === 'code' ? values[0]!.id : undefined;
}

/** The record with the worst total it may have; of several the first. A record that cannot be scored is none. */
function worstOf(score: CompiledScore, patient: PatientState, records: readonly Holder[]): Holder | undefined {
  const sign = score.score.worst === 'lowest' ? -1 : 1;
  if (!score.score.worst) return undefined;
  let worst: { readonly record: Holder; readonly total: NonNullable<Numbers>[number] } | undefined;
  for (const record of records) {
    const { applies, totals } = score.state({ patient, record });
    const total = sign > 0 ? totals?.at(-1) : totals?.[0];
    if (applies === FALSE || !total) continue;
    if (!worst || total.compare(worst.total) * sign > 0) worst = { record, total };
  }
  return worst?.record;
}
