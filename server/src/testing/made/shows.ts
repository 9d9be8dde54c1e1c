/** What one patient shows of a rule set: the same that coverage marks once the patient is a case. */

import type { CompiledRuleSet } from '../../evaluation/compile.ts';
import { type Judgement, judge } from '../../evaluation/judge.ts';
import { stateOf } from '../../evaluation/patient-state.ts';
import { instancesOf } from '../../evaluation/rules.ts';
import type { PatientState } from '../../evaluation/state.ts';
import { TRUE } from '../../evaluation/values.ts';
import { readPatient } from '../../model/read-patient.ts';
import { witnessText } from '../../replay.ts';
import { parseDocument } from '../../syntax/document.ts';
import { type Point, Recorder } from '../coverage.ts';
import { patientOf, type Sheet } from './sheet.ts';

export interface Way {
  readonly point: Point;
  readonly name: string;
}

export interface Shown {
  /** Places in the list of ways. */
  readonly ways: ReadonlySet<number>;
  readonly state: PatientState;
  readonly judgement: Judgement;
}

/** Looks at patients for one rule set, each of whom is seen at the same moment. */
export class Looking {
  readonly compiled: CompiledRuleSet;
  readonly asOf: string;
  /** Every way that something can be seen, in the order of coverage; of those that nobody can show nothing is wanted. */
  readonly ways: readonly Way[];
  readonly #known = new Map<string, Shown | undefined>();

  constructor(compiled: CompiledRuleSet, asOf: string) {
    this.compiled = compiled;
    this.asOf = asOf;
    this.ways = new Recorder(compiled).coverage().points.flatMap(point => point.ways.map(({ name }) => ({ point, name })));
  }

  /** Undefined where the rule set calls the patient impossible, or the file would have errors. */
  at(sheet: Sheet): Shown | undefined {
    const text = witnessText(patientOf(sheet, this.asOf));
    if (!this.#known.has(text)) this.#known.set(text, this.#look(text));
    return this.#known.get(text);
  }

  #look(text: string): Shown | undefined {
    const state = stateOf(this.compiled.layout, readPatient(parseDocument(text), 'made'));
    // A required fact that is not recorded is a warning on the patient, and unknown: that too must be seen.
    if (state.problems.some(({ code }) => code !== 'patient-required-missing') || !isPossible(this.compiled, state)) return undefined;
    return this.of(state, judge(this.compiled, state));
  }

  isInScope({ judgement }: Shown): boolean {
    return judgement.scope === TRUE;
  }

  of(state: PatientState, judgement: Judgement): Shown {
    const recorder = new Recorder(this.compiled);
    recorder.observe(state, judgement);
    const seen = new Set<number>();
    let place = 0;
    for (const { ways } of recorder.coverage().points)
      for (const { state: how } of ways) {
        if (how === 'seen') seen.add(place);
        place++;
      }
    return { ways: seen, state, judgement };
  }
}

function isPossible({ impossible }: CompiledRuleSet, state: PatientState): boolean {
  return impossible.every(({ group, when }) =>
    instancesOf(group, state).every(({ context, unlisted }) => unlisted || when.truth(context) !== TRUE),
  );
}
