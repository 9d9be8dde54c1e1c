/** What the Testing view is told. Types only. */
import type { Range } from 'vscode-languageserver/node';

/** A table of cases in an editor. */
export interface TableText {
  readonly uri: string;
  /** As it stands there; null once it is saved or closed: the file counts again. */
  readonly text: string | null;
}

export interface TestsParameters {
  /** Files to look at; undefined: all. */
  readonly uris: readonly string[] | undefined;
}

export interface TestsAnswer {
  /** The server's own names of the files that were asked about: what was known of them before holds no more. */
  readonly files: readonly string[];
  readonly cases: readonly TestCase[];
}

/** One sample patient, or one row of a table, held against one rule set. */
export interface TestCase {
  readonly id: string;
  /** The server's own name of the file that lists it. */
  readonly file: string;
  /** Where it says what it expects: for a row of a CSV file, there. */
  readonly uri: string;
  readonly range: Range;
  readonly title: string;
  /** The row of the table, from 1; null for the patient of the file itself. */
  readonly row: number | null;
  /** Of the file that lists it. */
  readonly patient: { readonly uri: string; readonly title: string };
  /** `uri` is null where none of the patient's rule sets has that id. */
  readonly ruleSet: { readonly uri: string | null; readonly title: string };
  readonly proposed: boolean;
}

export interface RunTestsParameters {
  /** Comes back with the results. */
  readonly run: number;
  /** Undefined: all of them. */
  readonly ids: readonly string[] | undefined;
  readonly coverage: boolean;
}

/** Told while the cases run. */
export interface TestResults {
  readonly run: number;
  readonly results: readonly TestResult[];
}

export interface TestResult {
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'error';
  readonly differences: readonly TestDifference[];
  /** Why it could not be run; null where it was. */
  readonly why: string | null;
}

export interface TestDifference {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly uri: string;
  readonly range: Range;
}

export interface RunTestsAnswer {
  /** Null where it was not asked for, or the run was cancelled. */
  readonly coverage: readonly CoveredFile[] | null;
}

export interface CoveredFile {
  readonly uri: string;
  readonly marks: readonly CoveredMark[];
}

/** One thing that cases can show in one or several ways. Ways that no patient can show are left out. */
export interface CoveredMark {
  readonly range: Range;
  /** Its id and whether it fired, where it is a rule. */
  readonly rule: { readonly id: string; readonly fired: boolean } | null;
  readonly ways: readonly CoveredWay[];
}

export interface CoveredWay {
  /** Of a way that was not seen also a patient who would show it, where one was found. */
  readonly label: string;
  readonly seen: boolean;
}

export interface MutantsParameters {
  readonly run: number;
  /** URI of the rule set. */
  readonly ruleSet: string;
}

/** Told while mutants are tried. */
export interface MutantsDone {
  readonly run: number;
  readonly done: number;
  readonly of: number;
}

export interface MutantsAnswer {
  readonly title: string;
  /** URIs of the rule set's files. */
  readonly files: readonly string[];
  /** Confirmed cases that pass without any change. */
  readonly cases: number;
  /** Titles of those that do not: they can notice nothing. */
  readonly failing: readonly string[];
  readonly noticed: number;
  /** Proved to change nothing that a case could expect of anybody. */
  readonly equivalent: number;
  readonly survived: readonly SurvivedMutant[];
  /** Whether the run was cancelled, so that not all were tried. */
  readonly stopped: boolean;
}

export interface SurvivedMutant {
  readonly uri: string;
  readonly range: Range;
  readonly message: string;
  /** A patient who would notice: the name a file may have, and its text. */
  readonly witness: { readonly uri: string; readonly text: string } | null;
}

export interface MadeCasesParameters {
  readonly run: number;
  /** URI of the rule set. */
  readonly ruleSet: string;
  /** URI of the file they are to be written to; left out, one is proposed. */
  readonly target?: string;
}

/** Told while cases are made. */
export interface MadeCasesDone {
  readonly run: number;
  readonly doing: string;
  readonly done: number;
  readonly of: number;
}

export interface MadeCasesAnswer {
  readonly title: string;
  /** Why nothing was made; null where it was. */
  readonly why: 'errors' | 'nobody-in-scope' | null;
  /** How many cases were made: none where nothing is lacking. */
  readonly count: number;
  /** How many cases there are. */
  readonly before: number;
  /** Of what neither a patient nor a proof was found, in words. */
  readonly notFound: readonly string[];
  /** The file they are for, and its text. */
  readonly uri: string;
  readonly text: string;
}
