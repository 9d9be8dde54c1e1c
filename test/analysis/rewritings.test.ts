/** Rule sets written otherwise that mean the same: by other words, in another order, with names for conditions. What is found stays. */
import assert from 'node:assert/strict';
import { analyse, type NotProved } from '../../server/src/analysis/analyse.ts';
import { replayWith } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { type Json, smallRuleSet } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 50);

describe(`the same written otherwise (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 2000);

  for (const [name, rewrite] of Object.entries(ways()))
    it(`shows the same findings: ${name}`, () => {
      let findings = 0;
      forSeeds(ROUNDS, random => {
        const { json } = smallRuleSet(random);
        const again = rewrite(random, json);
        if (!again) return;
        assert.deepEqual(checkSchema(parseDocument(JSON.stringify(again)), 'rule-set'), []);
        const [before, after] = [told(json), told(again)];
        findings += before.found.size;
        assert.deepEqual(onlyIn(before, after), [], `lost: ${JSON.stringify(again)}`);
        assert.deepEqual(onlyIn(after, before), [], `found besides: ${JSON.stringify(again)}`);
      });
      if (process.env.SEED === undefined) assert.ok(findings > ROUNDS / 2, String(findings));
    });
});

interface Told {
  readonly found: ReadonlySet<string>;
  /** The kinds of question of which one is left open. */
  readonly open: ReadonlySet<NotProved['kind']>;
}

function told(json: Json): Told {
  const ruleSet = ruleSetOf(json);
  const { gaps, clashes, decisionClashes, disagreements, neverHolds, hidden, notProved } = analyse(ruleSet, replayWith(ruleSet));
  return {
    found: new Set([
      ...gaps.map(({ decision, of }) => `answered ${decision.id} ${of}`),
      ...clashes.map(({ rules }) => `conflict ${idsOf(rules)}`),
      ...decisionClashes.flatMap(({ rules }) => rules.slice(0, -1).map(other => `conflict ${idsOf([other, rules.at(-1)!])}`)),
      ...disagreements.flatMap(({ stricter, looser }) => looser.map(({ id }) => `disagreement ${stricter.id} ${id}`)),
      ...neverHolds.map(({ id }) => `never-holds ${id}`),
      ...hidden.map(({ rule }) => `hidden ${rule.id}`),
    ]),
    open: new Set(notProved.map(({ kind }) => kind)),
  };
}

function idsOf(rules: readonly { readonly id: string }[]): string {
  return [...new Set(rules.map(({ id }) => id))].sort().join('+');
}

/** What is found here and neither found there nor left open. What is hidden hangs on what never holds. */
function onlyIn(here: Told, there: Told): string[] {
  const isOpen = (finding: string) =>
    [...there.open].some(kind => finding.startsWith(kind) || (kind === 'never-holds' && finding.startsWith('hidden')));
  return [...here.found].filter(finding => !there.found.has(finding) && !isOpen(finding) && !finding.endsWith(' another'));
}

type Rewrite = (random: Random, json: Json) => Json | undefined;

function ways(): Readonly<Record<string, Rewrite>> {
  return {
    'in another order': inAnotherOrder,
    'with a fact and a rule that concern nobody else': withAnother,
    'conditions said twice, or negated twice': ofPlain((random, when) =>
      random.pick([{ not: { not: when } }, { all: [when, when] }, { any: [when, when] }, { count: [when], is: 1 }]),
    ),
    'all as none of the contrary, some as a number': ofPlain((_, when) => turned(when) as Json),
    'conditions named by a table': named('derived', (id, when, of) => ({
      item: { title: id, type: 'boolean', ...of, table: [{ when, value: true }, { value: false }] },
      when: { fact: id, is: true },
    })),
    'conditions named by a score': named('scores', (id, when, of) => ({
      item: { title: id, ...of, components: { one: { title: 'One', conditions: [{ when, points: 1 }], otherwise: 0 } } },
      when: { score: id, total: { is: 1 } },
    })),
    'until as a part of when': (_, json) => withRules(json, ({ until, when, ...rule }) => ({ ...rule, ...joined(when, until) })),
  };
}

type RuleJson = Json & { readonly id: string; readonly of?: string; readonly site?: unknown; readonly when?: Json; readonly until?: Json };

function withRules(json: Json, change: (rule: RuleJson) => Json): Json {
  const changed = (list: unknown) => (list as readonly RuleJson[]).map(change);
  return { ...json, rules: changed(json.rules), ...(json.precautions ? { precautions: changed(json.precautions) } : {}) };
}

/** What asks whether something is unknown may stand in few places. */
function asksUnknown(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('"unknown"');
}

function ofPlain(change: (random: Random, when: Json) => Json): Rewrite {
  return (random, json) =>
    withRules(json, rule => (rule.when && !asksUnknown(rule.when) ? { ...rule, when: change(random, rule.when) } : rule));
}

function joined(when: Json | undefined, until: Json | undefined): Json {
  if (!until) return when ? { when } : {};
  return { when: when ? { all: [when, { not: until }] } : { not: until } };
}

function inAnotherOrder(random: Random, json: Json): Json | undefined {
  if (JSON.stringify(json.decisions).includes('"first"')) return undefined;
  const sections = ['facts', 'sites', 'activities', 'derived', 'scores', 'thresholds'].filter(key => json[key]);
  const shuffled = sections.map(key => [key, Object.fromEntries(random.shuffled(Object.entries(json[key] as Json)))]);
  return { ...json, ...Object.fromEntries(shuffled), rules: random.shuffled(json.rules as readonly Json[]) };
}

function withAnother(_: Random, json: Json): Json {
  const rule = { id: 'another', title: 'Another', when: { fact: 'other', above: 4 }, then: [{ require: 'doctor' }], source: { id: 'one' } };
  return {
    ...json,
    facts: { ...(json.facts as Json), other: { title: 'Other', type: 'integer', minimum: 0, maximum: 9 } },
    referrals: { doctor: { title: 'Doctor' } },
    rules: [rule, ...(json.rules as readonly Json[])],
  };
}

function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  const { all, any, some, none, where, ...rest } = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, turned(inner)]));
  const contrary = (items: unknown) => (items as readonly Json[]).map(item => ({ not: item }));
  if (all) return { not: { any: contrary(all) } };
  if (any) return { not: { all: contrary(any) } };
  const records = where ? { where } : {};
  if (some) return { count: some, ...records, atLeast: 1 };
  if (none) return { count: none, ...records, below: 1 };
  return { ...rest, ...records };
}

type Naming = (id: string, when: Json, of: Json) => { readonly item: Json; readonly when: Json };

/** A derived fact or score for the condition of each rule. With `unknown` it would be taken together, which is left open. */
function named(section: 'derived' | 'scores', name: Naming): Rewrite {
  return (_, json) => {
    if (asksUnknown(json.rules) || asksUnknown(json.precautions)) return undefined;
    const items: Record<string, Json> = { ...(json[section] as Record<string, Json> | undefined) };
    const rules = withRules(json, rule => {
      if (!rule.when) return rule;
      const group = rule.site === undefined ? rule.of : 'lesions';
      const { item, when } = name(`named-${rule.id}`, rule.when, group === undefined ? {} : { of: group });
      items[`named-${rule.id}`] = item;
      return { ...rule, when };
    });
    return { ...rules, [section]: items };
  };
}
