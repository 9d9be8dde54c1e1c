/** What New Rule Set can begin with: each kind small, complete and valid, with a sample patient to try it on. */
import { laidOut } from './laid-out.ts';
import { decisionTable } from './starters-decision-table.ts';
import { precautions } from './starters-precautions.ts';
import { score } from './starters-score.ts';
import { thresholds } from './starters-thresholds.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Starter {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** All but what every rule set has at its top. */
  readonly rules: Json;
  /** Facts, scores and groups of a patient; undefined where there is nothing to try. */
  readonly patient: ((day: string) => Json) | undefined;
}

const EMPTY: Starter = {
  id: 'empty',
  title: 'Empty',
  detail: 'Only what every rule set must have',
  rules: {},
  patient: undefined,
};

export const STARTERS: readonly Starter[] = [thresholds, score, precautions, decisionTable, EMPTY];

/** `today` dates the review, a year on, and what its source was published. */
export function ruleSetText(starter: Starter, id: string, today: Date): string {
  const review = new Date(Date.UTC(today.getUTCFullYear() + 1, today.getUTCMonth(), today.getUTCDate())).toISOString().slice(0, 10);
  const head = { id, title: titleOf(id), version: '0.1.0', status: 'draft', role: 'rule-set', reviewBy: review };
  const published = today.toISOString().slice(0, 10);
  const sources = { 'my-source': { title: 'The guideline these rules are taken from', published } };
  return laidOut({ ...head, ...(starter.rules.rules || starter.rules.precautions ? { sources } : {}), ...starter.rules });
}

/** Beside its rule set, whose file's name is `ruleSet`. */
export function patientText(starter: Starter, id: string, ruleSet: string, today: Date): string {
  const day = today.toISOString().slice(0, 10);
  return laidOut({ id: `${id}-example`, title: 'An example', asOf: `${day}T12:00:00Z`, for: [ruleSet], ...starter.patient?.(day) });
}

function titleOf(id: string): string {
  return id.replaceAll('-', ' ').replace(/^./, first => first.toUpperCase());
}
