/** The readers take any tree: nothing throws, and a damaged condition is never taken for a sound one. */
import assert from 'node:assert/strict';
import { definitionText } from '../../server/src/model/definition.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import { adviceHierarchy, siteHierarchy } from '../../server/src/model/hierarchy.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { mustResolve, referencesOf, targetOf } from '../../server/src/model/names.ts';
import { EVERY_FORM, EVERY_PATIENT_FORM } from './every-form.ts';
import { anyJson, damaged, type Random, seeded } from './random-json.ts';
import { conditionOf, patientOf, ruleSetOf, textOf, unreadableIn } from './reading.ts';

const SEED = Number(process.env.SEED ?? 20261122);

describe(`damaged documents (seed ${SEED})`, () => {
  it('reads any JSON value', () => {
    const random = seeded(SEED);
    for (let i = 0; i < 800; i++) readEverything(textOf(anyJson(random, 4) ?? null));
  });

  it('reads a rule set and a patient damaged in one to three places', () => {
    const random = seeded(SEED + 1);
    for (let i = 0; i < 300; i++) readEverything(textOf(damagedTimes(EVERY_FORM, 1 + (i % 3), random)));
    for (let i = 0; i < 200; i++) readEverything(textOf(damagedTimes(EVERY_PATIENT_FORM, 1 + (i % 3), random)));
  });

  it('reads a text that ends anywhere', () => {
    for (const document of [EVERY_FORM, EVERY_PATIENT_FORM]) {
      const text = JSON.stringify(document);
      for (let end = 0; end < text.length; end += 17) readEverything(text.slice(0, end));
    }
  });

  it('reads an empty file and roots of another type', () => {
    for (const text of ['', ' ', 'null', '5', '"x"', '[]', '[{}]', 'true', '{']) readEverything(text);
  });
});

describe('a damaged condition', () => {
  const conditions = EVERY_FORM.rules.flatMap(({ when }) => (when ? (Object.values(when)[0] as object[]) : []));

  it('is unreadable wherever one of its values is null', () => {
    let tried = 0;
    for (const condition of conditions) {
      assert.deepEqual(unreadableIn(conditionOf(condition)), []);
      for (const broken of withNullAnywhere(condition)) {
        assert.equal(unreadableIn(conditionOf(broken)).length, 1, JSON.stringify(broken));
        tried++;
      }
    }
    assert.ok(tried > 50, String(tried));
  });

  it('is unreadable wherever one of its keys is misspelled', () => {
    // Units are keys too where a cut-off is given for each; those are any text.
    for (const condition of conditions) {
      for (const broken of withMisspelling(condition)) assert.equal(unreadableIn(conditionOf(broken)).length, 1, JSON.stringify(broken));
    }
  });

  it('is unreadable where it is too deep, and nothing overflows', () => {
    let text = '{ "fact": "a", "is": true }';
    for (let i = 0; i < 5000; i++) text = `{ "not": ${text} }`;
    assert.equal(unreadableIn(ruleSetOf(`{ "appliesTo": ${text} }`).appliesTo).length <= 1, true);
  });
});

function readEverything(text: string): void {
  const file = ruleSetOf(text);
  const { ruleSet } = linkRuleSet(file, () => 'missing-file');
  for (const reference of referencesOf(file)) {
    targetOf(ruleSet, reference);
    mustResolve(ruleSet, reference);
  }
  for (const { id } of ruleSet.sites.values()) siteHierarchy(ruleSet).leavesBelow(id);
  assert.ok(Array.isArray(adviceHierarchy(ruleSet).cycles));
  assert.ok(definitionText(file).length > 0);
  const patient = patientOf(text);
  extendPatient(patient, patientOf(EVERY_PATIENT_FORM));
  extendPatient(patientOf(EVERY_PATIENT_FORM), patient);
}

function damagedTimes(document: object, times: number, random: Random): unknown {
  let result: unknown = document;
  for (let i = 0; i < times; i++) result = damaged(result, random);
  return result ?? null;
}

function* withNullAnywhere(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    yield copyWith(value, key, null);
    for (const inner of withNullAnywhere(child)) yield copyWith(value, key, inner);
  }
}

function* withMisspelling(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (!Array.isArray(value))
      yield Object.fromEntries(Object.entries(value).map(([other, each]) => [other === key ? `${key}x` : other, each]));
    for (const inner of withMisspelling(child)) yield copyWith(value, key, inner);
  }
}

function copyWith(value: object, key: string, child: unknown): unknown {
  if (Array.isArray(value)) return value.with(Number(key), child);
  return { ...value, [key]: child };
}
