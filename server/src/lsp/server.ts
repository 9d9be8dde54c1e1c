/** The language server: which message is answered by what, one line each. */
import type {
  CallHierarchyIncomingCallsParams,
  CallHierarchyOutgoingCallsParams,
  CodeActionParams,
  CodeLens,
  CodeLensParams,
  CompletionItem,
  CompletionParams,
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DocumentDiagnosticParams,
  DocumentFormattingParams,
  DocumentLinkParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbolParams,
  FileOperationRegistrationOptions,
  FileSystemWatcher,
  FoldingRangeParams,
  InitializeParams,
  InlayHintParams,
  LinkedEditingRangeParams,
  PrepareRenameParams,
  ReferenceParams,
  RenameFilesParams,
  RenameParams,
  SelectionRangeParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
  ServerCapabilities,
  TextDocumentPositionParams,
  WorkspaceDiagnosticParams,
  WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/token-types.ts';
import { CONFIG_NAME, PATIENT_SUFFIX, RULE_SET_SUFFIX } from '../files.ts';
import { type Background, refreshShown, startBackground } from './background.ts';
import { changeFolders, changeOnDisk, changeText, closeText, openText, readSettings, SECTION, tellWrongTeams } from './changes.ts';
import {
  COMPARE,
  type CompareParameters,
  DE_IDENTIFY,
  type DeIdentifyParameters,
  FIX_ALL,
  NEW_PATIENT,
  type NewPatientParameters,
  PATIENTS,
  PLAIN,
  PREVIEW,
  PROOFS,
  type PreviewParameters,
  REPORT,
  type ReportParameters,
  RULE_SETS,
  SAVE_CHANGES,
  type SaveParameters,
  WHAT_WOULD_CHANGE,
} from './protocol.ts';
import { pullDocument, pullWorkspace } from './pull.ts';
import { openSession, type Session } from './session.ts';
import type { Answer, CancellationToken, Hear, Service, Wire } from './wire.ts';

export function openService(params: unknown, wire: Wire): { service: Service; result: unknown } {
  const session = openSession(wire, params as InitializeParams, () => background.all());
  const background = startBackground(session);
  const service = { requests: requests(session, background), notifications: notifications(session, background) };
  return { service, result: { serverInfo: { name: 'clinical-rules' }, capabilities: capabilities(session) } };
}

function requests(session: Session, background: Background): Service['requests'] {
  return {
    'textDocument/diagnostic': answer<DocumentDiagnosticParams>((params, token) => pullDocument(session, params, token)),
    'workspace/diagnostic': answer<WorkspaceDiagnosticParams>((params, token) => pullWorkspace(session, background, params, token)),
    'textDocument/codeAction': answer<CodeActionParams>(async params => (await import('./actions.ts')).codeActions(session, params)),
    [FIX_ALL]: answer<{ readonly code?: string }>(async params => (await import('./actions.ts')).answerFixAll(session, params)),
    'textDocument/completion': answer<CompletionParams>(async params =>
      (await import('./completions.ts')).answerCompletion(session, params),
    ),
    'completionItem/resolve': answer<CompletionItem>(async item => (await import('./completions.ts')).resolveCompletion(session, item)),
    'textDocument/documentSymbol': answer<DocumentSymbolParams>(async params =>
      (await import('./answers.ts')).documentSymbols(session, params),
    ),
    [PREVIEW]: answer<PreviewParameters>(async params => (await import('./previews.ts')).answerPreview(session, params)),
    [WHAT_WOULD_CHANGE]: answer<PreviewParameters>(async (params, token) =>
      (await import('./previews.ts')).answerChanges(session, params, token),
    ),
    [REPORT]: answer<ReportParameters>(async params => (await import('./previews.ts')).answerReport(session, params)),
    [COMPARE]: answer<CompareParameters>(async params => (await import('./compare.ts')).answerCompare(session, params)),
    [DE_IDENTIFY]: answer<DeIdentifyParameters>(async params => (await import('./previews.ts')).answerDeIdentify(session, params)),
    [SAVE_CHANGES]: answer<SaveParameters>(async params => (await import('./previews.ts')).answerSaveChanges(session, params)),
    [NEW_PATIENT]: answer<NewPatientParameters>(async params => (await import('./previews.ts')).answerNewPatient(session, params)),
    [PATIENTS]: answer<{ readonly ruleSet: string }>(async params => (await import('./choices.ts')).answerPatients(session, params)),
    [PROOFS]: answer<{ readonly uri: string }>(async params => (await import('./proofs.ts')).answerProofs(session, params)),
    'textDocument/codeLens': answer<CodeLensParams>(async params => (await import('./lenses.ts')).codeLenses(session, params)),
    'codeLens/resolve': answer<CodeLens>(async (lens, token) => (await import('./lenses.ts')).resolveLens(session, lens, token)),
    ...navigation(session),
    'textDocument/formatting': answer<DocumentFormattingParams>(async params =>
      (await import('./formatting.ts')).formatDocument(session, params),
    ),
    'textDocument/rangeFormatting': answer<DocumentRangeFormattingParams>(async params =>
      (await import('./formatting.ts')).formatRange(session, params),
    ),
    'textDocument/onTypeFormatting': answer<DocumentOnTypeFormattingParams>(async params =>
      (await import('./formatting.ts')).formatTyped(session, params),
    ),
    'textDocument/inlayHint': answer<InlayHintParams>(async params => (await import('./hints.ts')).inlayHints(session, params)),
    'textDocument/semanticTokens/full': answer<SemanticTokensParams>(async params =>
      (await import('./hints.ts')).semanticTokens(session, params),
    ),
    'textDocument/semanticTokens/range': answer<SemanticTokensRangeParams>(async params =>
      (await import('./hints.ts')).semanticTokensOfRange(session, params),
    ),
    'textDocument/linkedEditingRange': answer<LinkedEditingRangeParams>(async params =>
      (await import('./hints.ts')).linkedEditing(session, params),
    ),
    [PLAIN]: answer<{ readonly uri: string }>(async params => (await import('./plain.ts')).answerPlain(session, params)),
    [RULE_SETS]: answer<{ readonly patient: string }>(async params => (await import('./choices.ts')).answerRuleSets(session, params)),
  };
}

/** Names: where they are declared and used, and what depends on what. */
function navigation(session: Session): Service['requests'] {
  const load = () => import('./navigation.ts');
  const renames = () => import('./renames.ts');
  return {
    'textDocument/hover': answer<TextDocumentPositionParams>(async params => (await import('./hovers.ts')).answerHover(session, params)),
    'textDocument/definition': answer<TextDocumentPositionParams>(async params => (await load()).definition(session, params)),
    'textDocument/references': answer<ReferenceParams>(async params => (await load()).references(session, params)),
    'textDocument/documentHighlight': answer<TextDocumentPositionParams>(async params => (await load()).highlights(session, params)),
    'textDocument/prepareCallHierarchy': answer<TextDocumentPositionParams>(async params =>
      (await load()).prepareCallHierarchy(session, params),
    ),
    'callHierarchy/incomingCalls': answer<CallHierarchyIncomingCallsParams>(async ({ item }) =>
      (await load()).incomingCalls(session, item),
    ),
    'callHierarchy/outgoingCalls': answer<CallHierarchyOutgoingCallsParams>(async ({ item }) =>
      (await load()).outgoingCalls(session, item),
    ),
    'workspace/symbol': answer<WorkspaceSymbolParams>(async params => (await load()).workspaceSymbols(session, params)),
    'textDocument/foldingRange': answer<FoldingRangeParams>(async params => (await load()).foldingRanges(session, params)),
    'textDocument/selectionRange': answer<SelectionRangeParams>(async params => (await load()).selectionRanges(session, params)),
    'textDocument/documentLink': answer<DocumentLinkParams>(async params => (await load()).documentLinks(session, params)),
    'textDocument/prepareRename': answer<PrepareRenameParams>(async params => (await renames()).answerPrepareRename(session, params)),
    'textDocument/rename': answer<RenameParams>(async params => (await renames()).answerRename(session, params)),
    'workspace/willRenameFiles': answer<RenameFilesParams>(async params => (await renames()).answerWillRenameFiles(session, params)),
  };
}

function notifications(session: Session, background: Background): Service['notifications'] {
  const renamed = ({ files }: RenameFilesParams) => files.flatMap(({ oldUri, newUri }) => [{ uri: oldUri }, { uri: newUri }]);
  return {
    initialized: () => begin(session, background),
    'textDocument/didOpen': hear<DidOpenTextDocumentParams>(params => openText(session, background, params)),
    'textDocument/didChange': hear<DidChangeTextDocumentParams>(params => changeText(session, background, params)),
    'textDocument/didClose': hear<DidCloseTextDocumentParams>(params => closeText(session, background, params)),
    'workspace/didChangeConfiguration': () => {
      refreshShown(session);
      return readSettings(session, background);
    },
    'workspace/didChangeWatchedFiles': hear<DidChangeWatchedFilesParams>(({ changes }) => changeOnDisk(session, background, changes)),
    'workspace/didChangeWorkspaceFolders': hear<DidChangeWorkspaceFoldersParams>(({ event }) => changeFolders(session, background, event)),
    'workspace/didCreateFiles': hear<Files>(({ files }) => changeOnDisk(session, background, files)),
    'workspace/didDeleteFiles': hear<Files>(({ files }) => changeOnDisk(session, background, files)),
    'workspace/didRenameFiles': hear<RenameFilesParams>(params => changeOnDisk(session, background, renamed(params))),
  };
}

interface Files {
  readonly files: readonly { readonly uri: string }[];
}

/** What a client sends is what the protocol says; what is not fails, and the failure is answered. */
function answer<P>(make: (params: P, token: CancellationToken) => unknown): Answer {
  return make as Answer;
}

function hear<P>(make: (params: P) => unknown): Hear {
  return make as Hear;
}

const INCREMENTAL = 2;

function capabilities({ abilities }: Session): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: INCREMENTAL },
    codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source.fixAll'] },
    documentSymbolProvider: true,
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    callHierarchyProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    renameProvider: { prepareProvider: true },
    completionProvider: { resolveProvider: true, triggerCharacters: ['"', ':'] },
    documentFormattingProvider: true,
    inlayHintProvider: true,
    linkedEditingRangeProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: true,
      range: true,
    },
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: [']', '\n'] },
    codeLensProvider: { resolveProvider: true },
    ...(abilities.pull
      ? { diagnosticProvider: { identifier: 'clinical-rules', interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didCreate: FOLDERS, didRename: FOLDERS, didDelete: FOLDERS, willRename: MOVED },
    },
  };
}

/** Clients watch files by name; a folder that moves takes its files along without a word about them. */
const FOLDERS: FileOperationRegistrationOptions = { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' } }] };

/** Before they move, the paths that lead to files of ours and from them are made right. */
const MOVED: FileOperationRegistrationOptions = {
  filters: [...FOLDERS.filters, { scheme: 'file', pattern: { glob: `**/*{${RULE_SET_SUFFIX},${PATIENT_SUFFIX}}`, matches: 'file' } }],
};

/** What can only be asked of the client once it is ready. */
async function begin(session: Session, background: Background): Promise<void> {
  const { wire, abilities } = session;
  const registrations = [
    ...(abilities.watch ? [{ id: 'files', method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers: WATCHERS } }] : []),
    ...(abilities.configuration
      ? [{ id: 'settings', method: 'workspace/didChangeConfiguration', registerOptions: { section: SECTION } }]
      : []),
  ];
  if (registrations.length > 0) await wire.request('client/registerCapability', { registrations });
  await readSettings(session, background);
  await tellWrongTeams(session);
  if (!abilities.pull) background.all();
}

const DELETED = 4;
/** Of anything else only deletions matter: a folder that goes takes its files along. */
const WATCHERS: readonly FileSystemWatcher[] = [
  { globPattern: `**/*{${RULE_SET_SUFFIX},${PATIENT_SUFFIX}}` },
  { globPattern: `**/${CONFIG_NAME}` },
  { globPattern: '**/*', kind: DELETED },
];
