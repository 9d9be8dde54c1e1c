/** Where an edit leaves the meaning as it was, the analysis before is taken whole: all in it is of the new version, and told as a fresh one tells it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toldOf } from '../../server/src/analysed.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { Memory } from '../../server/src/analysis/memory.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { ruleSetFiles, whole } from '../samples/load.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { linkedOf, ruleSetOf } from '../support/rule-sets.ts';
import { type Json, smallRuleSet } from '../support/small-rule-sets.ts';
import { edited, plainTable, type RuleJson, table, withOtherWords } from './edits.ts';
import { all, plainly, strangersIn } from './plainly.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 24);
const EDITS = 16;

/** Those that do not take seconds. */
const SAMPLES = ruleSetFiles.filter(path => {
  const { size } = whole(path).ruleSet.rules;
  return size > 3 && size < 40;
});

/** How many analyses were taken whole, and how many findings were in all of them. */
interface Met {
  whole: number;
  found: number;
  stopped: number;
}

class Watched extends Memory {
  readonly #met: Met;
  text: string | undefined;
  /** So many questions more are answered before the analysis is given up. */
  left = Number.POSITIVE_INFINITY;

  constructor(met: Met) {
    super(
      () => this.left-- <= 0,
      () => this.text,
    );
    this.#met = met;
  }

  override whole<Made>(steps: number, make: () => Made, again: (last: Made, before: RuleSet) => Made): Made {
    return super.whole(steps, make, (last, before) => {
      this.#met.whole++;
      return again(last, before);
    });
  }
}

describe(`analyses taken whole (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 6000);

  it('say after edits of words what a fresh one says', () => {
    const met: Met = { whole: 0, found: 0, stopped: 0 };
    forSeeds(ROUNDS, random => {
      const json = random.chance(0.4) ? smallRuleSet(random).json : random.chance(0.5) ? table(random) : plainTable(random);
      follow(random, json, ruleSetOf, met);
    });
    if (process.env.SEED === undefined)
      assert.ok(met.whole > 4 * ROUNDS && met.found > 30 * ROUNDS && met.stopped > ROUNDS / 4, JSON.stringify(met));
  });

  it('say so of samples that use others', () => {
    const met: Met = { whole: 0, found: 0, stopped: 0 };
    forSeeds(Math.ceil(ROUNDS / 8), random => {
      const path = random.pick(SAMPLES);
      const { files } = whole(path).ruleSet;
      follow(random, JSON.parse(readFileSync(path, 'utf8')) as Json, json => linkedOf(json, path, files), met);
    });
    assert.ok(process.env.SEED !== undefined || met.whole > ROUNDS / 2, JSON.stringify(met));
  });
});

function follow(random: Random, first: Json, read: (json: Json) => RuleSet, met: Met): void {
  const memory = new Watched(met);
  const versions = [first];
  const isScarce = random.chance(0.2);
  let json = first;
  for (let i = 0; i < EDITS; i++) {
    const steps = isScarce || random.chance(0.05) ? random.pick([50, 300, 2000]) : undefined;
    if (random.chance(0.1) && !finishes(read(json), steps, memory, random.pick([1, 4, 16, 64]))) met.stopped++;
    // Half of the versions are told apart by their texts, half by what was read.
    const text = JSON.stringify(json);
    memory.text = text.length % 2 && read === ruleSetOf ? text : undefined;
    const ruleSet = read(json);
    const again = analyse(ruleSet, replayWith(ruleSet), steps, memory);
    const fresh = analyse(ruleSet, replayWith(ruleSet), steps);
    const history = () => JSON.stringify(versions.slice(-3));
    assert.deepEqual(strangersIn(again, ruleSet), [], history());
    assert.deepEqual(plainly(again), plainly(fresh), history());
    assert.deepEqual(toldOf(ruleSet, again), toldOf(ruleSet, fresh), history());
    met.found += all(again).length;
    for (let more = random.pick([1, 1, 1, 2]); more > 0; more--) json = next(random, json, versions);
    versions.push(json);
  }
}

/** As when somebody types on: whether it came to its end before that. */
function finishes(ruleSet: RuleSet, steps: number | undefined, memory: Watched, after: number): boolean {
  memory.left = after;
  memory.text = undefined;
  try {
    analyse(ruleSet, replayWith(ruleSet), steps, memory);
    return true;
  } catch (error) {
    assert.match(String(error), /wanted no more/);
    return false;
  } finally {
    memory.left = Number.POSITIVE_INFINITY;
  }
}

/** Mostly other words, now and then another meaning, or what was there before. */
function next(random: Random, json: Json, versions: readonly Json[]): Json {
  if (random.chance(0.12)) return random.pick(versions.slice(-4));
  if (random.chance(0.12)) return edited(random, json);
  if (random.chance(0.1)) return withOtherWords(random, json);
  return reworded(random, json);
}

/** Nothing that the analysis asks about, or only in which order the rules stand and which source they follow. */
function reworded(random: Random, json: Json): Json {
  const rules = (json.rules ?? []) as readonly RuleJson[];
  if (rules.length === 0) return json;
  const turn = random.pick([1, 2, 3, 4]);
  const rule = random.pick(rules);
  const withRule = (now: object) => ({ ...json, rules: rules.map(one => (one === rule ? { ...one, ...now } : one)) });
  const sources = json.sources as Readonly<Record<string, Json>> | undefined;
  const waiver = { finding: random.pick(FINDINGS), reason: 'So it is', by: 'Somebody', until: random.pick(['2020-01-01', '2999-01-01']) };
  const edits: readonly (() => Json)[] = [
    () => withRule({ title: `Turn ${turn}` }),
    () => withRule({ title: `Turn ${turn} that is told at length` }),
    () => ({ ...json, rules: rules.map((one, i) => ({ ...one, title: `Row ${i} of ${turn}` })) }),
    () => ({ ...json, title: `Version ${turn}`, version: `1.0.${turn}` }),
    () => ({
      ...json,
      sources: sources && Object.fromEntries(Object.entries(sources).map(([id, own]) => [id, { ...own, title: `${id} ${turn}` }])),
    }),
    () => ({ ...json, waivers: turn === 1 ? undefined : [waiver] }),
    () => withRule(rule.source && sources ? { source: { ...(rule.source as Json), id: random.pick(Object.keys(sources)) } } : {}),
    () => ({ ...json, rules: swapped(random, rules) }),
    () => ({ notes: [{ id: 'a-note', title: `Note ${turn}`, text: 'x'.repeat(turn) }], ...json }),
  ];
  return JSON.parse(JSON.stringify(random.pick(edits)())) as Json;
}

const FINDINGS = ['conflicting-decisions', 'redundant-rule r0', 'missing-rule'];

function swapped(random: Random, rules: readonly RuleJson[]): readonly RuleJson[] {
  const [one, other] = [random.pick(rules), random.pick(rules)];
  return rules.map(rule => (rule === one ? other : rule === other ? one : rule));
}
