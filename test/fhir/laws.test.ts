/** Laws of importing, on random bundles: what is imported was said, the newest counts, and the order of entries does not matter. */
import assert from 'node:assert/strict';
import { randomOf, SEED } from '../support/random.ts';
import {
  about,
  BONE_METASTASIS,
  BOTH,
  bundle,
  concept,
  condition,
  drug,
  LEFT,
  LOINC,
  observation,
  patient,
  quantity,
  type Resource,
  RIGHT,
  site,
  status,
} from './bundles.ts';
import { only } from './importing.ts';

/** What a random resource says, known from how it was made. */
interface Told {
  readonly resource: Resource;
  /** Of a sound resource: where it may be found in the patient, and as what. */
  readonly says?: { readonly fact: string; readonly value: string; readonly date: string | undefined };
  readonly record?: string;
}

type Random = ReturnType<typeof randomOf>;

const LABS = [
  { code: '777-3', fact: 'platelets', unit: '10*9/L', factor: 1 },
  { code: '777-3', fact: 'platelets', unit: '/mm3', factor: 1000 },
  { code: '718-7', fact: 'hemoglobin', unit: 'g/dL', factor: 0.1 },
  { code: '17861-6', fact: 'calcium', unit: 'mg/dL', factor: 0.1 },
] as const;
const SITES = [
  ['71341001', 'femur', true],
  ['85050009', 'humerus', true],
  ['55492004', 'L3', false],
  ['113197003', 'ribs', true],
  ['999', undefined, false],
] as const;

function randomDate(random: Random): string | undefined {
  const day = `2026-${random.pick(['09', '10', '11', '12'])}-${random.pick(['01', '09', '20', '22', '25'])}`;
  return random.pick([day, day, `${day}T08:00:00Z`, `${day}T23:30:00-05:00`, day.slice(0, 7), undefined]);
}

function randomLab(random: Random): Told {
  const { code, fact, unit, factor } = random.pick(LABS);
  const number = random.pick([20, 40, 62, 80, 100]);
  const value = Number((number * factor).toFixed(2));
  const date = randomDate(random);
  const state = random.pick(['final', 'final', 'final', 'amended', 'preliminary', 'entered-in-error', 'cancelled']);
  const resource = observation(code, date, quantity(value, unit), { status: state });
  const isSound = ['final', 'amended'].includes(state) && !isLater(date);
  const told = unit === '/mm3' ? { value: number, unit: '10*9/L' } : { value, unit };
  return { resource, ...(isSound ? { says: { fact, value: JSON.stringify(told), date } } : {}) };
}

function isLater(date: string | undefined): boolean {
  if (date === undefined) return false;
  if (date.length > 10) return Date.parse(date) > Date.parse('2026-11-22T12:00:00Z');
  return date > '2026-11-22'.slice(0, date.length);
}

function randomLesion(random: Random): Told[] {
  const [code, id, paired] = random.pick(SITES);
  const side = random.pick([undefined, LEFT, RIGHT, BOTH]);
  const [clinical, verified] = [
    random.pick(['active', 'active', 'resolved', 'remission', undefined]),
    random.pick(['confirmed', 'confirmed', 'refuted', 'provisional', undefined]),
  ];
  const resource = {
    ...condition(BONE_METASTASIS),
    clinicalStatus: undefined,
    verificationStatus: undefined,
    ...status(clinical, verified),
    bodySite: [site(code, side)],
  };
  const isSound = clinical === 'active' && (verified === 'confirmed' || verified === undefined);
  if (!isSound || id === undefined) return [{ resource, ...(isSound ? { record: '' } : {}) }];
  const sides = !paired || side === undefined ? [undefined] : side === BOTH ? ['left', 'right'] : [side === LEFT ? 'left' : 'right'];
  return sides.map((one, i) => ({
    resource: i === 0 ? resource : {},
    record: JSON.stringify({ site: id, ...(one === undefined ? {} : { side: one }) }),
  }));
}

function randomDrug(random: Random): Told {
  const state = random.pick(['active', 'completed', 'not-taken', 'entered-in-error', 'intended']);
  const resource = drug('MedicationStatement', {
    status: state,
    ...(random.chance(0.5) ? { medicationCodeableConcept: concept(LOINC, 'x') } : {}),
  });
  return { resource };
}

function randomBundle(random: Random): Told[] {
  const labs = random.list(0, 8, () => randomLab(random));
  const lesions = random.list(0, 4, () => randomLesion(random)).flat();
  const drugs = random.list(0, 3, () => randomDrug(random));
  return [...labs, ...lesions, ...drugs];
}

function textOf(told: readonly Told[]): string {
  return bundle([
    patient(),
    ...told
      .map(({ resource }) => resource)
      .filter(resource => 'resourceType' in resource)
      .map(one => ({ ...one, subject: about() })),
  ]);
}

describe(`an import of random bundles (seed ${SEED})`, () => {
  for (let seed = SEED; seed < SEED + 60; seed++)
    it(`knows what the bundle says and no more: ${seed}`, async () => {
      const random = randomOf(seed);
      const told = randomBundle(random);
      const { json } = await only(textOf(told));
      const said = told.flatMap(({ says }) => says ?? []);
      for (const [fact, value] of Object.entries(json.facts)) {
        if (fact === 'age' || fact === 'sex') continue;
        const possible = (value as { oneOf?: unknown[] }).oneOf ?? [value];
        for (const one of possible)
          assert.ok(
            said.some(each => each.fact === fact && each.value === JSON.stringify(one)),
            `${fact}: ${JSON.stringify(one)}`,
          );
        const days = said.filter(each => each.fact === fact && each.date !== undefined && each.date.length === 10).map(({ date }) => date!);
        const latest = days.sort().at(-1);
        for (const { value: newest } of said.filter(each => each.fact === fact && (each.date === undefined || each.date === latest)))
          if (!said.some(each => each.fact === fact && each.date !== undefined && each.date.length !== 10))
            assert.ok(
              possible.some(one => JSON.stringify(one) === newest),
              `${fact} may be ${newest}`,
            );
      }
      for (const fact of new Set(said.map(each => each.fact))) assert.ok(fact in json.facts, fact);
      const placed = new Set(told.flatMap(({ record }) => (record ? [record] : [])));
      const unplaced = told.some(({ record }) => record === '');
      const expected = placed.size ? [...placed].sort() : unplaced ? ['{}'] : [];
      assert.deepEqual(json.groups.lesions!.records.map(({ facts }) => JSON.stringify(facts)).sort(), expected);
      assert.ok(Object.values(json.groups).every(({ complete }) => !complete));
    });

  it('does not depend on the order of entries', async () => {
    for (let seed = SEED; seed < SEED + 15; seed++) {
      const random = randomOf(seed);
      const told = randomBundle(random);
      const plain = async (list: readonly Told[]) => {
        const { facts, groups } = (await only(textOf(list))).json;
        const sorted = (value: unknown): unknown => {
          const { oneOf } = value as { oneOf?: unknown[] };
          return oneOf ? oneOf.map(one => JSON.stringify(one)).sort() : value;
        };
        const records = groups.lesions!.records.map(record => JSON.stringify(record.facts)).sort();
        return [Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, sorted(value)])), records];
      };
      assert.deepEqual(await plain(random.shuffled(told)), await plain(told), `seed ${seed}`);
    }
  }).timeout(20_000);
});
