/** Makes the checks one CommonJS module, as the extension host loads them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface HostResults {
  readonly ran: readonly string[];
  readonly failures: Readonly<Record<string, string>>;
}

/** Answers the path of the module. */
export async function bundleHostChecks(folder: string): Promise<string> {
  const outfile = join(folder, 'index.cjs');
  const entry = join(dirname(fileURLToPath(import.meta.url)), 'index.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', external: ['vscode'], logLevel: 'error' });
  return outfile;
}

export function readHostResults(folder: string): HostResults {
  return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as HostResults;
}
