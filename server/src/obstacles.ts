/** What keeps a patient from being run through a rule set: an outcome made from broken files could be wrong, so there is none. */
import type { Diagnostic } from './diagnostics/define.ts';
import type { Workspace } from './workspace.ts';

export interface Obstacle {
  readonly file: string;
  readonly diagnostic: Diagnostic;
}

/** The findings of a file, whatever the user's settings hide. */
export type FindingsOf = (file: string) => readonly Diagnostic[];

/** An error anywhere in the whole, waived or not: a waiver settles what a reviewer is told, not what a broken rule would do. */
export function ruleSetObstacles(workspace: Workspace, ruleSet: string, findings: FindingsOf): readonly Obstacle[] {
  return workspace.wholeOf(ruleSet).flatMap(file => errors(file, findings));
}

/** A patient file that could not be read whole. A value that is wrong by itself counts as absent, and the outcome says so. */
export function patientObstacles(workspace: Workspace, patient: string, findings: FindingsOf): readonly Obstacle[] {
  return workspace.wholeOf(patient).flatMap(file => (isDamaged(workspace, file, patient) ? errors(file, findings) : []));
}

function isDamaged(workspace: Workspace, file: string, patient: string): boolean {
  const subject = workspace.subject(file);
  if (!subject) return true;
  if (subject.document.problems.length + subject.schemaProblems.length + subject.linkProblems.length > 0) return true;
  return file === patient && subject.kind === 'patient' && subject.patient.asOf === undefined;
}

function errors(file: string, findings: FindingsOf): Obstacle[] {
  return findings(file).flatMap(diagnostic => (diagnostic.severity === 'error' ? [{ file, diagnostic }] : []));
}
