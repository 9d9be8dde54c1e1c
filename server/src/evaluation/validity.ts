/** When a score is stale: too old, undated, or followed by an event that voids it. */
import { periodLength } from '../model/dates.ts';
import { Exact } from '../model/exact.ts';
import type { Score } from '../model/rule-set.ts';
import { type Compiling, type FactReader, type RecordedFact, union } from './compiling.ts';
import type { Context, RecordedScore } from './state.ts';
import type { MomentValue, Value } from './values.ts';

export interface CompiledValidity {
  readonly reads: readonly RecordedFact[];
  /** The facts whose event voids the score, with the name each was written by. */
  readonly voidedBy: readonly { readonly name: string; readonly reader: FactReader | undefined }[];
  /** Why the score is stale; undefined while it is not. */
  readonly staleness: (context: Context, recorded: RecordedScore | undefined) => string | undefined;
}

/**
 * A score that neither ages nor is voided is never stale. Of any other, whatever cannot be excluded makes it stale: it may be older, the
 * event may be later.
 */
export function compileValidity(score: Score, compiling: Compiling): CompiledValidity {
  const voidedBy = score.voidedBy.map(({ value }) => ({ name: value, reader: compiling.fact(value, score.of?.value) }));
  const reads = union(...voidedBy.map(({ reader }) => reader?.reads ?? []));
  // A period that cannot be read is over at once.
  const valid = score.validFor && (periodLength(score.validFor.value) ?? Exact.of(0));
  if (valid === undefined && voidedBy.length === 0) return { reads, voidedBy, staleness: () => undefined };
  const staleness = (context: Context, recorded: RecordedScore | undefined): string | undefined => {
    const on = recorded?.on;
    const now = context.patient.asOf;
    if (!on || !now) return 'undated';
    if (valid !== undefined && Exact.of(now.to - (on.day ?? on).from).compare(valid) > 0) return 'expired';
    const event = voidedBy.find(({ reader }) => mayBeLater(reader?.read(context), on));
    return event && `voided-by:${event.name}`;
  };
  return { reads, voidedBy, staleness };
}

function mayBeLater(events: readonly Value[] | undefined, on: MomentValue): boolean {
  if (events === undefined) return true;
  return events.some(event => (event.kind === 'moment' ? mayFollow(event, on) : event.kind !== 'never'));
}

/** Of two days without times neither is known to come first, even where `asOf` leaves a single moment of them. */
function mayFollow(event: MomentValue, on: MomentValue): boolean {
  const [last, first] = [(event.day ?? event).to, (on.day ?? on).from];
  return event.day && on.day ? last >= first : last > first;
}
