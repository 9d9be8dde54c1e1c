/** Requests of our own between client and server. Types only: the client imports nothing else from the server. */
import type { DecisionPart, EffectOutcome, Outcome, Truth } from '../evaluation/outcome.ts';
import type { PositionRange } from '../text/line-index.ts';

/** `clinicalRules/preview`: runs a patient through a rule set. Both are URIs. Answer: `PreviewAnswer`. */
export const PREVIEW = 'clinicalRules/preview';
/** `clinicalRules/patients`: the sample patients of the workspace that fit a rule set. Answer: `PatientChoice[]`. */
export const PATIENTS = 'clinicalRules/patients';
/** Notification from the server: texts changed in a way that previews may show. Parameter: `{ uris: string[] }`. */
export const CHANGED = 'clinicalRules/changed';

export interface PreviewParameters {
  readonly ruleSet: string;
  readonly patient: string;
}

export interface PatientChoice {
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  /** Whether the patient names this rule set in `for`. */
  readonly fits: boolean;
}

export type PreviewAnswer =
  | { readonly kind: 'preview'; readonly preview: Preview }
  /** The rule set or the patient cannot be run now; the page keeps the last outcome and shows why. */
  | { readonly kind: 'broken'; readonly message: string; readonly link: Link | undefined };

/** Where a click goes. */
export interface Link {
  readonly uri: string;
  readonly range: PositionRange;
}

/** Everything the page draws, in words; it knows no rules. */
export interface Preview {
  readonly title: string;
  readonly patient: { readonly name: string; readonly link: Link };
  readonly ruleSet: {
    readonly id: string;
    readonly version: string;
    readonly status: string;
    readonly cautions: readonly string[];
    readonly link: Link;
  };
  readonly asOf: string;
  readonly decisions: readonly PreviewDecision[];
  readonly scores: readonly PreviewScore[];
  readonly precautions: readonly PreviewSite[];
  readonly rules: readonly PreviewRule[];
  readonly missing: readonly PreviewMissing[];
  readonly conflicts: readonly { readonly text: string; readonly links: readonly { readonly id: string; readonly link: Link }[] }[];
  readonly problems: readonly { readonly text: string; readonly link: Link | undefined }[];
  readonly sources: readonly PreviewSource[];
  /** The whole outcome, for the reader who wants it as data. */
  readonly outcome: Outcome;
}

/** A status shape of the design: how strict a value is on its decision's own ladder. */
export type Tone = 'contraindicated' | 'modify' | 'proceed' | 'undetermined' | 'no-answer' | 'conflict';

export interface PreviewDecision {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly tone: Tone;
  /** One sentence. */
  readonly why: string;
  readonly follows: { readonly title: string; readonly text: string };
  readonly ladder: readonly {
    readonly value: string;
    readonly title: string;
    readonly tone: Tone;
    readonly state: 'decided' | 'possible' | 'excluded';
    readonly meanwhile: boolean;
  }[];
  readonly ladderTitle: string;
  readonly records: readonly { readonly record: string; readonly name: string; readonly part: DecisionPart; readonly tone: Tone }[];
}

export interface PreviewScore {
  readonly id: string;
  readonly title: string;
  readonly record: { readonly id: string; readonly name: string; readonly detail: string } | undefined;
  readonly scoredOn: string | undefined;
  readonly state: string;
  readonly tone: Tone | undefined;
  readonly toneWord: string | undefined;
  /** `total 9` or `possible totals 5, 6, 8`, or why there is none. */
  readonly totalText: string;
  /** One cell a total; absent when the totals are too many or not whole. */
  readonly cells:
    | readonly { readonly total: string; readonly state: 'total' | 'possible' | 'other'; readonly band: string | undefined }[]
    | undefined;
  readonly bands: readonly {
    readonly id: string;
    readonly title: string;
    readonly range: string;
    readonly tone: Tone | undefined;
    readonly here: boolean;
    readonly cells: number;
  }[];
  readonly components: readonly {
    readonly title: string;
    readonly option: string;
    readonly points: string;
    readonly of: string;
    readonly dots: { readonly filled: number; readonly all: number } | undefined;
  }[];
  readonly link: Link;
}

export interface PreviewSite {
  readonly site: string;
  readonly effects: readonly {
    readonly verb: EffectOutcome['verb'];
    readonly state: EffectOutcome['state'];
    readonly text: string;
    readonly rule: string;
    readonly link: Link;
    readonly conflict: string | undefined;
  }[];
}

export interface PreviewRule {
  readonly id: string;
  readonly title: string;
  readonly record: string | undefined;
  readonly status: 'fired' | 'ruled-out' | 'undetermined';
  /** `decides contraindicated for b`. */
  readonly effect: string;
  readonly tone: Tone | undefined;
  readonly link: Link;
  readonly conditions: readonly PreviewCondition[];
}

export interface PreviewCondition {
  readonly text: string;
  readonly truth: Truth;
  /** The patient's value, and how far it is from the bound. */
  readonly value: string;
  readonly link: Link;
  readonly items: readonly PreviewCondition[];
}

export interface PreviewMissing {
  readonly input: string;
  readonly text: string;
  readonly rules: readonly string[];
  readonly outcomes: readonly { readonly value: string; readonly text: string; readonly tone: Tone }[];
}

export interface PreviewSource {
  readonly title: string;
  readonly detail: string;
  readonly link: Link;
}
