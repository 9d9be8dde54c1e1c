/** The language server: which message is answered by what, one line each. */
import type {
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DocumentDiagnosticParams,
  FileOperationRegistrationOptions,
  FileSystemWatcher,
  InitializeParams,
  RenameFilesParams,
  ServerCapabilities,
  WorkspaceDiagnosticParams,
} from 'vscode-languageserver/node';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/token-types.ts';
import { CONFIG_NAME, PATIENT_SUFFIX, RULE_SET_SUFFIX } from '../files.ts';
import { type Background, refreshShown, startBackground } from './background.ts';
import {
  changeFolders,
  changeOnDisk,
  changeTable,
  changeText,
  closeText,
  openText,
  readSettings,
  SECTION,
  tellWrongTeams,
} from './changes.ts';
import { TABLE_TEXT, type TableText } from './protocol.ts';
import { openSession, type Session } from './session.ts';
import type { Answer, CancellationToken, Hear, Service, Wire } from './wire.ts';

export function openService(params: unknown, wire: Wire): { service: Service; result: unknown } {
  const session = openSession(wire, params as InitializeParams, () => background.all());
  const background = startBackground(session);
  const later = async () => (await import('./later.ts')).laterRequests(session);
  const service = { requests: requests(session, background), later, notifications: notifications(session, background) };
  return { service, result: { serverInfo: { name: 'clinical-rules' }, capabilities: capabilities(session) } };
}

function requests(session: Session, background: Background): Service['requests'] {
  return {
    'textDocument/diagnostic': answer<DocumentDiagnosticParams>(async (params, token) =>
      (await pull()).pullDocument(session, params, token),
    ),
    'workspace/diagnostic': answer<WorkspaceDiagnosticParams>(async (params, token) =>
      (await pull()).pullWorkspace(session, background, params, token),
    ),
  };
}

function notifications(session: Session, background: Background): Service['notifications'] {
  const renamed = ({ files }: RenameFilesParams) => files.flatMap(({ oldUri, newUri }) => [{ uri: oldUri }, { uri: newUri }]);
  return {
    initialized: () => begin(session, background),
    'textDocument/didOpen': hear<DidOpenTextDocumentParams>(params => openText(session, background, params)),
    'textDocument/didChange': hear<DidChangeTextDocumentParams>(params => changeText(session, background, params)),
    'textDocument/didClose': hear<DidCloseTextDocumentParams>(params => closeText(session, background, params)),
    [TABLE_TEXT]: hear<TableText>(params => changeTable(session, background, params)),
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

/** Other clients are told without asking. */
function pull(): Promise<typeof import('./pull.ts')> {
  return import('./pull.ts');
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
/** Patients may have their cases in CSV files. Of anything else only deletions matter: a folder that goes takes its files along. */
const WATCHERS: readonly FileSystemWatcher[] = [
  { globPattern: `**/*{${RULE_SET_SUFFIX},${PATIENT_SUFFIX}}` },
  { globPattern: `**/${CONFIG_NAME}` },
  { globPattern: '**/*.csv' },
  { globPattern: '**/*', kind: DELETED },
];
