/** `npm run bench`: every figure of the benchmarks, with the peers measured in the same run. */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { analysis } from './analysis.ts';
import { evaluation } from './evaluation.ts';
import { features } from './features.ts';
import { report } from './measure.ts';
import { previews } from './preview.ts';
import { analysedEdits, coldStart, editing } from './servers.ts';
import { testing } from './testing.ts';
import { validation } from './validation.ts';

const SIZES = [100, 1000, 5000];
const wanted = process.argv.slice(2);
const runs = (name: string) => wanted.length === 0 || wanted.includes(name);

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, medians of paired runs`);
if (runs('size')) sizes();
if (runs('validation'))
  report('In-process validation with exact places, against vscode-json-languageservice 5.7.2', await validation(SIZES, 15));
if (runs('start')) report('Cold start, against vscode-json-languageserver 1.3.4', await coldStart(7));
if (runs('editing')) report('Edit to diagnostics over stdio, against vscode-json-languageserver 1.3.4', await editing(SIZES, 11));
if (runs('features')) report('Answers while typing, against vscode-json-languageservice 5.7.2 and our own parser', await features(21));
if (runs('evaluation')) report('Evaluation of 100,000 patients on 200 rules', await evaluation(5));
if (runs('analysis')) {
  analysis();
}
if (runs('analysis') || runs('analysed-edits'))
  report('Edit to all findings over stdio, against vscode-json-languageserver 1.3.4', await analysedEdits([100, 300, 1000], 9));
if (runs('preview')) report('The preview: processor time of the engine, against what is asked of it', previews(15));
if (runs('testing')) report('Cases with coverage, and mutants', await testing(5));
process.exit(0);

function sizes(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const said = execFileSync(process.execPath, ['esbuild.mjs'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  console.log(`\nBundles, minified (the server may load 400 KB at start)\n${said.trimEnd()}`);
}
