/** A client that speaks to the built language server over stdio, as an editor does. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { built } from './built.ts';

export type Mode = 'push' | 'pull';

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export class Server {
  readonly folder: string;
  readonly published: Published[] = [];
  readonly refreshes: number[] = [];
  readonly logs: string[] = [];
  /** By method, what the client was notified of. */
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  capabilities: Record<string, unknown> = {};
  configuration: unknown = {};
  readonly #process: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  #onEvent: (() => void)[] = [];
  #versions = new Map<string, number>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'clinical-rules-lsp-')));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    this.#process = spawn(process.execPath, [built('server.cjs'), '--stdio'], { stdio: 'pipe' });
    this.#process.stderr.on('data', (chunk: Buffer) => this.logs.push(String(chunk)));
    this.connection = createProtocolConnection(new StreamMessageReader(this.#process.stdout), new StreamMessageWriter(this.#process.stdin));
    this.#listen();
  }

  async initialize(mode: Mode, more: Record<string, unknown> = {}): Promise<void> {
    const rootUri = pathToFileURL(this.folder).href;
    const { capabilities } = await this.connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'test' }],
      capabilities: CAPABILITIES[mode],
      ...more,
    });
    this.capabilities = capabilities;
    this.notify('initialized', {});
  }

  uri(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  /** The same in the way editors tell of it. */
  writeAndTell(name: string, text: string): void {
    this.write(name, text);
    this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: this.uri(name), type: 2 }] });
  }

  open(name: string, text: string): void {
    this.#versions.set(name, 1);
    this.notify('textDocument/didOpen', { textDocument: { uri: this.uri(name), languageId: 'clinical-rules', version: 1, text } });
  }

  /** Edits without a range replace the whole text. */
  change(name: string, ...contentChanges: readonly { readonly range?: object; readonly text: string }[]): void {
    const version = this.#versions.get(name)! + 1;
    this.#versions.set(name, version);
    this.notify('textDocument/didChange', { textDocument: { uri: this.uri(name), version }, contentChanges });
  }

  close(name: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri: this.uri(name) } });
  }

  notify(method: string, params: unknown): void {
    void this.connection.sendNotification(method, params);
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  /** Bytes as they are. */
  raw(text: string): void {
    this.#process.stdin.write(text);
  }

  async pull(name: string, previousResultId?: string): Promise<{ kind: string; resultId: string; items: Diagnostic[] }> {
    return this.request('textDocument/diagnostic', {
      textDocument: { uri: this.uri(name) },
      ...(previousResultId ? { previousResultId } : {}),
    });
  }

  /** The last diagnostics pushed for a file. */
  last(name: string): Published | undefined {
    return this.published.filter(({ uri }) => uri === this.uri(name)).at(-1);
  }

  /** Waits for something the server tells, until it holds. */
  async until(holds: () => boolean, what: string, milliseconds = 5000): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`${what}: not within ${milliseconds} ms. Last: ${JSON.stringify(this.published.slice(-2))}`);
      await new Promise<void>(resolve => {
        this.#onEvent.push(resolve);
        setTimeout(resolve, 50);
      });
    }
  }

  /** Pushed diagnostics of a file for which `holds`. */
  async pushed(
    name: string,
    holds: (diagnostics: readonly Diagnostic[]) => boolean,
    what = 'pushed diagnostics',
  ): Promise<readonly Diagnostic[]> {
    await this.until(
      () => holds(this.last(name)?.diagnostics ?? [{ message: 'nothing pushed yet' } as Diagnostic]) && this.last(name) !== undefined,
      what,
    );
    return this.last(name)!.diagnostics;
  }

  async stop(): Promise<number | null> {
    const closed = once(this.#process, 'exit');
    await this.connection.sendRequest('shutdown');
    this.notify('exit', undefined);
    const [code] = (await closed) as [number | null];
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  /** For a test that failed half-way. */
  kill(): void {
    if (this.#process.exitCode === null) this.#process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  #listen(): void {
    const { connection } = this;
    connection.onUnhandledNotification(({ method, params }) => {
      this.notifications.push({ method, params });
      if (method === 'textDocument/publishDiagnostics') this.published.push(params as unknown as Published);
      if (method === 'window/logMessage') this.logs.push((params as unknown as { message: string }).message);
      this.#happened();
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => this.configuration));
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes.push(Date.now());
      this.#happened();
      return null;
    });
    connection.onRequest('client/registerCapability', () => null);
    connection.onError(() => {});
    connection.listen();
  }

  #happened(): void {
    for (const resolve of this.#onEvent.splice(0)) resolve();
  }
}

const COMMON = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
};
const SHOWN = { relatedInformation: true, tagSupport: { valueSet: [1, 2] } };
const CAPABILITIES: Readonly<Record<Mode, object>> = {
  push: { ...COMMON, textDocument: { publishDiagnostics: { ...SHOWN, versionSupport: true } } },
  pull: { ...COMMON, textDocument: { diagnostic: { relatedDocumentSupport: true }, publishDiagnostics: SHOWN } },
};
