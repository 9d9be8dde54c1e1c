/** The language server: which request is answered by what, one line each. */
import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PATIENT_SUFFIX, RULE_SET_SUFFIX } from '../files.ts';
import { codeActions, documentSymbols } from './answers.ts';
import { type Background, startBackground } from './background.ts';
import { changeFolders, changeOnDisk, closeText, openText, readSettings, SECTION } from './changes.ts';
import { answerPatients, answerPreview, answerRuleSets } from './previews.ts';
import { PATIENTS, PREVIEW, type PreviewParameters, RULE_SETS } from './protocol.ts';
import { pullDocument, pullWorkspace } from './pull.ts';
import { logFailure, openSession, type Session } from './session.ts';

export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  let started: { session: Session; background: Background } | undefined;
  connection.onInitialize(params => {
    const session = openSession(connection, documents, params, () => started?.background.all());
    started = { session, background: startBackground(session) };
    listen(session, started.background);
    return capabilities(session);
  });
  connection.onInitialized(() => {
    if (started) void begin(started.session, started.background);
  });
  connection.onShutdown(() => {});
  documents.listen(connection);
  connection.listen();
}

function listen(session: Session, background: Background): void {
  const { connection, documents } = session;
  const answer = <P, R>(name: string, make: (params: P, token: CancellationToken) => R | Promise<R>) => guarded(connection, name, make);

  documents.onDidChangeContent(({ document }) => openText(session, background, document));
  documents.onDidClose(({ document }) => closeText(session, background, document.uri));
  connection.onDidChangeConfiguration(() => readSettings(session, background));
  connection.onDidChangeWatchedFiles(({ changes }) => changeOnDisk(session, background, changes));
  connection.workspace.onDidCreateFiles(({ files }) => changeOnDisk(session, background, files));
  connection.workspace.onDidDeleteFiles(({ files }) => changeOnDisk(session, background, files));
  connection.workspace.onDidRenameFiles(({ files }) =>
    changeOnDisk(
      session,
      background,
      files.flatMap(({ oldUri, newUri }) => [{ uri: oldUri }, { uri: newUri }]),
    ),
  );

  connection.languages.diagnostics.on(
    answer('diagnostic', ({ textDocument, previousResultId }, token) => pullDocument(session, textDocument.uri, previousResultId, token)),
  );
  connection.languages.diagnostics.onWorkspace(
    answer('workspace diagnostic', ({ previousResultIds }, token) => pullWorkspace(session, background, previousResultIds, token)),
  );
  connection.onCodeAction(answer('code action', params => codeActions(session, params)));
  connection.onDocumentSymbol(answer('document symbol', ({ textDocument }) => documentSymbols(session, textDocument.uri)));
  connection.onRequest(
    PREVIEW,
    answer<PreviewParameters, unknown>('preview', params => answerPreview(session, params)),
  );
  connection.onRequest(
    PATIENTS,
    answer<{ ruleSet: string }, unknown>('patients', params => answerPatients(session, params)),
  );
  connection.onRequest(
    RULE_SETS,
    answer<{ patient: string }, unknown>('rule sets', params => answerRuleSets(session, params)),
  );
}

function capabilities({ abilities }: Session): InitializeResult {
  return {
    serverInfo: { name: 'clinical-rules' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      documentSymbolProvider: true,
      ...(abilities.pull
        ? { diagnosticProvider: { identifier: 'clinical-rules', interFileDependencies: true, workspaceDiagnostics: true } }
        : {}),
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { didCreate: FOLDERS, didRename: FOLDERS, didDelete: FOLDERS },
      },
    },
  };
}

/** Clients watch files by name; a folder that moves takes its files along without a word about them. */
const FOLDERS = { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } }] };

/** What can only be asked of the client once it is ready. */
async function begin(session: Session, background: Background): Promise<void> {
  const { connection, abilities } = session;
  if (abilities.watch) await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
  if (abilities.configuration) await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  if (abilities.folders) connection.workspace.onDidChangeWorkspaceFolders(event => changeFolders(session, background, event));
  await readSettings(session, background);
  if (!abilities.pull) background.all();
}

/** Of anything else only deletions matter: a folder that goes takes its files along. */
const WATCHERS = [{ globPattern: `**/*{${RULE_SET_SUFFIX},${PATIENT_SUFFIX}}` }, { globPattern: '**/*', kind: WatchKind.Delete }];

/** A failure answers its own request and nothing else; the words of the failure stay here, since they may hold a patient's data. */
function guarded<P, R>(connection: Connection, name: string, make: (params: P, token: CancellationToken) => R | Promise<R>) {
  return async (params: P, token: CancellationToken): Promise<R> => {
    try {
      return await make(params, token);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      logFailure(connection, name, error);
      throw new ResponseError(ErrorCodes.InternalError, `${name}: Clinical Rules failed; the log says where.`);
    }
  };
}
