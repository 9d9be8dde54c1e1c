/** Installs the peers when they are not there yet, then runs the benchmarks. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${here}peers/node_modules`))
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: `${here}peers`, stdio: 'inherit' });
const { status } = spawnSync(process.execPath, ['--import', 'tsx', `${here}run.ts`, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
