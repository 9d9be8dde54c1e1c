/** Gathers the values found for each fact, and settles which of them hold: the most recent, or those that may be. */
import type { Fact } from '../model/rule-set.ts';
import { type Admitted, admit, type PatientJson, type Raw } from './admit.ts';
import type { Bindings } from './bindings.ts';
import { latest } from './dates.ts';
import type { LeftOutList, Taken } from './report.ts';

export interface Found {
  readonly value: PatientJson;
  /** By which the most recent is told; undefined where it holds now, or nobody knows when. */
  readonly date: string | undefined;
  readonly from: string;
  readonly note: string | undefined;
}

export type FactJson = PatientJson | { readonly oneOf: readonly PatientJson[] };

export interface Settled {
  readonly value: FactJson;
  /** Where a single value holds. */
  readonly date: string | undefined;
}

/** The facts of the patient, or of one record. */
export class FactValues {
  readonly #bindings: Bindings;
  readonly #asOf: string;
  readonly #leftOut: LeftOutList;
  readonly #found = new Map<Fact, Found[]>();

  constructor(bindings: Bindings, asOf: string, leftOut: LeftOutList) {
    this.#bindings = bindings;
    this.#asOf = asOf;
    this.#leftOut = leftOut;
  }

  add(fact: Fact, raw: Raw, { from, date }: { readonly from: string; readonly date: string | undefined }): void {
    this.put(fact, admit(this.#bindings, fact, raw, this.#asOf), from, date);
  }

  put(fact: Fact, admitted: Admitted, from: string, date: string | undefined): void {
    if ('why' in admitted) {
      this.#leftOut.add(from, nameOf(fact), admitted.why);
      return;
    }
    const found = { value: admitted.value, date, from, note: admitted.note };
    const known = this.#found.get(fact);
    if (known) known.push(found);
    else this.#found.set(fact, [found]);
  }

  /** In the order of the rule set. `path` names a fact in the report. */
  settle(facts: Iterable<Fact>, path: (fact: Fact) => string, taken: Taken[]): Map<string, Settled> {
    const settled = new Map<string, Settled>();
    for (const fact of facts) {
      const value = this.#settleFact(fact, path(fact), taken);
      if (value) settled.set(fact.id, value);
    }
    return settled;
  }

  #settleFact(fact: Fact, path: string, taken: Taken[]): Settled | undefined {
    const found = this.#found.get(fact);
    if (!found) return undefined;
    const holding = latest(found);
    const kept = new Set(holding);
    for (const { from } of found.filter(each => !kept.has(each)))
      this.#leftOut.add(from, path, 'an older value: a newer one was taken over');
    const distinct = [...new Map(holding.map(each => [JSON.stringify(each.value), each] as const)).values()];
    if (fact.type === 'boolean' && distinct.length > 1) {
      for (const { from } of distinct)
        this.#leftOut.add(from, path, 'both true and false are recorded, and neither is known to be the newer');
      return undefined;
    }
    if (distinct.length > MOST_VALUES) {
      this.#leftOut.add(distinct[0]!.from, path, `more than ${MOST_VALUES} values differ, and none is known to be the newest`);
      return undefined;
    }
    for (const { from, value, date, note } of distinct)
      taken.push({
        from,
        to: path,
        value: toldValue(value),
        ...(date === undefined ? {} : { date }),
        ...noteOf(note, distinct.length),
      });
    const [first] = distinct;
    if (distinct.length === 1) return { value: first!.value, date: first!.date };
    return { value: { oneOf: distinct.map(each => each.value) }, date: undefined };
  }
}

/** More possible values than this say nothing that is of use. */
const MOST_VALUES = 20;

export function nameOf(fact: Fact): string {
  return fact.group === undefined ? fact.id : `${fact.group}.${fact.id}`;
}

function toldValue(value: PatientJson): string {
  return typeof value === 'object' ? `${value.value} ${value.unit}` : String(value);
}

function noteOf(note: string | undefined, count: number): { readonly note?: string } {
  const notes = [note, count > 1 ? `one of ${count} values of which nobody knows the newest` : undefined].filter(
    each => each !== undefined,
  );
  return notes.length ? { note: notes.join('; ') } : {};
}
