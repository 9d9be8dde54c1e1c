/** From the paths on the command line to files and the workspace they lie in. */
import { existsSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Configs } from '../config-files.ts';
import { canonicalPath, filesBelow } from '../disk.ts';
import { UsageError } from './usage.ts';

export interface Scope {
  /** Absolute paths in the order given, each once. */
  readonly files: readonly string[];
  /** The folders that no file may name its way out of. */
  readonly folders: readonly string[];
  /** What the teams of these files have agreed on. */
  readonly configs: Configs;
}

/** Folders are walked, but for what a team excludes; what is named is taken. A path that leads to nothing is a mistake of the caller: a check that checks nothing must not pass. */
export function scopeOf(paths: readonly string[], cwd: string, workspace: string | undefined, suffix = ''): Scope {
  const folders =
    workspace === undefined ? [...new Set(paths.map(path => workspaceOf(resolve(cwd, path), cwd)))] : [folder(workspace, cwd)];
  const configs = new Configs(folders);
  const files = paths.flatMap(path => filesAt(path, cwd, suffix, configs));
  return { files: [...new Set(files.map(file => canonicalPath(file, folders)))], folders, configs };
}

/** As the user would write it: relative to the current folder where it lies in it, with slashes. */
export function shortName(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return (short.startsWith('..') ? file : short).split(sep).join('/');
}

/** Only a schema of this very project is named: elsewhere a file knows its form by its name. */
export function isOfProject(file: string, cwd: string): boolean {
  const path = relative(cwd, file);
  return existsSync(file) && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function filesAt(path: string, cwd: string, suffix: string, configs: Configs): readonly string[] {
  if (path === '') throw new UsageError('A path is empty: name a file or a folder, `.` for the current one.');
  const absolute = resolve(cwd, path);
  const status = statusOf(absolute);
  if (!status) throw new UsageError(`${path}: no such file or folder, or a link that leads nowhere.`);
  if (!status.isDirectory()) return [absolute];
  const files = filesBelow(absolute, found => configs.isExcluded(found)).filter(file => file.endsWith(suffix));
  if (files.length === 0)
    throw new UsageError(`${path}: this folder has no ${suffix ? `*${suffix}` : '*.clinical.json or *.patient.json'}.`);
  return files;
}

/** Undefined also for what cannot be followed: a link that leads back to itself, a folder that may not be entered. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function folder(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (!statusOf(absolute)?.isDirectory()) throw new UsageError(`--workspace ${path}: no such folder.`);
  return absolute;
}

/** The Git working tree around the path; without one the current folder, if the path lies in it; else the path's own folder. */
function workspaceOf(path: string, cwd: string): string {
  const own = statusOf(path)?.isDirectory() ? path : dirname(path);
  for (let at = own; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) break;
  }
  return own === cwd || own.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep) ? cwd : own;
}
