/**
 * `npm test`: everything, one stage after another, and at the end one line that counts it all.
 * A stage that crashes counts as a failure. Where there is no Chromium, the tests in the real editor count as skipped;
 * with `NOTHING_SKIPPED=1` that is a failure too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, installEditor } from './editor/install.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Stage {
  readonly title: string;
  readonly run: () => Counts;
}

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };
const TESTS = ['test/**/*.test.ts', '--ignore', 'test/editor/**', '--ignore', 'test/bench/**'];
const EDITOR_TESTS = ['--config', 'test/editor/.mocharc.json', 'test/editor/*.test.ts'];

const stages: readonly Stage[] = [
  { title: 'types', run: () => program('typescript/bin/tsc', ['--noEmit']) },
  { title: 'format and lint', run: () => program('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) },
  { title: 'build', run: () => node(['esbuild.mjs']) },
  { title: 'language, engine, diagnostics, server, command line, samples', run: () => mocha(TESTS) },
  {
    title: 'types of the tests in the real editor',
    run: () => inEditor(() => program('typescript/bin/tsc', ['--noEmit', '-p', 'test/editor'])),
  },
  { title: 'real editor', run: () => inEditor(() => mocha(EDITOR_TESTS, 'spec'), editorTestCount) },
];

const all = stages.map(({ title, run }) => {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const counts = attempt(run);
  console.log(`── ${title}: ${sentence(counts)} (${Math.round((Date.now() - started) / 1000)} s)`);
  return counts;
});
const total = all.reduce((sum, { passed, failed, skipped }) => ({
  passed: sum.passed + passed,
  failed: sum.failed + failed,
  skipped: sum.skipped + skipped,
}));
const mustRunAll = process.env.NOTHING_SKIPPED === '1';
if (mustRunAll && total.skipped > 0) console.log('\nTests were skipped, and here none may be.');
process.exitCode = total.failed > 0 || total.passed === 0 || (mustRunAll && total.skipped > 0) ? 1 : 0;
console.log(`\n${sentence(total)}`);

function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function attempt(run: () => Counts): Counts {
  try {
    return run();
  } catch (problem) {
    console.error(problem);
    return FAILED;
  }
}

function program(path: string, words: readonly string[]): Counts {
  return node([join('node_modules', path), ...words]);
}

function node(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Counts {
  const { status } = spawnSync(process.execPath, words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return status === 0 ? PASSED : FAILED;
}

/**
 * The counts come from the reporter; without them, or with an exit they do not explain, the run has crashed. `--exit`, since a handle
 * that a test leaves open must not keep a build machine waiting for ever.
 */
function mocha(words: readonly string[], reporter = 'dot'): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'clinical-rules-counts-'));
  const target = join(folder, 'counts.json');
  try {
    const end = node([join('node_modules', 'mocha', 'bin', 'mocha.js'), '--exit', '--reporter', 'test/reporter.ts', ...words], {
      MOCHA_COUNTS: target,
      MOCHA_REPORTER: reporter,
    });
    if (!existsSync(target)) return FAILED;
    const counts = JSON.parse(readFileSync(target, 'utf8')) as Counts;
    return end.failed > 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a stage that needs the editor, or says loudly that it cannot. */
function inEditor(run: () => Counts, skipped: () => number = () => 1): Counts {
  if (findChromium() === undefined) {
    console.log(
      'SKIPPED: no Chromium was found, so nothing is tried in the real editor. Install one (apt-get install chromium) or name it in CHROMIUM_PATH.',
    );
    return { passed: 0, failed: 0, skipped: skipped() };
  }
  installEditor(console.log);
  return run();
}

function editorTestCount(): number {
  const { passed, failed } = mocha([...EDITOR_TESTS, '--dry-run']);
  if (failed > 0 || passed === 0) throw new Error('The tests in the real editor cannot even be listed.');
  return passed;
}
