/** Fetches VS Code in the browser into this folder, once: a few seconds of npm when it is missing, nothing when it is there. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, 'node_modules');
/** Holds the digest of the lock the installed packages came from, so that a changed lock installs again. */
const STAMP = join(MODULES, '.editor-installed');
const SERVER = join(MODULES, 'code-server');
const ATTEMPTS = 3;

/** The two programs an editor is started with. */
export interface EditorPrograms {
  /** VS Code in the browser needs Node 24, whatever runs the tests. */
  readonly node: string;
  readonly entry: string;
}

/** Installs what is missing, saying so, and answers where the programs are. */
export function installEditor(say: (line: string) => void): EditorPrograms {
  if (!isInstalled()) {
    say('Fetching VS Code for the browser with npm (large, only the first time) ...');
    npm(['ci', '--ignore-scripts'], HERE);
    say('Fetching the packages VS Code itself needs ...');
    // Its own lock is incomplete, so `npm ci` fails there; nothing is compiled, what stays unbuilt is not needed.
    npm(['install', '--omit=dev', '--ignore-scripts', '--no-save'], join(SERVER, 'lib', 'vscode'));
    writeFileSync(STAMP, lockDigest());
  }
  return { node: findNode(), entry: join(SERVER, 'out', 'node', 'entry.js') };
}

/** The browser that shows the editor in tests; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find(existsSync);
}

function isInstalled(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockDigest();
}

function lockDigest(): string {
  return createHash('sha256')
    .update(readFileSync(join(HERE, 'package-lock.json')))
    .digest('hex');
}

function npm(words: readonly string[], folder: string): void {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: script } = process.env;
  const [program, ...before] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  for (let attempt = 1; ; attempt++) {
    const run = spawnSync(program, [...before, ...words, ...quiet], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    if (run.status === 0) return;
    if (attempt === ATTEMPTS) throw new Error(`npm ${words.join(' ')} failed in ${folder}:\n${run.stdout}${run.stderr}${run.error ?? ''}`);
  }
}

function findNode(): string {
  const packaged = join(MODULES, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  throw new Error(
    'VS Code in the browser needs Node 24 on this system. Run this again with Node 24, or install VS Code with its `code` command.',
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) installEditor(console.log);
