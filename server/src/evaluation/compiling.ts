/** What compiling the parts of a rule set needs of each other: names resolved to slots, each derived fact and score compiled once. */
import type { Condition, Fact, RuleSet } from '../model/rule-set.ts';
import type { CompiledCondition } from './conditions.ts';
import type { CompiledScore } from './scores.ts';
import type { Context, Slot } from './state.ts';
import type { CompiledTest } from './tests.ts';
import type { Possible, Value } from './values.ts';
import type { Hierarchical } from './vocabulary.ts';

/** A fact that a patient file records. */
export interface RecordedFact {
  readonly fact: Fact;
  readonly slot: Slot;
  readonly codes: Hierarchical;
  /** `age`, or `lesions.site`. */
  readonly key: string;
  /** Values that stand for all it can have while it is absent; none where they cannot be listed. */
  readonly whileAbsent: () => readonly Value[];
}

/** A recorded or derived fact as conditions read it. */
export interface FactReader {
  readonly fact: Fact;
  readonly codes: Hierarchical;
  readonly read: (context: Context) => Possible;
  /** The recorded facts its value depends on, without those read inside groups. */
  readonly reads: readonly RecordedFact[];
  readonly recorded: RecordedFact | undefined;
  /** Where the value comes from: written, from a formula or a date that can be followed backwards, or otherwise. */
  readonly origin: 'recorded' | 'formula' | 'since' | 'table' | 'other';
  /** The conditions of a table's rows; what is missing for them is missing for the fact. */
  readonly conditions: readonly CompiledCondition[];
  /** Every test of it in the rule set, added while compiling: between the bounds they name, values make no difference. */
  readonly tests: CompiledTest[];
}

/** Where a condition stands. */
export interface Standing {
  readonly file: string;
  /** The group whose record is seen. */
  readonly group: string | undefined;
  /** False where `unknown` must not stand: there it counts as not known either, so that knowing less cannot loosen advice. */
  readonly mayTestUnknown: boolean;
}

export interface Compiling {
  readonly ruleSet: RuleSet;
  readonly groups: ReadonlyMap<string, number>;
  /** Undefined for a name that is not declared, not visible from there, or defined by itself. */
  fact(name: string, group: string | undefined): FactReader | undefined;
  score(name: string, group: string | undefined): CompiledScore | undefined;
  condition(condition: Condition, standing: Standing): CompiledCondition;
}

/** Each fact once, in the order met. */
export function union(...lists: readonly (readonly RecordedFact[])[]): RecordedFact[] {
  return [...new Map(lists.flat().map(fact => [fact.key, fact])).values()];
}
