/** What the workspace needs of a file system: whole texts, names resolved from one file to another, and a list. Tests give it one in memory. */
import type { LinkProblem } from './model/link.ts';

/** Why a file could not be had. */
export type FileProblem = Extract<LinkProblem['kind'], 'missing-file' | 'not-a-file' | 'outside-workspace' | 'unreadable-file'>;

export interface Resolved {
  /** The key of the file; also of one that is missing, since its text may be open in an editor. */
  readonly file: string | undefined;
  readonly problem: FileProblem | undefined;
}

export interface Files {
  /** The text as it is now, without a byte order mark. */
  read(file: string): { readonly text: string } | FileProblem;
  /** The file that a path written in `from` names. */
  resolve(from: string, path: string): Resolved;
  /** The rule sets and sample patients of the workspace, sorted. */
  list(): readonly string[];
}

export const RULE_SET_SUFFIX = '.clinical.json';
export const PATIENT_SUFFIX = '.patient.json';
/** The settings of a team. */
export const CONFIG_NAME = 'clinical-rules.json';

/** Whether a file belongs to a workspace by its name. */
export function isOurs(file: string): boolean {
  return file.endsWith(RULE_SET_SUFFIX) || file.endsWith(PATIENT_SUFFIX);
}
