/** What the page draws of patients side by side. Types only. */
import type { Tone } from './preview-model.ts';

/** Patients down, decisions, scores and numbers across. */
export interface CompareGrid {
  readonly columns: readonly { readonly title: string; readonly kind: 'decision' | 'number' }[];
  readonly rows: readonly CompareRow[];
  /** How many rows differ from the version compared with. */
  readonly differing: number;
}

export interface CompareRow {
  readonly uri: string;
  readonly title: string;
  readonly cells: readonly CompareCell[];
  readonly differs: boolean;
}

export interface CompareCell {
  readonly text: string;
  readonly tone: Tone | undefined;
  /** For sorting. */
  readonly rank: number;
  /** What it is under the version compared with, where that differs. */
  readonly was?: string;
}
