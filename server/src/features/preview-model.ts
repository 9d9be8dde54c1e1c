/** What the preview page draws: a patient's outcome in words a clinician reads. The page knows no rules; it shows this and nothing else. */
import type { DecisionStatus, EffectOutcome, Outcome, RuleStatus, Truth } from '../evaluation/outcome.ts';
import type { PositionRange } from '../text/line-index.ts';
import type { PreviewWhatIf } from './what-if-model.ts';

export type { Truth };

/** Where a click goes. */
export interface Link {
  readonly uri: string;
  readonly range: PositionRange;
}

export interface Preview {
  /** The patient's title. */
  readonly title: string;
  readonly patient: { readonly name: string; readonly link: Link };
  readonly ruleSet: {
    readonly id: string;
    readonly title: string;
    readonly version: string;
    readonly status: string;
    /** URIs of the file and of all it uses. */
    readonly files: readonly string[];
    /** Whole sentences: why the outcome must not be relied on. */
    readonly cautions: readonly string[];
    readonly link: Link;
  };
  /** `22 Nov 2026, 12:00 UTC`. */
  readonly asOf: string;
  readonly decisions: readonly PreviewDecision[];
  /** Undefined where no records have a site. */
  readonly body: PreviewBody | undefined;
  /** One group a record, strictest first, then the patient's own scores. */
  readonly scores: readonly PreviewScoreGroup[];
  /** Whether any rule does more than decide: only then is there anything to say about precautions. */
  readonly advises: boolean;
  readonly precautions: readonly PreviewSite[];
  readonly rules: readonly PreviewRule[];
  /** Rules that one number alone keeps from firing. */
  readonly near: readonly PreviewNear[];
  readonly missing: readonly PreviewMissing[];
  /** What to say where nothing is missing. */
  readonly nothingMissing: string;
  readonly conflicts: readonly PreviewConflict[];
  /** What the patient's files seem to hold that tells who the patient is: `a name`. */
  readonly identifiers: readonly string[];
  readonly problems: readonly { readonly text: string; readonly link: Link | undefined }[];
  readonly sources: readonly PreviewSource[];
  /** Vague words and what the author takes them to mean. */
  readonly definitions: readonly { readonly word: string; readonly meaning: string; readonly item: string; readonly link: Link }[];
  /** For the editor: what the outcome says at the lines of the rule set. */
  readonly lines: readonly PreviewLine[];
  readonly whatIf: PreviewWhatIf;
  /** The whole outcome, for the reader who wants it as data. */
  readonly outcome: Outcome;
}

/** A status shape of the design: how strict a value is on its decision's own ladder. `value`: decided, on a decision whose values have no strictness. */
export type Tone = 'contraindicated' | 'modify' | 'proceed' | 'value' | 'undetermined' | 'no-answer' | 'conflict';

export interface PreviewDecision {
  readonly id: string;
  readonly question: string;
  readonly status: DecisionStatus;
  readonly answer: string;
  readonly tone: Tone;
  /** One sentence. */
  readonly why: string;
  readonly follows: {
    readonly title: string;
    /** The value that holds meanwhile. */
    readonly value: { readonly title: string; readonly tone: Tone } | undefined;
    readonly text: string;
  };
  readonly ladder: readonly {
    readonly value: string;
    readonly title: string;
    readonly tone: Tone;
    readonly state: 'decided' | 'possible' | 'excluded';
    readonly meanwhile: boolean;
  }[];
  readonly ladderTitle: string;
  readonly records: readonly PreviewPart[];
  readonly link: Link;
}

/** The answer for one record of a decision that asks for each. */
export interface PreviewPart {
  readonly record: string;
  readonly name: string;
  readonly status: DecisionStatus;
  readonly answer: string;
  readonly tone: Tone;
}

export interface PreviewBody {
  readonly title: string;
  /** What the colours tell: `by the strictest value there`. */
  readonly by: string;
  /** Strictest first. */
  readonly marks: readonly PreviewMark[];
}

/** A record at its place on the body. */
export interface PreviewMark {
  readonly record: string;
  /** The site, with its side. */
  readonly name: string;
  readonly tone: Tone;
  readonly status: string;
  /** `SINS 5, 6 or 8`, `side unknown`; empty where there is nothing to say. */
  readonly detail: string;
  /** The sites it may be at, each with the leaf sites below it; none where no site is recorded. */
  readonly places: readonly { readonly site: string; readonly parts: readonly string[] }[];
  /** `unknown`: a paired site whose side is not recorded; undefined for one without sides. */
  readonly side: 'left' | 'right' | 'unknown' | undefined;
  /** `avoid axial loading`: what is said of this place, hardest first. */
  readonly precautions: readonly string[];
  readonly link: Link;
}

export interface PreviewScoreGroup {
  /** The record's id; undefined for the patient's own scores. */
  readonly record: string | undefined;
  readonly name: string;
  /** `worst; not stabilised`. */
  readonly detail: string;
  readonly answer: { readonly title: string; readonly tone: Tone } | undefined;
  readonly scores: readonly PreviewScore[];
  /** Why a score does not apply, and the like. */
  readonly notes: readonly PreviewNote[];
  readonly link: Link | undefined;
}

export interface PreviewNote {
  readonly text: string;
  readonly icon: Truth | 'no-answer';
}

export interface PreviewScore {
  readonly id: string;
  readonly title: string;
  /** `scored 14 Nov 2026`. */
  readonly scored: string;
  readonly total: { readonly label: 'total' | 'possible totals' | 'possible total'; readonly text: string } | undefined;
  readonly strips: readonly PreviewStrip[];
  readonly components: readonly PreviewComponent[];
  readonly notes: readonly PreviewNote[];
  readonly link: Link;
}

/** One set of bands, from the lowest total to the highest. */
export interface PreviewStrip {
  /** The name of the set and when its bands hold; empty where there is only one. */
  readonly title: string;
  /** The strip in words, for a screen reader. */
  readonly label: string;
  /** One cell a total; empty where the totals are too many. */
  readonly cells: readonly PreviewCell[];
  /** In the order of the cells. `cells` counts the cells a band covers; where the bands do not cover the strip one after the other, there are none. */
  readonly bands: readonly PreviewBand[];
  /** The totals that the points cannot add up to, in a sentence; empty where there are none. */
  readonly never: string;
}

export interface PreviewCell {
  readonly total: string;
  readonly state: 'total' | 'possible' | 'other' | 'never';
  readonly tone: Tone | undefined;
  /** A band begins here. */
  readonly first: boolean;
}

export interface PreviewBand {
  readonly id: string;
  readonly title: string;
  readonly range: string;
  readonly tone: Tone | undefined;
  readonly here: boolean;
  readonly cells: number;
}

export interface PreviewComponent {
  readonly title: string;
  readonly option: string;
  /** `2 of 3`, `0, 1 or 3`, `?`. */
  readonly points: string;
  readonly known: boolean;
  /** Dots for small whole points; absent otherwise. */
  readonly dots: { readonly filled: number; readonly all: number } | undefined;
}

export interface PreviewSite {
  readonly site: string;
  readonly effects: readonly PreviewEffect[];
  readonly conflicts: readonly PreviewConflict[];
}

export interface PreviewEffect {
  readonly verb: EffectOutcome['verb'];
  readonly state: EffectOutcome['state'];
  readonly text: string;
  /** What the author adds in free text; empty where there is nothing. */
  readonly note: string;
  readonly rule: PreviewRuleLink;
}

export interface PreviewRuleLink {
  readonly id: string;
  readonly title: string;
  /** The place in the source where the rule has one, else the rule's id. */
  readonly label: string;
  readonly link: Link;
}

export interface PreviewConflict {
  readonly text: string;
  readonly state: EffectOutcome['state'];
  readonly rules: readonly PreviewRuleLink[];
}

export interface PreviewRule extends PreviewRuleLink {
  readonly status: RuleStatus;
  /** The records or the patient this entry is about: `for b`, `for the patient`. */
  readonly whom: string;
  /** The value it decides or could decide; undefined for a rule that decides nothing, or is ruled out. */
  readonly decides: string | undefined;
  /** What it decides or does: `decides contraindicated`, `could avoid axial loading`; empty for a rule ruled out. */
  readonly effect: string;
  readonly tone: Tone | undefined;
  /** One a record with this status. */
  readonly cases: readonly PreviewCase[];
}

export interface PreviewCase {
  readonly name: string;
  readonly conditions: readonly PreviewCondition[];
}

export interface PreviewCondition {
  readonly text: string;
  readonly truth: Truth;
  /** The patient's value. */
  readonly value: string;
  /** How far it is from the bound, or which of the possible values make it true. */
  readonly distance: string;
  readonly link: Link;
  readonly items: readonly PreviewCondition[];
}

export interface PreviewMissing {
  readonly input: string;
  readonly text: string;
  /** `settles 2 rules`. */
  readonly detail: string;
  /** Whether any of its values changes a decision, the rest unchanged. */
  readonly changes: boolean;
  readonly rules: readonly PreviewRuleLink[];
  /** The decisions it could change: the columns. */
  readonly decisions: readonly string[];
  /** One a value, or one for several that give the same. */
  readonly outcomes: readonly { readonly value: string; readonly answers: readonly { readonly title: string; readonly tone: Tone }[] }[];
  readonly link: Link | undefined;
}

export interface PreviewSource {
  /** Whether a rule that fired or is undetermined cites it, or a score that is shown. */
  readonly used: boolean;
  readonly title: string;
  /** `29 Dec 2025. Review; expert opinion.` */
  readonly detail: string;
  readonly link: Link;
}

export interface PreviewNear {
  /** The condition in the way. */
  readonly text: string;
  readonly value: string;
  /** `2 below`. */
  readonly distance: string;
  /** On the gauge, in per cent. */
  readonly valueAt: number;
  readonly boundAt: number;
  /** Whether the rule holds above the bound. */
  readonly up: boolean;
  readonly tone: Tone;
  readonly rule: PreviewRuleLink;
}

/** What is shown of a change before all the rest. */
export type PreviewFirst = Pick<Preview, 'decisions' | 'body' | 'scores'>;

/** What is worked out after the preview is shown. */
export interface PreviewAfter {
  readonly changes: readonly PreviewChange[];
  readonly smallest: readonly PreviewSmallest[];
}

/** The smallest sets of rules that make a decision, each by itself. */
export interface PreviewSmallest {
  readonly decision: string;
  readonly sets: readonly (readonly PreviewRuleLink[])[];
}

/** What would change a decision; worked out after the preview is shown. */
export interface PreviewChange {
  readonly tone: Tone;
  /** `Least change to reach `. */
  readonly before: string;
  /** `modify`. */
  readonly answer: string;
  /** `: pain of SINS, a (L4), functional → moderate. One change.` */
  readonly after: string;
}

/** Told at a line of the rule set. */
export interface PreviewLine {
  readonly link: Link;
  readonly text: string;
  /** Of a rule; `value` for a threshold or band. */
  readonly state: RuleStatus | 'value';
  /** Of the value that a rule that fired decides. */
  readonly tone: Tone | undefined;
  readonly rule: string | undefined;
}
