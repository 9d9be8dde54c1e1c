/** Decisions: what fired and undetermined rules make of them. Nothing here turns an open question into permission. */
import type { Decision } from '../model/rule-set.ts';
import type { DecisionOutcome, DecisionPart } from './outcome.ts';
import type { CompiledRule, Instance } from './rules.ts';
import { byText, FALSE, TRUE, type Truth, UNKNOWN } from './values.ts';

/** A rule that decides, with the places of its values in the decision's list. */
export interface Deciding {
  readonly rule: CompiledRule;
  readonly values: readonly { readonly place: number; readonly known: boolean }[];
}

export interface CompiledDecision {
  readonly decision: Decision;
  /** Strictest first. */
  readonly values: readonly string[];
  readonly each: number | undefined;
  /** In the order of the rules. */
  readonly deciding: readonly Deciding[];
}

export function compileDecision(decision: Decision, rules: readonly CompiledRule[], groups: ReadonlyMap<string, number>): CompiledDecision {
  const values = decision.values.map(({ id }) => id);
  const deciding = rules.flatMap(rule => {
    const places = rule.rule.then.flatMap(effect =>
      effect.kind === 'decide' && effect.decision.value === decision.id ? [values.indexOf(effect.value.value)] : [],
    );
    // A value nobody declared may stand for the strictest: dropping it could give a false all-clear.
    const told = [...new Set(places)].map(place => ({ place: Math.max(0, place), known: place >= 0 }));
    return told.length > 0 && values.length > 0 ? [{ rule, values: told }] : [];
  });
  return { decision, values, each: decision.each && groups.get(decision.each.value), deciding };
}

/** What one instance of a rule says: a value that is (TRUE) or may be (UNKNOWN) decided. */
interface Voice {
  readonly rule: CompiledRule;
  readonly value: number;
  readonly truth: Truth;
}

export interface Judged {
  readonly truths: readonly (readonly Truth[])[];
  readonly instances: (group: number | undefined) => readonly Instance[];
  readonly complete: (group: number) => boolean;
  readonly scope: Truth;
}

const NO_ANSWER = 'no-answer';

export function decide(compiled: CompiledDecision, judged: Judged): DecisionOutcome {
  const { part, records } =
    compiled.each === undefined ? { part: decideOnce(compiled, judged), records: {} } : decideEach(compiled, judged);
  const because =
    judged.scope === FALSE ? 'out-of-scope' : judged.scope === UNKNOWN && part.status === 'undetermined' ? 'scope-unknown' : undefined;
  return because === undefined ? { ...part, records } : { ...part, because, records };
}

function decideOnce(compiled: CompiledDecision, judged: Judged): DecisionPart {
  return partOf(
    compiled,
    voicesOf(compiled, judged, () => true),
  );
}

function voicesOf(
  { deciding }: CompiledDecision,
  { truths, instances }: Judged,
  wanted: (rule: CompiledRule, i: Instance, at: number) => boolean,
): Voice[] {
  const voices: Voice[] = [];
  for (const { rule, values } of deciding) {
    const list = instances(rule.group);
    const own = truths[rule.index]!;
    for (let at = 0; at < own.length; at++) {
      const truth = own[at]!;
      if (truth === FALSE || !wanted(rule, list[at]!, at)) continue;
      for (const { place, known } of values) voices.push({ rule, value: place, truth: known ? truth : UNKNOWN });
    }
  }
  return voices;
}

function partOf(compiled: CompiledDecision, voices: readonly Voice[]): DecisionPart {
  const fired = voices.filter(({ truth }) => truth === TRUE);
  const open = voices.filter(({ truth }) => truth === UNKNOWN);
  if (voices.length === 0) return part(compiled, 'no-answer', null, [], []);
  switch (compiled.decision.resolve) {
    case 'strictest':
      return strictest(compiled, fired, open);
    case 'single':
      return single(compiled, fired, open);
    case 'first':
      return first(compiled, voices);
    case 'collect':
      return collect(compiled, fired, open);
  }
}

/** `possible` as places in the list of values; `values.length` stands for no answer and comes last. */
function part(
  { values }: CompiledDecision,
  status: DecisionPart['status'],
  value: DecisionPart['value'],
  possible: readonly number[],
  by: readonly Voice[],
): DecisionPart {
  const places = status === 'no-answer' ? [values.length] : [...new Set(possible)].sort((a, b) => a - b);
  return {
    status,
    value,
    possible: places.map(place => values[place] ?? NO_ANSWER),
    meanwhile: values[places[0] ?? values.length] ?? null,
    by: [...new Set(by.map(({ rule }) => rule.rule.id))].sort(byText),
  };
}

function strictest(compiled: CompiledDecision, fired: readonly Voice[], open: readonly Voice[]): DecisionPart {
  const none = compiled.values.length;
  const decided = Math.min(none, ...fired.map(({ value }) => value));
  const stricter = open.filter(({ value }) => value < decided);
  if (stricter.length === 0) return part(compiled, 'decided', compiled.values[decided]!, [decided], withValue(fired, decided));
  return part(compiled, 'undetermined', null, [...placesOf(stricter), decided], stricter);
}

function single(compiled: CompiledDecision, fired: readonly Voice[], open: readonly Voice[]): DecisionPart {
  const [value, ...others] = new Set(placesOf(fired));
  const possible = [...placesOf(fired), ...placesOf(open)];
  if (others.length > 0) return part(compiled, 'conflict', null, possible, fired);
  const other = open.filter(each => each.value !== value);
  if (other.length > 0) return part(compiled, 'undetermined', null, [...possible, ...orNone(compiled, fired)], [...other]);
  return part(compiled, 'decided', compiled.values[value!]!, [value!], fired);
}

/** Voices stand in the order of the rules. One rule that gives two values contradicts itself. */
function first(compiled: CompiledDecision, voices: readonly Voice[]): DecisionPart {
  const order = [...new Set(voices.map(({ rule }) => rule))];
  const decider = order.find(rule => voices.some(voice => voice.rule === rule && voice.truth === TRUE));
  const heard = decider ? order.slice(0, order.indexOf(decider) + 1) : order;
  const counted = voices.filter(({ rule }) => heard.includes(rule));
  if (decider !== heard[0]) {
    const open = counted.filter(({ rule }) => rule !== decider);
    return part(compiled, 'undetermined', null, [...placesOf(counted), ...(decider ? [] : [compiled.values.length])], open);
  }
  const values = [...new Set(placesOf(counted))];
  if (values.length > 1) return part(compiled, 'conflict', null, values, counted);
  return part(compiled, 'decided', compiled.values[values[0]!]!, values, counted);
}

function collect(compiled: CompiledDecision, fired: readonly Voice[], open: readonly Voice[]): DecisionPart {
  const all = [...new Set(placesOf(fired))].sort((a, b) => a - b);
  if (open.length === 0)
    return part(
      compiled,
      'decided',
      all.map(place => compiled.values[place]!),
      all,
      fired,
    );
  return part(compiled, 'undetermined', null, [...all, ...placesOf(open), ...orNone(compiled, fired)], open);
}

function placesOf(voices: readonly Voice[]): number[] {
  return voices.map(({ value }) => value);
}

function withValue(voices: readonly Voice[], value: number): Voice[] {
  return voices.filter(each => each.value === value);
}

function orNone({ values }: CompiledDecision, fired: readonly Voice[]): number[] {
  return fired.length === 0 ? [values.length] : [];
}

/** Every record needs its own answer; what the patient's own rules say is a part of its own, and the only one where there is no record. */
function decideEach(compiled: CompiledDecision, judged: Judged): { part: DecisionPart; records: Record<string, DecisionPart> } {
  const group = compiled.each!;
  const listed = judged.instances(group).filter(({ unlisted }) => !unlisted);
  const ofRecord = (at: number) => voicesOf(compiled, judged, (rule, _, i) => rule.group === group && i === at);
  const records = listed.map(({ record }, at) => ({ id: record!, part: partOf(compiled, ofRecord(at)), voices: ofRecord(at) }));
  const ownVoices = voicesOf(compiled, judged, rule => rule.group !== group);
  const unlisted = voicesOf(compiled, judged, (rule, { unlisted }) => rule.group === group && unlisted);
  const joined: Joined = {
    records: records.map(({ part }) => part),
    own: ownVoices.length > 0 ? partOf(compiled, ownVoices) : undefined,
    voices: [...records.flatMap(each => each.voices), ...ownVoices],
    unlisted,
    complete: judged.complete(group) || judged.scope === FALSE,
  };
  return { part: join(compiled, joined), records: Object.fromEntries(records.map(({ id, part }) => [id, part])) };
}

interface Joined {
  readonly records: readonly DecisionPart[];
  /** What the patient's own rules say; undefined where they are all ruled out. */
  readonly own: DecisionPart | undefined;
  readonly voices: readonly Voice[];
  /** What a record may say that the list does not show. */
  readonly unlisted: readonly Voice[];
  /** Outside the scope there is no answer to wait for, however many records are missing. */
  readonly complete: boolean;
}

function join(compiled: CompiledDecision, joined: Joined): DecisionPart {
  const { records, own, voices, complete, unlisted } = joined;
  const barring = voices.filter(({ truth, value }) => truth === TRUE && value === 0);
  if (barring.length > 0) return part(compiled, 'decided', compiled.values[0]!, [0], barring);
  const parts = own ? [...records, own] : records;
  const open = parts.filter(({ status }) => status === 'undetermined');
  if (open.length > 0 || !complete) {
    const by = [...new Set([...open.flatMap(each => each.by), ...unlisted.map(({ rule }) => rule.rule.id)])].sort(byText);
    return { ...part(compiled, 'undetermined', null, possibleOf(compiled, joined), []), by };
  }
  if (parts.length === 0 || parts.some(({ status }) => status === 'no-answer')) return part(compiled, 'no-answer', null, [], []);
  const decided = Math.min(...parts.map(({ value }) => compiled.values.indexOf(value as string)));
  const deciding = voices.filter(({ truth, value }) => truth === TRUE && value === decided);
  return part(compiled, 'decided', compiled.values[decided]!, [decided], deciding);
}

/**
 * What the whole can still become: the strictest if anything can; another value if every record can be it or looser; no answer if a record
 * may stay without one. The patient's own rules need not answer where there are records, so theirs is a value that may fall away.
 */
function possibleOf({ values }: CompiledDecision, { records, own, unlisted, complete }: Joined): number[] {
  const none = values.length;
  const placesIn = ({ possible }: DecisionPart) => possible.map(value => (value === NO_ANSWER ? none : values.indexOf(value)));
  const ownPlaces = own ? placesIn(own) : [none];
  const ownMustAnswer = !ownPlaces.includes(none) || (records.length === 0 && complete);
  const required = [...records.map(placesIn), ...(ownMustAnswer ? [ownPlaces] : [])];
  const optional = [...unlisted.map(({ value }) => value), ...ownPlaces.filter(place => place < none), ...(complete ? [] : [none])];
  const all = [...new Set([...required.flat(), ...optional])];
  return all.filter(value => {
    if (value === 0 || value === none) return true;
    return required.every(places => places.some(place => place >= value && place < none));
  });
}
