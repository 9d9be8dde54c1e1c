/** Every form of the language becomes the typed value that the contract says, with its place. */
import assert from 'node:assert/strict';
import type { Condition, Effect } from '../../server/src/model/rule-set.ts';
import { EVERY_FORM } from './every-form.ts';
import { at, conditionOf, effectsOf, partsOf, ruleSetOf, textOf, unreadableIn } from './reading.ts';

const TEXT = textOf(EVERY_FORM);
const FILE = ruleSetOf(TEXT);

describe('reading a rule set', () => {
  it('reads every form without a part that cannot be read', () => {
    assert.deepEqual(unreadableIn(FILE), []);
    const lacking = [...partsOf(FILE)].filter(({ part }) => 'how' in part && part.how === undefined);
    assert.deepEqual(
      lacking.map(({ path }) => path),
      [],
    );
    assert.deepEqual(FILE.doubles, []);
  });

  it('reads the head', () => {
    const { id, title, version, status, role, complete, reviewBy } = FILE;
    assert.deepEqual([id?.value, title, version?.value], ['every-form', 'Every form of the language', '1.2.3']);
    assert.deepEqual([status?.value, role, complete, reviewBy?.value], ['active', 'rule-set', true, '2027-01-31']);
    assert.equal(FILE.appliesTo?.kind, 'fact');
  });

  it('keeps the order of the text, precautions among the rules', () => {
    assert.deepEqual([...FILE.rules.keys()], ['unstable-spine', 'walk', 'limits', 'hip']);
    const { rules, precautions } = EVERY_FORM;
    assert.deepEqual([...ruleSetOf({ precautions, rules }).rules.keys()], ['hip', 'unstable-spine', 'walk', 'limits']);
  });

  it('puts the five sections of advice into one table', () => {
    const kinds = [...FILE.advice.values()].map(({ id, kind }) => `${id} ${kind}`);
    assert.deepEqual(kinds.slice(3), [
      'loading activity',
      'dexamethasone intervention',
      'calcium-test assessment',
      'surgeon referral',
      'written-approval approval',
    ]);
    assert.deepEqual(namesIn(FILE.advice.get('squat')!.isA), ['exercise', 'loading']);
    assert.deepEqual(namesIn(FILE.advice.get('calcium-test')!.gives), ['calcium', 'sins']);
  });

  it('gives every place exactly', () => {
    const spans = [...partsOf(FILE)].filter(({ part }) => 'value' in part && 'span' in part);
    assert.ok(spans.length > 200);
    for (const { part, path } of spans) {
      const { value, span } = part as { value: unknown; span: { start: number; end: number } };
      if (typeof value === 'string') assert.ok([`"${value}"`, value].includes(at(TEXT, span)), path);
      if (typeof value === 'boolean') assert.equal(at(TEXT, span), String(value), path);
    }
    for (const { part, path } of partsOf(FILE)) {
      if ('idSpan' in part) assert.equal(at(TEXT, part.idSpan as never), `"${part.id}"`, path);
    }
  });

  it('reads facts', () => {
    const calcium = FILE.facts.get('calcium')!;
    assert.deepEqual([calcium.type, calcium.unit?.value, calcium.group, calcium.required], ['quantity', 'mmol/L', undefined, false]);
    assert.deepEqual(
      calcium.alsoIn.map(({ unit, factor }) => [unit.value, factor.value.toString()]),
      [['mg/dL', '4.008']],
    );
    assert.deepEqual([FILE.facts.get('age')!.minimum?.value.double, FILE.facts.get('age')!.maximum?.value.double], [0, 120]);
    assert.equal(FILE.facts.get('asked-for')!.values, 'interventions');
    assert.equal(FILE.groups.get('lesions')!.facts.get('body-side')!.group, 'lesions');
  });

  it('reads derived facts', () => {
    const how = (id: string) => FILE.derived.get(id)!.how!;
    assert.equal(how('hours-free').kind, 'since');
    const formulas = how('corrected-calcium');
    assert.ok(formulas.kind === 'formulas' && formulas.by?.value === 'calcium');
    assert.deepEqual(
      formulas.formulas.map(({ unit, term }) => [unit.value, term.kind]),
      [
        ['mg/dL', 'sum'],
        ['mmol/L', 'sum'],
      ],
    );
    const half = how('half');
    assert.ok(half.kind === 'term' && half.term.kind === 'quotient');
    assert.deepEqual(
      half.term.terms.map(({ kind }) => kind),
      ['least', 'greatest'],
    );
    const table = how('lesion-place');
    assert.ok(table.kind === 'table' && table.rows[1]!.when === undefined);
    assert.equal(FILE.derived.get('lesion-place')!.group, 'lesions');
  });

  it('reads scores', () => {
    const sins = FILE.scores.get('sins')!;
    assert.deepEqual(
      [...sins.components.values()].map(({ id, how }) => `${id} ${how?.kind}`),
      ['by-place options', 'by-pain options', 'by-falls intervals', 'own value', 'by-age intervals', 'by-sex conditions'],
    );
    assert.deepEqual([...sins.bandSets.keys()], ['']);
    assert.deepEqual([...FILE.scores.get('tiers')!.bandSets.keys()], ['two', 'three']);
    assert.deepEqual([sins.range?.low.value.double, sins.range?.high.value.double], [0, 18]);
    assert.deepEqual([sins.validFor?.value.number.double, sins.validFor?.value.unit], [30, 'd']);
    assert.deepEqual([namesIn(sins.voidedBy), sins.worst], [['new-pain-on'], 'highest']);
    assert.equal(sins.defines.get('severe')?.value, 'at least 7');
    const pain = sins.components.get('by-pain')!.how!;
    assert.ok(pain.kind === 'options' && pain.undefinedOptions.get('refused')?.value === 'No points in the source.');
  });

  it('tells conditions apart by their key', () => {
    const kinds = new Set([...partsOf(FILE.rules)].map(({ part }) => part.kind));
    const all: Condition['kind'][] = [
      ...(['all', 'any', 'not', 'fact', 'threshold', 'score-total', 'score-bands', 'score-component', 'score-applies'] as const),
      ...(['some', 'every', 'none', 'count-records', 'count-conditions', 'unknown'] as const),
    ];
    for (const kind of all) assert.ok(kinds.has(kind), kind);
  });

  it('tells effects apart by their key', () => {
    const kinds = [...FILE.rules.values()].flatMap(({ then }) => then.map(({ kind }) => kind));
    const expected: Effect['kind'][] = [
      'decide',
      'forbid',
      'recommend',
      'recommend',
      'limit',
      'limit',
      'require',
      'require',
      'decide',
      'avoid',
      'avoid',
    ];
    assert.deepEqual(kinds, expected);
  });

  it('reads numbers from the text, not through floats', () => {
    const text = '{ "facts": { "x": { "type": "decimal", "maximum": 0.1000000000000000000000000000001 } } }';
    assert.equal(ruleSetOf(text).facts.get('x')!.maximum?.value.toString(40), '0.1000000000000000000000000000001');
  });

  it('keeps ids that are words of JavaScript', () => {
    const file = ruleSetOf('{ "facts": { "__proto__": { "type": "boolean" }, "constructor": { "type": "boolean" } } }');
    assert.deepEqual([...file.facts.keys()], ['__proto__', 'constructor']);
    assert.equal(file.facts.get('toString'), undefined);
  });
});

describe('declared twice in one file', () => {
  it('keeps the first and tells the others', () => {
    const file = ruleSetOf('{ "facts": { "a": { "type": "boolean" }, "a": { "type": "date" } } }');
    assert.equal(file.facts.get('a')!.type, 'boolean');
    assert.deepEqual(doublesOf(file), ['facts a']);
  });

  it('takes facts and derived facts of one scope for one namespace', () => {
    const derived = (of?: string) => ({ title: 'x', type: 'decimal', sum: [1, 2], ...(of && { of }) });
    const groups = { g: { facts: { a: { type: 'boolean' } } } };
    const twin = ruleSetOf({ facts: { a: { type: 'boolean' } }, groups, derived: { a: derived() } });
    assert.deepEqual([doublesOf(twin), twin.derived.size], [['derived a'], 0]);
    assert.deepEqual(doublesOf(ruleSetOf({ groups, derived: { a: derived('g') } })), ['derived a']);
    assert.deepEqual(doublesOf(ruleSetOf({ groups, derived: { a: derived() } })), []);
  });

  it('counts a precaution and a rule of one id', () => {
    const file = ruleSetOf({ rules: [{ id: 'a', then: [] }], precautions: [{ id: 'a', site: 's', then: [] }] });
    assert.deepEqual(doublesOf(file), ['rules a']);
  });
});

describe('what is damaged never makes a rule looser', () => {
  const UNREADABLE: readonly unknown[] = [
    null,
    5,
    [],
    {},
    { all: [] },
    { all: {} },
    { fact: 'a' },
    { fact: 'a', unit: 'g' },
    { fact: 'a', is: null },
    { fact: 'a', in: [] },
    { fact: 'a', in: [1, null] },
    { fact: 'a', atLeast: true },
    { fact: 'a', atLeast: { g: 'x' } },
    { fact: 'a', atLeast: 1, atmost: 5 },
    { fact: 'a', atLeast: 1, below: true },
    { fact: 'a', atLeast: 1, unit: 5 },
    { fact: 'a', is: 1, in: [] },
    { fact: 5, is: true },
    { fact: 'a', is: true, all: [] },
    { score: 's' },
    { score: 's', total: {} },
    { score: 's', total: { in: [1] } },
    { score: 's', in: ['a', 5] },
    { score: 's', applies: 'yes' },
    { every: 'g' },
    { some: 'g', were: {} },
    { count: 'g' },
    { count: [], atLeast: 1 },
    { unknown: 'a' },
    { unknown: { fact: 'a', score: 'b' } },
    { unknown: { rule: 'a' } },
    { threshold: 5 },
    { not: null },
  ];

  it('takes a condition with any damaged part for unreadable', () => {
    for (const condition of UNREADABLE) assert.equal(unreadableIn(conditionOf(condition)).length, 1, JSON.stringify(condition));
  });

  it('keeps a condition that stands twice or has no value yet', () => {
    const rule = (when: string) => ruleSetOf(`{ "rules": [{ "id": "r", ${when} "then": [] }] }`).rules.get('r')!.when?.kind;
    assert.equal(rule('"when": { "fact": "a", "atLeast": 1, "atLeast": 2 },'), 'unreadable');
    assert.equal(rule('"when": ,'), 'unreadable');
    assert.equal(rule(''), undefined);
  });

  it('leaves a rule with an unknown key, or a `given` that cannot be read, undetermined', () => {
    const when = (extra: object) => ruleSetOf({ rules: [{ id: 'r', ...extra, then: [] }] }).rules.get('r')!.when;
    assert.equal(when({ wen: { fact: 'a', is: true } })?.kind, 'unreadable');
    assert.equal(when({ given: { decision: 'd' } })?.kind, 'unreadable');
    assert.equal(when({ site: 'x' })?.kind, 'unreadable');
    const both = when({ wen: 1, when: { fact: 'a', is: true } });
    assert.deepEqual(both?.kind === 'all' && both.items.map(({ kind }) => kind), ['fact', 'unreadable']);
  });

  it('keeps a rule without an id, and a precaution without a site', () => {
    const file = ruleSetOf({ rules: [{ then: [] }, 5], precautions: [{ id: 'p', then: [] }] });
    assert.deepEqual([...file.rules.keys()], ['rules[0]', 'rules[1]', 'p']);
    assert.deepEqual(namesIn(file.rules.get('p')!.sites), ['']);
    assert.equal(file.rules.get('rules[1]')!.when?.kind, 'unreadable');
  });

  it('leaves out a recommendation with a damaged part, and widens a prohibition', () => {
    for (const damage of [
      { with: { dose: { atMost: {} } } },
      { at: 'there' },
      { during: [5] },
      { every: 'soon' },
      { maximum: { dose: 5 } },
      { steps: [{}] },
    ])
      assert.deepEqual(effectsOf({ recommend: 'a', ...damage }), [], JSON.stringify(damage));
    for (const damage of [{ at: 'there' }, { at: ['a', 5] }, { during: [5] }, { during: 5 }]) {
      const [effect] = effectsOf({ avoid: 'a', ...damage });
      assert.ok(effect?.kind === 'avoid' && effect.at.kind === 'everywhere' && effect.during.length === 0, JSON.stringify(damage));
    }
    const [excepted] = effectsOf({ avoid: 'a', at: { below: 's', except: 5 } });
    assert.ok(excepted?.kind === 'avoid' && excepted.at.kind === 'below' && excepted.at.except?.where?.kind === 'unreadable');
  });

  it('keeps what decides, requires, forbids or limits though a name is missing', () => {
    const effects = effectsOf(
      { decide: 'd' },
      { forbid: 5 },
      { limit: 'p' },
      { require: null },
      { recommend: 5 },
      { forbid: 'a', avoid: 'a' },
    );
    assert.deepEqual(
      effects.map(({ kind }) => kind),
      ['decide', 'forbid', 'limit', 'require'],
    );
  });

  it('gives a damaged component unknown points, never none', () => {
    const how = (component: object) =>
      ruleSetOf({ scores: { s: { components: { c: component } } } })
        .scores.get('s')!
        .components.get('c')!.how;
    assert.equal(how({ conditions: [{ when: { fact: 'a', is: 1 }, points: 'x' }], otherwise: 0 }), undefined);
    assert.equal(how({ conditions: [{ points: 1 }], otherwise: 0 }), undefined);
    assert.equal(how({ options: { a: 1 }, from: 5 }), undefined);
    assert.equal(how({ options: { a: 1 }, fact: 'f' }), undefined);
    const options = how({ options: { a: 1, b: {} } });
    assert.ok(options?.kind === 'options' && options.undefinedOptions.has('b') && !options.options.has('b'));
  });

  it('takes a score without components, or of a damaged group, for not known to apply', () => {
    const score = (parts: object) => ruleSetOf({ scores: { s: parts } }).scores.get('s')!;
    assert.equal(score({}).when?.kind, 'unreadable');
    assert.equal(score({ components: { a: { fact: 'f' } }, of: 5 }).when?.kind, 'unreadable');
    assert.equal(score({ components: { a: { fact: 'f' } } }).when, undefined);
    assert.equal(score({ validFor: 'a month' }).validFor?.value.number.double, 0);
  });

  it('reads no table, formula or threshold in part', () => {
    const derived = (parts: object) => ruleSetOf({ derived: { d: parts } }).derived.get('d')!.how;
    assert.equal(derived({ table: [{ when: null, value: null }, { value: 1 }] }), undefined);
    assert.equal(derived({ sum: [1, {}] }), undefined);
    assert.equal(derived({ sum: [1] }), undefined);
    assert.equal(derived({ difference: [1, 2, 3] }), undefined);
    assert.equal(derived({ sum: [1, 2], product: [1, 2] }), undefined);
    const table = derived({ table: [{ when: null, value: 1 }] });
    assert.ok(table?.kind === 'table' && table.rows[0]!.when?.kind === 'unreadable');
    assert.equal(ruleSetOf({ thresholds: { t: { fact: 'f', atLeast: 1, below: 'x', atmost: 5 } } }).thresholds.get('t')!.fact, undefined);
  });
});

function namesIn(names: readonly { readonly value: string }[]): string[] {
  return names.map(({ value }) => value);
}

function doublesOf({ doubles }: ReturnType<typeof ruleSetOf>): string[] {
  return doubles.map(({ section, item }) => `${section} ${item.id}`);
}
