/** The extension as users get it: one .vsix with the bundles and nothing else to fetch. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What is left behind to be looked at or used again: screenshots, logs, settings of `npm start`. Kept out of git. */
export const WORK = join(ROOT, 'test', 'editor', '.work');

/** Packages what was built last, and answers the path of the .vsix. */
export function packageExtension(folder: string): string {
  const vsix = join(folder, 'clinical-rules.vsix');
  const words = ['package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', vsix];
  execFileSync(process.execPath, [join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce'), ...words], { cwd: ROOT, stdio: 'pipe' });
  return vsix;
}
