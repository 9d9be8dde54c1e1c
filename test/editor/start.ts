/**
 * `npm start`: builds the extension and opens `samples/`, or a folder of your own, in an editor that has it: in VS Code where the `code`
 * command is installed, else in VS Code in the browser, on this machine only.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEditor } from './editor.ts';
import { installEditor } from './install.ts';
import { packageExtension, ROOT, WORK } from './package.ts';

const SAMPLES = join(ROOT, 'samples');
const TRY = [
  'Try this:',
  '  1. Open bone-metastasis/ and one of its *.clinical.json files.',
  '  2. Press the preview button at the top right of the editor and pick a sample patient.',
  '  3. Change a number in the patient or in the rule set: the decision follows as you type.',
  '  4. Misspell a name: it is underlined at once, and the Problems view says what to do.',
];

const HELP = `Usage: npm start -- [FOLDER] [--browser] [--no-open] [--port NUMBER]

  FOLDER      opened in place of samples/
  --browser   VS Code in the browser, also where the \`code\` command is installed
  --no-open   opens no window: prints what to open
  --port      the port of the editor in the browser`;

const { values, positionals } = readArguments();
const FOLDER = positionals[0] === undefined ? SAMPLES : resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
if (values.help) stop(HELP, 0);
if (positionals.length > 1 || !statSync(FOLDER, { throwIfNoEntry: false })?.isDirectory()) stop(`${FOLDER} is no folder.\n\n${HELP}`, 2);

// Ctrl-C is how it is meant to end.
process.on('SIGINT', () => process.exit(0));
build();
if (!values.browser && hasDesktopEditor()) openDesktopEditor();
else await openBrowserEditor();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'no-open': { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return stop(`${(error as Error).message}\n\n${HELP}`, 2);
  }
}

function stop(words: string, code: number): never {
  console.log(words);
  process.exit(code);
}

function build(): void {
  console.log('Building the extension ...');
  const { status } = spawnSync(process.execPath, [join(ROOT, 'esbuild.mjs')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(1);
}

function hasDesktopEditor(): boolean {
  return spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}

function openDesktopEditor(): void {
  const words = ['--new-window', `--extensionDevelopmentPath=${ROOT}`, FOLDER];
  if (values['no-open']) console.log(['Open it with', '', `  code ${words.join(' ')}`, '', ...TRY].join('\n'));
  else {
    console.log([`VS Code opens ${FOLDER} with the extension running.`, '', ...TRY].join('\n'));
    process.exitCode = spawnSync('code', words, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;
  }
}

async function openBrowserEditor(): Promise<void> {
  const home = join(WORK, 'start');
  mkdirSync(home, { recursive: true });
  const programs = installEditor(console.log);
  console.log('Starting VS Code in the browser ...');
  const port = values.port === undefined ? {} : { port: Number(values.port) };
  const editor = await startEditor(programs, { home, vsix: packageExtension(home), ...port });
  const address = editor.address(FOLDER);
  console.log([`\nThe editor is open to this machine only, at\n\n  ${address}\n`, ...TRY, '', 'Ctrl-C ends it.'].join('\n'));
  if (!values['no-open']) openInBrowser(address);
  await editor.ended;
}

/** Where no browser can be opened, the address printed above is enough. */
function openInBrowser(address: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(program, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
