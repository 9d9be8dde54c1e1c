/** Where what is named at the cursor is declared; for the path of a file, that file. */
import type { Place, Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { nameAt } from './at.ts';

export interface Definition {
  /** The name at the cursor. */
  readonly from: Span;
  readonly targets: readonly DefinitionTarget[];
}

export interface DefinitionTarget extends Place {
  /** All that is declared there. */
  readonly whole: Span;
}

/** Undefined where there is no name, or nothing declares it. */
export function definitionAt(workspace: Workspace, file: string, offset: number): Definition | undefined {
  const found = nameAt(workspace, file, offset);
  if (!found) return undefined;
  const { mention, named } = found;
  const targets =
    mention.sense.kind === 'path' ? fileNamed(workspace, file, mention.name) : named.map(one => ({ ...placeOf(one), whole: one.span }));
  return targets.length > 0 ? { from: mention.span, targets } : undefined;
}

function placeOf({ file, idSpan }: { readonly file: string; readonly idSpan: Span }): Place {
  return { file, span: idSpan };
}

const START: Span = { start: 0, end: 0 };

function fileNamed(workspace: Workspace, from: string, path: string): DefinitionTarget[] {
  const file = workspace.fileAt(from, path);
  return file !== undefined && typeof workspace.snapshot(file) !== 'string' ? [{ file, span: START, whole: START }] : [];
}
