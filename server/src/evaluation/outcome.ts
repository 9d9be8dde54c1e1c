/** What an evaluation gives: plain JSON, lists sorted, the same input giving the same bytes. The shapes are a contract: they may grow, what is there stays. */
import type { Place } from '../text/span.ts';

export type Truth = 'true' | 'false' | 'unknown';
export type RuleStatus = 'fired' | 'ruled-out' | 'undetermined';
export type DecisionStatus = 'decided' | 'undetermined' | 'conflict' | 'no-answer';

export interface Outcome {
  readonly patient: string;
  readonly ruleSet: {
    readonly id: string;
    readonly version: string;
    readonly status: string;
    /** Why the outcome must not be relied on: `draft`, `retired`, `review-date-passed`. */
    readonly cautions: readonly string[];
  };
  readonly asOf: string;
  /** Whether the patient is one the rule set applies to. */
  readonly scope: Truth;
  readonly decisions: Readonly<Record<string, DecisionOutcome>>;
  readonly scores: readonly ScoreOutcome[];
  readonly effects: readonly EffectOutcome[];
  readonly conflicts: readonly EffectConflict[];
  readonly rules: readonly RuleOutcome[];
  readonly missing: readonly MissingInput[];
  /** What is wrong with the patient's data, in words; such values count as absent. */
  readonly problems: readonly PatientProblem[];
}

export interface DecisionPart {
  readonly status: DecisionStatus;
  /** The value decided; for `collect` all of them; null unless decided. */
  readonly value: string | readonly string[] | null;
  /** Strictest first; ends with `no-answer` while that cannot be excluded. */
  readonly possible: readonly string[];
  /** The strictest possible value; null where there is none. */
  readonly meanwhile: string | null;
  /** Ids of the rules that make it, sorted. */
  readonly by: readonly string[];
}

export interface DecisionOutcome extends DecisionPart {
  /** Why there is no answer or none is certain: `out-of-scope`, `scope-unknown`; absent otherwise. */
  readonly because?: string;
  /** With `each`: one part a record, by record id. */
  readonly records: Readonly<Record<string, DecisionPart>>;
}

export interface ScoreOutcome {
  readonly id: string;
  readonly record: string | null;
  readonly state: 'scored' | 'partly-known' | 'not-scorable' | 'scorable-unknown' | 'stale';
  /** The total when it is known, else the exact set of possible totals, ascending. Numbers as decimal text without loss ("6", "2.5"). */
  readonly total?: string;
  readonly totals?: readonly string[];
  readonly band?: string;
  /** The bands the possible totals fall in, in declared order. With several band sets: all that hold. */
  readonly bands?: readonly string[];
  readonly components: readonly { readonly id: string; readonly option?: string; readonly points: readonly string[] }[];
  /** True for the record that `worst` names. */
  readonly worst?: boolean;
  readonly on?: string;
  /** Why it is stale: `undated`, `expired`, `voided-by:<fact>`. */
  readonly why?: string;
}

export interface EffectOutcome {
  readonly verb: 'require' | 'recommend' | 'avoid' | 'forbid' | 'limit';
  /** The ids of what it is about; several for `oneOf`; the parameter for `limit`. */
  readonly what: readonly string[];
  /** For `limit`: the activity or intervention whose parameter is limited. */
  readonly of?: string;
  readonly rule: string;
  readonly record: string | null;
  readonly state: 'in-force' | 'possible';
  readonly at: EffectSites;
  readonly during?: readonly string[];
  readonly every?: string;
  /** Ranges, steps, maximum and limit, as written. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly unknown[];
  readonly maximum?: Readonly<Record<string, unknown>>;
  readonly atMost?: string;
  readonly unit?: string;
  readonly note?: string;
}

/** `everywhere`, or leaf sites with their sides. An empty list is said: nothing is left. */
export type EffectSites = 'everywhere' | readonly { readonly site: string; readonly side?: 'left' | 'right' }[];

export interface EffectConflict {
  /** Ids of the rules whose effects collide, sorted. */
  readonly rules: readonly string[];
  /** `barred`: recommended or required, and avoided or forbidden; `dose`: ranges that do not meet. */
  readonly kind: 'barred' | 'dose';
  readonly what: string;
  readonly at: EffectSites;
  readonly state: 'in-force' | 'possible';
}

export interface RuleOutcome {
  readonly id: string;
  readonly record: string | null;
  readonly status: RuleStatus;
  /** The rules that override it for this patient or record and fired. */
  readonly overriddenBy?: readonly string[];
  /** Only when asked for. */
  readonly trace?: RuleTrace;
}

export interface RuleTrace {
  readonly place: Place;
  readonly when?: TraceNode;
  readonly until?: TraceNode;
  readonly given?: Truth;
}

/** One node of a condition with what it was compared with. */
export interface TraceNode {
  readonly kind: string;
  readonly truth: Truth;
  readonly place: Place;
  /** The name tested: a fact, score, threshold or group. */
  readonly name?: string;
  /** The patient's possible values, as text with unit; empty where absent. */
  readonly values?: readonly string[];
  /** What they were held against, as text: `>= 3.5 mmol/L`, `is true`, `in unstable`. */
  readonly test?: string;
  readonly record?: string;
  readonly items?: readonly TraceNode[];
}

export interface MissingInput {
  /** `fact`, `score.component`, `score.on`, `group`, `group.record.fact`, `group.record.score.component`: the path of what is not known. */
  readonly input: string;
  readonly kind: 'fact' | 'component' | 'score-date' | 'group';
  readonly record: string | null;
  /** Undetermined rules that this input could settle. */
  readonly rules: readonly string[];
  /** What the decisions would be for each value, the rest unchanged. */
  readonly outcomes: readonly { readonly value: string; readonly decisions: Readonly<Record<string, DecisionPart>> }[];
}

export interface PatientProblem {
  /** The code of the diagnostic that words it. */
  readonly code: string;
  readonly path: string;
  readonly place?: Place;
  readonly data: Readonly<Record<string, string>>;
}
