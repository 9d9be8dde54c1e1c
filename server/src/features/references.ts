/** Everywhere a thing is named; for the path of a file, every path that leads there. */
import type { Place } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { isDeclaration, mentionsIn, nameAt, occurrencesOf } from './at.ts';
import type { Mention } from './mentions.ts';

/** By file, in the order of the text. Empty where there is no name. */
export function referencesAt(workspace: Workspace, file: string, offset: number, declarations: boolean): readonly Place[] {
  const mention = nameAt(workspace, file, offset)?.mention;
  if (!mention) return [];
  const all = mention.sense.kind === 'path' ? pathsTo(workspace, workspace.fileAt(file, mention.name)) : occurrencesOf(workspace, mention);
  return all.filter(one => declarations || !isDeclaration(one)).map(one => ({ file: one.file, span: one.span }));
}

function pathsTo(workspace: Workspace, target: string | undefined): readonly Mention[] {
  if (target === undefined) return [];
  const leadsThere = (mention: Mention) => mention.sense.kind === 'path' && workspace.fileAt(mention.file, mention.name) === target;
  return workspace.known().flatMap(file => mentionsIn(workspace, file).filter(leadsThere));
}
