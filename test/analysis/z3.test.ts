/** Another engine on larger rule sets: what holds for no patient, what for every one, and who is left without an answer, as z3 sees it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { replayWith } from '../../server/src/replay.ts';
import { type Random, randomOf, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

type Json = Readonly<Record<string, unknown>>;

const SETS = 6;
const FACTS = 9;

/** A condition's status as two terms: for certain true, for certain false. Neither is unknown. */
interface Status {
  readonly holds: string;
  readonly fails: string;
}

describe(`analysis and z3 (seed ${SEED})`, function () {
  this.timeout(120_000);

  it('give the same verdicts on larger rule sets', () => {
    const questions: { text: string; expected: 'sat' | 'unsat'; name: string }[] = [];
    for (let i = 0; i < SETS; i++) questions.push(...questionsOf(largeRuleSet(randomOf(SEED + i)), `SEED=${SEED + i}`));
    const verdicts = z3(questions.map(({ text }) => text));
    assert.equal(verdicts.length, questions.length);
    questions.forEach(({ expected, name }, i) => {
      assert.equal(verdicts[i], expected, name);
    });
    const unsat = verdicts.filter(verdict => verdict === 'unsat').length;
    assert.ok(unsat > 8 && verdicts.length - unsat > 100, `${unsat} of ${verdicts.length} are unsat`);
  });
});

function z3(texts: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [new URL('./z3-verdicts.mjs', import.meta.url).pathname], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    timeout: 100_000,
    maxBuffer: 1e8,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as string[];
}

function largeRuleSet(random: Random) {
  const facts = Object.fromEntries(
    Array.from({ length: FACTS }, (_, i): [string, Json] => {
      const json = random.pick<Json>([
        { type: 'boolean' },
        { type: 'integer', minimum: 0, maximum: 50 },
        { type: 'integer', minimum: 0, maximum: 10 },
        { type: 'code', values: ['red', 'green', 'blue', 'white'] },
      ]);
      return [`f${i}`, { title: `F${i}`, ...json }];
    }),
  );
  const test = () => leaf(random, facts);
  const table = random.list(2, 3, () => ({ when: { all: [test(), test()] }, value: random.pick(['p', 'q']) }));
  const classTest = () => ({ fact: 'class', is: random.pick(['p', 'q']) });
  const part = (): Json => (random.chance(0.1) ? classTest() : test());
  const condition = (depth: number): Json => {
    if (depth === 0) return part();
    const inner = () => random.list(2, 3, () => condition(depth - 1));
    return random.pick<() => Json>([
      () => ({ all: inner() }),
      () => ({ any: inner() }),
      () => ({ not: condition(depth - 1) }),
      () => ({ count: inner(), atLeast: 2 }),
      part,
    ])();
  };
  const bounds = () => ({ all: [part(), part(), part(), condition(1)] });
  const rules = Array.from({ length: 24 }, (_, i) => ({
    id: `r${i}`,
    title: `R${i}`,
    when: i % 3 === 0 ? condition(2) : random.chance(0.6) ? bounds() : { any: [condition(1), condition(2)] },
    ...(random.chance(0.2) && { until: condition(1) }),
    then: [{ decide: `d${i % 2}`, as: 'a' }],
    ...(i > 0 && random.chance(0.1) && { override: { rules: [`r${i - 1}`], reason: 'Because.' } }),
  }));
  const decision = { title: 'D', values: ['a', 'b'], resolve: 'strictest', mustDecide: true };
  return {
    id: 'large',
    title: 'Large',
    version: '1.0.0',
    complete: true,
    facts,
    derived: { class: { title: 'Class', type: 'code', values: ['p', 'q'], table } },
    decisions: { d0: decision, d1: decision },
    rules,
    impossible: [{ id: 'cannot', when: { all: [test(), test()] }, reason: 'It cannot be.' }],
  };
}

type Large = ReturnType<typeof largeRuleSet>;

function leaf(random: Random, facts: Readonly<Record<string, Json>>): Json {
  const fact = random.pick(Object.keys(facts));
  const { type, maximum } = facts[fact]! as { type: string; maximum?: number };
  if (type === 'boolean') return { fact, is: random.chance(0.5) };
  if (type === 'code') return { fact, in: random.some(['red', 'green', 'blue', 'white']) };
  return { fact, [random.pick(['atLeast', 'above', 'atMost', 'below'])]: random.pick([1, 2, 3, 5, 7, 9]) * (maximum === 50 ? 5 : 1) };
}

function questionsOf(large: Large, seed: string) {
  const ruleSet = ruleSetOf(large);
  const { neverHolds, alwaysHolds, gaps, notProved } = analyse(ruleSet, replayWith(ruleSet));
  // What is asked of patients partly known may stay open where the table reads a fact twice.
  assert.deepEqual(
    notProved.filter(({ kind }) => kind !== 'missing-data' && kind !== 'redundant'),
    [],
    seed,
  );
  const never = new Set(neverHolds.map(({ id }) => id));
  const always = new Set(alwaysHolds.map(({ id }) => id));
  const ask = (name: string, term: string, isThere: boolean) => ({
    name: `${seed} ${name}`,
    text: `${declarations(large)}(assert ${term})`,
    expected: isThere ? ('sat' as const) : ('unsat' as const),
  });
  const fires = (id: string) => firing(large, id);
  return [
    ...large.rules.map(({ id }) => ask(`${id} fires`, fires(id).holds, !never.has(id))),
    ...large.rules.filter(({ id }) => !never.has(id)).map(({ id }) => ask(`${id} is ruled out`, fires(id).fails, !always.has(id))),
    ...Object.keys(large.decisions).map(decision => {
      const none = large.rules.filter(({ then }) => then[0]!.decide === decision).map(({ id }) => fires(id).fails);
      return ask(
        `${decision} without answer`,
        every(none),
        gaps.some(gap => gap.decision.id === decision),
      );
    }),
  ];
}

/** The facts with their domains, and that nothing impossible is shown for certain. */
function declarations(large: Large): string {
  const lines = Object.entries(large.facts).map(([id, { type, maximum }]) => {
    if (type === 'boolean') return `(declare-const ${id} Bool)`;
    return `(declare-const ${id} Int)(assert (<= 0 ${id} ${type === 'code' ? 3 : maximum}))`;
  });
  return `${lines.join('')}(assert (not ${statusOf(large, large.impossible[0]!.when).holds}))`;
}

function firing(large: Large, id: string): Status {
  const rule = large.rules.find(one => one.id === id)!;
  const overriding = large.rules.filter(({ override }) => override?.rules.includes(id));
  return allOf([
    statusOf(large, rule.when),
    ...(rule.until ? [notOf(statusOf(large, rule.until))] : []),
    ...overriding.map(other => notOf(firing(large, other.id))),
  ]);
}

function statusOf(large: Large, condition: Json): Status {
  const items = (list: unknown) => (list as Json[]).map(item => statusOf(large, item));
  if (condition.all) return allOf(items(condition.all));
  if (condition.any) return notOf(allOf(items(condition.any).map(notOf)));
  if (condition.not) return notOf(statusOf(large, condition.not as Json));
  if (condition.count) {
    const parts = items(condition.count);
    const least = `(+ ${parts.map(({ holds }) => `(ite ${holds} 1 0)`).join(' ')})`;
    const most = `(+ ${parts.map(({ fails }) => `(ite ${fails} 0 1)`).join(' ')})`;
    return { holds: `(>= ${least} ${condition.atLeast})`, fails: `(< ${most} ${condition.atLeast})` };
  }
  if (condition.fact === 'class') return tableStatus(large, String(condition.is));
  const term = testTerm(large, condition);
  return { holds: term, fails: `(not ${term})` };
}

/** The first row that holds gives the value; without a row nothing is known. */
function tableStatus(large: Large, value: string): Status {
  return [...large.derived.class.table].reverse().reduce<Status>(
    (rest, row) => {
      const when = statusOf(large, row.when);
      const [holds, fails] = row.value === value ? ['true', 'false'] : ['false', 'true'];
      return { holds: `(ite ${when.holds} ${holds} ${rest.holds})`, fails: `(ite ${when.holds} ${fails} ${rest.fails})` };
    },
    { holds: 'false', fails: 'false' },
  );
}

const SIGNS: Readonly<Record<string, string>> = { atLeast: '>=', above: '>', atMost: '<=', below: '<' };

function testTerm({ facts }: Large, condition: Json): string {
  const { fact, is, in: list, ...bounds } = condition as { fact: string; is?: boolean; in?: string[] };
  if (facts[fact]!.type === 'boolean') return is ? fact : `(not ${fact})`;
  if (list) return `(or false ${list.map(code => `(= ${fact} ${['red', 'green', 'blue', 'white'].indexOf(code)})`).join(' ')})`;
  return every(Object.entries(bounds).map(([key, number]) => `(${SIGNS[key]} ${fact} ${number})`));
}

function allOf(items: readonly Status[]): Status {
  return { holds: every(items.map(({ holds }) => holds)), fails: `(or false ${items.map(({ fails }) => fails).join(' ')})` };
}

function notOf({ holds, fails }: Status): Status {
  return { holds: fails, fails: holds };
}

function every(terms: readonly string[]): string {
  return `(and true ${terms.join(' ')})`;
}
