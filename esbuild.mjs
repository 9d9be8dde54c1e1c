/** Bundles what is shipped: `node esbuild.mjs [--watch] [--out=FOLDER] [NAME…]`. Sizes are printed, since what the server loads at start is held to a limit. */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import * as esbuild from 'esbuild';

/** The server may load at most this much at start. */
const SERVER_LIMIT = 400 * 1024;

const given = argv.slice(2);
const names = given.filter(argument => !argument.startsWith('--'));
const out = given.find(argument => argument.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

/** The unit library is large and seldom needed: it stays a file of its own, loaded when a unit is met that the built-in table lacks. */
const unitsApart = {
  name: 'units-apart',
  setup: build => build.onResolve({ filter: /^@lhncbc\/ucum-lhc$/ }, () => ({ path: './units.cjs', external: true })),
};

const shared = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', metafile: true };
const node = { ...shared, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };

const bundles = {
  extension: { ...node, entryPoints: ['client/src/extension.ts'], outfile: join(out, 'extension.cjs'), external: ['vscode'] },
  server: { ...node, entryPoints: ['server/src/lsp/main.ts'], outfile: join(out, 'server.cjs'), plugins: [unitsApart] },
  cli: { ...node, entryPoints: ['server/src/cli/main.ts'], outfile: join(out, 'cli.cjs'), plugins: [unitsApart] },
  units: { ...node, stdin: { contents: "module.exports = require('@lhncbc/ucum-lhc')", resolveDir: '.' }, outfile: join(out, 'units.cjs') },
  preview: {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    entryPoints: ['client/src/preview/page.ts', 'client/src/preview/page.css'],
    outdir: join(out, 'preview'),
  },
};

const chosen = Object.entries(bundles).filter(([name]) => names.length === 0 || names.includes(name));
const written = chosen.filter(isWritten).map(([, bundle]) => bundle);
if (given.includes('--watch')) await watch();
else await buildAll();

async function buildAll() {
  const results = await Promise.all(written.map(bundle => esbuild.build(bundle)));
  const sizes = results.flatMap(({ metafile }) => Object.entries(metafile.outputs).map(([file, { bytes }]) => ({ file, bytes })));
  for (const { file, bytes } of sizes) console.log(`${file.padEnd(24)} ${(bytes / 1024).toFixed(1).padStart(8)} KB`);
  const cli = join(out, 'cli.cjs');
  if (existsSync(cli)) chmodSync(cli, 0o755);
  return sizes.every(isSmallEnough);
}

async function watch() {
  const contexts = await Promise.all(written.map(bundle => esbuild.context({ ...bundle, logLevel: 'info' })));
  await Promise.all(contexts.map(context => context.watch()));
}

function isWritten([name, { entryPoints = [] }]) {
  const missing = entryPoints.filter(entry => !existsSync(entry));
  for (const entry of missing) console.log(`${name} is not written yet: ${entry}`);
  return missing.length === 0;
}

function isSmallEnough({ file, bytes }) {
  if (!file.endsWith('server.cjs') || bytes <= SERVER_LIMIT) return true;
  console.error(`${file} has ${bytes} bytes; what the server loads at start may have ${SERVER_LIMIT}.`);
  return false;
}
