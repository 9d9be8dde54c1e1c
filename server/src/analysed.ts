/** A rule set analysed as a whole, told as findings a file and as what is proved: plain data, so that a worker can hand it over. */
import { type Analysis, analyse } from './analysis/analyse.ts';
import type { Memory } from './analysis/memory.ts';
import { analysedRules } from './diagnostics/analysed-rules.ts';
import { check } from './diagnostics/check.ts';
import { type Diagnostic, type RuleSetSubject, type Tell, tellAnew } from './diagnostics/define.ts';
import { rule as internalError } from './diagnostics/rules/internal-error.ts';
import { placeOfRoot } from './diagnostics/telling.ts';
import type { ToldBefore } from './diagnostics/told-before.ts';
import { withDigests } from './digested.ts';
import type { RuleSet } from './model/rule-set.ts';
import { type Answered, answersOf, notProvedTexts, provedText } from './proofs.ts';
import { replayWith } from './replay.ts';
import { parseDocument } from './syntax/document.ts';

export interface Analysed {
  /** The file of the rule set that was analysed. */
  readonly root: string;
  /** Every file of the whole, also those with nothing found in them. */
  readonly findings: ReadonlyMap<string, readonly AnalysedFinding[]>;
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
  readonly answered: readonly Answered[];
}

export interface AnalysedFinding extends Diagnostic {
  /** Of the meaning of what it names: a waiver lapses when it changes. */
  readonly digest: string;
}

/** The same without digests, which are seldom asked for and cost more than the findings: as a thread hands it over. */
export interface PlainlyAnalysed extends Omit<Analysed, 'findings'> {
  readonly findings: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** `steps` is the budget; undefined: the usual one. */
export function analysed(ruleSet: RuleSet, steps?: number): Analysed {
  return withDigests(plainlyAnalysed(ruleSet, steps), ruleSet);
}

/** `memory` and `before` are of the version before. */
export function plainlyAnalysed(ruleSet: RuleSet, steps?: number, memory?: Memory, before?: ToldBefore): PlainlyAnalysed {
  return tellAnalysis(ruleSet, analyse(ruleSet, replayWith(ruleSet), steps, memory), before);
}

export function toldOf(ruleSet: RuleSet, analysis: Analysis): Analysed {
  return withDigests(tellAnalysis(ruleSet, analysis), ruleSet);
}

export function tellAnalysis(ruleSet: RuleSet, analysis: Analysis, before?: ToldBefore): PlainlyAnalysed {
  before?.begin(ruleSet);
  const anew: Tell = (rule, fact, subject) => withRoot(tellAnew(rule, fact, subject), subject.file, ruleSet);
  const tell: Tell = before ? (rule, fact, subject) => before.tell(rule, fact, subject, anew) : anew;
  const findings = new Map(
    ruleSet.files.map(({ file }) => {
      const found = check(subjectOf(ruleSet, file, analysis), analysedRules, tell);
      return [file, found.map(one => (one.code === internalError.code ? withRoot(one, file, ruleSet) : one))];
    }),
  );
  return {
    root: ruleSet.root.file,
    findings,
    proved: analysis.proved.map(one => provedText(ruleSet, one)),
    notProved: notProvedTexts(ruleSet, analysis.notProved),
    answered: answersOf(ruleSet, analysis),
  };
}

const NO_DOCUMENT = parseDocument('{}');

/** Of the text nothing is read: all is in the whole. */
function subjectOf(ruleSet: RuleSet, file: string, analysis: Analysis): RuleSetSubject {
  const own = ruleSet.files.find(one => one.file === file)!;
  const form = { document: NO_DOCUMENT, schemaProblems: [], linkProblems: [], today: undefined };
  return { kind: 'rule-set', file, ...form, own, ruleSet, usedBy: [], analysis };
}

/** What is only so where other files come together with this one says so. */
function withRoot(diagnostic: Diagnostic, file: string, ruleSet: RuleSet): Diagnostic {
  const { root } = ruleSet;
  if (root.file === file) return diagnostic;
  const title = root.title ?? root.id?.value ?? 'another rule set';
  const message = `Found in the rule set “${title}”, which uses this file.`;
  return { ...diagnostic, related: [...(diagnostic.related ?? []), { place: placeOfRoot(ruleSet), message }] };
}
