/** Tables on few facts, and edits of rule sets as somebody makes them in an editor: mostly of one rule, of what it says or of its words alone. */
import type { Random } from '../support/random.ts';
import type { Json } from '../support/small-rule-sets.ts';

/** Many rules of one form, on few facts. */
export function table(random: Random, least = 6, most = 12): Json {
  const facts = ['f', 'g', 'h'];
  const band = () => {
    const low = random.pick([0, 1, 2, 3, 4, 5, 6, 7]);
    return { fact: random.pick(facts), atLeast: low, atMost: low + random.pick([0, 1, 2, 3, 4]) };
  };
  const effects = [{ decide: 'd', as: 'stop' }, { decide: 'd', as: 'go' }, { recommend: 'walk' }, { forbid: 'walk' }];
  const rules = random.list(least, most, i => ({
    id: `r${i}`,
    title: `R${i}`,
    when: { all: random.list(1, 3, band) },
    then: [random.pick(effects)],
    source: { id: random.pick(['one', 'two']) },
  }));
  const whole = { title: 'F', type: 'integer', minimum: 0, maximum: 9 };
  return {
    id: 'table',
    title: 'Table',
    version: '1.0.0',
    complete: true,
    sources: { one: { title: 'One' }, two: { title: 'Two' } },
    facts: Object.fromEntries(facts.map(id => [id, whole])),
    activities: { walk: { title: 'Walk' } },
    decisions: { d: { title: 'D', values: ['stop', 'go'], resolve: random.pick(['strictest', 'single']), mustDecide: true } },
    rules,
  };
}

/** Rules that are nothing but boxes over facts that are always known, as most large rule sets are. */
export function plainTable(random: Random, least = 6, most = 12): Json {
  const json = table(random, least, most);
  const facts = json.facts as Readonly<Record<string, Json>>;
  const rules = (json.rules as readonly RuleJson[]).map(rule => ({ ...rule, then: [{ decide: 'd', as: random.pick(['stop', 'go']) }] }));
  return { ...json, rules, facts: Object.fromEntries(Object.entries(facts).map(([id, fact]) => [id, { ...fact, required: true }])) };
}

/** Rules that decide and do something as well, some of which wait for what the others decide: which comes first may have a say. */
export function waitingTable(random: Random): Json {
  const json = table(random, 4, 7);
  const decides = () => ({ decide: 'd', as: random.pick(['stop', 'go']) });
  const does = () => random.pick([{ recommend: 'walk' }, { forbid: 'walk' }]);
  const rules = (json.rules as readonly RuleJson[]).map(rule =>
    random.chance(0.3)
      ? { ...rule, given: { decision: 'd', in: [random.pick(['stop', 'go'])] }, then: [does()] }
      : { ...rule, then: random.chance(0.5) ? [decides(), does()] : [decides()] },
  );
  const decision = { title: 'D', values: ['stop', 'go'], resolve: random.pick(['first', 'first', 'strictest', 'single', 'collect']) };
  return { ...json, rules, decisions: { d: decision } };
}

export type RuleJson = Readonly<Record<string, unknown>> & { readonly id: string };

/** One thing changed, as in an editor: mostly in one rule. */
export function edited(random: Random, json: Json): Json {
  const rules = json.rules as readonly RuleJson[];
  if (rules.length === 0) return json;
  const rule = random.pick(rules);
  const withRule = (...now: readonly RuleJson[]) => ({ ...json, rules: rules.flatMap(one => (one === rule ? now : [one])) });
  const like = rules.filter(one => one.of === rule.of && one.precaution === rule.precaution);
  const edits: readonly (() => Json)[] = [
    () => withRule(otherNumber(random, rule)),
    () => withRule(otherNumber(random, rule)),
    () => withRule({ ...rule, title: 'Another title' }),
    () => withRule({ ...rule, when: random.pick(like).when }),
    () => withRule({ ...rule, then: random.pick(like).then }),
    () => withRule(rule, { ...rule, id: `${rule.id}x` }),
    () => (rules.length > 2 ? withRule() : json),
    () => ({ ...json, rules: random.shuffled(rules) }),
    () => ({ ...json, complete: json.complete !== true }),
    () => otherNumber(random, json),
    () => withRule({ ...rule, until: random.chance(0.5) ? undefined : random.pick(like).when }),
    () => withRule({ ...rule, override: random.chance(0.5) ? undefined : { rules: [random.pick(like).id], reason: 'So it is' } }),
    () => otherVocabulary(random, json),
    () => otherVocabulary(random, json),
  ];
  return random.pick(edits)();
}

/** Something that rules name is another thing now, or is called otherwise. */
function otherVocabulary(random: Random, json: Json): Json {
  const rules = json.rules as readonly RuleJson[];
  const { when } = random.pick(rules);
  const ranges = [{ minimum: 0 }, { minimum: 1 }, { maximum: 9 }, { maximum: 6 }, { required: true }, { required: false }];
  const facts = json.facts as Record<string, Json> | undefined;
  const numbers = Object.keys(facts ?? {}).filter(id => facts![id]!.type === 'integer' || facts![id]!.type === 'decimal');
  const decisions = Object.entries((json.decisions ?? {}) as Record<string, Json>);
  const edits: readonly (() => Json)[] = [
    () => {
      if (numbers.length === 0) return json;
      const id = random.pick(numbers);
      return { ...json, facts: { ...facts, [id]: { ...facts![id], ...random.pick(ranges) } } };
    },
    () => {
      if (decisions.length === 0) return json;
      const [id, decision] = random.pick(decisions);
      const change = random.pick([{ resolve: 'strictest' }, { resolve: 'single' }, { resolve: 'first' }, { mustDecide: true }]);
      return { ...json, decisions: { ...(json.decisions as Json), [id]: { ...decision, ...change } } };
    },
    () => ({ ...json, appliesTo: random.chance(0.5) || random.pick(rules).of ? undefined : when }),
    () => ({ ...json, impossible: random.chance(0.5) || !when ? undefined : [{ id: 'not-so', when: { not: when }, reason: 'Nobody' }] }),
  ];
  return clean(random.pick(edits)());
}

/** The same meaning, told otherwise. */
export function withOtherWords(random: Random, json: Json): Json {
  const turn = random.pick([1, 2, 3]);
  const titled = (items: Json | undefined) =>
    items && Object.fromEntries(Object.entries(items).map(([id, item]) => [id, { ...(item as Json), title: `${id} ${turn}` }]));
  const section = random.pick(['facts', 'decisions', 'scores', 'groups', 'activities'].filter(name => json[name] !== undefined));
  return section === undefined ? json : { ...json, [section]: titled(json[section] as Json) };
}

function clean(json: Json): Json {
  return JSON.parse(JSON.stringify(json)) as Json;
}

export function otherNumber<T extends Json>(random: Random, json: T): T {
  const text = JSON.stringify(json);
  const bounds = [...text.matchAll(/"(?:atLeast|above|atMost|below|is)":(\d+)/g)];
  if (bounds.length === 0) return json;
  const { 0: whole, 1: number, index: at } = random.pick(bounds);
  const now = Math.max(0, Number(number) + random.pick([-1, 1]));
  return JSON.parse(`${text.slice(0, at)}${whole.replace(/\d+$/, String(now))}${text.slice(at + whole.length)}`) as T;
}
