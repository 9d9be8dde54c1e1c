/** Files put together: each once, in order, ids unique, adaptations applied, and every problem on the words that must change. */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { type Linked, linkRuleSet } from '../../server/src/model/link.ts';
import type { RuleSetFile } from '../../server/src/model/rule-set.ts';
import { at, partsOf, ruleSetOf, textOf } from './reading.ts';

type Sources = Readonly<Record<string, unknown>>;

const rule = (id: string, extra: object = {}) => ({ id, then: [{ decide: 'd', as: 'no' }], ...extra });

describe('linking', () => {
  it('puts each file once, after those it uses', () => {
    const linked = link({ a: { uses: ['b', 'c'] }, b: { uses: ['d'] }, c: { uses: ['d'] }, d: {} });
    assert.deepEqual(filesOf(linked), ['d', 'b', 'c', 'a']);
    assert.deepEqual(problemsOf(linked), []);
    assert.equal(linked.ruleSet.root.file, 'a');
  });

  it('includes everything in the files used, rules of used files first', () => {
    const linked = link({
      a: { uses: ['b'], rules: [rule('z')] },
      b: { uses: ['c'], rules: [rule('y')] },
      c: { rules: [rule('x')], facts: { f: {} } },
    });
    assert.deepEqual([...linked.ruleSet.rules.keys()], ['x', 'y', 'z']);
    assert.equal(linked.ruleSet.facts.get('f')!.file, 'c');
  });

  it('resolves paths from the file that writes them', () => {
    const linked = link({ 'x/a': { uses: ['../y/b'] }, 'y/b': { uses: ['c'] }, 'y/c': {} }, 'x/a');
    assert.deepEqual(filesOf(linked), ['y/c', 'y/b', 'x/a']);
  });

  it('tells a file that cannot be had, on its path', () => {
    const linked = link({ a: { uses: ['b', 'nowhere'] }, b: {} });
    assert.deepEqual(problemsOf(linked), ['missing-file a "nowhere" path=nowhere']);
    assert.deepEqual(filesOf(linked), ['b', 'a']);
  });

  it('tells a cycle in each of its files and cuts it', () => {
    const linked = link({ a: { uses: ['b'], rules: [rule('x')] }, b: { uses: ['c'] }, c: { uses: ['b'], rules: [rule('y')] } });
    assert.deepEqual(problemsOf(linked), ['uses-cycle b "c" path=c through=c → b', 'uses-cycle c "b" path=b through=c → b']);
    assert.deepEqual([...linked.ruleSet.rules.keys()], ['y', 'x']);
  });

  it('tells a file that uses itself', () => {
    assert.deepEqual(problemsOf(link({ a: { uses: ['a'] } })), ['uses-cycle a "a" path=a through=a']);
  });

  it('tells the same cycle from whichever file one starts', () => {
    const sources = { a: { uses: ['b'] }, b: { uses: ['a'] } };
    const told = (root: string) => [...new Set(link(sources, root).problems.map(({ file }) => file))].sort();
    assert.deepEqual(told('a'), ['a', 'b']);
    assert.deepEqual(told('b'), ['a', 'b']);
  });
});

describe('ids in the whole', () => {
  it('tells the later of two declarations and keeps the first', () => {
    const fact = (title: string) => ({ facts: { f: { title, type: 'boolean' } } });
    const linked = link({ a: { uses: ['b', 'c'] }, b: fact('one'), c: fact('two') });
    assert.deepEqual(problemsOf(linked), ['duplicate-across-files c "f" id=f section=facts other=b equal=false']);
    assert.equal(linked.ruleSet.facts.get('f')!.title, 'one');
  });

  it('says whether both are defined equally, wherever and with whatever digits they are written', () => {
    const threshold = (atLeast: string) => `{ "thresholds": { "t": { "fact": "f", "atLeast": ${atLeast} } } }`;
    const equal = (b: string, c: string) => link({ a: { uses: ['b', 'c'] }, b: threshold(b), c: threshold(c) }).problems[0]!.data.equal;
    assert.equal(equal('14', '   14.0'), 'true');
    assert.equal(equal('14', '14.000000000000000000001'), 'false');
  });

  it('takes advice of all sections, and facts with derived facts, for one namespace each', () => {
    const of = (b: object, c: object) => problemsOf(link({ a: { uses: ['b', 'c'] }, b, c })).length;
    assert.equal(of({ activities: { x: {} } }, { assessments: { x: {} } }), 1);
    assert.equal(of({ facts: { x: {} } }, { derived: { x: { sum: [1, 2] } } }), 1);
    assert.equal(of({ derived: { x: { sum: [1, 2] } } }, { facts: { x: {} } }), 1);
    assert.equal(of({ groups: { g: { facts: { x: {} } } } }, { derived: { x: { of: 'g', sum: [1, 2] } } }), 1);
    assert.equal(of({ facts: { x: {} } }, { derived: { x: { of: 'g', sum: [1, 2] } } }), 0);
    assert.equal(of({ facts: { x: {} } }, { scores: { x: {} } }), 0);
  });

  it('keeps the fact where a group has a derived one of that id too', () => {
    const linked = link({
      a: { uses: ['b'], groups: { g: { facts: { x: { type: 'boolean' } } } } },
      b: { derived: { x: { of: 'g', sum: [1, 2] } } },
    });
    assert.deepEqual([linked.ruleSet.derived.has('x'), linked.ruleSet.groups.get('g')!.facts.has('x')], [false, true]);
    assert.equal(linked.problems[0]!.file, 'b');
  });

  it('finds the one group whose records have a site', () => {
    const group = (values: unknown) => ({ facts: { site: { type: 'code', values } } });
    const located = (groups: object) => link({ a: { groups } }).ruleSet.locatedGroup?.id;
    assert.equal(located({ lesions: group('sites'), drugs: group(['x']) }), 'lesions');
    assert.equal(located({ lesions: group('sites'), fractures: group('sites') }), undefined);
    assert.equal(located({ drugs: group(['x']) }), undefined);
  });
});

describe('local adaptation', () => {
  const base = {
    version: '1.0.0',
    uses: ['lib'],
    thresholds: { t: { fact: 'f', atLeast: 1 } },
    rules: [rule('one'), rule('two'), rule('three', { then: [{ recommend: 'walking' }] })],
  };
  const lib = { facts: { f: { title: 'old', type: 'integer' } }, rules: [rule('of-lib')] };
  const adapt = (own: object, version = '1.0.0') => link({ a: { basedOn: { file: 'base', version }, ...own }, base, lib });

  it('takes over everything of the base', () => {
    const linked = adapt({ rules: [rule('four')] });
    assert.deepEqual([...linked.ruleSet.rules.keys()], ['of-lib', 'one', 'two', 'three', 'four']);
    assert.deepEqual(problemsOf(linked), []);
  });

  it('replaces an item whole, in its place among the rules', () => {
    const linked = adapt({ rules: [rule('two', { title: 'Mine', reason: 'We differ.' })] });
    assert.deepEqual([...linked.ruleSet.rules.keys()], ['of-lib', 'one', 'two', 'three']);
    assert.deepEqual([linked.ruleSet.rules.get('two')!.title, linked.ruleSet.rules.get('two')!.file], ['Mine', 'a']);
    assert.deepEqual(problemsOf(linked), []);
  });

  it('replaces what the base itself uses, and a fact by a derived one', () => {
    const linked = adapt({ derived: { f: { type: 'decimal', sum: [1, 2], reason: 'Worked out here.' } } });
    assert.deepEqual([linked.ruleSet.facts.has('f'), linked.ruleSet.derived.has('f')], [false, true]);
    assert.deepEqual(problemsOf(linked), []);
    const silent = adapt({ facts: { f: { type: 'integer' } } });
    assert.deepEqual(problemsOf(silent), ['reason-missing a "f" id=f what=replaced'], 'another unit or factor changes who is protected');
  });

  it('asks for a reason where a decision changes: its values stand strictest first', () => {
    const decision = (values: string[], rest: object = {}) => ({ decisions: { d: { values, resolve: 'strictest', ...rest } } });
    const files = { a: { basedOn: { file: 'base', version: '1.0.0' } }, base: { version: '1.0.0', ...decision(['no', 'yes']) } };
    const turned = (rest: object) => problemsOf(link({ ...files, a: { ...files.a, ...decision(['yes', 'no'], rest) } }));
    assert.deepEqual(turned({}), ['reason-missing a "d" id=d what=replaced']);
    assert.deepEqual(turned({ reason: 'Asked the other way round.' }), []);
  });

  it('removes what is listed', () => {
    const linked = adapt({
      remove: [
        { id: 'one', reason: 'Not here.' },
        { id: 'of-lib', reason: 'Nor that.' },
      ],
    });
    assert.deepEqual([...linked.ruleSet.rules.keys()], ['two', 'three']);
  });

  it('asks for a reason where advice or a threshold changes', () => {
    assert.deepEqual(problemsOf(adapt({ rules: [rule('two')] })), ['reason-missing a "two" id=two what=replaced']);
    assert.deepEqual(problemsOf(adapt({ remove: [{ id: 't' }] })), ['reason-missing a "t" id=t what=removed']);
    assert.deepEqual(problemsOf(adapt({ remove: [{ id: 'three' }] })), [], 'a recommendation alone needs none');
    const looser = rule('two', { then: [{ recommend: 'walking' }] });
    assert.deepEqual(problemsOf(adapt({ rules: [looser] })).length, 1, 'what was forbidden is no longer');
  });

  it('tells a version that is not the base’s, and what cannot be removed', () => {
    assert.deepEqual(problemsOf(adapt({}, '1.1.0')), ['base-version a "1.1.0" path=base stated=1.1.0 found=1.0.0']);
    assert.deepEqual(problemsOf(adapt({ remove: [{ id: 'nothing', reason: 'x' }] })), ['removed-unknown a "nothing" id=nothing']);
  });

  it('lets only what is based on a file replace its items', () => {
    const linked = link({ a: { uses: ['base'], rules: [rule('two', { reason: 'x' })] }, base, lib });
    assert.deepEqual(problemsOf(linked), ['duplicate-across-files a "two" id=two section=rules other=base equal=false']);
  });

  it('applies to nobody beyond its base', () => {
    const adults = { fact: 'age', atLeast: 18, unit: 'a' };
    const sources = (own: object) => ({
      a: { basedOn: { file: 'm', version: '1.0.0' }, ...own },
      m: { version: '1.0.0', basedOn: { file: 'b', version: '1.0.0' } },
      b: { version: '1.0.0', appliesTo: adults },
    });
    const scope = (own: object) => link(sources(own)).ruleSet.root.appliesTo;
    const taken = scope({});
    assert.ok(
      taken?.kind === 'fact' &&
        taken.fact.value === 'age' &&
        taken.test.atLeast?.kind === 'number' &&
        taken.test.atLeast.number.value.double === 18,
    );
    for (const { part } of partsOf(taken))
      if ('span' in part) assert.equal(at(textOf(sources({}).a), part.span as never).replace(/\s/g, ''), '{"file":"m","version":"1.0.0"}');
    const own = scope({ appliesTo: { fact: 'sex', is: 'female' } });
    assert.ok(own?.kind === 'fact' && own.fact.value === 'sex');
    assert.equal(link({ a: { uses: ['b'] }, b: { appliesTo: adults } }).ruleSet.root.appliesTo, undefined);
  });

  it('adapts an adaptation', () => {
    const middle = { basedOn: { file: 'base', version: '1.0.0' }, version: '2.0.0', remove: [{ id: 'one', reason: 'x' }] };
    const linked = link({ a: { basedOn: { file: 'middle', version: '2.0.0' }, rules: [rule('two', { reason: 'y' })] }, middle, base, lib });
    assert.deepEqual([...linked.ruleSet.rules.keys()], ['of-lib', 'two', 'three']);
    assert.deepEqual(problemsOf(linked), []);
  });
});

function link(sources: Sources, root = 'a'): Linked {
  const read = new Map<string, RuleSetFile>();
  const get = (file: string) => read.get(file) ?? (file in sources ? remember(file) : undefined);
  const remember = (file: string) => {
    const own = ruleSetOf(sources[file], file);
    read.set(file, own);
    return own;
  };
  const linked = linkRuleSet(get(root)!, (from, path) => get(posix.join(posix.dirname(from.file), path.value)) ?? 'missing-file');
  texts.set(linked, sources);
  return linked;
}

const texts = new WeakMap<Linked, Sources>();

function filesOf({ ruleSet }: Linked): string[] {
  return ruleSet.files.map(({ file }) => file);
}

/** Kind, file, the words at the place, and the data. */
function problemsOf(linked: Linked): string[] {
  return linked.problems.map(({ kind, file, span, data }) => {
    const words = at(textOf(texts.get(linked)![file]), span);
    return [kind, file, words, ...Object.entries(data).map(([key, value]) => `${key}=${value}`)].join(' ');
  });
}
