/**
 * The checks of `host/` in desktop VS Code, for machines that can download it (Linux also needs a display, such as `xvfb-run`):
 * `npm run test:electron`, after `npm run build`. `VSCODE_VERSION` names another version than the newest.
 */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { removeFolder } from './editor.ts';
import { bundleHostChecks, readHostResults } from './host/bundle.ts';

const here = dirname(fileURLToPath(import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'clinical-rules-electron-'));
const workspace = join(home, 'workspace');
cpSync(join(here, 'workspace'), workspace, { recursive: true });
try {
  await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: join(here, '..', '..'),
    extensionTestsPath: await bundleHostChecks(home),
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', join(home, 'user')],
  }).catch(problem => {
    console.error(String(problem));
    process.exitCode = 1;
  });
  const { ran, failures } = readHostResults(home);
  for (const [name, problem] of Object.entries(failures)) console.error(`${name}\n${problem}\n`);
  const failed = Object.keys(failures).length;
  console.log(`${ran.length - failed} passed, ${failed} failed, 0 skipped`);
} finally {
  removeFolder(home);
}
