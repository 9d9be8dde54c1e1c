/** What the analysis says of rule sets of a few lines, with one decision. */
import assert from 'node:assert/strict';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import { replayWith } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { ruleSetOf } from './rule-sets.ts';

/** A rule set as far as it is not the same for all. */
export interface Small {
  readonly facts: object;
  readonly assessments?: object;
  readonly appliesTo?: object;
  readonly derived?: object;
  readonly groups?: object;
  readonly impossible?: readonly object[];
  readonly scores?: object;
  readonly resolve?: string;
  readonly rules: readonly object[];
}

/** A rule that decides the one decision there is. */
export function rule(id: string, when: object | undefined, as: string): object {
  return { id, title: id, ...(when && { when }), then: [{ decide: 'clearance', as }], source: { id: 'one' } };
}

export function analysed({ resolve = 'strictest', ...small }: Small): Analysis {
  const decisions = { clearance: { title: 'Clearance', values: ['stop', 'care', 'go'], resolve, mustDecide: true } };
  const head = { id: 'small', title: 'Small', version: '1.0.0', status: 'active', complete: true, sources: { one: { title: 'One' } } };
  const json = { ...head, decisions, ...small };
  assert.deepEqual(checkSchema(parseDocument(JSON.stringify(json)), 'rule-set'), []);
  const ruleSet = ruleSetOf(json);
  return analyse(ruleSet, replayWith(ruleSet));
}

/** The facts of each patient without an answer; where there is none it must be proved. */
export function gapsOf(small: Small): unknown[] {
  const { gaps, proved } = analysed(small);
  assert.equal(
    proved.some(({ kind }) => kind === 'answered'),
    gaps.length === 0,
  );
  return gaps.map(({ answer }) => answer.witness.facts);
}
