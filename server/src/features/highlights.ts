/** The places in one file that name what the cursor is on: where it is declared or recorded, and where it is read. */
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { nameAt, occurrencesOf } from './at.ts';
import { innerSpan } from './inner.ts';
import type { Mention } from './mentions.ts';

export interface Highlight {
  /** Without quotes. */
  readonly span: Span;
  readonly kind: 'read' | 'write';
}

export function highlightsAt(workspace: Workspace, file: string, offset: number): readonly Highlight[] {
  const mention = nameAt(workspace, file, offset)?.mention;
  const snapshot = workspace.snapshot(file);
  if (!mention || typeof snapshot === 'string') return [];
  const here = occurrencesOf(workspace, mention).filter(one => one.file === file);
  return here.map(one => ({ span: innerSpan(snapshot.text, one.span), kind: isWrite(one, snapshot.text) ? 'write' : 'read' }));
}

/** A patient writes a fact down where it is recorded; what is expected of it is read. */
function isWrite({ sense, span }: Mention, text: string): boolean {
  if (sense.kind !== 'in-patient') return sense.kind === 'declares';
  const isKeyOrText = text[span.start] === '"';
  return isKeyOrText && ['fact', 'score', 'component', 'group', 'record'].includes(sense.as.kind);
}
