/**
 * The line to the client: messages, and when to end. It stands on `vscode-jsonrpc` alone: the package around it brings every request of the
 * protocol along, which is a third of what the server may load at start.
 */
import {
  type CancellationToken,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type Message,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { written } from './written.ts';

export type { CancellationToken };
export { ResponseError };

export type Answer = (params: unknown, token: CancellationToken) => unknown;
export type Hear = (params: unknown) => unknown;

export interface Wire {
  notify(method: string, params: unknown): void;
  request(method: string, params?: unknown): Promise<unknown>;
  /** For the client's log. Never the text of a file, nor a value of it: it may hold a patient's data. */
  log(message: string): void;
}

/** What the server does with messages. A method that is in no table is answered with an error, or not heard. */
export interface Service {
  readonly requests: Readonly<Record<string, Answer>>;
  /** Those answered by parts of the server that are loaded once one of them is asked for. */
  readonly later: () => Promise<Readonly<Record<string, Answer>>>;
  readonly notifications: Readonly<Record<string, Hear>>;
}

/** Codes of the protocol. */
export const RPC = {
  internalError: -32603,
  methodNotFound: -32601,
  notInitialized: -32002,
  invalidRequest: -32600,
  requestFailed: -32803,
} as const;
export const CANCELLED = { byServer: -32802, byClient: -32800 } as const;

const BYTES = { name: 'application/json', encode: async (message: Message) => written(message) };

/** Over the channel to a parent that forked it, else over stdio. */
export function connect(argv: readonly string[]): MessageConnection {
  const end = new Ending();
  const connection = argv.includes('--node-ipc')
    ? createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process))
    : createMessageConnection(
        new StreamMessageReader(process.stdin),
        new StreamMessageWriter(process.stdout, { contentTypeEncoder: BYTES }),
      );
  // A client that dies without a word closes the channel.
  process.on('disconnect', () => end.now());
  process.stdin.on('end', () => end.now());
  connection.onRequest('shutdown', () => end.expect());
  connection.onNotification('exit', () => end.now());
  connection.onClose(() => end.now());
  // A message that cannot be read is passed over: the next one may be sound.
  connection.onError(() => {});
  return connection;
}

/** Answers until the client says `exit`. `start` makes the service from the parameters of `initialize`. */
export function serveOn(
  connection: MessageConnection,
  start: (params: unknown, wire: Wire) => { service: Service; result: unknown },
): void {
  let service: Service | undefined;
  const wire: Wire = {
    notify: (method, params) => void connection.sendNotification(method, params).catch(() => {}),
    request: (method, params) => connection.sendRequest(method, params),
    log: message => wire.notify('window/logMessage', { type: 1, message }),
  };
  connection.onRequest('initialize', (params: { readonly processId?: number | null }) => {
    if (service) throw new ResponseError(RPC.invalidRequest, 'initialize: already done.');
    watchParent(params.processId);
    const started = start(params, wire);
    service = started.service;
    return started.result;
  });
  connection.onRequest((method, params, token) => answer(service, wire, method, params, token));
  connection.onNotification((method, params) => {
    const hear = service && own(service.notifications, method);
    if (hear) guarded(wire, method, () => hear(params)).catch(() => {});
  });
  connection.listen();
}

function answer(service: Service | undefined, wire: Wire, method: string, params: unknown, token: CancellationToken): unknown {
  if (!service) throw new ResponseError(RPC.notInitialized, `${method}: the server is not initialized.`);
  return guarded(wire, method, async () => {
    const make = own(service.requests, method) ?? own(await service.later(), method);
    if (!make) throw new ResponseError(RPC.methodNotFound, `${method}: no such request.`);
    return make(params, token);
  });
}

function own<T>(table: Readonly<Record<string, T>>, method: string): T | undefined {
  return Object.hasOwn(table, method) ? table[method] : undefined;
}

/** A failure answers its own request and nothing else; its words stay here. */
async function guarded(wire: Wire, method: string, work: () => unknown): Promise<unknown> {
  try {
    return (await work()) ?? null;
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    logFailure(wire, method, error);
    throw new ResponseError(RPC.internalError, `${method}: Clinical Rules failed; the log says where.`);
  }
}

/** Says where it failed and what kind of failure it was, never with which text: that may hold a patient's data. */
export function logFailure(wire: Wire, what: string, error: unknown): void {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const frames = (stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  wire.log([`${what} failed: ${name}`, ...frames.slice(0, 8)].join('\n'));
}

/** A server whose editor has crashed must not live on. */
function watchParent(id: number | null | undefined): void {
  if (typeof id !== 'number') return;
  const timer = setInterval(() => {
    try {
      process.kill(id, 0);
    } catch {
      process.exit(1);
    }
  }, 3000);
  timer.unref();
}

class Ending {
  #expected = false;

  expect(): null {
    this.#expected = true;
    return null;
  }

  /** The protocol wants 1 where the end was not announced. */
  now(): never {
    process.exit(this.#expected ? 0 : 1);
  }
}
