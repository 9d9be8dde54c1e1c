/** The evaluator as the analysis sees it: runs a witness and says what fired, what was decided and what collided. */
import type { Replay, Replayed, WitnessPatient } from './analysis/witness.ts';
import { compile } from './evaluation/compile.ts';
import { evaluate } from './evaluation/evaluate.ts';
import type { Outcome } from './evaluation/outcome.ts';
import { readPatient } from './model/read-patient.ts';
import type { RuleSet } from './model/rule-set.ts';
import { parseDocument } from './syntax/document.ts';

/** Compiles the rule set once; the patient is read as if it were a file, so that a witness is one. */
export function replayWith(ruleSet: RuleSet): Replay {
  const compiled = compile(ruleSet);
  return patient => replayed(evaluate(compiled, readPatient(parseDocument(witnessText(patient)), 'witness'), { trace: false, missing: false }));
}

/** The witness as a `*.patient.json`. */
export function witnessText(patient: WitnessPatient): string {
  return JSON.stringify({ id: 'witness', title: 'Witness', ...patient });
}

function replayed(outcome: Outcome): Replayed {
  const withStatus = (status: string) =>
    new Set(
      outcome.rules.filter(rule => rule.status === status).flatMap(({ id, record }) => (record === null ? [id] : [id, `${id}@${record}`])),
    );
  return {
    fired: withStatus('fired'),
    ruledOut: withStatus('ruled-out'),
    decisions: new Map(
      Object.entries(outcome.decisions).map(([id, { status, value }]) => [id, status === 'decided' ? [value].flat().join('+') : status]),
    ),
    collisions: new Set(outcome.conflicts.filter(({ state }) => state === 'in-force').map(({ rules }) => rules.join('+'))),
  };
}
