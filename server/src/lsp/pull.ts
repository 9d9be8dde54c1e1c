/** Diagnostics as the client asks for them: for one text, and for the whole workspace, where the request waits until there is something new. */
import type {
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Background } from './background.ts';
import type { Found } from './findings.ts';
import { fileOf, type Session } from './session.ts';
import { CANCELLED, type CancellationToken, ResponseError } from './wire.ts';

export async function pullDocument(
  session: Session,
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
) {
  const file = fileOf(session, uri);
  const version = session.documents.get(uri)?.version;
  const isWanted = () => !token.isCancellationRequested && session.documents.get(uri)?.version === version;
  const found = await session.findings.of(file, isWanted, true);
  if (token.isCancellationRequested) throw new ResponseError(CANCELLED.byClient, 'cancelled');
  if (!found) throw new ResponseError(CANCELLED.byServer, 'the text has changed', { retriggerRequest: true });
  return report(found, previousResultId);
}

/** Held until some file's findings differ from what the client has; the first time, with nothing to compare, answered at once. */
export async function pullWorkspace(
  session: Session,
  background: Background,
  { previousResultIds: previous }: WorkspaceDiagnosticParams,
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
  const had = new Map(previous.map(({ uri, value }) => [fileOf(session, uri), value]));
  for (;;) {
    const changed = background.nextChange();
    const items = await changedSince(session, had, token);
    if (token.isCancellationRequested) throw new ResponseError(CANCELLED.byClient, 'cancelled');
    if (items.length > 0 || previous.length === 0) return { items };
    await Promise.race([changed, cancelled(token)]);
  }
}

async function changedSince(
  { workspace, findings, converter, documents }: Session,
  had: ReadonlyMap<string, string>,
  token: CancellationToken,
) {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  // Files that the client was told of and that are gone are told of once more: with nothing found.
  for (const file of new Set([...workspace.known(), ...had.keys()])) {
    const found = await findings.of(file, () => !token.isCancellationRequested);
    if (!found) break;
    if (had.get(file) === found.id || (had.size > 0 && !had.has(file) && found.shown.length === 0)) continue;
    const uri = converter.uriOf(file);
    const version = workspace.isOpen(file) ? (documents.get(uri)?.version ?? null) : null;
    items.push({ kind: 'full', uri, version, resultId: found.id, items: [...found.shown] });
  }
  return items;
}

function report(found: Found, previous: string | undefined): DocumentDiagnosticReport {
  if (previous === found.id) return { kind: 'unchanged', resultId: found.id };
  return { kind: 'full', resultId: found.id, items: [...found.shown] };
}

function cancelled(token: CancellationToken): Promise<void> {
  return new Promise(resolve => {
    const listener = token.onCancellationRequested(() => {
      listener.dispose();
      resolve();
    });
  });
}
