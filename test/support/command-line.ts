/** Runs the built command line in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { built } from './built.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function cli(args: readonly string[], cwd = process.cwd(), env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [built('cli.cjs'), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** A folder with these files; `remove` takes it away. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'clinical-rules-cli-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, at: (name: string) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) };
}
