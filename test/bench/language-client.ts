/** The smallest client that can drive a language server over stdio and time it: frames, requests, notifications. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly { readonly message: string }[];
}

export class LanguageClient {
  readonly process: ChildProcessWithoutNullStreams;
  #buffer = Buffer.alloc(0);
  /** Come since, until the message is whole: long ones come in many pieces. */
  #pieces: Buffer[] = [];
  #missing = 0;
  #nextId = 1;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #onPublish: (published: Published) => void = () => {};

  constructor(command: string, args: readonly string[]) {
    this.process = spawn(command, args, { stdio: 'pipe' });
    this.process.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.process.stderr.resume();
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++;
    this.#send({ jsonrpc: '2.0', id, method, params });
    return new Promise(resolve => this.#waiting.set(id, resolve));
  }

  notify(method: string, params: unknown): void {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** Initializes as a client that takes pushed diagnostics only, so that both servers do the same work. */
  async initialize(rootUri: string): Promise<void> {
    const capabilities = { textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } } };
    await this.request('initialize', {
      processId: process.pid,
      rootUri,
      capabilities,
      initializationOptions: { handledSchemaProtocols: ['file'] },
    });
    this.notify('initialized', {});
  }

  /** The next diagnostics of that text that `accept` takes. */
  published(uri: string, accept: (published: Published) => boolean): Promise<Published> {
    return new Promise(resolve => {
      this.#onPublish = published => {
        if (published.uri === uri && accept(published)) resolve(published);
      };
    });
  }

  /** Peak resident memory in MB; 0 where the system does not say. */
  peakMemory(): number {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  }

  stop(): void {
    this.process.kill('SIGKILL');
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify(message));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  #read(chunk: Buffer): void {
    this.#pieces.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) return;
    this.#buffer = Buffer.concat([this.#buffer, ...this.#pieces]);
    this.#pieces = [];
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString('ascii', 0, head))![1]);
      this.#missing = head + 4 + length - this.#buffer.length;
      if (this.#missing > 0) return;
      const body = this.#buffer.toString('utf8', head + 4, head + 4 + length);
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      this.#take(JSON.parse(body));
    }
  }

  #take(message: { id?: number; method?: string; params?: unknown; result?: unknown }): void {
    if (message.method === 'textDocument/publishDiagnostics') return this.#onPublish(message.params as Published);
    if (message.method && message.id !== undefined) return this.#send({ jsonrpc: '2.0', id: message.id, result: answerTo(message.method) });
    if (message.id !== undefined) this.#waiting.get(message.id)?.(message.result);
  }
}

function answerTo(method: string): unknown {
  return method === 'workspace/configuration' ? [{}] : null;
}
