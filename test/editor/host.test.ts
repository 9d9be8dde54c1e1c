/** Runs the checks of `host/` inside the extension host, the extension loaded from this folder as in its development. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { removeFolder, startEditor } from './editor.ts';
import { bundleHostChecks, type HostResults, readHostResults } from './host/bundle.ts';
import { checks } from './host/checks.ts';
import { installEditor } from './install.ts';
import { ROOT } from './package.ts';

const LIMIT = 150_000;

describe('inside the extension host', () => {
  let results: HostResults;
  before(async function () {
    this.timeout(LIMIT + 30_000);
    results = await runInHost();
  });

  for (const name of Object.keys(checks)) {
    it(name, () => {
      assert.ok(results.ran.includes(name), 'the check did not run');
      if (results.failures[name] !== undefined) assert.fail(results.failures[name]);
    });
  }
});

async function runInHost(): Promise<HostResults> {
  const home = mkdtempSync(join(tmpdir(), 'clinical-rules-host-'));
  const workspace = join(home, 'workspace');
  cpSync(join(ROOT, 'test', 'editor', 'workspace'), workspace, { recursive: true });
  const module = await bundleHostChecks(home);
  const editor = await startEditor(installEditor(console.log), { home, driver: true });
  const browser = await launchBrowser();
  try {
    const remote = (path: string) => `vscode-remote://127.0.0.1:${editor.port}${path}`;
    const payload: [string, string][] = [
      ['extensionDevelopmentPath', remote(ROOT)],
      ['extensionTestsPath', remote(module)],
      ['skipWelcome', 'true'],
    ];
    const page = await browser.newPage();
    const ended = new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`The checks in the extension host took longer than ${LIMIT / 1000} s.`)), LIMIT).unref();
      void page.exposeFunction('codeAutomationLog', () => undefined);
      void page.exposeFunction('codeAutomationExit', () => resolve());
    });
    await page.goto(editor.address(workspace, payload));
    await ended;
    return readHostResults(home);
  } finally {
    await browser.close();
    await editor.stop();
    removeFolder(home);
  }
}
