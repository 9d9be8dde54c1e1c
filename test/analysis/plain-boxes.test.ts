/** Rules read straight into boxes, against the evaluator on every patient that any of their numbers tells apart, from a seed. */
import assert from 'node:assert/strict';
import { conflictingPairs } from '../../server/src/analysis/conflicts.ts';
import { plainBoxesOf } from '../../server/src/analysis/plain-boxes.ts';
import { coverOf } from '../../server/src/analysis/plain-cover.ts';
import { boxesOf, inquire } from '../../server/src/analysis/question.ts';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { replayWith } from '../../server/src/replay.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { NOON, patientOf, ruleSetOf } from '../support/rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 700);

type Json = Readonly<Record<string, unknown>>;

/** A fact with the numbers that tests of it name and the values that tell these apart, all as text: digits matter. */
interface Axis {
  readonly id: string;
  readonly fact: Json;
  readonly numbers: readonly string[];
  readonly values: readonly string[];
}

const LONG = ['0.1234567890123456789012345678901', '0.1234567890123456789012345678902'];

const AXES: readonly ((required: boolean) => Omit<Axis, 'id'>)[] = [
  required => ({
    fact: { type: 'integer', minimum: 0, maximum: 6, required },
    numbers: ['-1', '0', '2', '2.5', '3', '5', '6', '7'],
    values: ['0', '1', '2', '3', '4', '5', '6'],
  }),
  required => ({
    fact: { type: 'integer', required },
    numbers: ['3', '4', '7'],
    values: ['2', '3', '4', '5', '7', '8'],
  }),
  required => ({
    fact: { type: 'decimal', minimum: 0, required },
    numbers: ['0', '0.3', ...LONG],
    values: ['0', '0.05', ...LONG, '0.12345678901234567890123456789015', '0.2', '0.3', '0.4'],
  }),
  required => ({
    fact: { type: 'quantity', unit: 'mg', alsoIn: { g: 0.001 }, required },
    numbers: ['1', '2.50'],
    values: [
      ...['0.5', '1.0', '2', '2.5', '3'].map(number => `{"value": ${number}, "unit": "mg"}`),
      ...['0.0005', '0.001', '0.0015', '0.002', '0.0022', '0.0025', '0.003'].map(number => `{"value": ${number}, "unit": "g"}`),
    ],
  }),
  required => ({ fact: { type: 'boolean', required }, numbers: [], values: ['false', 'true'] }),
];

describe(`plain boxes (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 100);

  it('answer everybody, and meet, exactly where some patient shows that they do or do not', () => {
    const met = { plain: 0, mixed: 0, answered: 0, gaps: 0, pairs: 0, apart: 0 };
    forSeeds(ROUNDS, random => check(random, met));
    for (const [kind, count] of Object.entries(met)) assert.ok(count >= ROUNDS / 20, `too few of ${kind}: ${JSON.stringify(met)}`);
  });
});

describe(`plain boxes on axes of tens and of thousands of cells (seed ${SEED})`, function () {
  this.timeout(60_000);

  it('meet and contain each other, and conflict, exactly where their ends say so, however many facts they ask', () => {
    let conflicts = 0;
    forSeeds(12, random => {
      const width = random.pick([2, 3, 5, 8]);
      // Of few cells each is a stretch of its own.
      const step = random.pick([1, 2500]);
      const rows = random.list(300, 300, () =>
        random.list(width, width, axis => (axis === 0 || random.chance(0.7) ? stretch(random, step) : undefined)),
      );
      const isRequired = random.chance(0.5);
      const ruleSet = ruleSetOf(wideText(rows, isRequired));
      const inquiry = inquire(ruleSet, 1e7, replayWith(ruleSet));
      const boxes = boxesOf(inquiry);
      const pairs = conflictingPairs(inquiry, ruleSet.decisions.get('out')!);
      const rules = [...ruleSet.rules.values()];
      const stretches = rows.map(row => row.map(each => each ?? EVERYWHERE));
      const holds = (test: (a: Stretch, b: Stretch) => boolean, a: number, b: number) =>
        stretches[a]!.every((side, axis) => test(side, stretches[b]![axis]!));
      let count = 0;
      for (const [a, rule] of rules.entries()) {
        const meeting = rules.filter((_, b) => holds((one, other) => one[0] <= other[1] && other[0] <= one[1], a, b));
        const containing = rules.filter((_, b) => holds((one, other) => other[0] <= one[0] && one[1] <= other[1], a, b));
        assert.deepEqual(idsOf(boxes.meeting(rule, rules)), idsOf(meeting));
        // Of a fact that everybody has some value is known, which may be any.
        assert.deepEqual(idsOf(boxes.containing(rule, rules)), idsOf(isRequired ? meeting : containing));
        const against = meeting.filter(other => saidBy(other) !== saidBy(rule));
        const told = rules.filter(other => pairs.has(rule, other));
        assert.deepEqual(idsOf(told), idsOf(against));
        count += against.length;
      }
      assert.equal(pairs.count * 2, count);
      conflicts += count;
    });
    if (process.env.SEED === undefined) assert.ok(conflicts > 1000, `${conflicts} conflicts`);
  });
});

type Stretch = readonly [number, number];

const EVERYWHERE: Stretch = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function stretch(random: Random, step: number): Stretch {
  const first = Math.floor((random.pick(HUNDREDTHS) * 50_000 + random.pick(HUNDREDTHS) * 500) / step) * step;
  return [first, first + Math.floor((random.pick(HUNDREDTHS) * 20_000) / step) * step];
}

const HUNDREDTHS = Array.from({ length: 100 }, (_, i) => i / 100);

function wideText(rows: readonly (readonly (Stretch | undefined)[])[], required: boolean): object {
  const facts = Object.fromEntries(rows[0]!.map((_, axis) => [`f${axis}`, { title: `f${axis}`, type: 'decimal', required }]));
  const rules = rows.map((row, i) => {
    const all = row.flatMap((each, axis) => (each ? [{ fact: `f${axis}`, atLeast: each[0], atMost: each[1] }] : []));
    return { id: `r${i}`, title: 'R', when: { all }, then: [{ decide: 'out', as: i % 3 === 0 ? 'a' : 'b' }] };
  });
  const out = { title: 'Out', values: ['a', 'b'], resolve: 'single' };
  return { id: 'set', title: 'Set', version: '1.0.0', facts, decisions: { out }, rules };
}

function idsOf(rules: readonly { readonly id: string }[]): string[] {
  return rules.map(({ id }) => id);
}

function check(random: Random, met: Record<string, number>): void {
  const axes = random.list(1, 2, i => ({ id: `f${i}`, ...random.pick(AXES)(random.chance(0.5)) }));
  const text = textOf(axes, random);
  const ruleSet = ruleSetOf(text);
  const inquiry = inquire(ruleSet, 1e7, replayWith(ruleSet));
  const decision = ruleSet.decisions.get('out')!;
  const rules = [...ruleSet.rules.values()];
  const told = coverOf(inquiry, rules) === 'covered';
  const outcomes = patientsOf(axes, text).map(facts => outcomeFor(compile(ruleSet), facts));
  const gaps = outcomes.filter(({ decisions }) => decisions.out!.status === 'no-answer').length;
  const isPlain = !plainBoxesOf(inquiry).isPlain.includes(0) && rules.every(({ until, override }) => !until && !override);
  if (told || isPlain) assert.equal(told, gaps === 0, `${gaps} without an answer`);
  const pairs = conflictingPairs(inquiry, decision);
  const boxes = boxesOf(inquiry);
  for (const [i, one] of rules.entries())
    for (const other of rules.slice(i + 1)) {
      const together = outcomes.some(({ rules: all }) =>
        [one, other].every(({ id }) => all.some(rule => rule.id === id && rule.status === 'fired')),
      );
      const differ = saidBy(one) !== saidBy(other);
      assert.equal(pairs.has(one, other), together && differ, `${one.id} and ${other.id}`);
      if (together) assert.ok(boxes.meeting(one, [other]).length === 1, `${one.id} does not meet ${other.id}`);
      if (isPlain && boxes.isWhole(one) && boxes.isWhole(other)) assert.equal(boxes.meeting(one, [other]).length === 1, together);
      if (differ) met[together ? 'pairs' : 'apart']!++;
    }
  met[isPlain ? 'plain' : 'mixed']!++;
  met[gaps > 0 ? 'gaps' : 'answered']!++;
}

function saidBy({ then }: { then: readonly object[] }): string {
  return (then[0] as { value: { value: string } }).value.value;
}

function textOf(axes: readonly Axis[], random: Random): string {
  const facts = axes.map(({ id, fact }) => `"${id}": ${JSON.stringify({ title: id, ...fact })}`);
  const rules = random.list(1, 7, i => {
    const value = random.pick(['a', 'b']);
    const over = i > 0 && random.chance(0.06) ? `"override": { "rules": ["r${i - 1}"], "reason": "R." }, ` : '';
    // Whether something is unknown may be asked only where that loosens nothing.
    const asks = value === 'a' && over === '' && random.chance(0.15) ? random.pick(axes).id : undefined;
    const when = random.chance(0.95) ? `"when": ${conditionText(axes, random, asks)}, ` : '';
    const until = random.chance(0.06) ? `"until": ${conditionText(axes, random)}, ` : '';
    return `{ "id": "r${i}", "title": "R", ${when}${until}${over}"then": [{ "decide": "out", "as": "${value}" }] }`;
  });
  return `{ "id": "set", "title": "Set", "version": "1.0.0", "complete": true, "facts": { ${facts.join(', ')} },
    "decisions": { "out": { "title": "Out", "values": ["a", "b"], "resolve": "single", "mustDecide": true } },
    "rules": [${rules.join(', ')}] }`;
}

function conditionText(axes: readonly Axis[], random: Random, asks?: string): string {
  const axis = random.pick(axes);
  const parts = random.list(1, 3, () => (random.chance(0.15) ? conditionText(axes, random) : testText(random.pick(axes), random)));
  if (asks) return `{ "all": [${[...parts.slice(1), `{ "unknown": { "fact": "${asks}" } }`].join(', ')}] }`;
  if (random.chance(0.04)) return `{ "not": ${testText(axis, random)} }`;
  return random.chance(0.4) ? testText(axis, random) : `{ "all": [${parts.join(', ')}] }`;
}

function testText({ id, fact, numbers }: Axis, random: Random): string {
  if (fact.type === 'boolean')
    return `{ "fact": "${id}", ${random.chance(0.9) ? `"is": ${random.chance(0.5)}` : `"in": [${random.chance(0.5)}]`} }`;
  const unit = fact.unit ? `, "unit": "${fact.unit}"` : '';
  if (random.chance(0.1)) return `{ "fact": "${id}", "is": ${random.pick(numbers)}${unit} }`;
  if (random.chance(0.05)) return `{ "fact": "${id}", "in": [${random.some(numbers).join(', ')}]${unit} }`;
  if (fact.unit && random.chance(0.1)) return `{ "fact": "${id}", "atLeast": { "mg": ${random.pick(numbers)}, "g": 0.002 } }`;
  const low = random.chance(0.6) ? [`"${random.pick(['atLeast', 'above'])}": ${random.pick(numbers)}`] : [];
  const high = low.length === 0 || random.chance(0.5) ? [`"${random.pick(['atMost', 'below'])}": ${random.pick(numbers)}`] : [];
  return `{ "fact": "${id}", ${[...low, ...high].join(', ')}${unit} }`;
}

/** By fact the text of its value. A value is absent only where some rule asks for that. */
function patientsOf(axes: readonly Axis[], text: string): ReadonlyMap<string, string>[] {
  return axes.reduce<ReadonlyMap<string, string>[]>(
    (rows, { id, fact, values }) => {
      const mayBeAbsent = !fact.required && text.includes(`{ "unknown": { "fact": "${id}" } }`);
      return rows.flatMap(row => [...(mayBeAbsent ? [row] : []), ...values.map(value => new Map([...row, [id, value]]))]);
    },
    [new Map()],
  );
}

function outcomeFor(compiled: CompiledRuleSet, facts: ReadonlyMap<string, string>) {
  const text = [...facts].map(([id, value]) => `"${id}": ${value}`).join(', ');
  return evaluate(compiled, patientOf(`{ "id": "p", "title": "P", "asOf": "${NOON}", "facts": { ${text} } }`), { trace: false });
}
