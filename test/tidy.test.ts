/** Holds the house to its rules: which folder may import which, and what every file of code owes its reader. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Each folder of `server/src` and the folders it may import. Files directly in `server/src` are the workspace. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  text: [],
  syntax: ['text'],
  model: ['text', 'syntax'],
  evaluation: ['text', 'model'],
  analysis: ['text', 'model'],
  diagnostics: ['text', 'model', 'analysis'],
  importing: ['text', 'syntax', 'model'],
  features: ['text', 'syntax', 'model', 'evaluation', 'analysis', 'diagnostics'],
  workspace: ['text', 'syntax', 'model', 'evaluation', 'analysis', 'diagnostics', 'features'],
  testing: ['text', 'syntax', 'model', 'evaluation', 'analysis', 'diagnostics', 'features', 'workspace'],
  lsp: ['text', 'syntax', 'model', 'evaluation', 'analysis', 'diagnostics', 'features', 'workspace', 'testing', 'importing'],
  cli: ['text', 'syntax', 'model', 'evaluation', 'analysis', 'diagnostics', 'features', 'workspace', 'testing', 'importing'],
};
/** Files that stand between two folders: what they may import beyond the table. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'server/src/diagnostics/check.ts': ['syntax'],
  // Conditions and effects are told in the same words everywhere; those sentences rest on the model alone.
  'server/src/diagnostics/telling.ts': ['features'],
};
/** Folders whose types, and nothing else, may be named beyond the table. */
const TYPES_ALSO: Readonly<Record<string, readonly string[]>> = {
  // A rule is told of syntax and schema problems; a preview answers in the words of the protocol.
  diagnostics: ['syntax'],
  features: ['lsp', 'workspace'],
};
/** The only folders and files that know a process, the disk or the protocol. */
const PLATFORM: readonly { readonly packages: RegExp; readonly places: RegExp }[] = [
  { packages: /^vscode-languageserver/, places: /^server\/src\/lsp\// },
  { packages: /^vscode(-languageclient.*)?$/, places: /^client\/src\// },
  { packages: /^node:(fs|process|child_process|os|url|worker_threads)/, places: /^server\/src\/(cli|lsp)\/|^server\/src\/disk\.ts$/ },
];
const MOST_LINES = 400;
const GENERATED = /\.generated\.|^server\/src\/diagnostics\/(registry|analysed-rules)\.ts$/;
const SKIPPED = new Set(['node_modules', 'dist', 'out', '.git', '.work', '.vscode-test']);

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = walk('.');
const code = files.filter(file => /\.(ts|mjs)$/.test(file) && !GENERATED.test(file));
const texts = new Map(
  files.filter(file => /\.(ts|mjs|css|json|md|yml|sh)$|^\.ci\/run$/.test(file)).map(file => [file, readFileSync(file, 'utf8')]),
);
const imports = code.flatMap(importsOf);

describe('the house', () => {
  it('has files to look at', () => assert.ok(code.length > 50 && imports.length > 100));

  it('lets imports point upstream only', () => {
    const offenders = imports.filter(({ file }) => file.startsWith('server/src/')).filter(entry => !isAllowed(entry));
    assert.deepEqual(offenders.map(words), []);
  });

  it('lets the client import nothing of the server but types of the protocol', () => {
    const offenders = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('client/') &&
        !target.startsWith('client/') &&
        target.includes('/') &&
        isOurs(target) &&
        !(typeOnly && target === 'server/src/lsp/protocol.ts'),
    );
    assert.deepEqual(offenders.map(words), []);
  });

  it('keeps disk, process and protocol where they belong', () => {
    const offenders = imports.filter(({ file, target, typeOnly }) =>
      PLATFORM.some(({ packages, places }) => /^(client|server)\//.test(file) && !typeOnly && packages.test(target) && !places.test(file)),
    );
    assert.deepEqual(offenders.map(words), []);
  });

  it('lets the server and the client know nothing of tests', () => {
    assert.deepEqual(imports.filter(({ file, target }) => /^(client|server)\//.test(file) && target.startsWith('test/')).map(words), []);
  });

  it(`has no file of code above ${MOST_LINES} lines`, () => {
    assert.deepEqual(
      where(code, text => text.split('\n').length > MOST_LINES + 1),
      [],
    );
  });

  it('opens every file of code by saying what it is', () => {
    assert.deepEqual(
      where(code, text => !/^(#!.*\n)?\/\*\*\s/.test(text)),
      [],
    );
  });

  it('has no unfinished work in it', () => {
    const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b|not ${'implemented'}`);
    assert.deepEqual(
      where([...texts.keys()], text => unfinished.test(text)),
      [],
    );
  });

  it('runs every test and none alone', () => {
    const switchedOff = new RegExp(`\\b(describe|it|test|context)\\.${'(only|skip)'}\\(|\\bthis\\.${'skip'}\\(`);
    const tests = code.filter(file => file.startsWith('test/'));
    const offenders = where(tests, text => switchedOff.test(text));
    assert.deepEqual(offenders, []);
  });

  it('names no machine and no place outside itself', () => {
    const outside = new RegExp(
      `["'\`( ](/${'work'}/|/${'home'}/|/${'root'}/|/Users/|[A-Z]:\\\\\\\\Users)|${'shared'}/(design|seeds|clinical)|${'DEVELOP'}ERS\\.md`,
    );
    assert.deepEqual(
      where([...texts.keys()], text => outside.test(text)),
      [],
    );
  });

  it('has tests that read nothing outside the project', () => {
    const tests = code.filter(file => file.startsWith('test/') && file !== 'test/editor/install.ts');
    const absolute = /\b(read|exists|stat|open|copy|cp|spawn|exec|import)\w*\(\s*['"`]\/(?!proc\/)|\bhomedir\(/;
    assert.deepEqual(
      where(tests, text => absolute.test(text)),
      [],
    );
  });
});

function isAllowed({ file, target, typeOnly }: Import): boolean {
  if (!isOurs(target)) return true;
  const from = layerOf(file);
  const to = layerOf(target);
  if (from === undefined) return false;
  if (from === to || to === undefined) return from === to;
  if (MAY_IMPORT[from]!.includes(to) || ALSO[file]?.includes(to)) return true;
  return typeOnly && (TYPES_ALSO[from]?.includes(to) ?? false);
}

/** The row of the table a file belongs to; undefined outside `server/src` and in folders the table does not know. */
function layerOf(file: string): string | undefined {
  const [, first, ...rest] = /^server\/src\/([^/]+)(\/.*)?$/.exec(file) ?? [];
  if (first === undefined) return undefined;
  const layer = rest[0] === undefined ? 'workspace' : first;
  return layer in MAY_IMPORT ? layer : undefined;
}

function isOurs(target: string): boolean {
  return /^(client|server|schemas|samples|test)\//.test(target);
}

/** Imports of a file; a relative target becomes a path from the top, a package keeps its name. */
function importsOf(file: string): Import[] {
  const statements = texts
    .get(file)!
    .matchAll(/^(?:import|export)( type)?\s[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...statements].map(([, type, named, bare, loaded]) => {
    const written = (named ?? bare ?? loaded)!;
    const target = written.startsWith('.') ? normalize(join(dirname(file), written)).replaceAll('\\', '/') : written;
    return { file, target, typeOnly: type !== undefined };
  });
}

function words({ file, target, typeOnly }: Import): string {
  return `${file} imports ${typeOnly ? 'types of ' : ''}${target}`;
}

function where(among: readonly string[], isWrong: (text: string) => boolean): string[] {
  return among.filter(file => isWrong(texts.get(file)!));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name).replaceAll('\\', '/');
    return entry.isDirectory() ? walk(path) : [path];
  });
}
