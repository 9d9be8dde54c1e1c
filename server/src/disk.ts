/** The file system as the workspace sees it: links are resolved, and nothing outside the given folders is ever opened. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

import { CONFIG_NAME, type FileProblem, type Files, isOurs, type Resolved } from './files.ts';

/** How files are named: URIs in the server, absolute paths in the command line. */
export interface Naming {
  toKey(path: string): string;
  /** Undefined for what is no file, such as a text never saved. */
  toPath(key: string): string | undefined;
}

export const PATHS: Naming = { toKey: path => path, toPath: key => key };

/** A text larger than this is refused: it is no rule set, and reading it would take the machine away. */
export const MAX_BYTES = 64 * 1024 * 1024;
/**
 * So many folders are searched for files nobody named; a workspace with more is not one of rule sets, and opening it must not block. A folder
 * that was named to be checked is searched whole.
 */
const MAX_FOLDERS = 5000;
const SKIPPED = new Set(['node_modules']);

/** Whether a path is not to be looked for. */
export type IsExcluded = (path: string) => boolean;

const NOTHING: IsExcluded = () => false;

/** `folders` are absolute paths: all of them together are the workspace. A file in none of them is alone with its own folder. */
export function diskFiles(folders: readonly string[], naming: Naming = PATHS, isExcluded: IsExcluded = NOTHING): Files {
  const roots = folders.map(folder => ({ path: resolve(folder), real: realOrSelf(resolve(folder)) }));
  return {
    read(key) {
      const path = naming.toPath(key);
      return path === undefined ? 'missing-file' : readText(path);
    },
    resolve(from, path) {
      const base = naming.toPath(from);
      if (base === undefined) return { file: undefined, problem: 'missing-file' };
      return resolvePath(rootsFor(base, roots), base, path, naming);
    },
    list: () => [...new Set(roots.flatMap(root => walk(root, naming, MAX_FOLDERS, isExcluded)))].sort(),
  };
}

/** The name under which the workspace knows a file, whatever links lead to it. */
export function canonicalPath(path: string, folders: readonly string[]): string {
  const roots = folders.map(folder => ({ path: resolve(folder), real: realOrSelf(resolve(folder)) }));
  return canonical(realOrSelf(path), roots) ?? path;
}

/** Rule sets and sample patients in a folder and those below it, sorted. */
export function filesBelow(folder: string, isExcluded: IsExcluded = NOTHING): readonly string[] {
  return walk({ path: folder, real: realOrSelf(folder) }, PATHS, Number.POSITIVE_INFINITY, isExcluded).sort();
}

/** The settings of a team in a folder itself. One that is there and cannot be read must not pass for none: its text is empty. */
export function configIn(folder: string): { readonly path: string; readonly text: string } | undefined {
  const path = join(folder, CONFIG_NAME);
  if (!existsSync(path)) return undefined;
  const read = readText(path);
  if (typeof read !== 'string') return { path, text: read.text };
  return read === 'not-a-file' ? undefined : { path, text: '' };
}

/** Whether the folder is the top of a Git working tree. */
export function isGitTop(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}

interface Root {
  readonly path: string;
  /** With all links resolved: what is really inside is decided here. */
  readonly real: string;
}

function rootsFor(base: string, roots: readonly Root[]): readonly Root[] {
  if (roots.some(root => isInside(base, root.path))) return roots;
  const folder = dirname(base);
  return [{ path: folder, real: realOrSelf(folder) }];
}

function resolvePath(roots: readonly Root[], base: string, path: string, naming: Naming): Resolved {
  if (path === '' || path.includes('\0')) return { file: undefined, problem: 'missing-file' };
  const target = resolve(dirname(base), path);
  if (isAbsolute(path) || !roots.some(root => isInside(target, root.path))) return { file: undefined, problem: 'outside-workspace' };
  const real = realOrProblem(target);
  if (typeof real !== 'string') return { file: naming.toKey(target), problem: real.problem };
  const key = canonical(real, roots);
  if (key === undefined) return { file: undefined, problem: 'outside-workspace' };
  return { file: naming.toKey(key), problem: undefined };
}

/** The path below the folder as the user spells it; undefined if it is in none of them. */
function canonical(real: string, roots: readonly Root[]): string | undefined {
  const root = roots.find(candidate => isInside(real, candidate.real));
  return root && join(root.path, relative(root.real, real));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function readText(path: string): { text: string } | FileProblem {
  try {
    const status = statSync(path);
    // Devices and pipes are no files either: reading one could wait for ever.
    if (!status.isFile()) return 'not-a-file';
    if (status.size > MAX_BYTES) return 'unreadable-file';
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return problemOf(error);
  }
}

function realOrProblem(path: string): string | { problem: FileProblem } {
  try {
    return realpathSync(path);
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function realOrSelf(path: string): string {
  const real = realOrProblem(path);
  return typeof real === 'string' ? real : path;
}

function problemOf(error: unknown): FileProblem {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? 'missing-file' : 'unreadable-file';
}

/** Links to folders are not followed, so a loop cannot hold the walk; links to files are, if they stay inside. */
function walk(root: Root, naming: Naming, mostFolders: number, isExcluded: IsExcluded): string[] {
  const found: string[] = [];
  const folders = [root.path];
  for (let i = 0; i < folders.length && i < mostFolders; i++) {
    for (const entry of entriesOf(folders[i]!)) {
      const path = join(folders[i]!, entry.name);
      if ((entry.isDirectory() || isOurs(entry.name)) && isExcluded(path)) continue;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) folders.push(path);
      if (isOurs(entry.name) && entry.isFile()) found.push(naming.toKey(path));
      if (isOurs(entry.name) && entry.isSymbolicLink()) found.push(...linkTarget(path, root).map(naming.toKey));
    }
  }
  return found;
}

function linkTarget(path: string, root: Root): string[] {
  const key = canonical(realOrSelf(path), [root]);
  return key !== undefined && isRegular(key) ? [key] : [];
}

function isRegular(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A folder that cannot be read has nothing for us. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
