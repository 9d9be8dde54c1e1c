/** The files of the folder a window shows, read and changed as other programs do. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, problems } from './act.ts';
import type { Window } from './session.ts';

/** The editor begins to watch a folder some time after its window is open, and says nothing of it; what was written before is never told. */
export async function untilWatched({ page, folder }: Window): Promise<void> {
  const path = join(folder, 'watched.clinical.json');
  const row = (await problems(page)).filter({ hasText: 'watched.clinical.json' }).first();
  await eventually(async () => {
    rmSync(path, { force: true });
    writeFileSync(path, '{');
    await row.waitFor({ timeout: 3000 });
  });
  rmSync(path);
  await row.waitFor({ state: 'detached' });
}

/** Changes one place of a file on the disk. */
export function change(folder: string, file: string, from: string, to: string): void {
  const text = read(folder, file);
  assert.ok(text.includes(from), `${file} has no ${from}`);
  write(folder, file, text.replace(from, to));
}

export function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

export function write(folder: string, file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}
