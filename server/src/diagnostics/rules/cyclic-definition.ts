/** Things that are defined by themselves, directly or through others. */
import { referencesOf } from '../../model/names.ts';
import type { CodeValue, Item, Name, RuleSet } from '../../model/rule-set.ts';
import type { Place } from '../../text/span.ts';
import { cyclesIn } from '../cycles.ts';
import { defineRule, type Example, ofRuleSet, type RuleSetSubject } from '../define.ts';
import { quoted } from '../words.ts';

interface Cycle {
  readonly kind: keyof typeof WORDS;
  readonly ids: readonly string[];
  readonly places: readonly Place[];
}

const WORDS = {
  site: ['is part of', 'Take one of these out of “partOf”.'],
  advice: ['is a kind of', 'Take one of these out of “isA”.'],
  value: ['is a kind of', 'Take one of these out of “isA”.'],
  definition: ['depends on', 'Define one of them without the others.'],
  rule: ['overrides', 'Let one of them stand back.'],
} as const;

export const rule = defineRule<Cycle>({
  code: 'cyclic-definition',
  severity: 'error',
  summary: 'Something is defined by itself, directly or through others.',
  docs: `
A site cannot be part of itself, an activity no kind of itself; a derived fact or score that depends on itself has no value; rules that override
each other would each be in force only if they are not. Break the circle at the place where it does not belong.
`,

  find: ofRuleSet(function* (subject) {
    const { ruleSet, own, file } = subject;
    yield* among(
      'site',
      parents(own.sites, ruleSet.sites, ({ partOf }) => partOf),
      ruleSet.sites,
      file,
    );
    yield* among(
      'advice',
      parents(own.advice, ruleSet.advice, ({ isA }) => isA),
      ruleSet.advice,
      file,
    );
    yield* among(
      'rule',
      parents(own.rules, ruleSet.rules, ({ override }) => override?.rules ?? []),
      ruleSet.rules,
      file,
    );
    yield* amongDefinitions(subject);
    for (const fact of [
      ...own.facts.values(),
      ...own.derived.values(),
      ...[...own.groups.values()].flatMap(group => [...group.facts.values()]),
    ])
      if (typeof fact.values === 'object') yield* amongValues(fact.values, file);
  }),

  say: ({ kind, ids, places }) => ({
    span: places[0]!.span,
    message: `${quoted(ids[0]!)} ${WORDS[kind][0]} ${ids.length === 1 ? 'itself' : `${ids.slice(1).map(quoted).join(`, that ${WORDS[kind][0]} `)}, and that again ${WORDS[kind][0]} ${quoted(ids[0]!)}`}, so none of this can be worked out. ${WORDS[kind][1]}`,
    names: ids,
    related: places.slice(1).map((place, i) => ({ place, message: `${quoted(ids[i + 1]!)} is part of the circle.` })),
  }),
});

/** The whole's edges, where this file has any: a circle through it must have one here. */
function parents<T extends Item>(
  own: ReadonlyMap<string, T>,
  all: ReadonlyMap<string, T>,
  above: (item: T) => readonly Name[],
): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  if (![...own.values()].some(item => above(item).length > 0)) return graph;
  for (const item of all.values()) {
    const names = above(item);
    if (names.length > 0)
      graph.set(
        item.id,
        names.map(({ value }) => value),
      );
  }
  return graph;
}

function* among(
  kind: Cycle['kind'],
  graph: ReadonlyMap<string, readonly string[]>,
  items: ReadonlyMap<string, Item>,
  file: string,
): Generator<Cycle> {
  for (const ids of cyclesIn(graph)) {
    // A rule that overrides itself is told by `unsound-override`.
    const cycle = kind === 'rule' && ids.length === 1 ? undefined : from(ids, id => items.get(id)!, file);
    if (cycle) yield { kind, ...cycle };
  }
}

/** The circle as seen from this file; undefined where none of it is here. */
function from(ids: readonly string[], itemOf: (id: string) => Item, file: string): Omit<Cycle, 'kind'> | undefined {
  const start = ids.findIndex(id => itemOf(id).file === file);
  if (start < 0) return undefined;
  const turned = [...ids.slice(start), ...ids.slice(0, start)];
  return { ids: turned, places: turned.map(id => ({ file: itemOf(id).file, span: itemOf(id).idSpan })) };
}

/** Derived facts, scores and thresholds may depend on each other. */
function* amongDefinitions({ own, ruleSet, file }: RuleSetSubject): Generator<Cycle> {
  if (own.derived.size + own.scores.size === 0) return;
  const keys = definitionKeys(ruleSet);
  const items = new Map([...keys].map(([item, key]) => [key, item]));
  const graph = new Map([...items.keys()].map(key => [key, [] as string[]]));
  for (const part of ruleSet.files) {
    for (const { from: item, name, to } of referencesOf(part)) {
      const key = item && keys.get(item);
      if (!key) continue;
      if (to.kind === 'fact') graph.get(key)!.push(`derived ${name.value}`);
      else if (to.kind === 'item') graph.get(key)!.push(`${to.section} ${name.value}`);
    }
  }
  for (const found of cyclesIn(graph)) {
    const cycle = from(found, key => items.get(key)!, file);
    if (cycle) yield { kind: 'definition', ...cycle, ids: cycle.ids.map(key => items.get(key)!.id) };
  }
}

/** A name for each definition that tells its kind too. */
function definitionKeys({ derived, scores, thresholds }: RuleSet): Map<Item, string> {
  const keys = new Map<Item, string>();
  for (const item of derived.values()) keys.set(item, `derived ${item.id}`);
  for (const item of scores.values()) keys.set(item, `scores ${item.id}`);
  for (const item of thresholds.values()) keys.set(item, `thresholds ${item.id}`);
  return keys;
}

function* amongValues(values: readonly CodeValue[], file: string): Generator<Cycle> {
  const spans = new Map(values.map(({ id, idSpan }) => [id, idSpan]));
  for (const ids of cyclesIn(new Map(values.map(({ id, isA }) => [id, isA.map(({ value }) => value)]))))
    yield { kind: 'value', ids, places: ids.map(id => ({ file, span: spans.get(id)! })) };
}

export const examples: Example[] = [
  {
    name: 'Sites',
    text: `
{ "sites": {
    "spine": { "title": "Spine", "partOf": "L3" },
    ^^^^^^^ error: “spine” is part of “L3”, and that again is part of “spine”, so none of this can be worked out. Take one of these out of “partOf”.
    "L3": { "title": "Third lumbar vertebra", "partOf": "spine" } } }
`,
  },
  {
    name: 'A derived fact that needs itself',
    text: `
{ "derived": {
    "burden": { "title": "Burden", "type": "decimal", "sum": [ { "fact": "burden" }, 1 ] } } }
    ^^^^^^^^ error: “burden” depends on itself, so none of this can be worked out. Define one of them without the others.
`,
  },
  {
    name: 'Rules that override each other',
    text: `
{ "rules": [
    { "id": "a", "title": "A", "then": [ { "require": "review" } ], "override": { "rules": ["b"], "reason": "r" } },
            ^^^ error: “a” overrides “b”, and that again overrides “a”, so none of this can be worked out. Let one of them stand back.
    { "id": "b", "title": "B", "then": [ { "require": "review" } ], "override": { "rules": ["a"], "reason": "r" } } ] }
`,
  },
  {
    name: 'Two parents are no circle',
    text: `
{ "sites": { "bone": { "title": "Bone" }, "axial": { "title": "Axial", "partOf": "bone" },
    "spine": { "title": "Spine", "partOf": ["bone", "axial"] } } }
`,
  },
];
