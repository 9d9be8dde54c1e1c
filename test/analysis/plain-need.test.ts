/** Whether a rule that asks plain facts is needed: boxes say what formulas say, and what stands in for it really does. */
import assert from 'node:assert/strict';
import { bitsWhere } from '../../server/src/analysis/bits.ts';
import type { RuleBoxes } from '../../server/src/analysis/meeting-rules.ts';
import { plainNeed } from '../../server/src/analysis/plain-need.ts';
import { boxesOf, inquire } from '../../server/src/analysis/question.ts';
import { needFor } from '../../server/src/analysis/redundant.ts';
import { canFire } from '../../server/src/analysis/rules-alone.ts';
import { replayWith } from '../../server/src/replay.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import type { Json } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 150);
const STEPS = 20_000_000;

describe(`plain rules that are needed (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 2000);

  it('are those that formulas call needed, and others do what the rest of them do', () => {
    const met = { free: 0, none: 0, several: 0 };
    forSeeds(ROUNDS, random => {
      const json = table(random);
      const ruleSet = ruleSetOf(json);
      const inquiry = inquire(ruleSet, STEPS, replayWith(ruleSet));
      const boxes = boxesOf(inquiry);
      for (const rule of ruleSet.rules.values()) {
        if (canFire(inquiry, rule) !== 'some') continue;
        const need = plainNeed(inquiry, rule, boxes, inquiry.budget);
        if (!need) continue;
        met[need.kind]++;
        const slow = needFor(inquiry, rule, withoutWhole(boxes), true);
        assert.equal(slow.kind, need.kind === 'free' ? 'needed' : 'not', `${rule.id} of ${JSON.stringify(json)}`);
        if (need.kind === 'free') continue;
        const left = new Set([rule, ...need.by.first(need.by.count)].map(({ id }) => id));
        const few = ruleSetOf({ ...json, rules: (json.rules as { id: string }[]).filter(({ id }) => left.has(id)) });
        const again = inquire(few, STEPS, replayWith(few));
        const own = needFor(again, few.rules.get(rule.id)!, withoutWhole(boxesOf(again)), true);
        assert.equal(own.kind, 'not', `${rule.id} is not done by ${[...left]} of ${JSON.stringify(json)}`);
        if (need.by.count > 1) met.several++;
      }
    });
    if (process.env.SEED === undefined)
      assert.ok(met.free > ROUNDS && met.none > ROUNDS / 2 && met.several > ROUNDS / 10, JSON.stringify(met));
  });
});

/** As if nothing were known of any rule by its box alone: then formulas are asked. */
function withoutWhole(boxes: RuleBoxes): RuleBoxes {
  return { ...boxes, whole: bitsWhere(boxes.rules.length, () => false), isWhole: () => false };
}

function table(random: Random): Json {
  const facts = ['f', 'g', 'flag'];
  const ofFact = (fact: string) => {
    if (fact === 'flag') return { fact, is: random.chance(0.5) };
    const low = random.pick([0, 1, 2, 3, 4]);
    const bounds = { atLeast: low, atMost: low + random.pick([0, 1, 2, 3, 5]) };
    return random.chance(0.2) ? { fact, above: low } : random.chance(0.2) ? { fact, below: low + 1 } : { fact, ...bounds };
  };
  const values = random.pick([['stop', 'go'], ['stop', 'ask', 'go'], ['go']]);
  const rules = random.list(4, 10, i => ({
    id: `r${i}`,
    title: `R${i}`,
    when: { all: random.list(1, 3, () => ofFact(random.pick(facts))) },
    then: [{ decide: 'd', as: random.pick(values) }],
  }));
  if (random.chance(0.3))
    rules.push({ id: 'asks', title: 'Asks', when: { unknown: { fact: random.pick(facts) } }, then: rules[0]!.then } as never);
  const isKnown = random.chance(0.7);
  const number = () => ({ title: 'F', type: random.pick(['integer', 'decimal']), minimum: 0, maximum: 6, required: isKnown });
  return {
    id: 'table',
    title: 'Table',
    version: '1.0.0',
    facts: { f: number(), g: number(), flag: { title: 'Flag', type: 'boolean', required: isKnown || random.chance(0.5) } },
    decisions: { d: { title: 'D', values, resolve: random.pick(['strictest', 'single', 'collect']) } },
    rules,
  };
}
