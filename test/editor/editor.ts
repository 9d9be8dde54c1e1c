/** Runs VS Code in the browser on loopback, in folders of its own, and takes the whole process group down again whatever happens. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EditorPrograms } from './install.ts';

/** Nothing that is not about the extension: no calls to the outside, no greetings, no motion. */
const QUIET = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'editor.minimap.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Dark Modern',
};
const STARTS_WITHIN = 60_000;

export interface EditorOptions {
  /** Settings, extensions and the log of the editor; made where it is missing. */
  readonly home: string;
  readonly port?: number;
  /** A packaged extension to install before the start, as a user would. */
  readonly vsix?: string;
  /** Lets the address name an extension under development and its tests; hides dialogs. */
  readonly driver?: boolean;
}

export interface Editor {
  readonly port: number;
  /** The file its output goes to. */
  readonly log: string;
  /** The address that opens a folder; `payload` as the browser build of VS Code understands it. */
  address(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** Resolves when the editor has ended by itself or was stopped. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export async function startEditor(programs: EditorPrograms, options: EditorOptions): Promise<Editor> {
  const { home } = options;
  writeSettings(home);
  // Sockets go here: their paths may have no more than 107 characters, so it cannot be below `home`.
  const temporary = mkdtempSync(join(tmpdir(), 'clinical-rules-'));
  const environment = editorEnvironment(temporary);
  writeFileSync(join(home, 'config.yaml'), '');
  const folders = [
    '--config',
    join(home, 'config.yaml'),
    '--user-data-dir',
    join(home, 'user'),
    '--extensions-dir',
    join(home, 'extensions'),
  ];
  if (options.vsix !== undefined) {
    execFileSync(programs.node, [programs.entry, ...folders, '--install-extension', options.vsix, '--force'], {
      env: environment,
      stdio: 'pipe',
    });
  }
  const port = options.port ?? (await freePort());
  const log = join(home, 'editor.log');
  const child = spawn(programs.node, [programs.entry, ...folders, ...serverWords(port, options.driver ?? false)], {
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log);
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const { ended, stop } = tie(child, () => removeFolder(temporary));
  await waitUntilHealthy(port, child, log).catch(async problem => {
    await stop();
    throw problem;
  });
  return { port, log, ended, stop, address: (folder, payload) => addressOf(port, folder, payload) };
}

function serverWords(port: number, driver: boolean): string[] {
  const words = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  words.push('--disable-workspace-trust', '--disable-getting-started-override', '--disable-proxy');
  if (driver) words.push('--vscode-option', 'enable-smoke-test-driver');
  return words;
}

function editorEnvironment(temporary: string): NodeJS.ProcessEnv {
  const nothing = { serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '' };
  // A setting inherited from an editor this runs inside would make it speak to that editor.
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_'));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: JSON.stringify(nothing), TMPDIR: temporary, XDG_RUNTIME_DIR: temporary };
}

/** Leaves settings that are there already, so that a theme chosen in `npm start` stays. */
function writeSettings(home: string): void {
  const folder = join(home, 'user', 'User');
  const file = join(folder, 'settings.json');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(QUIET, null, 2));
}

function addressOf(port: number, folder: string, payload: readonly (readonly [string, string])[] = []): string {
  const query = new URLSearchParams({ folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

/** Ends the group of `child` with this process, however that ends; else servers would be left behind. */
function tie(child: ChildProcess, tidyUp: () => void): Pick<Editor, 'ended' | 'stop'> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const kill = () => endGroup(child, 'SIGKILL');
  const onExit = () => {
    kill();
    tidyUp();
  };
  const onSignal = () => process.exit(130);
  process.on('exit', onExit);
  for (const signal of signals) process.on(signal, onSignal);
  const ended = new Promise<void>(resolve => {
    child.once('close', () => {
      process.off('exit', onExit);
      for (const signal of signals) process.off(signal, onSignal);
      tidyUp();
      resolve();
    });
  });
  const stop = async () => {
    endGroup(child, 'SIGTERM');
    await Promise.race([ended, sleep(3000)]);
    kill();
    await ended;
  };
  return { ended, stop };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function waitUntilHealthy(port: number, child: ChildProcess, log: string): Promise<void> {
  const until = Date.now() + STARTS_WITHIN;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The editor ended at once; its log is ${log}`);
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      answer => answer.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(100);
  }
  throw new Error(`The editor did not start within ${STARTS_WITHIN / 1000} s; its log is ${log}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
