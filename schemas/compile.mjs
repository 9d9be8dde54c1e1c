/**
 * Compiles the schemas ahead of time, so that nothing evaluates generated code at run time. Three files come out of it:
 *
 * - `validators.generated.js`: ajv's verdict, and nothing but the verdict. Ajv's own code builds an error object and a path for every
 *   value it visits; left out, the validators are a sixth of the size and several times as fast. Where and what a mistake is
 *   `schema-walk.ts` finds in the tree, once the verdict is bad.
 * - `schemas.generated.js`: the schemas without what only people read, for that walk.
 * - `described-schemas.generated.js`: the schemas with all their words, for completion and hover; loaded with the first of these.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const require = createRequire(import.meta.url);
const KINDS = { ruleSet: 'rule-set', patient: 'patient' };
/** Settings of a team: few have them, so they have files of their own, loaded when there are some. */
const SETTINGS = { config: 'config' };
/** Parts with a validator of their own: the walk steps over those that are valid. */
const PARTS = {
  ruleSet: [
    'factItem',
    'groupItem',
    'derivedItem',
    'scoreItem',
    'thresholdItem',
    'decisionItem',
    'ruleItem',
    'precautionItem',
    'adviceItem',
    'siteItem',
  ],
  patient: ['factValue', 'score', 'record', 'expectation'],
  config: [],
};
const WORDS = ['title', 'description', 'examples', 'enumDescriptions', 'patternErrorMessage', 'errorMessage'];
/** Keywords whose value is a table from names to schemas; the names are no keywords. */
const TABLES = ['properties', '$defs', 'dependentSchemas'];
/** Keywords whose value is data. */
const DATA = ['enum', 'const', 'required', 'dependentRequired', 'type'];

export function readSchema(kind) {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`${kind}.schema.json`, import.meta.url)), 'utf8'));
}

/** The generated files by their path in the project. */
export function compileSchemas() {
  return {
    'server/src/syntax/validators.generated.js': HEADER + validators(KINDS),
    'server/src/syntax/schemas.generated.js': HEADER + schemas(KINDS),
    'server/src/syntax/config.generated.js': HEADER + schemas(SETTINGS) + validators(SETTINGS),
    'server/src/syntax/described-schemas.generated.js': HEADER + describedSchemas(),
  };
}

const HEADER = '// Generated from schemas/*.schema.json by schemas/compile.mjs. Do not edit.\n';

function schemas(kinds) {
  const lines = Object.entries(kinds).map(([name, kind]) => {
    const schema = shared(withSortsOnly(without(readSchema(kind), ['description', 'examples', 'enumDescriptions', '$schema', '$id'])));
    return `export const ${name}Schema = ${JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"')};\n`;
  });
  return lines.join('');
}

function describedSchemas() {
  const lines = Object.entries(KINDS).map(([name, kind]) => {
    const schema = withoutTop(readSchema(kind), ['$schema', '$id']);
    return `export const ${name}Described = ${JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"')};\n`;
  });
  return lines.join('');
}

function withoutTop(schema, keywords) {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}

/** Keeps the titles that say what sort of object it is; a property goes by its key, so its own title is left out. */
function withSortsOnly(schema) {
  if (Array.isArray(schema)) return schema.map(withSortsOnly);
  if (typeof schema !== 'object' || schema === null) return schema;
  const isSort = schema.properties || schema.if;
  const entries = Object.entries(schema).filter(([keyword]) => keyword !== 'title' || isSort);
  return Object.fromEntries(
    entries.map(([keyword, value]) => {
      if (DATA.includes(keyword)) return [keyword, value];
      if (!TABLES.includes(keyword)) return [keyword, withSortsOnly(value)];
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withSortsOnly(part)]))];
    }),
  );
}

function validators(kinds) {
  const restoreAjv = silenceAjv();
  try {
    return slim(ajvCode(kinds));
  } finally {
    restoreAjv();
  }
}

function ajvCode(kinds) {
  const Ajv = require('ajv').default;
  const standalone = require('ajv/dist/standalone').default;
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    strictNumbers: false,
    inlineRefs: false,
    messages: false,
    logger: false,
    unicode: false,
    validateSchema: false,
    code: { source: true, esm: true, optimize: 2 },
  });
  ajv.addKeyword(require('ajv/dist/vocabularies/validation/dependentRequired').default);
  ajv.addKeyword(require('ajv/dist/vocabularies/applicator/dependentSchemas').default);
  const exported = {};
  for (const [name, kind] of Object.entries(kinds)) {
    ajv.addSchema(shared(without(readSchema(kind), [...WORDS, '$schema', '$id'])), kind);
    exported[name] = kind;
    for (const part of PARTS[name]) {
      ajv.addSchema({ $ref: `${kind}#/$defs/${part}` }, `${kind}-${part}`);
      exported[`${name}_${part}`] = `${kind}-${part}`;
    }
  }
  return standalone(ajv, exported);
}

/**
 * Replaces, in the ajv loaded here, what makes error objects by what makes a verdict; gives what puts it back, since others in the
 * process may use ajv as it comes. Test: `schema.test.ts` holds the result against that.
 */
function silenceAjv() {
  const { _ } = require('ajv/dist/compile/codegen');
  const names = require('ajv/dist/compile/names').default;
  const errors = require('ajv/dist/compile/errors');
  const code = require('ajv/dist/vocabularies/code');
  const originals = [
    [errors, { ...errors }],
    [code, { ...code }],
  ];
  // Within `if` and `not` a mistake is counted; anywhere else it is the verdict.
  errors.reportError = ({ it, gen }) => (it.compositeRule ? gen.code(_`${names.errors}++`) : gen.return(false));
  errors.reportExtraError = errors.reportError;
  errors.resetErrorsCount = (gen, count) => gen.assign(names.errors, count);
  code.callValidateCode = ({ data }, func) => _`${func}(${data})`;
  return () => {
    for (const [module, original] of originals) Object.assign(module, original);
  };
}

/** Takes out what is left of error handling, puts the names of an object's properties into the code, and lets esbuild drop the rest. */
function slim(code) {
  const constants = new Map(
    [...code.matchAll(/const (schema\d+) = (\{.*?\});(?=const |function |export )/g)].map(([, name, json]) => [name, JSON.parse(json)]),
  );
  const lean = code
    .replaceAll(/\(data, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)/g, '(data)')
    .replaceAll(
      /vErrors = vErrors === null \? [\w.]+\.errors : vErrors\.concat\([\w.]+\.errors\);errors = vErrors\.length;/g,
      'return false;',
    )
    .replaceAll(/\w+\.errors = vErrors;/g, '')
    .replaceAll(/func\d+\.call\((schema\d+)((?:\.\w+)*)\.properties, (\w+)\)/g, (_all, schema, path, key) => {
      const holder = path
        .split('.')
        .slice(1)
        .reduce((value, step) => value[step], constants.get(schema));
      return `(${Object.keys(holder.properties)
        .map(name => `${key} === ${JSON.stringify(name)}`)
        .join(' || ')})`;
    })
    .replaceAll(/let vErrors = null;/g, '')
    .replaceAll(/const (schema\d+) = \{.*?\};(?=const |function |export )/g, '');
  for (const rest of ['vErrors', 'instancePath', '.errors', 'require(', /\bschema\d+\b/]) {
    const found = lean.match(rest instanceof RegExp ? rest : rest.replaceAll(/[.()]/g, '\\$&'));
    if (found)
      throw new Error(`compiled validators still hold ${found[0]}: ajv changed; ${lean.slice(found.index - 200, found.index + 200)}`);
  }
  return transformSync(lean, { loader: 'js', format: 'esm', minify: true, treeShaking: true, target: 'es2022' }).code;
}

/**
 * Definitions that say the same, or only point to another one, become one: each is a function in the compiled code. A `$ref` under
 * `if` is refused, since the verdict of a reference is final.
 */
function shared(schema) {
  const { $defs } = schema;
  const firstBySource = new Map();
  const canonical = name => {
    const alias = Object.keys($defs[name]).join() === '$ref' ? canonical(target($defs[name].$ref)) : name;
    const source = JSON.stringify($defs[alias]);
    if (!firstBySource.has(source)) firstBySource.set(source, alias);
    return firstBySource.get(source);
  };
  const merged = JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === 'if' && JSON.stringify(value).includes('$ref')) throw new Error('$ref under if');
    return key === '$ref' ? `#/$defs/${canonical(target(value))}` : value;
  });
  merged.$defs = Object.fromEntries(Object.entries(merged.$defs).filter(([name]) => canonical(name) === name));
  return merged;
}

function target(reference) {
  return reference.slice('#/$defs/'.length);
}

/** The schema without these keywords. */
function without(schema, keywords) {
  if (Array.isArray(schema)) return schema.map(item => without(item, keywords));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword));
  return Object.fromEntries(
    entries.map(([keyword, value]) => [
      keyword,
      TABLES.includes(keyword) ? table(value, keywords) : DATA.includes(keyword) ? value : without(value, keywords),
    ]),
  );
}

function table(schemas, keywords) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, without(schema, keywords)]));
}
