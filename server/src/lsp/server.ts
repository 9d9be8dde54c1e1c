/** The language server: which message is answered by what, one line each. */
import type {
  CodeActionParams,
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
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbolParams,
  FileOperationRegistrationOptions,
  FileSystemWatcher,
  InitializeParams,
  RenameFilesParams,
  ServerCapabilities,
  WorkspaceDiagnosticParams,
} from 'vscode-languageserver/node';
import { PATIENT_SUFFIX, RULE_SET_SUFFIX } from '../files.ts';
import { documentSymbols } from './answers.ts';
import { type Background, startBackground } from './background.ts';
import { changeFolders, changeOnDisk, changeText, closeText, openText, readSettings, SECTION } from './changes.ts';
import { answerPatients, answerRuleSets } from './choices.ts';
import {
  FIX_ALL,
  NEW_PATIENT,
  type NewPatientParameters,
  PATIENTS,
  PREVIEW,
  PROOFS,
  type PreviewParameters,
  RULE_SETS,
  SAVE_CHANGES,
  type SaveParameters,
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
    'textDocument/documentSymbol': answer<DocumentSymbolParams>(params => documentSymbols(session, params)),
    [PREVIEW]: answer<PreviewParameters>(async params => (await import('./previews.ts')).answerPreview(session, params)),
    [SAVE_CHANGES]: answer<SaveParameters>(async params => (await import('./previews.ts')).answerSaveChanges(session, params)),
    [NEW_PATIENT]: answer<NewPatientParameters>(async params => (await import('./previews.ts')).answerNewPatient(session, params)),
    [PATIENTS]: answer<{ readonly ruleSet: string }>(params => answerPatients(session, params)),
    [PROOFS]: answer<{ readonly uri: string }>(async params => (await import('./proofs.ts')).answerProofs(session, params)),
    'textDocument/codeLens': answer<CodeLensParams>(async params => (await import('./proofs.ts')).codeLenses(session, params)),
    'textDocument/formatting': answer<DocumentFormattingParams>(async params =>
      (await import('./formatting.ts')).formatDocument(session, params),
    ),
    'textDocument/rangeFormatting': answer<DocumentRangeFormattingParams>(async params =>
      (await import('./formatting.ts')).formatRange(session, params),
    ),
    'textDocument/onTypeFormatting': answer<DocumentOnTypeFormattingParams>(async params =>
      (await import('./formatting.ts')).formatTyped(session, params),
    ),
    [RULE_SETS]: answer<{ readonly patient: string }>(params => answerRuleSets(session, params)),
  };
}

function notifications(session: Session, background: Background): Service['notifications'] {
  const renamed = ({ files }: RenameFilesParams) => files.flatMap(({ oldUri, newUri }) => [{ uri: oldUri }, { uri: newUri }]);
  return {
    initialized: () => begin(session, background),
    'textDocument/didOpen': hear<DidOpenTextDocumentParams>(params => openText(session, background, params)),
    'textDocument/didChange': hear<DidChangeTextDocumentParams>(params => changeText(session, background, params)),
    'textDocument/didClose': hear<DidCloseTextDocumentParams>(params => closeText(session, background, params)),
    'workspace/didChangeConfiguration': () => readSettings(session, background),
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
    completionProvider: { resolveProvider: true, triggerCharacters: ['"', ':'] },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: [']', '\n'] },
    codeLensProvider: {},
    ...(abilities.pull
      ? { diagnosticProvider: { identifier: 'clinical-rules', interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didCreate: FOLDERS, didRename: FOLDERS, didDelete: FOLDERS },
    },
  };
}

/** Clients watch files by name; a folder that moves takes its files along without a word about them. */
const FOLDERS: FileOperationRegistrationOptions = { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' } }] };

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
  if (!abilities.pull) background.all();
}

const DELETED = 4;
/** Of anything else only deletions matter: a folder that goes takes its files along. */
const WATCHERS: readonly FileSystemWatcher[] = [
  { globPattern: `**/*{${RULE_SET_SUFFIX},${PATIENT_SUFFIX}}` },
  { globPattern: '**/*', kind: DELETED },
];
