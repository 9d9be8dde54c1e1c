/** What is said of the place under the cursor, as the client shows it. Loaded with the first request. */
import type { Hover, TextDocumentPositionParams } from 'vscode-languageserver/node';
import { hoverAt } from '../features/hover.ts';
import { loadUnits } from '../model/units.ts';
import { asked } from './navigation.ts';
import { fileOf, type Session } from './session.ts';

export async function answerHover(session: Session, params: TextDocumentPositionParams): Promise<Hover | null> {
  if (session.workspace.needsUnits(fileOf(session, params.textDocument.uri))) await loadUnits();
  const at = asked(session, params);
  const found = at && hoverAt(session.workspace, at.file, at.offset);
  return at && found ? { contents: { kind: 'markdown', value: found.markdown }, range: at.snapshot.lines().range(found.span) } : null;
}
