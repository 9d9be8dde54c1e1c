/**
 * A rule set as typed values, each with the place it was written at. Names are kept as written: `names.ts` resolves them in the
 * whole that a file and the files it uses make. A damaged file gives what could be read.
 */
import type { Span } from '../text/span.ts';
import type { Condition, Constant, Test } from './condition.ts';
import type { Effect } from './effect.ts';
import type { Exact } from './exact.ts';

export type { Bound, Condition, Constant, Test } from './condition.ts';
export type {
  Effect,
  EffectPlace,
  EffectVerb,
  ParameterAmount,
  ParameterRange,
  Placed,
  PlaceException,
} from './effect.ts';

/** A value as written, with its place in the file of the item that holds it. */
export interface Written<T> {
  readonly value: T;
  readonly span: Span;
}

/** The id of something declared elsewhere. */
export type Name = Written<string>;

/** A number literal. `value` is undefined in `Bound` where it could not be read; then nothing is compared. */
export type WrittenNumber = Written<Exact>;

/** What every declared thing has. */
export interface Item {
  readonly id: string;
  /** Key of the file that declares it. */
  readonly file: string;
  /** The id where it is declared: a property's key with its quotes, or the value of `id`. */
  readonly idSpan: Span;
  /** The whole value. */
  readonly span: Span;
  readonly title: string | undefined;
  /** Why it replaces an item of the base it adapts. */
  readonly reason: Written<string> | undefined;
}

export interface Evidence {
  readonly source: SourceReference | undefined;
  readonly evidence: Written<string> | undefined;
  /** Vague words and what the author takes them to mean. */
  readonly defines: ReadonlyMap<string, Written<string>>;
}

export interface SourceReference {
  readonly span: Span;
  readonly source: Name | undefined;
  readonly at: readonly Written<string>[];
  readonly quoted: readonly WrittenNumber[];
}

export interface Source extends Item {
  readonly published: string | undefined;
  readonly kind: string | undefined;
  readonly evidence: string | undefined;
  readonly url: Written<string> | undefined;
  readonly note: string | undefined;
}

export interface Code {
  readonly system: string;
  readonly code: string;
  readonly display: string | undefined;
  readonly span: Span;
  /** Further codes that mean the same. */
  readonly also: readonly Code[];
}

export interface Site extends Item {
  readonly partOf: readonly Name[];
  readonly paired: boolean;
  readonly code: Code | undefined;
}

export type AdviceKind = 'activity' | 'intervention' | 'assessment' | 'referral' | 'approval';

/** Something a rule can recommend, require, avoid or forbid. All kinds share one namespace and one `isA` hierarchy. */
export interface Advice extends Item {
  readonly kind: AdviceKind;
  readonly isA: readonly Name[];
  /** Facts and scores that are known once it was done. */
  readonly gives: readonly Name[];
  readonly code: Code | undefined;
  readonly definition: string | undefined;
}

export interface Parameter extends Item {
  readonly unit: Name | undefined;
  /** Places from least to most. Exactly one of `unit` and `order` is set in a sound file. */
  readonly order: readonly Name[] | undefined;
}

export interface Phase extends Item {}

export type FactType = 'boolean' | 'integer' | 'decimal' | 'quantity' | 'code' | 'side' | 'date' | 'text';

/** A value of a closed list. */
export interface CodeValue {
  readonly id: string;
  readonly idSpan: Span;
  readonly title: string | undefined;
  readonly isA: readonly Name[];
  readonly code: Code | undefined;
}

/** The section of the vocabulary whose ids are the values. */
export type ValueSection = 'sites' | 'activities' | 'interventions' | 'assessments';

export interface Fact extends Item {
  readonly type: FactType;
  /** The group whose records have it; undefined for a fact of the patient. */
  readonly group: string | undefined;
  readonly unit: Name | undefined;
  /** 1 of `unit` is `factor` of the other unit. */
  readonly alsoIn: readonly UnitFactor[];
  readonly minimum: WrittenNumber | undefined;
  readonly maximum: WrittenNumber | undefined;
  readonly required: boolean;
  readonly values: readonly CodeValue[] | ValueSection | undefined;
  readonly code: Code | undefined;
  /** Where an imported FHIR resource has the value. */
  readonly fhirPath: Name | undefined;
}

export interface UnitFactor {
  readonly unit: Name;
  readonly factor: WrittenNumber;
}

export interface Group extends Item {
  /** What a terminology calls that of which a record is made. */
  readonly code: Code | undefined;
  readonly facts: ReadonlyMap<string, Fact>;
}

/** A derived fact is used like a fact; `how` says where its value comes from. */
export interface DerivedFact extends Fact, Evidence {
  /** `group` with its place. */
  readonly of: Name | undefined;
  readonly how: Derivation | undefined;
}

export type Derivation =
  | { readonly kind: 'term'; readonly term: Term }
  /** The unit in which `by` is recorded chooses the formula. */
  | { readonly kind: 'formulas'; readonly by: Name | undefined; readonly formulas: readonly { readonly unit: Name; readonly term: Term }[] }
  | { readonly kind: 'since'; readonly event: Name }
  | { readonly kind: 'table'; readonly rows: readonly TableRow[] };

export interface TableRow {
  readonly when: Condition | undefined;
  readonly value: Constant;
  readonly span: Span;
}

export type Term =
  | { readonly kind: 'number'; readonly number: WrittenNumber; readonly span: Span }
  | { readonly kind: 'fact'; readonly fact: Name; readonly unit: Name | undefined; readonly span: Span }
  | { readonly kind: Operation; readonly terms: readonly Term[]; readonly span: Span };

export type Operation = 'sum' | 'product' | 'least' | 'greatest' | 'difference' | 'quotient';

export interface Score extends Item, Evidence {
  readonly of: Name | undefined;
  readonly when: Condition | undefined;
  readonly components: ReadonlyMap<string, Component>;
  /** One set under the name '' for `bands`, else the named sets of `bandSets`. */
  readonly bandSets: ReadonlyMap<string, readonly Band[]>;
  readonly range: { readonly low: WrittenNumber; readonly high: WrittenNumber; readonly span: Span } | undefined;
  readonly validFor: Written<Period> | undefined;
  readonly voidedBy: readonly Name[];
  readonly worst: 'highest' | 'lowest' | undefined;
}

/** `"30 d"`. */
export interface Period {
  readonly number: Exact;
  readonly unit: string;
}

export interface Component {
  readonly id: string;
  readonly idSpan: Span;
  readonly span: Span;
  readonly title: string | undefined;
  readonly how: ComponentSource | undefined;
}

export type ComponentSource =
  | {
      readonly kind: 'options';
      readonly options: ReadonlyMap<string, Option>;
      /** The code fact that names the option; undefined where it is recorded in the patient's score. */
      readonly from: Name | undefined;
      /** Options that can be recorded but have no points, with the reason. */
      readonly undefinedOptions: ReadonlyMap<string, UndefinedOption>;
    }
  | { readonly kind: 'intervals'; readonly fact: Name; readonly intervals: readonly PointInterval[]; readonly unit: Name | undefined }
  | { readonly kind: 'value'; readonly fact: Name }
  | { readonly kind: 'conditions'; readonly conditions: readonly PointCondition[]; readonly otherwise: WrittenNumber | undefined };

export interface Option {
  readonly id: string;
  readonly idSpan: Span;
  readonly title: string | undefined;
  readonly points: WrittenNumber;
}

/** The reason why it has no points; empty where points are written that cannot be read. */
export interface UndefinedOption extends Written<string> {
  readonly id: string;
  /** The key that declares it. */
  readonly idSpan: Span;
}

export interface PointInterval {
  readonly test: Test;
  readonly points: WrittenNumber;
  readonly span: Span;
}

export interface PointCondition {
  readonly when: Condition;
  readonly points: WrittenNumber;
  readonly span: Span;
}

export interface Band {
  readonly id: string;
  readonly idSpan: Span;
  readonly span: Span;
  readonly title: string | undefined;
  readonly test: Test;
  readonly when: Condition | undefined;
}

export interface Threshold extends Item, Evidence {
  readonly fact: Name | undefined;
  readonly test: Test;
}

export type Resolve = 'strictest' | 'single' | 'first' | 'collect';

export interface Decision extends Item {
  /** Strictest first. */
  readonly values: readonly DecisionValue[];
  readonly resolve: Resolve;
  readonly each: Name | undefined;
  readonly mustDecide: boolean;
}

export interface DecisionValue {
  readonly id: string;
  readonly idSpan: Span;
  readonly title: string | undefined;
}

/** A rule or a precaution. */
export interface Rule extends Item, Evidence {
  readonly precaution: boolean;
  readonly of: Name | undefined;
  /** A precaution's sites; empty for a rule. */
  readonly sites: readonly Name[];
  readonly when: Condition | undefined;
  readonly until: Condition | undefined;
  readonly then: readonly Effect[];
  readonly override: { readonly rules: readonly Name[]; readonly reason: Written<string> | undefined; readonly span: Span } | undefined;
  readonly given: { readonly decision: Name; readonly values: readonly Name[]; readonly span: Span } | undefined;
}

export interface Note extends Item, Evidence {
  readonly text: string;
  readonly kind: string | undefined;
}

export interface Impossible extends Item {
  readonly of: Name | undefined;
  readonly when: Condition | undefined;
}

export interface Waiver {
  readonly file: string;
  readonly span: Span;
  readonly finding: Written<string>;
  readonly reason: Written<string> | undefined;
  readonly by: Written<string> | undefined;
  readonly until: Written<string> | undefined;
  readonly digest: Written<string> | undefined;
}

/** The tables of what a file, or a whole, declares. In a `RuleSetFile` every declaration stands in the order of the text, doubles included in `doubles`. */
export interface Declarations {
  readonly sources: ReadonlyMap<string, Source>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly advice: ReadonlyMap<string, Advice>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly phases: ReadonlyMap<string, Phase>;
  /** Facts of the patient. */
  readonly facts: ReadonlyMap<string, Fact>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly derived: ReadonlyMap<string, DerivedFact>;
  readonly scores: ReadonlyMap<string, Score>;
  readonly thresholds: ReadonlyMap<string, Threshold>;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Rules and precautions, in the order of the text; of the files used first. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly notes: ReadonlyMap<string, Note>;
  readonly impossible: ReadonlyMap<string, Impossible>;
}

export type Section = keyof Declarations;

/** One `*.clinical.json`, as far as it could be read, before names are resolved. */
export interface RuleSetFile extends Declarations {
  readonly file: string;
  readonly id: Written<string> | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly version: Written<string> | undefined;
  readonly status: Written<'draft' | 'active' | 'retired'> | undefined;
  readonly role: 'library' | 'rule-set';
  readonly complete: boolean;
  readonly reviewBy: Written<string> | undefined;
  readonly uses: readonly Name[];
  readonly basedOn: { readonly file: Name; readonly version: Written<string> | undefined; readonly span: Span } | undefined;
  readonly remove: readonly { readonly id: Name; readonly reason: Written<string> | undefined; readonly span: Span }[];
  readonly appliesTo: Condition | undefined;
  readonly waivers: readonly Waiver[];
  /** Second and later declarations of an id within this file's section; the tables above keep the first. */
  readonly doubles: readonly { readonly section: Section; readonly item: Item }[];
}

/** A rule set with everything it uses: what is run and analysed. Local adaptation is already applied. */
export interface RuleSet extends Declarations {
  /** The file that was asked for; where it adapts another and says nothing of its own, with that one's `appliesTo`. */
  readonly root: RuleSetFile;
  /** The root last, each file after those it uses. */
  readonly files: readonly RuleSetFile[];
  /** The group whose records have a site, for precautions and `here`; undefined where none or several have. */
  readonly locatedGroup: Group | undefined;
}
