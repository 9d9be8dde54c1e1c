/** Small random rule sets with what they leave apart crossed: records asked for in rules of records, points from tables, numbers from scores. */
import type { Random } from './random.ts';
import type { Json, SmallRuleSet } from './small-rule-sets.ts';

type Condition = Readonly<Record<string, unknown>>;
interface WrittenRule extends Json {
  readonly of?: string;
  readonly when?: Condition | undefined;
  readonly then: readonly Json[];
}

/** The same patients; rules ask more of them. */
export function crossed(random: Random, small: SmallRuleSet): SmallRuleSet {
  const { json, groups } = small;
  const rules = json.rules as readonly WrittenRule[];
  const plain = rules.flatMap(({ of, when }) => (when && !asksUnknown(when) ? [{ of, when }] : []));
  const ofPatient = plain.filter(({ of }) => of === undefined).map(({ when }) => when);
  const tally = ofPatient.length > 0 && random.chance(0.7) ? tallyOf(random, small, ofPatient) : undefined;
  const crossedRules = rules.map((rule): WrittenRule => {
    const among = plain.filter(({ of }) => of !== undefined);
    const more: Condition[] = [];
    if (tally && random.chance(0.5)) more.push(random.pick(tally.tests)());
    if (groups.length > 0 && among.length > 0 && random.chance(0.4)) more.push(recordTest(random, random.pick(among)));
    const when = rule.when ? [rule.when, ...more] : more;
    const asked = when.length > 1 ? { when: joined(random, when, asksUnknown(rule.when)) } : when.length === 1 ? { when: when[0] } : {};
    return { ...rule, ...asked, then: random.chance(0.1) ? twice(random, rule.then) : rule.then };
  });
  const impossible = tally && random.chance(0.3) ? [{ id: 'nobody', when: random.pick(tally.tests)(), reason: 'It cannot be.' }] : [];
  return {
    ...small,
    exact: false,
    json: {
      ...json,
      rules: crossedRules,
      ...(tally && { derived: { ...(json.derived as Json), ...tally.derived }, scores: { ...(json.scores as Json), ...tally.scores } }),
      ...(impossible.length > 0 && { impossible: [...((json.impossible as readonly Json[] | undefined) ?? []), ...impossible] }),
    },
  };
}

function asksUnknown(condition: Condition | undefined): boolean {
  return JSON.stringify(condition ?? null).includes('"unknown"');
}

/** What asks for something unknown must not stand under `count`. */
function joined(random: Random, when: readonly Condition[], asks: boolean): Condition {
  if (!asks && random.chance(0.2)) return { count: when, is: 1 };
  return random.chance(0.5) ? { all: when } : { any: when };
}

function recordTest(random: Random, { of, when }: { readonly of: string | undefined; readonly when: Condition }): Condition {
  const kind = random.pick(['some', 'every', 'none', 'count']);
  return { [kind]: of, where: when, ...(kind === 'count' && random.pick<Json>([{ atLeast: 2 }, { is: 1 }, { atMost: 1 }])) };
}

/** Another value of the decision that the rule decides already. */
function twice(random: Random, then: readonly Json[]): readonly Json[] {
  const first = then.find(effect => 'decide' in effect);
  return first ? [...then, { ...first, as: random.pick(['stop', 'care', 'go']) }] : then;
}

interface Tally {
  readonly derived: Json;
  readonly scores: Json;
  readonly tests: readonly (() => Condition)[];
}

/** A table, a score with its numbers as points, a table that reads the score, and a number worked out from that. */
function tallyOf(random: Random, { json }: SmallRuleSet, conditions: readonly Condition[]): Tally {
  const numbers = random.pick([
    [0, 1, 2],
    [0, 0.5, 2],
  ]);
  const table = (whens: readonly Condition[]) => [
    ...whens.map(when => ({ when, value: random.pick(numbers) })),
    ...(random.chance(0.5) ? [{ value: random.pick(numbers) }] : []),
  ];
  const total = () => ({ score: 'tally', total: random.pick<Json>([{ atLeast: 1 }, { is: 0.5 }, { below: 2 }, { is: 2 }]) });
  const more = () => ({ fact: 'more', ...random.pick<Json>([{ atLeast: 1 }, { above: 1 }, { atLeast: 0 }, { below: 2 }]) });
  const dated = Object.entries(json.facts as Readonly<Record<string, Json>>).filter(([, { type }]) => type === 'date');
  const voided = dated.length > 0 && random.chance(0.4) && { voidedBy: [dated[0]![0]] };
  const mark = { title: 'Mark', type: numbers.includes(0.5) ? 'decimal' : 'integer', table: table(random.some(conditions)) };
  return {
    derived: {
      mark,
      again: { title: 'Again', type: 'decimal', table: table([total()]) },
      more: {
        title: 'More',
        type: 'decimal',
        [random.pick(['sum', 'quotient', 'product'])]: [{ fact: 'again' }, { fact: random.pick(['mark', 'again']) }],
      },
    },
    scores: {
      tally: {
        title: 'Tally',
        ...voided,
        components: {
          mark: { title: 'Mark', fact: 'mark' },
          one: { title: 'One', conditions: [{ when: random.pick(conditions), points: 1 }], otherwise: 0 },
        },
      },
    },
    tests: [total, total, more, () => ({ score: 'tally', anyComponent: { atLeast: 1 } })],
  };
}
