/** What the server knows from `initialize` on: the client's abilities, the workspace, and the findings. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Config } from '../config.ts';
import { Configs } from '../config-files.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { diskFiles } from '../disk.ts';
import { Workspace } from '../workspace.ts';
import { Analyses } from './analyses.ts';
import type { Converter } from './convert.ts';
import { Findings } from './findings.ts';
import { type AnalysisSettings, analysisFor, analysisSettings, choose, type Settings } from './settings.ts';
import { keyOf, pathOf, URIS } from './uris.ts';
import { logFailure, type Wire } from './wire.ts';

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
  readonly createsFiles: boolean;
  /** A definition may be answered with the whole of what is declared. */
  readonly definitionLinks: boolean;
  readonly lensRefresh: boolean;
  readonly hintRefresh: boolean;
  readonly tokenRefresh: boolean;
  /** The client knows our own command for showing a patient that is no file yet. */
  readonly witnessPreview: boolean;
  /** Stops for the cursor in inserted text. */
  readonly snippets: boolean;
  readonly labelDetails: boolean;
  /** The client is our own, whose editor has a command that proposes on after a proposal was taken. */
  readonly suggestsOn: boolean;
}

export interface Session {
  readonly wire: Wire;
  /** Open texts, by the client's spelling of their URIs. */
  readonly documents: Map<string, TextDocument>;
  readonly abilities: Abilities;
  readonly workspace: Workspace;
  readonly findings: Findings;
  readonly converter: Converter;
  /** Paths of the workspace's folders. */
  folders: readonly string[];
  settings: Settings;
  analysis: AnalysisSettings;
  /** What teams have agreed on: it comes before the editor's own settings. */
  readonly configs: Configs;
  /** The editor's own: patterns of files not to look for, and the path of the patient that previews start with. */
  exclude: readonly string[];
  defaultPatient: string | undefined;
  readonly analyses: Analyses;
  /** Whether the client has asked for previews and so wants to be told of changes. */
  previews: boolean;
  /** By key, the client's own spelling of the URIs of open texts. */
  readonly spelling: Map<string, string>;
}

export function openSession(wire: Wire, params: InitializeParams, unitsLoaded: () => void): Session {
  const abilities = abilitiesOf(params);
  const folders = foldersOf(params);
  const configs = new Configs(folders);
  const workspace = new Workspace(
    diskFiles(folders, URIS, path => configs.isExcluded(path)),
    () => new Date().toISOString().slice(0, 10),
  );
  const spelling = new Map<string, string>();
  const docs = docsUri();
  const converter: Converter = {
    uriOf: file => spelling.get(file) ?? file,
    snapshot: file => workspace.snapshot(file),
    // Our own client shows the page at its heading; another opens the file.
    docsOf: code => (abilities.witnessPreview ? docsCommand(code) : docs && `${docs}#${code}`),
    relatedInformation: abilities.relatedInformation,
    tags: abilities.tags,
  };
  const documents = new Map<string, TextDocument>();
  const settings: Settings = {};
  const analysis = analysisSettings(undefined);
  const own = { settings, analysis, exclude: [], defaultPatient: undefined };
  const state: Omit<Session, 'findings' | 'analyses'> = {
    ...{ wire, documents, abilities, workspace, converter, folders, configs, previews: false, spelling },
    ...own,
  };
  const analyses = new Analyses({
    workspace,
    folders: () => state.folders,
    settings: root => analysisFor(state.analysis, configOf(state, root)),
    failed: where => wire.log(`analysis failed:\n${where}`),
  });
  const chooseIn = (file: string) => {
    const config = configOf(state, file);
    return (found: Diagnostic) => choose(found, state.settings, config);
  };
  const findings = new Findings(workspace, converter, chooseIn, analyses, {
    failed: error => logFailure(wire, 'diagnostics', error),
    unitsLoaded,
  });
  return Object.assign(state, { findings, analyses });
}

/** What a team has agreed on for a file. */
export function configOf({ configs }: Pick<Session, 'configs'>, file: string): Config | undefined {
  const path = pathOf(file);
  return path === undefined ? undefined : configs.for(path);
}

/** The key of a text the client names. */
export function fileOf(session: Session, uri: string): string {
  return keyOf(uri, session.folders);
}

function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): Abilities {
  const { textDocument, workspace }: ClientCapabilities = capabilities;
  const { snippetSupport, labelDetailsSupport } = textDocument?.completion?.completionItem ?? {};
  const isOurs = (initializationOptions as { witnessPreview?: unknown } | undefined)?.witnessPreview === true;
  return {
    pull: textDocument?.diagnostic !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport ?? false,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation ?? textDocument?.diagnostic?.relatedInformation ?? false,
    tags: (textDocument?.publishDiagnostics?.tagSupport ?? textDocument?.diagnostic?.tagSupport) !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    watch: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    configuration: workspace?.configuration ?? false,
    folders: workspace?.workspaceFolders ?? false,
    lensRefresh: workspace?.codeLens?.refreshSupport ?? false,
    hintRefresh: workspace?.inlayHint?.refreshSupport ?? false,
    tokenRefresh: workspace?.semanticTokens?.refreshSupport ?? false,
    definitionLinks: textDocument?.definition?.linkSupport ?? false,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    witnessPreview: isOurs,
    snippets: snippetSupport ?? false,
    labelDetails: labelDetailsSupport ?? false,
    suggestsOn: isOurs,
  };
}

function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : rootPath ? [pathToFileURL(rootPath).href] : []);
  return uris.flatMap(uri => pathOf(uri) ?? []);
}

function docsCommand(code: string): string {
  return `command:clinical-rules.showDocs?${encodeURIComponent(JSON.stringify([code]))}`;
}

/** The page that explains the diagnostics, as installed beside the server. */
function docsUri(): string | undefined {
  const start = dirname(process.argv[1] ?? '.');
  const page = ['..', '../../..'].map(up => join(start, up, 'docs', 'diagnostics.md')).find(path => existsSync(path));
  return page && pathToFileURL(page).href;
}
