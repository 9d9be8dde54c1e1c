/** An analysis that remembers the versions before finds what a fresh one finds, to the letter, after any edits. */
import assert from 'node:assert/strict';
import { toldOf } from '../../server/src/analysed.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { bitsWhere, fullBits } from '../../server/src/analysis/bits.ts';
import { any, type Formula } from '../../server/src/analysis/formula.ts';
import { Memory } from '../../server/src/analysis/memory.ts';
import { solve } from '../../server/src/analysis/solve.ts';
import { replayWith } from '../../server/src/replay.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { type Json, smallRuleSet } from '../support/small-rule-sets.ts';
import { edited, type RuleJson, table, waitingTable, withOtherWords } from './edits.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 60);
const EDITS = 20;

class Counted extends Memory {
  asked = 0;
  made = 0;
  /** Of the version that is analysed; undefined: it is not known. */
  text: string | undefined;
  /** So many questions more are answered before the analysis is given up. */
  left: number;

  constructor() {
    super(
      () => this.left-- <= 0,
      () => this.text,
    );
    this.left = Number.POSITIVE_INFINITY;
  }

  override solved(...[start, wanted, budget, solve]: Parameters<Memory['solved']>): ReturnType<Memory['solved']> {
    this.asked++;
    return super.solved(start, wanted, budget, () => {
      this.made++;
      return solve();
    });
  }
}

describe(`analysis with a memory (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 3000);

  it('finds after every edit what a fresh one finds', () => {
    const count = { asked: 0, made: 0, findings: 0 };
    forSeeds(ROUNDS, random => {
      const memory = new Counted();
      let json = random.pick([() => smallRuleSet(random).json, () => table(random), () => waitingTable(random)])();
      const versions = [json];
      for (let i = 0; i < EDITS; i++) {
        // Now and then the steps run out: then the same must be left open.
        const steps = random.chance(0.1) ? random.pick([50, 500, 2000]) : undefined;
        if (random.chance(0.1)) breakOff(json, steps, memory, random.pick([1, 5, 20]));
        const [again, fresh] = [toldWith(json, steps, memory), toldWith(json, steps, undefined)];
        assert.deepEqual(again, fresh, JSON.stringify(versions.slice(-2)));
        count.findings += [...fresh.told.findings.values()].flat().length;
        json = random.chance(0.1) ? random.pick(versions) : random.chance(0.2) ? withOtherWords(random, json) : edited(random, json);
        versions.push(json);
      }
      count.asked += memory.asked;
      count.made += memory.made;
    });
    assert.ok(count.findings > 5 * ROUNDS && count.made < count.asked * 0.6, JSON.stringify(count));
  });

  it('asks nothing anew where an edit changes no meaning', () => {
    const count = { first: 0, findings: 0 };
    forSeeds(ROUNDS, random => {
      const memory = new Counted();
      const { json } = random.chance(0.5) ? smallRuleSet(random) : { json: table(random) };
      const rules = json.rules as readonly RuleJson[];
      count.findings += [...toldWith(json, undefined, memory).told.findings.values()].flat().length;
      const { made } = memory;
      count.first += made;
      const other = {
        ...json,
        title: 'Otherwise',
        rules: rules.map(rule => ({ ...rule, title: `${rule.title} anew`, reason: 'Why not' })),
      };
      assert.deepEqual(toldWith(other, undefined, memory), toldWith(other, undefined, undefined));
      assert.equal(memory.made, made, JSON.stringify(json));
    });
    assert.ok(count.first > ROUNDS && count.findings > ROUNDS, JSON.stringify(count));
  });

  it('asks anew which rule comes first where one waits for what the others decide', () => {
    const rules = (...ids: readonly ('a' | 'b' | 'c')[]): Json => ({
      id: 'order',
      title: 'Order',
      facts: { age: { title: 'Age', type: 'integer', minimum: 0, maximum: 120 } },
      activities: { walk: { title: 'Walk' } },
      decisions: { d: { title: 'D', values: ['no', 'yes'], resolve: 'first' } },
      rules: ids.map(id => WAITING[id]),
    });
    for (const versions of [
      [rules('a', 'c', 'b'), rules('a', 'b', 'c')],
      [rules('a', 'b', 'c'), rules('a', 'c', 'b')],
    ]) {
      const memory = new Counted();
      for (const json of versions) assert.deepEqual(toldWith(json, undefined, memory), toldWith(json, undefined, undefined));
    }
    const codes = (json: Json) => [...toldWith(json, undefined, undefined).told.findings.values()].flat().map(({ code }) => code);
    assert.ok(codes(rules('a', 'b', 'c')).includes('conflicting-effects') && !codes(rules('a', 'c', 'b')).includes('conflicting-effects'));
  });

  it('remembers nothing that the last analysis did not ask for', () => {
    const memory = new Counted();
    const { json } = smallRuleSet(SMALLEST);
    const run = (rules: unknown) => {
      const before = memory.made;
      toldWith({ ...json, rules }, undefined, memory);
      return memory.made - before;
    };
    assert.ok(run(json.rules) > 0);
    assert.equal(run(json.rules), 0);
    run([]);
    run([]);
    assert.ok(run(json.rules) > 0);
  });

  it('remembers where the steps ran out, for as many steps', () => {
    const memory = new Counted();
    const sizes = [4, 4, 4];
    const ask = (steps: number) => {
      const budget = { steps, memory };
      const wanted = Array.from({ length: 64 }, (_, patient) => ({ formula: isOther(patient, sizes), truth: 2 as const }));
      const before = memory.made;
      const { kind } = solve(sizes.map(fullBits), wanted, budget);
      return { kind, left: budget.steps, made: memory.made - before };
    };
    const first = ask(10);
    assert.deepEqual([first.kind, first.made], ['stopped', 1]);
    assert.deepEqual(ask(10), { ...first, made: 0 });
    assert.equal(ask(9).made, 1);
    const whole = ask(1_000_000);
    assert.deepEqual([whole.kind, whole.made], ['none', 1]);
    assert.deepEqual(ask(10), { ...first, made: 0 });
    assert.deepEqual(ask(1_000_000), { ...whole, made: 0 });
  });
});

/** That a patient of these is not that one. */
function isOther(patient: number, sizes: readonly number[]): Formula {
  const at = (size: number, variable: number) => Math.floor(patient / size ** variable) % size;
  return any(sizes.map((size, variable) => ({ kind: 'atom', variable, cells: bitsWhere(size, cell => cell !== at(size, variable)) })));
}

const WAITING: Readonly<Record<'a' | 'b' | 'c', Json>> = {
  a: { id: 'a', title: 'A', given: { decision: 'd', in: ['yes'] }, then: [{ recommend: 'walk' }] },
  b: { id: 'b', title: 'B', when: { fact: 'age', atLeast: 65 }, then: [{ decide: 'd', as: 'yes' }, { avoid: 'walk' }] },
  c: { id: 'c', title: 'C', when: { fact: 'age', atLeast: 60 }, then: [{ decide: 'd', as: 'no' }] },
};

const SMALLEST: Random = {
  chance: () => false,
  pick: from => from[0]!,
  some: from => from.slice(0, 1),
  list: (least, _, make) => Array.from({ length: least }, (__, i) => make(i)),
  shuffled: from => [...from],
};

function toldWith(json: Json, steps: number | undefined, memory: Memory | undefined) {
  const ruleSet = ruleSetOf(json);
  // Half of the versions are told apart by their texts, half by what was read.
  if (memory instanceof Counted) memory.text = JSON.stringify(json).length % 2 ? JSON.stringify(json) : undefined;
  const analysis = analyse(ruleSet, replayWith(ruleSet), steps, memory);
  return { told: toldOf(ruleSet, analysis), steps: analysis.steps };
}

/** As when somebody types on. */
function breakOff(json: Json, steps: number | undefined, memory: Counted, after: number): void {
  memory.left = after;
  try {
    toldWith(json, steps, memory);
  } catch (error) {
    assert.match(String(error), /wanted no more/);
  }
  memory.left = Number.POSITIVE_INFINITY;
}
