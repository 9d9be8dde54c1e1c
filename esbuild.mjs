/** Bundles what is shipped: `node esbuild.mjs [--watch] [--out=FOLDER] [NAME…]`. Sizes are printed, since what the server loads at start is held to a limit. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argv, exit } from 'node:process';
import * as esbuild from 'esbuild';

/** The server may load at most this much at start. */
const SERVER_LIMIT = 400 * 1024;

const given = argv.slice(2);
const names = given.filter(argument => !argument.startsWith('--'));
const out = given.find(argument => argument.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

/** The ES module of FHIRPath holds a unit library of its own; its CommonJS asks for ours. */
const fhirPathAsCommonJs = {
  name: 'fhir-path-as-common-js',
  setup: build =>
    build.onResolve({ filter: /^fhirpath(\/.*)?$/ }, ({ path, kind, resolveDir }) =>
      kind === 'require-call' ? undefined : build.resolve(path, { kind: 'require-call', resolveDir }),
    ),
};

/** The unit library is large and seldom needed: it stays a file of its own, loaded when a unit is met that the built-in table lacks. */
const unitsApart = {
  name: 'units-apart',
  setup: build => build.onResolve({ filter: /^@lhncbc\/ucum-lhc$/ }, () => ({ path: './units.cjs', external: true })),
};

/** So is the library of FHIRPath, for rule sets that have one. */
const fhirPathApart = {
  name: 'fhir-path-apart',
  setup: build => build.onResolve({ filter: /[\\/]fhir-path-library\.ts$/ }, () => ({ path: './fhirpath.cjs', external: true })),
};

/** The server links to the page of docs and never quotes it: docs and summaries stay out of what it loads at start. */
const withoutDocs = {
  name: 'without-docs',
  setup: build =>
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/]diagnostics[\\/]rules[\\/][^\\/]*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace(/^ {2}docs: `(?:[^`\\]|\\.)*`,$/m, "  docs: '',");
      if (contents === text) throw new Error(`${path}: no docs found to leave out`);
      return { contents: contents.replace(/^ {2}summary:\s(?:'[^']*'|"[^"]*"),$/m, "  summary: '',"), loader: 'ts' };
    }),
};

/** Messages may be given up through memory shared with the client: ours shares none. */
const nothingShared = {
  name: 'nothing-shared',
  setup: build => build.onLoad({ filter: /[\\/]vscode-jsonrpc[\\/].*[\\/]sharedArrayCancellation\.js$/ }, () => ({ contents: '' })),
};

/** esbuild splits ES modules only: what is loaded later is split off as such, and every file is then written as a CommonJS module. */
const asCommonJs = {
  name: 'as-common-js',
  setup: build =>
    build.onEnd(async ({ outputFiles = [] }) => {
      mkdirSync(out, { recursive: true });
      for (const old of readdirSync(out)) if (/^server-.*\.cjs$/.test(old)) rmSync(join(out, old));
      for (const { path, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          format: 'cjs',
          charset: 'utf8',
          platform: 'node',
          target: 'node20',
          minify: true,
          legalComments: 'none',
        });
        writeFileSync(path, code);
      }
    }),
};

const shared = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', metafile: true };
// What is said has quotation marks of its own: written out they take half the room of their numbers.
const node = { ...shared, charset: 'utf8', platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };

const bundles = {
  extension: { ...node, entryPoints: ['client/src/extension.ts'], outfile: join(out, 'extension.cjs'), external: ['vscode'] },
  server: {
    ...node,
    // The analysis and the mutants run in threads of their own, from files of their own.
    entryPoints: {
      server: 'server/src/lsp/main.ts',
      analysis: 'server/src/lsp/analysis-worker.ts',
      mutants: 'server/src/lsp/mutants-worker.ts',
    },
    format: 'esm',
    splitting: true,
    write: false,
    outdir: out,
    outExtension: { '.js': '.cjs' },
    chunkNames: 'server-[name]-[hash]',
    plugins: [unitsApart, fhirPathApart, nothingShared, withoutDocs, asCommonJs],
  },
  cli: { ...node, entryPoints: ['server/src/cli/main.ts'], outfile: join(out, 'cli.cjs'), plugins: [unitsApart, fhirPathApart] },
  fhirpath: {
    ...node,
    entryPoints: ['server/src/importing/fhir-path-library.ts'],
    outfile: join(out, 'fhirpath.cjs'),
    plugins: [unitsApart, fhirPathAsCommonJs],
  },
  units: { ...node, stdin: { contents: "module.exports = require('@lhncbc/ucum-lhc')", resolveDir: '.' }, outfile: join(out, 'units.cjs') },
  preview: {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    loader: { '.svg': 'text' },
    entryPoints: ['client/src/preview/page.ts', 'client/src/preview/page.css'],
    outdir: join(out, 'preview'),
  },
  plain: {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    entryPoints: ['client/src/plain-page.ts', 'client/src/plain-page.css'],
    outdir: join(out, 'plain'),
  },
};

const chosen = Object.entries(bundles).filter(([name]) => names.length === 0 || names.includes(name));
const wanted = chosen.map(([, bundle]) => bundle);
if (given.includes('--watch')) await watch();
else exit((await buildAll()) ? 0 : 1);

async function buildAll() {
  const results = await Promise.all(wanted.map(bundle => esbuild.build(bundle)));
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  for (const [file, { bytes }] of Object.entries(outputs)) console.log(`${file.padEnd(32)} ${kilobytes(bytes)}`);
  copyLicences();
  const cli = join(out, 'cli.cjs');
  if (existsSync(cli)) chmodSync(cli, 0o755);
  return isServerSmall(outputs);
}

/** Both libraries that stay files of their own are given on under a licence that asks for its text beside them. */
function copyLicences() {
  const shipped = { fhirpath: 'fhirpath', units: '@lhncbc/ucum-lhc' };
  for (const [name, library] of Object.entries(shipped))
    if (chosen.some(([bundle]) => bundle === name)) copyFileSync(`node_modules/${library}/LICENSE.md`, join(out, `${name}.LICENSE.md`));
}

async function watch() {
  const contexts = await Promise.all(wanted.map(bundle => esbuild.context({ ...bundle, logLevel: 'info' })));
  await Promise.all(contexts.map(context => context.watch()));
}

/** The server's own file and what that imports at once; what is imported later does not count. */
function isServerSmall(outputs) {
  const start = Object.keys(outputs).find(file => basename(file) === 'server.cjs');
  if (!start) return true;
  const loaded = new Set([start]);
  for (const file of loaded)
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement' && outputs[path]) loaded.add(path);
  const bytes = [...loaded].reduce((sum, file) => sum + outputs[file].bytes, 0);
  console.log(`${'the server loads at start'.padEnd(32)} ${kilobytes(bytes)}`);
  if (bytes > SERVER_LIMIT) console.error(`That is more than the ${SERVER_LIMIT / 1024} KB allowed.`);
  return bytes <= SERVER_LIMIT;
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1).padStart(8)} KB`;
}
