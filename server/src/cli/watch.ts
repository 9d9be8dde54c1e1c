/** Runs a command again whenever a file of ours changes, until the process is stopped. */
import { watch } from 'node:fs';
import { isOurs } from '../files.ts';
import type { Result } from './check.ts';
import { UsageError } from './usage.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 100;

/** Never resolves: whoever watches stops it. Each result is written as it is made; wrong use of the first run ends it. */
export async function watched(folders: readonly string[], run: () => Promise<Result>): Promise<Result> {
  show(await run());
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const again = () => {
    running = running.then(async () => show(await run())).catch(tellUsage);
  };
  for (const folder of folders)
    watch(folder, { recursive: true }, (_, name) => {
      if (name === null || !(isOurs(name) || name.endsWith('.csv')) || name.includes('node_modules')) return;
      clearTimeout(timer);
      timer = setTimeout(again, SETTLE_MS);
    });
  return new Promise(() => undefined);
}

function show({ output, complaint }: Result): void {
  process.stderr.write(complaint);
  process.stdout.write(`${output}\n`);
}

/** A folder emptied while it is watched is no reason to stop; a failure of ours is. */
function tellUsage(error: unknown): void {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`clinical-rules: ${error.message}\n`);
}
