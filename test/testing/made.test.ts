/** Made cases show what is claimed of them, each is needed, they expect what comes out, and what is said to be impossible nobody shows. */
import assert from 'node:assert/strict';
import { rowsOf } from '../../server/src/testing/made/file.ts';
import type { Made } from '../../server/src/testing/made/make.ts';
import { failuresOf, madeFor, patientsIn, seenOn, textOf } from '../support/made.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { patientOf, ruleSetOf } from '../support/rule-sets.ts';
import { samples } from '../support/sample-workspace.ts';

/** By place in the list of ways: whether the patients of the file show it. */
function shownBy(made: Made, patients: Parameters<typeof seenOn>[1]): readonly boolean[] {
  return seenOn(made.looking.compiled, patients).flatMap(({ ways }) => ways.map(({ state }) => state === 'seen'));
}

function assertSound(made: Made, about: string): void {
  const patients = patientsIn(textOf(made));
  const shown = shownBy(made, patients);
  for (const [place, { point, name }] of made.looking.ways.entries()) {
    const what = `${about}: ${point.kind} ${point.item?.id} ${name}`;
    const isClaimed = !made.before.has(place) && !made.impossible.has(place) && !made.notFound.has(place);
    if (isClaimed) assert.ok(shown[place], `${what} is claimed and not shown by the file`);
    if (made.impossible.has(place)) assert.ok(!shown[place], `${what} is shown, and was said to be impossible`);
  }
  for (const [i, { alone }] of made.cases.entries()) assert.ok(alone.size > 0, `${about}: nobody needs case ${i + 1}`);
  for (const patient of patients) {
    assert.deepEqual(failuresOf(made.looking.compiled.ruleSet, patient), [], about);
    assert.ok(
      patient.expected.every(({ proposed }) => proposed?.value),
      about,
    );
  }
}

describe('made cases', () => {
  it('show what is claimed, each is needed, and each expects what comes out: random rule sets', () =>
    forSeeds(10, (random, seed) => {
      const ruleSet = randomRuleSet(random, { unknown: true, appliesTo: true });
      const made = madeFor(ruleSetOf(ruleSet));
      if (!made) return;
      assertSound(made, `seed ${seed}`);
      const crowd = Array.from({ length: 60 }, () => patientOf(randomPatient(random, ruleSet.scores, random.pick([0.5, 0.9]))));
      const shown = shownBy(made, crowd);
      for (const place of made.impossible) assert.ok(!shown[place], `seed ${seed}: ${place} is shown, and was said to be impossible`);
    })).timeout(240_000);

  it('show what is claimed: samples without their patients', () => {
    const workspace = samples();
    for (const name of ['wells', 'curb-65', 'cha2ds2-vasc']) {
      const file = workspace.known().find(each => each.endsWith(`/${name}.clinical.json`))!;
      const made = madeFor(workspace.linked(file)!.ruleSet)!;
      assertSound(made, name);
      assert.equal(made.notFound.size, 0, name);
    }
  }).timeout(120_000);

  const RULES = {
    id: 'falls',
    facts: {
      age: { title: 'Age', type: 'quantity', unit: 'a', minimum: 0, maximum: 120, required: true },
      frail: { title: 'Frail', type: 'boolean', required: true },
    },
    decisions: { class: { title: 'Class?', values: ['yes', 'no'], resolve: 'strictest' } },
    rules: [
      {
        id: 'old-and-frail',
        when: {
          all: [
            { fact: 'age', atLeast: 65, unit: 'a' },
            { fact: 'frail', is: true },
          ],
        },
        then: [{ decide: 'class', as: 'yes' }],
      },
    ],
  };

  it('are as few as can be: three ages around a bound, and in one of them the other condition fails', () => {
    const made = madeFor(ruleSetOf(RULES))!;
    assertSound(made, 'falls');
    assert.equal(made.cases.length, 3);
    assert.deepEqual([...made.notFound], []);
  });

  it('are not made again: what cases show already is not lacking', () => {
    const ruleSet = ruleSetOf(RULES);
    const first = madeFor(ruleSet)!;
    const again = madeFor(ruleSet, patientsIn(textOf(first)))!;
    assert.deepEqual(again.cases, []);
    const without = madeFor(ruleSet, patientsIn(textOf(first)).slice(1))!;
    assert.equal(without.cases.length, 1);
  });

  it('are the same each time', () => {
    const text = () => textOf(madeFor(ruleSetOf(RULES))!);
    assert.equal(text(), text());
  });

  it('state only what differs, under headings with their units', () => {
    const rows = rowsOf(madeFor(ruleSetOf(RULES))!);
    for (const { differs } of rows) assert.ok(differs.size <= 2);
    const text = textOf(madeFor(ruleSetOf(RULES))!);
    assert.match(text, /"age in a": 65/);
    assert.match(text, /"expected.proposed": true/);
  });

  it('reach numbers that are worked out, just below, at and just above', () => {
    const made = madeFor(
      ruleSetOf({
        facts: {
          weight: { title: 'Weight', type: 'quantity', unit: 'kg', minimum: 1, maximum: 400 },
          height: { title: 'Height', type: 'quantity', unit: 'm', minimum: 0.3, maximum: 2.5 },
        },
        derived: {
          bmi: {
            title: 'BMI',
            type: 'quantity',
            unit: 'kg/m2',
            quotient: [
              { fact: 'weight', unit: 'kg' },
              {
                product: [
                  { fact: 'height', unit: 'm' },
                  { fact: 'height', unit: 'm' },
                ],
              },
            ],
          },
        },
        rules: [{ id: 'thin', when: { fact: 'bmi', below: 18.5, unit: 'kg/m2' }, then: [] }],
      }),
    )!;
    assertSound(made, 'bmi');
    assert.deepEqual([...made.notFound], []);
  });

  it('have lists that are not complete, and no record, where that is asked', () => {
    const ruleSet = linkedWithGroup();
    const made = madeFor(ruleSet)!;
    assertSound(made, 'groups');
    assert.deepEqual([...made.notFound], []);
    const text = textOf(made);
    assert.match(text, /"lesions\.a\.remove": true/);
    assert.match(text, /"lesions\.complete": false/);
  });
});

function linkedWithGroup() {
  const written = {
    groups: {
      lesions: { title: 'Lesion', facts: { painful: { title: 'Painful', type: 'boolean' }, large: { title: 'Large', type: 'boolean' } } },
    },
    rules: [
      { id: 'none-hurts', when: { none: 'lesions', where: { fact: 'painful', is: true } }, then: [] },
      { id: 'no-lesion', when: { none: 'lesions' }, then: [] },
      {
        id: 'hurts-and-large',
        of: 'lesions',
        when: {
          all: [
            { fact: 'painful', is: true },
            { fact: 'large', is: true },
          ],
        },
        then: [],
      },
      { id: 'ask', when: { unknown: { group: 'lesions' } }, then: [] },
    ],
  };
  return ruleSetOf(written);
}
