/** The gap of a decision table, found by its boxes, against the same found by formulas: the same patient, the same region, the same steps, from a seed. */
import assert from 'node:assert/strict';
import { gapsOf } from '../../server/src/analysis/gaps.ts';
import { inquire } from '../../server/src/analysis/question.ts';
import type { Replay } from '../../server/src/analysis/witness.ts';
import { Exact } from '../../server/src/model/exact.ts';
import type { Rule, RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 400);

describe(`gaps of decision tables (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 200);

  it('are the same, to the step, whether boxes or formulas tell them', () => {
    const met = { gaps: 0, complete: 0, byBoxes: 0, wide: 0, optional: 0 };
    forSeeds(ROUNDS, random => {
      const table = random.chance(0.01) ? wideTable(random) : random.chance(0.1) ? tableOf(random, 60, 8) : tableOf(random, 12, 3);
      const [byBoxes, byFormulas] = [told(table), told({ ...table, derived: UNUSED })];
      assert.deepEqual(byBoxes.said, byFormulas.said, JSON.stringify(table));
      assert.equal(byFormulas.asked, 0);
      if (byBoxes.said.kind === 'none') met.complete++;
      else met.gaps++;
      met.byBoxes += byBoxes.asked;
      if (table.rules.length > 20) met.wide++;
      if (!Object.values(table.facts).every(({ required }) => required)) met.optional++;
    });
    for (const [kind, count] of Object.entries(met)) assert.ok(count >= ROUNDS / 20, `too few of ${kind}: ${JSON.stringify(met)}`);
  });

  it('stay untold where the evaluator does not confirm them', () => {
    const table = ruleSetOf({ ...EMPTY, facts: { n: number(true) }, rules: [ruleOf(0, [{ fact: 'n', atLeast: 1 }])] });
    const replay = replayWith(table);
    const deaf = () => ({ ...replay({ asOf: '2026-01-01T12:00:00Z', facts: { n: 5 } }), inScope: false });
    const inquiry = inquire(table, 1e6, Object.assign(deaf, { ofFew: () => deaf, instead: () => deaf }));
    assert.equal(gapsOf(inquiry, table.decisions.get('out')!)[0]!.answer.kind, 'open');
  });
});

/** Nothing reads it, but then the rule set is more than a table. */
const UNUSED = { twice: { title: 'Twice', formula: { sum: [{ fact: 'f0' }, { fact: 'f0' }] } } };

const EMPTY = {
  id: 'set',
  title: 'Set',
  version: '1.0.0',
  complete: true,
  decisions: { out: { title: 'Out', values: ['a', 'b'], resolve: 'single', mustDecide: true } },
};

function told(json: object) {
  const ruleSet: RuleSet = ruleSetOf(json);
  const whole = replayWith(ruleSet);
  let asked = 0;
  const instead: Replay['instead'] = rules => {
    asked++;
    // Each rule is ruled out by some that it says itself.
    const less = new Set(rules.flatMap(partsOf));
    for (const rule of ruleSet.rules.values())
      assert.ok(
        partsOf(rule).some(part => less.has(part)),
        rule.id,
      );
    for (const rule of rules)
      assert.ok(
        partsOf(rule).every(part => partsOf(ruleSet.rules.get(rule.id)!).includes(part)),
        rule.id,
      );
    return whole.instead(rules);
  };
  const replay: Replay = Object.assign((patient: Parameters<Replay>[0]) => whole(patient), { ofFew: whole.ofFew, instead });
  const inquiry = inquire(ruleSet, 1e7, replay);
  const { answer } = gapsOf(inquiry, ruleSet.decisions.get('out')!)[0]!;
  const { steps } = inquiry.budget;
  if (answer.kind !== 'found') return { asked, said: { ...answer, steps } };
  const region = answer.region.map(({ variable, cells }) => [variable.key, cells.map(said)]);
  const box = answer.space.variables.map(({ key, cells }, i) => [key, cells.map(said), [...answer.box[i]!]]);
  return { asked, said: { kind: answer.kind, witness: answer.witness, region, box, steps } };
}

/** The tests of a rule, written out. */
function partsOf({ when }: Rule): string[] {
  const items = when?.kind === 'all' ? when.items : when ? [when] : [];
  return items.map(item =>
    JSON.stringify(item, (key, value) => (key === 'span' ? undefined : value instanceof Exact ? String(value) : value)),
  );
}

function said(cell: object): string {
  return JSON.stringify(cell, (_, value) => (typeof value === 'object' && value !== null && 'fraction' in value ? String(value) : value));
}

/** So many rules that the steps for its region run out, on few facts with many numbers. */
function wideTable(random: Random) {
  const ids = ['f0', 'f1', 'f2', 'f3'];
  const facts = Object.fromEntries(ids.map(id => [id, { ...number(true), maximum: 240 }]));
  const band = (fact: string) => {
    const low = random.pick(NUMBERS);
    return { fact, atLeast: low, atMost: low + random.pick([1, 4, 12]) };
  };
  const rules = random.list(600, 700, i => ruleOf(i, random.shuffled(ids).slice(2).map(band)));
  return { ...EMPTY, facts, rules };
}

const NUMBERS = Array.from({ length: 80 }, (_, i) => 3 * i);

function tableOf(random: Random, most: number, width: number) {
  const isRequired = random.chance(0.7);
  const facts = Object.fromEntries(
    random.list(1, width, i => [`f${i}`, random.chance(0.2) ? truth(isRequired) : number(isRequired, random)]),
  );
  const rules = random.list(1, most, i =>
    ruleOf(
      i,
      random.list(1, width, () => testOf(random, facts)),
    ),
  );
  return { ...EMPTY, facts, rules };
}

function ruleOf(i: number, all: readonly object[]) {
  return { id: `r${i}`, title: 'R', when: { all }, then: [{ decide: 'out', as: i % 2 ? 'a' : 'b' }] };
}

interface FactJson {
  readonly title: string;
  readonly type: string;
  readonly required: boolean;
}

function truth(required: boolean): FactJson {
  return { title: 'Truth', type: 'boolean', required };
}

function number(required: boolean, random?: Random): FactJson {
  const type = random?.pick(['integer', 'integer', 'decimal']) ?? 'integer';
  const ends = random?.pick([{ minimum: 0, maximum: 12 }, { minimum: 0 }, {}]) ?? { minimum: 0 };
  return { title: 'Number', type, ...ends, required: required || random?.chance(0.5) === true };
}

function testOf(random: Random, facts: Readonly<Record<string, FactJson>>): object {
  const fact = random.pick(Object.keys(facts));
  if (facts[fact]!.type === 'boolean') return { fact, is: random.chance(0.5) };
  const low = random.pick([0, 1, 2, 3, 5, 7.5, 10, 1234.5]);
  if (random.chance(0.1)) return { fact, is: low };
  const [from, to] = [random.pick(['atLeast', 'above']), random.pick(['atMost', 'below'])];
  if (random.chance(0.3)) return { fact, [from]: low };
  if (random.chance(0.3)) return { fact, [to]: low };
  return { fact, [from]: low, [to]: low + random.pick([1, 2, 4, 6]) };
}
