/** Files of a rule set, edited as in an editor: one thing at a time, of every kind that may change what is told, or where. */
import type { Random } from '../support/random.ts';
import type { Json } from '../support/small-rule-sets.ts';

/** By path what is written there. */
export type Files = Readonly<Record<string, Json>>;

type RuleJson = Json & { readonly id: string };

/** How a file is laid out is kept beside it. */
const LAYOUT = '//';

export function textsOf(files: Files): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, json]) => [file, textOf(json)]));
}

function textOf({ [LAYOUT]: layout, ...json }: Json): string {
  const { indent, lines } = (layout ?? { indent: 0, lines: 0 }) as { indent: number; lines: number };
  return `${'\n'.repeat(lines)}${JSON.stringify(json, undefined, indent)}`;
}

/** Many rules of one form on few facts, of two sources, with sites and a group: all kinds of findings are shown by some of them. */
export function tableOf(random: Random): Json {
  const facts = ['f', 'g', 'h'];
  const band = () => {
    const low = random.pick([0, 0, 1, 2, 3, 4, 5, 6, 7]);
    return { fact: random.pick(facts), atLeast: low, atMost: low + random.pick([0, 1, 2, 4, 9]) };
  };
  const [least, most] = random.chance(0.2) ? [16, 30] : [5, 12];
  const rules = random.list(least, most, i => ({
    id: `r${i}`,
    title: `R${i}`,
    when: { all: random.list(1, 2, band) },
    then: thenOf(random),
    source: { id: random.pick(['one', 'two']) },
    ...(random.chance(0.1) && { given: { decision: 'e', in: ['go'] } }),
    ...(i > 0 && random.chance(0.15) && { override: { rules: [`r${i - 1}`], reason: 'So it is' } }),
  }));
  const whole = { title: 'F', type: 'integer', minimum: 0, maximum: 9, ...(random.chance(0.5) && { required: true }) };
  const resolve = () => random.pick(['strictest', 'single', 'single', 'first']);
  return {
    ...{ id: 'table', title: 'Table', version: '1.0.0', complete: true },
    sources: { one: { title: 'One' }, two: { title: 'Two' } },
    sites: { spine: { title: 'Spine' }, l3: { title: 'L3', partOf: 'spine' } },
    activities: { walk: { title: 'Walk' } },
    facts: Object.fromEntries(facts.map(id => [id, whole])),
    groups: { lesions: { title: 'Lesion', facts: { site: { title: 'Site', type: 'code', values: 'sites' } } } },
    decisions: {
      d: { title: 'D', values: ['stop', 'go'], resolve: resolve(), mustDecide: true },
      e: {
        title: 'E',
        values: [
          { id: 'wait', title: 'Wait' },
          { id: 'go', title: 'Go' },
        ],
        resolve: resolve(),
      },
    },
    rules: rules.map(rule => (rule.then.some(effect => effect.decide === 'e') ? { ...rule, given: undefined } : rule)),
  };
}

function thenOf(random: Random): readonly Json[] {
  const [stop, go] = [
    { decide: 'd', as: 'stop' },
    { decide: 'd', as: 'go' },
  ];
  const [late, soon] = [
    { decide: 'e', as: 'wait' },
    { decide: 'e', as: 'go' },
  ];
  return random.pick<readonly Json[]>([
    [stop],
    [go],
    [soon],
    [late],
    [stop, late],
    [go, soon],
    [stop, go],
    [{ recommend: 'walk' }],
    [{ forbid: 'walk' }],
  ]);
}

/** One thing changed in one of the files. */
export function editedFiles(random: Random, files: Files, root: string): Files {
  const file = random.chance(0.5) ? root : random.pick(Object.keys(files));
  const json = files[file]!;
  const write = (own: Json) => ({ ...files, [file]: own });
  return random.chance(0.15)
    ? betweenFiles(random, files)
    : write(random.chance(0.5) ? withOtherRule(random, json) : otherwise(random, json));
}

/** A rule goes to another file, or stands in two. */
function betweenFiles(random: Random, files: Files): Files {
  const [from, to] = [random.pick(Object.keys(files)), random.pick(Object.keys(files))];
  const rules = rulesOf(files[from]!);
  if (from === to || rules.length === 0) return files;
  const rule = random.pick(rules);
  const left = random.chance(0.7) ? rules.filter(one => one !== rule) : rules;
  return { ...files, [from]: { ...files[from]!, rules: left }, [to]: { ...files[to]!, rules: [...rulesOf(files[to]!), rule] } };
}

function rulesOf({ rules }: Json): readonly RuleJson[] {
  return (rules ?? []) as readonly RuleJson[];
}

function withOtherRule(random: Random, json: Json): Json {
  const rules = rulesOf(json);
  if (rules.length === 0) return json;
  const rule = random.pick(rules);
  const other = random.pick(rules);
  const withRule = (...now: readonly RuleJson[]) => ({ ...json, rules: rules.flatMap(one => (one === rule ? now : [one])) });
  const edits: readonly (() => Json)[] = [
    () => withRule({ ...rule, title: `${rule.title} anew` }),
    () => withRule({ ...rule, title: undefined }),
    () => withRule(otherNumber(random, rule)),
    () => withRule(otherNumber(random, rule)),
    () => withRule({ ...rule, source: { id: random.pick(['one', 'two']) } }),
    () => withRule({ ...rule, reason: 'As decided here.' }),
    () => withRule({ ...rule, id: `${rule.id}x` }),
    () => withRule(rule, { ...rule, id: `${rule.id}x` }),
    () => withRule(rule, rule),
    () => (rules.length > 2 ? withRule() : json),
    () => ({ ...json, rules: random.shuffled(rules) }),
    () => ({ ...json, rules: rules.map(one => (one === rule ? { ...other, id: rule.id } : one)) }),
    () => ({
      ...json,
      rules: rules.map(one => (one === rule ? { ...other, id: rule.id } : one === other ? { ...rule, id: other.id } : one)),
    }),
    () => withRule({ ...rule, override: random.chance(0.5) ? undefined : { rules: [other.id], reason: 'So it is' } }),
  ];
  return random.pick(edits)();
}

/** Something else is called or laid out otherwise, or is otherwise. */
function otherwise(random: Random, json: Json): Json {
  const edits: readonly (() => Json)[] = [
    () => retitled(random, json),
    () => retitled(random, json),
    () => retitled(random, json),
    () => ({ ...json, [LAYOUT]: { indent: random.pick([0, 2, 4]), lines: random.pick([0, 1, 7]) } }),
    () => ({ ...json, id: `${json.id}x` }),
    () => ({ ...json, title: random.chance(0.7) ? undefined : 'A title' }),
    () => ({ ...json, complete: json.complete !== true }),
    () => ({ ...json, waivers: [{ finding: 'redundant-rule:r0,r1', reason: 'Known', by: 'A reviewer', until: '2030-01-01' }] }),
    () => ({ ...json, notes: [{ id: 'why', text: 'Because' }] }),
    () => otherNumber(random, json),
    () => otherDecision(random, json),
    () => Object.fromEntries(random.shuffled(Object.entries(json))),
  ];
  return random.pick(edits)();
}

/** Of anything that has a title: the rule set, a source, a site, a fact, a group, a score, a decision, a value. */
function retitled(random: Random, json: Json): Json {
  const { rules, ...rest } = json;
  const text = JSON.stringify(rest);
  const titles = [...text.matchAll(/"title":"/g)];
  if (titles.length === 0) return json;
  const { 0: key, index } = random.pick(titles);
  const other = JSON.parse(`${text.slice(0, index)}${key}${random.pick(['New ', 'Other '])}${text.slice(index + key.length)}`) as Json;
  return rules === undefined ? other : { ...other, rules };
}

function otherDecision(random: Random, json: Json): Json {
  const decisions = Object.entries((json.decisions ?? {}) as Record<string, Json>);
  if (decisions.length === 0) return json;
  const [id, decision] = random.pick(decisions);
  const values = Array.isArray(decision.values) ? random.shuffled(decision.values as readonly unknown[]) : undefined;
  const change = random.pick([{ resolve: 'strictest' }, { resolve: 'single' }, { resolve: 'first' }, ...(values ? [{ values }] : [])]);
  return { ...json, decisions: { ...(json.decisions as Json), [id]: { ...decision, ...change } } };
}

function otherNumber<T extends Json>(random: Random, json: T): T {
  const text = JSON.stringify(json);
  const bounds = [...text.matchAll(/"(?:atLeast|above|atMost|below|is|minimum|maximum)":(\d+)/g)];
  if (bounds.length === 0) return json;
  const { 0: all, 1: number, index } = random.pick(bounds);
  const now = Math.max(0, Number(number) + random.pick([-1, 1]));
  return JSON.parse(`${text.slice(0, index)}${all.replace(/\d+$/, String(now))}${text.slice(index + all.length)}`) as T;
}
