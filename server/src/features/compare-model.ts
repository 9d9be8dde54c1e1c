/** What the page draws of patients side by side. Types only. */
import type { PreviewRuleLink, Tone } from './preview-model.ts';

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

/** One patient under two versions of a rule set. */
export interface CompareSides {
  /** Every decision and score, whether it differs or not. */
  readonly answers: readonly CompareSide[];
  /** Only those that differ. */
  readonly rules: readonly CompareSide[];
  readonly precautions: readonly CompareSide[];
  /** How many more rules and precautions differ. */
  readonly more: number;
}

export interface CompareSide {
  readonly what: string;
  readonly now: CompareSideCell;
  /** Under the version compared with. */
  readonly then: CompareSideCell;
  readonly differs: boolean;
  /** The rule it is about, where the file shown has it. */
  readonly rule: PreviewRuleLink | undefined;
}

export interface CompareSideCell {
  readonly text: string;
  readonly tone: Tone | undefined;
}
