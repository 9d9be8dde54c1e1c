/** Tables of plain rules, as large rule sets mostly are: after edits of bounds and of rules the memory answers what did not change, and nothing else. */
import assert from 'node:assert/strict';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import { Memory } from '../../server/src/analysis/memory.ts';
import { replayWith } from '../../server/src/replay.ts';
import { forSeeds, type Random, randomOf, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import type { Json } from '../support/small-rule-sets.ts';
import { otherNumber, plainTable, type RuleJson } from './edits.ts';
import { plainly, strangersIn } from './plainly.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 30);
const EDITS = 16;

/** How many questions about many rules were asked, and how many of them were put anew. */
class Counting extends Memory {
  asked = 0;
  anew = 0;
  /** So many questions more are answered before the analysis is given up. */
  left = Number.POSITIVE_INFINITY;

  constructor() {
    super(() => this.left-- <= 0);
  }

  override answeredAbout<Kept>(...[rule, question, about, budget, ask]: Parameters<typeof Memory.prototype.answeredAbout<Kept>>): Kept {
    this.asked++;
    return super.answeredAbout(rule, question, about, budget, () => {
      this.anew++;
      return ask();
    });
  }
}

describe(`tables of plain rules with a memory (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 4000);

  it('are found in what they are found in afresh, in as many steps', () => {
    const met = { asked: 0, anew: 0, conflicts: 0, redundant: 0, changed: 0 };
    forSeeds(ROUNDS, random => follow(random, met));
    const isEnough = met.anew < met.asked / 2 && met.conflicts > 10 * ROUNDS && met.redundant > 10 * ROUNDS && met.changed > 4 * ROUNDS;
    assert.ok(process.env.SEED !== undefined || isEnough, JSON.stringify(met));
  });

  it('put no question again after an edit of words, nor after an analysis that was stopped', () => {
    const met = { anew: 0, less: 0 };
    forSeeds(ROUNDS, random => {
      const first = plainTable(random, 10, 24);
      const other = withOtherBound(random, first);
      if (JSON.stringify(other) === JSON.stringify(first)) return;
      const titled = { ...first, rules: (first.rules as readonly RuleJson[]).map(rule => ({ ...rule, title: `${rule.title}!` })) };
      const straight = anewIn(other, [first]);
      assert.equal(anewIn(other, [first, titled]), straight, JSON.stringify([first, other]));
      const resumed = anewIn(other, [first], random.pick([1, 2.5]) * (other.rules as readonly RuleJson[]).length);
      assert.ok(resumed <= straight, JSON.stringify([first, other]));
      met.anew += straight;
      met.less += straight - resumed;
    });
    assert.ok(process.env.SEED !== undefined || (met.anew > ROUNDS && (met.less > 0 || ROUNDS < 20)), JSON.stringify(met));
  });

  it('put all questions again where each may take another number of steps', () => {
    const memory = new Counting();
    const ruleSet = ruleSetOf(plainTable(randomOf(1), 10, 10));
    const rules = [...ruleSet.rules.values()];
    let put = 0;
    const ask = (share: number) => {
      memory.begin(ruleSet, share);
      const before = put;
      memory.answered(rules, 'question', { steps: 100 }, () => ({ kept: ++put, isSettled: true }));
      return put - before;
    };
    assert.deepEqual([ask(20), ask(20), ask(30), ask(30), ask(20)], [1, 0, 1, 0, 1]);
  });
});

/** How many questions about many rules were put in the version, after those before; `stopped`: after so many questions it was once given up. */
function anewIn(json: Json, before: readonly Json[], stopped?: number): number {
  const memory = new Counting();
  const run = (version: Json) => {
    const ruleSet = ruleSetOf(version);
    analyse(ruleSet, replayWith(ruleSet), undefined, memory);
  };
  before.forEach(run);
  if (stopped !== undefined) {
    memory.left = stopped;
    assert.throws(() => run(json), /wanted no more/);
    memory.left = Number.POSITIVE_INFINITY;
  }
  memory.anew = 0;
  run(json);
  return memory.anew;
}

function withOtherBound(random: Random, json: Json): Json {
  const rules = json.rules as readonly RuleJson[];
  const rule = random.pick(rules);
  return { ...json, rules: rules.map(one => (one === rule ? otherNumber(random, rule) : one)) };
}

function follow(random: Random, met: { asked: number; anew: number; conflicts: number; redundant: number; changed: number }): void {
  const memory = new Counting();
  let json = plainTable(random, 10, 24);
  const versions = [json];
  let last: Analysis | undefined;
  for (let i = 0; i < EDITS; i++) {
    const ruleSet = ruleSetOf(json);
    const again = analyse(ruleSet, replayWith(ruleSet), undefined, memory);
    const fresh = analyse(ruleSet, replayWith(ruleSet));
    assert.deepEqual(strangersIn(again, ruleSet), []);
    assert.deepEqual(plainly(again), plainly(fresh), JSON.stringify(versions.slice(-2)));
    met.conflicts += fresh.decisionClashes.length;
    met.redundant += fresh.redundant.length;
    if (last && idsOf(last) !== idsOf(fresh)) met.changed++;
    last = fresh;
    json = random.chance(0.1) ? random.pick(versions) : edited(random, json);
    versions.push(json);
  }
  met.asked += memory.asked;
  met.anew += memory.anew;
}

function idsOf({ redundant }: Analysis): string {
  return redundant.map(({ rule, by }) => by.idsWith(rule, 'first').join('+')).join();
}

function edited(random: Random, json: Json): Json {
  const rules = json.rules as readonly RuleJson[];
  const rule = random.pick(rules);
  const withRule = (...now: readonly object[]) => ({ ...json, rules: rules.flatMap(one => (one === rule ? now : [one])) });
  const edits: readonly (() => Json)[] = [
    ...Array.from({ length: 6 }, () => () => withRule(otherNumber(random, rule))),
    () => withRule({ ...rule, then: random.pick(rules).then }),
    () => withRule({ ...rule, when: random.pick(rules).when }),
    () => withRule(rule, { ...random.pick(rules), id: `${rule.id}x` }),
    () => (rules.length > 4 ? withRule() : json),
    () => ({ ...json, rules: random.shuffled(rules) }),
  ];
  return random.pick(edits)();
}
