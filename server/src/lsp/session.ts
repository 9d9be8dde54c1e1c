/** What the server knows from `initialize` on: the client's abilities, the workspace, and the findings. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, Connection, InitializeParams, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diskFiles } from '../disk.ts';
import { Workspace } from '../workspace.ts';
import type { Converter } from './convert.ts';
import { Findings } from './findings.ts';
import { choose, type Settings } from './settings.ts';
import { keyOf, pathOf, URIS } from './uris.ts';

/** What the client can do, as far as the server's behaviour depends on it. */
export interface Abilities {
  readonly pull: boolean;
  readonly refresh: boolean;
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  readonly versionedEdits: boolean;
  readonly watch: boolean;
  readonly configuration: boolean;
  readonly folders: boolean;
}

export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly abilities: Abilities;
  readonly workspace: Workspace;
  readonly findings: Findings;
  readonly converter: Converter;
  /** Paths of the workspace's folders. */
  folders: readonly string[];
  settings: Settings;
  /** Whether the client has asked for previews and so wants to be told of changes. */
  previews: boolean;
  /** By key, the client's own spelling of the URIs of open texts. */
  readonly spelling: Map<string, string>;
}

export function openSession(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  params: InitializeParams,
  unitsLoaded: () => void,
): Session {
  const abilities = abilitiesOf(params.capabilities);
  const folders = foldersOf(params);
  const workspace = new Workspace(diskFiles(folders, URIS), () => new Date().toISOString().slice(0, 10));
  const spelling = new Map<string, string>();
  const docs = docsUri();
  const converter: Converter = {
    uriOf: file => spelling.get(file) ?? file,
    snapshot: file => workspace.snapshot(file),
    docsOf: code => docs && `${docs}#${code}`,
    relatedInformation: abilities.relatedInformation,
    tags: abilities.tags,
  };
  const state = { connection, documents, abilities, workspace, converter, folders, settings: {} as Settings, previews: false, spelling };
  const findings = new Findings(workspace, converter, found => choose(found, state.settings), {
    failed: error => logFailure(connection, 'diagnostics', error),
    unitsLoaded,
  });
  return Object.assign(state, { findings });
}

/** The key of a text the client names. */
export function fileOf(session: Session, uri: string): string {
  return keyOf(uri, session.folders);
}

/** Says where it failed and what kind of failure it was, never with which text: that may hold a patient's data. */
export function logFailure(connection: Connection, what: string, error: unknown): void {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const frames = (stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  connection.console.error([`${what} failed: ${name}`, ...frames.slice(0, 8)].join('\n'));
}

function abilitiesOf({ textDocument, workspace }: ClientCapabilities): Abilities {
  return {
    pull: textDocument?.diagnostic !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport ?? false,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation ?? textDocument?.diagnostic?.relatedInformation ?? false,
    tags: (textDocument?.publishDiagnostics?.tagSupport ?? textDocument?.diagnostic?.tagSupport) !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    watch: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    configuration: workspace?.configuration ?? false,
    folders: workspace?.workspaceFolders ?? false,
  };
}

function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : rootPath ? [pathToFileURL(rootPath).href] : []);
  return uris.flatMap(uri => pathOf(uri) ?? []);
}

/** The page that explains the diagnostics, as installed beside the server. */
function docsUri(): string | undefined {
  const start = dirname(process.argv[1] ?? '.');
  const page = ['..', '../../..'].map(up => join(start, up, 'docs', 'diagnostics.md')).find(path => existsSync(path));
  return page && pathToFileURL(page).href;
}
