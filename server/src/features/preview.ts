/** A patient's outcome in words a clinician reads: everything the preview page and the command line show. Every statement follows from the outcome. */
import type { Outcome } from '../evaluation/outcome.ts';
import type { Patient } from '../model/patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Place } from '../text/span.ts';
import { previewBody } from './preview-body.ts';
import { previewDecisions } from './preview-decision.ts';
import { previewLines } from './preview-lines.ts';
import { nothingMissingText, previewMissing } from './preview-missing.ts';
import type { Link, Preview, PreviewFirst } from './preview-model.ts';
import { previewNear } from './preview-near.ts';
import { previewConflicts, previewPrecautions } from './preview-precautions.ts';
import { previewRules } from './preview-rules.ts';
import { previewScores } from './preview-scores.ts';
import { cautionTexts, previewDefinitions, previewSources } from './preview-sources.ts';
import { problemText } from './problem-text.ts';
import type { Reading } from './reading.ts';
import { whatIfOf } from './what-if-inputs.ts';
import { dateText } from './words.ts';

export interface PreviewInput {
  readonly ruleSet: RuleSet;
  /** With what it extends merged in. */
  readonly patient: Patient;
  /** Made with its trace. */
  readonly outcome: Outcome;
  readonly link: (place: Place) => Link;
  /** The patient without the changes that are being tried; left out where there are none. */
  readonly base?: Patient;
  readonly identifiers?: readonly string[];
}

export function previewOf(input: PreviewInput): Preview {
  const reading: Reading = input;
  const { outcome } = input;
  return {
    title: input.patient.title ?? (outcome.patient || 'Sample patient'),
    patient: patientOf(reading),
    ruleSet: ruleSetOf(reading),
    asOf: outcome.asOf ? dateText(outcome.asOf) : 'an unknown date',
    decisions: previewDecisions(reading),
    body: previewBody(reading),
    scores: previewScores(reading),
    advises: [...input.ruleSet.rules.values()].some(rule => rule.then.some(effect => effect.kind !== 'decide')),
    precautions: previewPrecautions(reading),
    rules: previewRules(reading),
    near: previewNear(reading),
    missing: previewMissing(reading),
    nothingMissing: nothingMissingText(reading),
    conflicts: previewConflicts(reading),
    identifiers: input.identifiers ?? [],
    problems: problemsOf(reading),
    sources: previewSources(reading),
    definitions: previewDefinitions(reading),
    lines: previewLines(reading),
    whatIf: whatIfOf(reading, input.base ?? input.patient),
    outcome,
  };
}

/** The answer alone, for a change that is tried out: what the eye is on while a slider moves. The outcome needs its trace only of rules that decide. */
export function previewAnswerOf(input: PreviewInput): PreviewFirst {
  const reading: Reading = input;
  return { decisions: previewDecisions(reading), body: previewBody(reading), scores: previewScores(reading) };
}

function patientOf({ patient, link }: Reading): Preview['patient'] {
  return { name: fileName(patient.file), link: link({ file: patient.file, span: patient.id?.span ?? { start: 0, end: 0 } }) };
}

/** The server knows files by their URIs, the command line by their paths. */
function fileName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return file.startsWith('file:') ? decodeURIComponent(name) : name;
}

function ruleSetOf(reading: Reading): Preview['ruleSet'] {
  const { root } = reading.ruleSet;
  const { id, version, status } = reading.outcome.ruleSet;
  const link = reading.link({ file: root.file, span: root.id?.span ?? { start: 0, end: 0 } });
  const files = reading.ruleSet.files.map(({ file }) => reading.link({ file, span: { start: 0, end: 0 } }).uri);
  return { id, title: root.title ?? id, version, status, files, cautions: cautionTexts(reading), link };
}

function problemsOf({ ruleSet, outcome, link }: Reading): Preview['problems'] {
  return outcome.problems.map(problem => ({ text: problemText(ruleSet, problem), link: problem.place && link(problem.place) }));
}
