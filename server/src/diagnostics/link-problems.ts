/** Problems met while files were put together: the ones of certain kinds, as facts for a diagnostic. */
import type { LinkProblem } from '../model/link.ts';
import type { Subject } from './define.ts';

export function problemsOf(...kinds: readonly LinkProblem['kind'][]): (subject: Subject) => readonly LinkProblem[] {
  return ({ linkProblems }) => linkProblems.filter(({ kind }) => kinds.includes(kind));
}
