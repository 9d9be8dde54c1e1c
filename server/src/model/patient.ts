/** A sample patient as typed values, each with the place it was written at. */
import type { Node } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import type { EffectVerb } from './effect.ts';
import type { Exact } from './exact.ts';
import type { Name, Written } from './rule-set.ts';

/** One value as written. `unit` only on numbers that have one. */
export interface PatientValue {
  readonly span: Span;
  readonly value: boolean | string | Exact;
  readonly unit: Name | undefined;
}

/** The values still possible: one, or those of `oneOf`. `null` in the text (which takes away a base's value) has none. */
export interface PatientFact {
  readonly id: string;
  /** Key of the file it was written in: a patient may extend another. */
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
  readonly values: readonly PatientValue[];
}

export interface PatientScore {
  readonly id: string;
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
  /** The date on which it was scored. */
  readonly on: Written<string> | undefined;
  /** A row of a table says that the date is not known: it does not take over that of its patient. */
  readonly undated?: true;
  /** Recorded options by component: possible ones. */
  readonly options: ReadonlyMap<string, PatientFact>;
}

export interface PatientRecord {
  readonly id: string;
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
  readonly facts: ReadonlyMap<string, PatientFact>;
  readonly scores: ReadonlyMap<string, PatientScore>;
  /** Drops the base's record of that id. */
  readonly remove: boolean;
}

export interface PatientGroup {
  readonly id: string;
  readonly file: string;
  readonly idSpan: Span;
  readonly span: Span;
  /** Undefined where not written: true for a patient of its own, the base's for one that extends another. */
  readonly complete: boolean | undefined;
  readonly records: readonly PatientRecord[];
}

/** One `*.patient.json` by itself (`readPatient`), or with what it extends merged in (`extendPatient`). */
export interface Patient {
  readonly file: string;
  readonly id: Written<string> | undefined;
  readonly title: string | undefined;
  readonly asOf: Written<string> | undefined;
  /** The rule set files it is meant for. */
  readonly for: readonly FileReference[];
  readonly extends: Name | undefined;
  readonly facts: ReadonlyMap<string, PatientFact>;
  readonly scores: ReadonlyMap<string, PatientScore>;
  readonly groups: ReadonlyMap<string, PatientGroup>;
  readonly expected: readonly Expected[];
  /** Further patients that extend this one, a row each; undefined where the file has no table. */
  readonly cases?: CaseTable;
}

/** A table of cases as written in the patient's own file, before its rows are read as patients (`case-table.ts`). */
export interface CaseTable {
  readonly span: Span;
  readonly ruleSet: Name | undefined;
  /** The file that holds columns and rows, relative to the patient's. */
  readonly csv: Name | undefined;
  readonly columns: readonly Name[];
  readonly rows: readonly CaseRow[];
}

export interface CaseRow {
  readonly span: Span;
  readonly cells: readonly Node[];
  /** Of a row written as an object, which names its columns itself: only what differs. */
  readonly columns?: readonly Name[];
}

/** A path as written, relative to the file it was written in (a patient takes over its base's). */
export interface FileReference {
  readonly path: Name;
  readonly file: string;
}

export interface Expected {
  readonly span: Span;
  readonly ruleSet: Name | undefined;
  /** Acceptable answers by decision: values, or `undetermined`, `no-answer`, `conflict`. */
  readonly decisions: ReadonlyMap<string, readonly Name[]>;
  /** By score and record id ('' for the patient's own score): the possible totals, bounds they lie within, or null where no score applies. */
  readonly totals: ReadonlyMap<string, ReadonlyMap<string, ExpectedTotals>>;
  /** By score and record id, as in `totals`: the bands of which the score must be in one; none where it must be in no band. */
  readonly bands: ReadonlyMap<string, ReadonlyMap<string, ExpectedBands>>;
  readonly fired: readonly Name[];
  readonly notFired: readonly Name[];
  readonly statements: readonly Name[];
  readonly missing: readonly Name[];
  /** Effects that must be in force, and that must be neither in force nor possible. */
  readonly effects: readonly ExpectedEffect[];
  readonly noEffects: readonly ExpectedEffect[];
  /** `true` where nobody has confirmed yet that this is what the rule set should answer. */
  readonly proposed: Written<boolean> | undefined;
}

export interface ExpectedBands {
  readonly span: Span;
  readonly bands: readonly Name[];
}

export interface ExpectedEffect {
  readonly span: Span;
  readonly verb: Written<EffectVerb> | undefined;
  /** What is required, recommended and so on; the parameter of a limit. */
  readonly what: Name | undefined;
  /** The sites it must reach, each with all below it. */
  readonly at: 'anywhere' | 'everywhere' | readonly Name[];
  /** What else the outcome must say of it (`atMost`, `with`, `every` ...), as plain values. */
  readonly details: ReadonlyMap<string, unknown>;
}

export type ExpectedTotals = { readonly span: Span } & (
  | { readonly kind: 'exactly'; readonly totals: readonly Exact[] }
  | { readonly kind: 'within'; readonly low: Exact; readonly high: Exact }
  | { readonly kind: 'none' }
);
