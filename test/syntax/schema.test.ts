/** The schemas as a reader meets them: complete in words, closed, told apart by key; and each mistake placed once, on its text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readSchema } from '../../schemas/compile.mjs';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema, type SchemaKind } from '../../server/src/syntax/schema.ts';
import { pick, randomlyChanged, randomlyEdited } from '../support/random-json.ts';
import { seeded } from '../support/seeded.ts';

// biome-ignore lint/suspicious/noExplicitAny: a schema is read here as the JSON it is.
type Json = any;

const SCHEMAS: Readonly<Record<SchemaKind, Json>> = { 'rule-set': readSchema('rule-set'), patient: readSchema('patient') };
const ANNOTATIONS = new Set(['title', 'description', 'examples', 'enumDescriptions', 'patternErrorMessage', 'errorMessage']);
/** Keywords that hold a table of schemas by name, whose names are no keywords. */
const TABLES = new Set(['properties', '$defs', 'dependentSchemas']);

for (const kind of ['rule-set', 'patient'] as const) {
  describe(`the ${kind} schema`, () => {
    const root = SCHEMAS[kind];
    const all = [...schemasIn(root, '#')];
    const ajv = new Ajv2020({ strict: false }).addSchema(root, 'root');
    const resolved = (schema: Json): Json =>
      schema.$ref ? { ...resolved(root.$defs[schema.$ref.slice('#/$defs/'.length)]), ...schema } : schema;

    it('has title, description and examples for every property', () => {
      const lacking = all.flatMap(({ schema, path }) =>
        Object.entries<Json>(schema.additionalProperties === false ? schema.properties : {}).flatMap(([name, part]) =>
          ['title', 'description', 'examples'].filter(word => !resolved(part)[word]?.length).map(word => `${path}/${name}: ${word}`),
        ),
      );
      assert.deepEqual(lacking, []);
    });

    it('has examples that are valid by their own schema', () => {
      let count = 0;
      for (const { schema, path } of all) {
        for (const example of schema.examples ?? []) {
          const validate = ajv.getSchema(`root${path}`)!;
          assert.ok(validate(example), `${path}: ${JSON.stringify(example)}: ${JSON.stringify(validate.errors)}`);
          count++;
        }
      }
      assert.ok(count > (kind === 'patient' ? 30 : 150), `${count}`);
    });

    it('closes every object whose properties it lists', () => {
      const open = all.filter(
        ({ schema, path }) =>
          schema.type === 'object' && schema.properties && schema.additionalProperties !== false && !path.endsWith('OfNoType'),
      );
      assert.deepEqual(
        open.map(({ path }) => path),
        [],
      );
    });

    it('tells objects apart by key: no oneOf, no anyOf, and nothing but words beside a reference', () => {
      for (const { schema, path } of all) {
        assert.ok(!('oneOf' in schema || 'anyOf' in schema), path);
        if (schema.$ref)
          assert.deepEqual(
            Object.keys(schema).filter(key => key !== '$ref' && !ANNOTATIONS.has(key)),
            [],
            path,
          );
        if (schema.pattern) assert.ok(schema.patternErrorMessage, `${path} says what its pattern looks like`);
      }
    });

    it('agrees with ajv as it comes, and with the walk, on 2,000 changed files (seed 11)', () => {
      const validate = ajv.getSchema('root')!;
      const random = seeded(11);
      const files = sampleValues(kind);
      const others = all.flatMap(({ schema }) => schema.examples ?? []).concat([[], {}, '', 'x', 0, -1, 1.5, true, null, ['x'], { x: 1 }]);
      const seen = { valid: 0, invalid: 0 };
      let value = files[0];
      for (let i = 0; i < 2000; i++) {
        value = randomlyChanged(i % 4 === 0 ? pick(files, random) : value, random, others);
        const found = checkSchema(parseDocument(JSON.stringify(value)), kind);
        const valid = validate(value);
        seen[valid ? 'valid' : 'invalid']++;
        assert.equal(found.length === 0, valid, JSON.stringify([value, found, validate.errors]));
        assert.ok(
          !found.some(({ data }) => data.expected === 'what the schema asks for'),
          `no place for ${JSON.stringify(validate.errors)}`,
        );
      }
      assert.ok(seen.valid > 100 && seen.invalid > 100, JSON.stringify(seen));
    });

    it('never fails on a damaged file, and places problems in it (1,000 edits, seed 12)', () => {
      const random = seeded(12);
      const texts = sampleValues(kind).map(value => JSON.stringify(value, null, 1));
      let text = texts[0]!;
      for (let i = 0; i < 1000; i++) {
        text = randomlyEdited(i % 10 === 0 ? pick(texts, random) : text, random);
        for (const { span } of checkSchema(parseDocument(text), kind))
          assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
      }
    });
  });
}

describe('docs/language.md', () => {
  it('shows whole sections that are valid', () => {
    const blocks = readFileSync('docs/language.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g);
    let count = 0;
    for (const [, block] of blocks) {
      const text = block!.trim();
      const kind = /"asOf"|^"cases"/.test(text) ? 'patient' : 'rule-set';
      const head = kind === 'patient' ? '"id": "p", "title": "P", "asOf": "2026-11-22T12:00:00Z", "for": []' : HEAD;
      const whole =
        kind === 'patient' && text.startsWith('{')
          ? text
          : text.startsWith('"')
            ? `{ ${head}, ${text} }`
            : `{ ${head}, "rules": [ ${text} ] }`;
      assert.deepEqual(checkSchema(parseDocument(whole), kind), [], text);
      assert.deepEqual(parseDocument(whole).problems, [], text);
      count++;
    }
    assert.ok(count >= 6);
  });
});

const HEAD = '"id": "x", "title": "X", "version": "1.0.0"';

/** Every schema within a schema, with its JSON pointer. */
function* schemasIn(schema: Json, path: string): Generator<{ schema: Json; path: string }> {
  if (typeof schema !== 'object' || schema === null) return;
  yield { schema, path };
  for (const [keyword, value] of Object.entries<Json>(schema)) {
    if (TABLES.has(keyword)) for (const [name, part] of Object.entries(value)) yield* schemasIn(part, `${path}/${keyword}/${name}`);
    if (keyword === 'allOf') for (const [i, part] of value.entries()) yield* schemasIn(part, `${path}/allOf/${i}`);
    if (['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else'].includes(keyword))
      yield* schemasIn(value, `${path}/${keyword}`);
  }
}

function sampleValues(kind: SchemaKind): unknown[] {
  const ending = kind === 'patient' ? '.patient.json' : '.clinical.json';
  const files = readdirSync('samples', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith(ending))
    .sort();
  const texts = files.map(file => readFileSync(`samples/${file}`, 'utf8')).filter(text => text.length < 20_000);
  return [...texts.map(text => JSON.parse(text)), ...SCHEMAS[kind].examples];
}
