/** What is shipped, built once a test run into a folder of its own, so that tests run what users run. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const FOLDER = resolve('out/test-build');
let isBuilt = false;

/** The path of a bundle: `server.cjs`, `cli.cjs`. */
export function built(name: string): string {
  if (!isBuilt)
    execFileSync(process.execPath, ['esbuild.mjs', `--out=${FOLDER}`, 'server', 'cli', 'units', 'fhirpath'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  isBuilt = true;
  return resolve(FOLDER, name);
}
