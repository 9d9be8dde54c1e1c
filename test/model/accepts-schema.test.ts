/** The reader accepts whatever ajv accepts: in random documents that the schemas allow, nothing is unreadable and nothing is lost. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SchemaValues } from '../support/schema-values.ts';
import { EVERY_FORM, EVERY_PATIENT_FORM } from './every-form.ts';
import { seeded } from './random-json.ts';
import { effectsOf, partsOf, patientOf, ruleSetOf, unreadableIn } from './reading.ts';

const SEED = Number(process.env.SEED ?? 7);

describe(`documents the schemas allow (seed ${SEED})`, () => {
  const ruleSets = new SchemaValues(schemaOf('rule-set'), seeded(SEED));
  const patients = new SchemaValues(schemaOf('patient'), seeded(SEED + 1));

  it('allow every form', () => {
    assert.ok(ruleSets.accepts(EVERY_FORM) && patients.accepts(EVERY_PATIENT_FORM));
    assert.ok(!ruleSets.accepts({ ...EVERY_FORM, rules: [{}] }));
  });

  it('have no condition that cannot be read', () => {
    const kinds = new Set<unknown>();
    for (let i = 0; i < 400; i++) {
      const appliesTo = ruleSets.of('condition');
      const file = ruleSetOf({ appliesTo });
      assert.deepEqual(unreadableIn(file), [], JSON.stringify(appliesTo));
      for (const { part } of partsOf(file.appliesTo)) kinds.add(part.kind);
    }
    for (const kind of ['all', 'count-records', 'count-conditions', 'score-component', 'unknown', 'every', 'per-unit', 'date'])
      assert.ok(kinds.has(kind), kind);
  });

  it('have no effect that is left out', () => {
    const kinds = new Set<string>();
    for (let i = 0; i < 400; i++) {
      const effect = ruleSets.of('effect') as object;
      const read = effectsOf(effect);
      assert.equal(read.length, 1, JSON.stringify(effect));
      assertWhole(read, effect);
      kinds.add(read[0]!.kind);
    }
    assert.equal(kinds.size, 6);
  });

  for (const [key, many] of [
    ['scores', 60],
    ['derived', 60],
    ['facts', 100],
    ['groups', 50],
    ['thresholds', 200],
    ['decisions', 60],
  ] as const) {
    it(`have nothing in ${key} that is left out`, () => {
      for (let i = 0; i < many; i++) {
        const section = ruleSets.ofProperty(key) as Record<string, object>;
        const file = ruleSetOf({ [key]: section });
        assert.equal(file[key].size, Object.keys(section).length);
        assertWhole(file[key], section);
      }
    });
  }

  for (const key of ['rules', 'precautions', 'impossible'] as const) {
    it(`have nothing in ${key} that is left out`, () => {
      for (let i = 0; i < 40; i++) {
        const list = (ruleSets.ofProperty(key) as object[]).map((item, index) => ({ ...item, id: `i${index}` }));
        const file = ruleSetOf({ [key]: list });
        assert.equal((key === 'impossible' ? file.impossible : file.rules).size, list.length);
        assertWhole(key === 'impossible' ? file.impossible : file.rules, list);
      }
    });
  }

  it('have no value of a patient that is left out', () => {
    for (let i = 0; i < 400; i++) {
      const facts = patients.of('facts') as Record<string, unknown>;
      const patient = patientOf({ facts });
      assert.deepEqual([...patient.facts.keys()].sort(), Object.keys(facts).sort());
      for (const [id, value] of Object.entries(facts))
        assert.equal(patient.facts.get(id)!.values.length > 0, value !== null, JSON.stringify(value));
    }
  });
});

/** Nothing unreadable, no part without its source, no empty name, as many bounds as written. */
function assertWhole(model: unknown, source: unknown): void {
  assert.deepEqual(unreadableIn(model), [], JSON.stringify(source));
  for (const { part, path } of partsOf(model)) {
    if ('how' in part) assert.ok(part.how, `${path} of ${JSON.stringify(source)}`);
    if ('span' in part && 'value' in part) assert.notEqual(part.value, '', `${path} of ${JSON.stringify(source)}`);
  }
  assert.equal(boundsIn(model), boundsIn(source), JSON.stringify(source));
}

/** How many bounds, phases and notes there are: what a part left out would take with it. */
function boundsIn(value: unknown): number {
  return ['atLeast', 'above', 'atMost', 'below', 'during', 'note'].reduce((sum, key) => sum + countKeys(value, key), 0);
}

function countKeys(value: unknown, key: string): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof Map) return [...value.values()].reduce<number>((sum, each) => sum + countKeys(each, key), 0);
  return Object.entries(value).reduce((sum, [name, each]) => sum + (name === key && isSaid(each) ? 1 : 0) + countKeys(each, key), 0);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function schemaOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as Record<string, unknown>;
}
