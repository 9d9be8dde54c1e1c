/** What a diagnostic is. One file in `rules/` defines one: find, say, fix, examples. */
import type { Others } from '../analysis/about.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { CaseProblem } from '../model/case-table.ts';
import type { LinkProblem } from '../model/link.ts';
import type { Patient } from '../model/patient.ts';
import type { RuleSet, RuleSetFile, Rule as RuleSetRule } from '../model/rule-set.ts';
import type { ParsedDocument } from '../syntax/document.ts';
import type { SchemaProblem } from '../syntax/schema.ts';
import type { Edit, Place, Span } from '../text/span.ts';

export type Severity = 'error' | 'warning' | 'information';

/** One file with all that its findings may need. Only findings whose place is in this file are made from it. */
export type Subject = RuleSetSubject | PatientSubject;

interface FileSubject {
  readonly file: string;
  readonly document: ParsedDocument;
  readonly schemaProblems: readonly SchemaProblem[];
  /** Files that could not be had, cycles, doubles across files: those placed in this file. */
  readonly linkProblems: readonly LinkProblem[];
  /** The date against which review and waiver dates are held, `2026-11-22`; undefined: not checked. */
  readonly today: string | undefined;
}

export interface RuleSetSubject extends FileSubject {
  readonly kind: 'rule-set';
  readonly own: RuleSetFile;
  /** The file with everything it uses. */
  readonly ruleSet: RuleSet;
  /** Wholes of other files that use this one, directly or not. */
  readonly usedBy: readonly RuleSet[];
  /** What was found out about `ruleSet` as a whole; undefined while it is not computed. */
  readonly analysis?: Analysis | undefined;
  /** Every finding of the whole, for diagnostics on waivers; undefined while not all are known. */
  readonly found?: readonly WaivableFinding[] | undefined;
}

/** What a waiver is held against. */
export interface WaivableFinding {
  readonly id: string;
  /** Of the meaning of what the finding names: a waiver that wrote it down lapses when it changes. */
  readonly digest: string;
}

export interface PatientSubject extends FileSubject {
  readonly kind: 'patient';
  readonly own: Patient;
  /** With what it extends merged in. */
  readonly patient: Patient;
  /** The rule sets it is meant for, as far as they were found. */
  readonly ruleSets: readonly RuleSet[];
  /** The rows of its table: what each says itself, and with this patient merged in. */
  readonly cases?: readonly { readonly own: Patient; readonly patient: Patient }[];
  readonly caseProblems?: readonly CaseProblem[];
}

export interface Rule<Fact = unknown> {
  /** The file name without `.ts`, the setting's name and the anchor in the docs. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence: the setting's description and the first line of the docs. */
  readonly summary: string;
  /** Why it matters and what to do, in Markdown. */
  readonly docs: string;
  /** It rests on the analysis of the whole, and runs once that is there. */
  readonly analysed?: true;
  find(subject: Subject): Iterable<Fact>;
  /** What is wrong, why it matters, what to do: in the words of a clinician. */
  say(fact: Fact, subject: Subject): Finding;
  fix?(fact: Fact, subject: Subject): Fix | undefined;
  /** Where many are found: all that what is said of one rests on. As long as that stays as it is, it is not said anew. */
  restsOn?(fact: Fact): Basis;
}

/** All that a finding rests on but what is no rule: where anything of that changes everything is said anew. */
export interface Basis {
  /** Where it is told. */
  readonly at: RuleSetRule;
  /** The rules it speaks of beside that. Of all of them the ids have a say, and only of the first `MOST_NAMED` anything more. */
  readonly others?: Others;
  /** Everything else that has a say: ids, texts, the patient. */
  readonly said?: readonly unknown[];
}

export interface Finding {
  readonly span: Span;
  readonly message: string;
  /** What it names: with the code this is the finding's identity, stable under edits elsewhere. */
  readonly names: readonly string[];
  /** Ids of the rules it is about. */
  readonly rules?: readonly string[];
  readonly related?: readonly Related[];
  /** Overrides the severity of the rule. */
  readonly severity?: Severity;
  /** Greyed out in the editor. */
  readonly unnecessary?: boolean;
  /** A patient who shows it, as in a `*.patient.json`: confirmed by the evaluator. */
  readonly witness?: object;
  /** Whom it is about, as conditions of a rule: what one that fills a gap starts from. */
  readonly conditions?: readonly object[];
}

/** By so many of the other rules a finding is known again: some tables of a thousand rules have hundreds of thousands of pairs. */
export const MOST_NAMED = 12;

/** So many are pointed at: those that are told in words. */
export const MOST_RELATED = 4;

/** Another place that a finding speaks of. */
export interface Related {
  readonly place: Place;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/**
 * `text` is the file to check, with marker lines (`^^^ severity: message` under the place); `files` are others beside it, by relative path.
 * A text whose object has `asOf`, `facts` or `extends` at the top is checked as a patient if `patient` is true.
 */
export interface Example {
  readonly name: string;
  readonly text: string;
  readonly patient?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly fixed?: string;
}

export interface Diagnostic extends Finding {
  readonly code: string;
  readonly severity: Severity;
  /** Code and sorted names. */
  readonly id: string;
  readonly fix: Fix | undefined;
}

/** Keeps `Fact` inferred within one rule and hidden outside it. */
export function defineRule<Fact>(rule: Rule<Fact>): Rule {
  return rule as Rule;
}

/** Keeps only the subjects of one kind, so that a rule's `find` reads typed values. */
export function ofRuleSet<Fact>(find: (subject: RuleSetSubject) => Iterable<Fact>): (subject: Subject) => Iterable<Fact> {
  return subject => (subject.kind === 'rule-set' ? find(subject) : []);
}

/** The same for what rests on the analysis of the whole: nothing is found while there is none. */
export function ofAnalysis<Fact>(
  find: (analysis: Analysis, subject: RuleSetSubject) => Iterable<Fact>,
): (subject: Subject) => Iterable<Fact> {
  return subject => (subject.kind === 'rule-set' && subject.analysis ? find(subject.analysis, subject) : []);
}

export function ofPatient<Fact>(find: (subject: PatientSubject) => Iterable<Fact>): (subject: Subject) => Iterable<Fact> {
  return subject => (subject.kind === 'patient' ? find(subject) : []);
}

/** Makes a finding of a fact. */
export type Tell = (rule: Rule, fact: unknown, subject: Subject) => Diagnostic;

export const tellAnew: Tell = (rule, fact, subject) => {
  const finding = rule.say(fact, subject);
  const id = `${rule.code}:${[...finding.names].sort().join(',')}`;
  return { severity: rule.severity, ...finding, code: rule.code, id, fix: rule.fix?.(fact, subject) };
};

export function runRule(rule: Rule, subject: Subject, tell = tellAnew): Diagnostic[] {
  const own = [...rule.find(subject)].map(fact => tell(rule, fact, subject));
  return subject.kind === 'patient' && subject.cases?.length ? [...own, ...ofCases(rule, subject, subject.cases)] : own;
}

const NO_FORM = { document: { text: '', root: undefined, problems: [] }, schemaProblems: [], linkProblems: [] };

/** Each row of a table is a patient as well. What is wrong with a column, or with the base, shows in every row and is told once. */
function ofCases(rule: Rule, subject: PatientSubject, cases: NonNullable<PatientSubject['cases']>): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const { own, patient } of cases) {
    const row: PatientSubject = { ...subject, ...NO_FORM, file: own.file, own, patient, cases: [], caseProblems: [] };
    for (const one of runRule(rule, row)) {
      const key = `${one.span.start} ${one.message}`;
      if (found.has(key)) continue;
      const id = `${rule.code}:${own.id?.value ?? ''},${one.id.slice(rule.code.length + 1)}`;
      found.set(key, own.file === subject.file ? { ...one, id } : placedAtTable({ ...one, id }, own.file, subject));
    }
  }
  return [...found.values()];
}

/** What stands in a CSV file is told where the patient names it. */
export function placedAtTable<T extends Finding & { readonly fix?: Fix | undefined }>(
  finding: T,
  file: string,
  { own }: PatientSubject,
): T {
  const span = own.cases!.csv!.span;
  const related = [{ place: { file, span: finding.span }, message: 'It stands here.' }, ...(finding.related ?? [])];
  return { ...finding, span, related, fix: undefined, message: `In “${own.cases!.csv!.value}”: ${finding.message}` };
}
