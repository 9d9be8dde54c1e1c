/** Requests of our own between client and server. Types only: the client imports nothing else from the server. */
import type { CompareGrid, CompareSides } from '../features/compare-model.ts';
import type { Link, Preview } from '../features/preview-model.ts';

import type { Change } from '../features/what-if.ts';

export type * from '../features/compare-model.ts';
export type * from '../features/plain-model.ts';
export type * from '../features/preview-model.ts';
export type * from '../features/what-if-model.ts';
export type * from './testing-model.ts';
export type { Change };

/** `clinicalRules/preview`: runs a patient through a rule set. Both are URIs. Answer: `PreviewAnswer`. */
export const PREVIEW = 'clinicalRules/preview';
/** `clinicalRules/whatIf`: the decisions, marks and scores alone, at once. Parameter: `PreviewParameters`. Answer: `PreviewFirst`, or null where it cannot be run. */
export const WHAT_IF = 'clinicalRules/whatIf';
/** `clinicalRules/patients`: the sample patients of the workspace, those that fit the rule set first. Parameter: `{ ruleSet: string }`, a URI. Answer: `PatientChoice[]`. */
export const PATIENTS = 'clinicalRules/patients';
/** `clinicalRules/whatWouldChange`: what would change the decisions. Parameter: `PreviewParameters`. Answer: `PreviewAfter`, or null where the preview is broken. */
export const WHAT_WOULD_CHANGE = 'clinicalRules/whatWouldChange';
/** `clinicalRules/report`: the outcome as a document. Parameter: `ReportParameters`. Answer: its text, or null where the preview is broken. */
export const REPORT = 'clinicalRules/report';
/** `clinicalRules/compare`: the patients of a rule set side by side. Parameter: `CompareParameters`. Answer: `CompareAnswer`. */
export const COMPARE = 'clinicalRules/compare';
/** `clinicalRules/deIdentify`: a patient's file without what seems to tell who the patient is. Parameter: `DeIdentifyParameters`. Answer: the whole text. */
export const DE_IDENTIFY = 'clinicalRules/deIdentify';
/** `clinicalRules/saveChanges`: what is tried out on a patient, as a file. Parameter: `SaveParameters`. Answer: the whole text, of the new file or of the patient's own. */
export const SAVE_CHANGES = 'clinicalRules/saveChanges';
/** `clinicalRules/ruleSets`: the rule sets a sample patient can be run through, those it names in `for` first. Parameter: `{ patient: string }`, a URI. Answer: `PatientChoice[]`, of rule sets. */
export const RULE_SETS = 'clinicalRules/ruleSets';
/** `clinicalRules/newPatient`: the text of a new sample patient for a rule set, with every fact named and none recorded. Parameter: `NewPatientParameters`. Answer: the text. */
export const NEW_PATIENT = 'clinicalRules/newPatient';
/** `clinicalRules/import`: a FHIR bundle or a CSV file as sample patients; nothing is written. Parameter: `ImportParameters`. Answer: `ImportAnswer`. */
export const IMPORT = 'clinicalRules/import';
/** `clinicalRules/plain`: a rule set in plain words. Parameter: `{ uri: string }`. Answer: `PlainPage`, or null for what is no rule set. */
export const PLAIN = 'clinicalRules/plain';
/** Notification from the server: texts changed in a way that previews may show. Parameter: `{ uris: string[] }`. */
export const CHANGED = 'clinicalRules/changed';

/** `clinicalRules/proofs`: what is proved of a rule set, and what is not. Parameter: `{ uri: string }`. Answered once it is analysed: `Proofs`, or null where it is not, or changed meanwhile. */
export const PROOFS = 'clinicalRules/proofs';
/** Command of the client: shows places as references. Arguments: the URI and the position asked from, and the places. */
export const SHOW_REFERENCES = 'clinical-rules.showReferences';
/** Command of the client: shows a patient that is no file yet in the preview. Arguments: the rule set's URI, the URI the patient would have, its text. */
export const PREVIEW_WITNESS = 'clinical-rules.previewWitness';
/** Command of the client: writes a patient found by the analysis to a file of its own. Arguments: the URI, the text. */
export const SAVE_WITNESS = 'clinical-rules.saveWitness';

/** `clinicalRules/tests`: what sample patients expect, one by one. Parameter: `TestsParameters`. Answer: `TestsAnswer`. From then on the client is told of changes. */
export const TESTS = 'clinicalRules/tests';
/** `clinicalRules/runTests`: runs some of them. Parameter: `RunTestsParameters`. Answer, once all have run: `RunTestsAnswer`. */
export const RUN_TESTS = 'clinicalRules/runTests';
/** Notification from the server: results of a run under way. Parameter: `TestResults`. */
export const TEST_RESULTS = 'clinicalRules/testResults';
/** Notification from the client: a table of cases is being edited. Parameter: `TableText`. */
export const TABLE_TEXT = 'clinicalRules/tableText';
/** `clinicalRules/mutants`: changes of a rule set that no sample patient notices. Parameter: `MutantsParameters`. Answer: `MutantsAnswer`, or null for what is no rule set. */
export const MUTANTS = 'clinicalRules/mutants';
/** Notification from the server: how many mutants were tried. Parameter: `MutantsDone`. */
export const MUTANTS_DONE = 'clinicalRules/mutantsDone';
/** `clinicalRules/madeCases`: the sample patients that a rule set still lacks. Parameter: `MadeCasesParameters`. Answer: `MadeCasesAnswer`, or null for what is no rule set. */
export const MADE_CASES = 'clinicalRules/madeCases';
/** Notification from the server: how far the making is. Parameter: `MadeCasesDone`. */
export const MADE_CASES_DONE = 'clinicalRules/madeCasesDone';
/** Command of the client: puts the cursor where a fix has left something to write. Arguments: the URI and the position. */
export const FILL_IN = 'clinical-rules.fillIn';

/** `clinicalRules/fixAll`: every fix of one kind in the workspace. Parameter: `{ code?: string }`, without which only the kinds are told. Answer: `FixAllAnswer`. */
export const FIX_ALL = 'clinicalRules/fixAll';

export interface FixAllAnswer {
  readonly kinds: readonly { readonly code: string; readonly count: number }[];
  /** As in the protocol: a `WorkspaceEdit`. */
  readonly edit: object;
}

export interface Proofs {
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
}

export interface PreviewParameters {
  readonly ruleSet: string;
  readonly patient: string;
  /** Tried out on the patient; its file stays as it is. */
  readonly changes?: readonly Change[];
}

export interface ReportParameters extends PreviewParameters {
  readonly format: 'markdown' | 'html';
}

export interface CompareParameters {
  readonly ruleSet: string;
  /** The patient shown, with what is tried out: set side by side under both versions. */
  readonly patient?: string;
  readonly changes?: readonly Change[];
  /** Another version: its files as they are on disk, another rule set, or with these texts. */
  readonly against?:
    | { readonly kind: 'saved' }
    | { readonly kind: 'file'; readonly uri: string }
    | { readonly kind: 'texts'; readonly texts: readonly { readonly uri: string; readonly text: string }[] };
}

export type CompareAnswer =
  | { readonly kind: 'grid'; readonly grid: CompareGrid; readonly sides?: CompareSides }
  | { readonly kind: 'broken'; readonly message: string };

export interface DeIdentifyParameters {
  readonly patient: string;
  /** All dates of the file go back by so many days. */
  readonly days: number;
}

export interface SaveParameters {
  readonly patient: string;
  readonly changes: readonly Change[];
  /** URI of a new file; undefined: into the patient's own. */
  readonly target: string | undefined;
}

export interface ImportParameters {
  /** URIs: of the rule set, of the file to read, of the folder the patients will be written to. */
  readonly ruleSet: string;
  readonly file: string;
  readonly folder: string;
  /** The day the patients are described for, where the file does not say. */
  readonly asOf?: string;
}

export interface ImportAnswer {
  readonly patients: readonly { readonly name: string; readonly text: string }[];
  /** As Markdown. */
  readonly report: string;
  /** Whether a patient was left out because no day is known. */
  readonly needsDay: boolean;
}

export interface NewPatientParameters {
  /** URIs; the patient's file need not be there yet. */
  readonly ruleSet: string;
  readonly patient: string;
  /** The moment the patient is described for. */
  readonly asOf: string;
}

export interface PatientChoice {
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  /** Whether the patient names this rule set in `for`. */
  readonly fits: boolean;
  /** Whether previews start with it. */
  readonly preferred?: boolean;
}

export type PreviewAnswer =
  | { readonly kind: 'preview'; readonly preview: Preview }
  /** The rule set or the patient cannot be run now; the page keeps the last outcome and shows why. */
  | { readonly kind: 'broken'; readonly message: string; readonly link: Link | undefined };
