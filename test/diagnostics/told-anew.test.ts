/** Each thing that a finding rests on, changed by itself: what was told before is told anew. */
import assert from 'node:assert/strict';
import { plainlyAnalysed } from '../../server/src/analysed.ts';
import { Memory } from '../../server/src/analysis/memory.ts';
import { ToldBefore } from '../../server/src/diagnostics/told-before.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import type { Json } from '../support/small-rule-sets.ts';

const ROOT = '/root.clinical.json';
const WORDS = '/words.clinical.json';

const HEAD = { id: 'root', title: 'Root', version: '1.0.0' };
const VOCABULARY = {
  sources: { one: { title: 'One' }, two: { title: 'Two' }, three: { title: 'Three' } },
  facts: { f: { title: 'F', type: 'integer', minimum: 0, maximum: 99 }, g: { title: 'G', type: 'integer', minimum: 0, maximum: 99 } },
  decisions: {
    d: { title: 'D', values: ['stop', 'go'], resolve: 'single' },
    e: { title: 'E', values: ['stop', 'go'], resolve: 'single' },
    s: { title: 'S', values: ['stop', 'go'], resolve: 'strictest' },
    t: { title: 'T', values: ['stop', 'go'], resolve: 'strictest' },
  },
};

function rule(id: string, low: number, high: number, then: string, more: Json = {}): Json {
  const effects = then.split(' ').map(one => ({ decide: one.split(':')[0], as: one.split(':')[1] }));
  return { id, title: `Rule ${id}`, when: { fact: 'f', atLeast: low, atMost: high }, then: effects, ...more };
}

const from = (id: string) => ({ source: { id } });
const rules = (...all: readonly Json[]) => ({ ...VOCABULARY, rules: all });
const STOP = rule('a', 0, 50, 'd:stop');
const GO = rule('b', 40, 99, 'd:go');
const MANY = Array.from({ length: 14 }, (_, i) => rule(`r${i}`, i, 60, 's:go', from('one')));

const LOCATED = {
  ...VOCABULARY,
  sites: { l3: { title: 'L3' } },
  groups: { lesions: { title: 'Lesion', facts: { site: { title: 'Site', type: 'code', values: 'sites' } } } },
};
const LOCAL = { ...rule('a', 50, 10, 'd:stop'), site: ['l3'] };

/** The code of the finding, then what stands in the root before and after; `words`: in a file it uses. */
const CASES: readonly (readonly [string, string, Json, Json, Json?])[] = [
  ['the title of a rule', 'conflicting-decisions', rules(STOP, GO), rules({ ...STOP, title: 'Stop' }, GO)],
  [
    'the title of a rule that is pointed at',
    'redundant-rule',
    rules(GO, { ...GO, id: 'c' }),
    rules({ ...GO, title: 'Go' }, { ...GO, id: 'c' }),
  ],
  ['the title of the decision', 'conflicting-decisions', rules(STOP, GO), withPart(rules(STOP, GO), 'decisions', 'd', { title: 'Anew' })],
  [
    'the title of a value',
    'conflicting-decisions',
    rules(STOP, GO),
    withPart(rules(STOP, GO), 'decisions', 'd', { values: [{ id: 'stop', title: 'Anew' }, 'go'] }),
  ],
  ['the title of a fact', 'conflicting-decisions', rules(STOP, GO), withPart(rules(STOP, GO), 'facts', 'f', { title: 'Anew' })],
  ['the title of a source', 'conflicting-decisions', bySources('One'), bySources('Anew')],
  [
    'the source of a rule',
    'conflicting-decisions',
    rules({ ...STOP, ...from('one') }, { ...GO, ...from('two') }),
    rules({ ...STOP, ...from('one') }, { ...GO, ...from('three') }),
  ],
  ['the title of an answer that is waited for', 'never-holds', given('S'), given('Anew')],
  ['where the rules hold together, by another that overrides', 'conflicting-decisions', overridden(41), overridden(45)],
  ['where a stricter rule holds, by another that overrides', 'disagreement', overridden(41, 's'), overridden(45, 's')],
  [
    'for which decision: a conflict',
    'conflicting-decisions',
    rules(rule('a', 0, 50, 'd:stop e:stop'), rule('b', 40, 99, 'd:go e:go')),
    withPart(rules(rule('a', 0, 50, 'd:stop e:stop'), rule('b', 40, 99, 'd:go e:go')), 'decisions', 'd', { resolve: 'collect' }),
  ],
  [
    'the source of one of many looser rules',
    'disagreement',
    rules(rule('a', 0, 50, 's:stop', from('two')), ...MANY),
    rules(rule('a', 0, 50, 's:stop', from('two')), ...MANY.with(13, { ...MANY[13]!, ...from('three') })),
  ],
  ['one of many others', 'conflicting-decisions', crowd('r13'), crowd('another')],
  ['how many others', 'conflicting-decisions', crowd(), crowd('r13')],
  ['that another does the same', 'redundant-rule', twins(30), twins(60)],
  [
    'the title of what a rule says always',
    'always-holds',
    rules(rule('a', 0, 99, 'd:stop')),
    withPart(rules(rule('a', 0, 99, 'd:stop')), 'facts', 'f', { title: 'Anew' }),
  ],
  [
    'for which decision: a disagreement',
    'disagreement',
    twoDecisions(20, 70),
    withPart(twoDecisions(20, 70), 'decisions', 't', { resolve: 'collect' }),
  ],
  [
    'for which decision: a hidden value',
    'hidden-rule',
    twoDecisions(5, 40),
    withPart(twoDecisions(5, 40), 'decisions', 't', { resolve: 'collect' }),
  ],
  ['who shows a conflict', 'conflicting-decisions', shownBy('x'), shownBy('y')],
  ['who shows a disagreement', 'disagreement', shownBy('x', 's'), shownBy('y', 's')],
  ['whether it is a precaution', 'never-holds', { ...LOCATED, precautions: [LOCAL] }, { ...LOCATED, rules: [LOCAL] }],
];

describe('what findings rest on', () => {
  for (const [name, code, before, after] of CASES) {
    it(name, () => assertToldAnew(code, { [ROOT]: { ...HEAD, ...before } }, { [ROOT]: { ...HEAD, ...after } }));
  }

  it('the title of the rule set that uses the file', () => {
    const words = { ...HEAD, id: 'words', role: 'library', ...rules(STOP, GO) };
    const whole = (head: Json) => ({ [WORDS]: words, [ROOT]: { ...head, uses: ['words.clinical.json'] } });
    const { title: _, ...untitled } = HEAD;
    assertToldAnew('conflicting-decisions', whole(HEAD), whole({ ...HEAD, title: 'Anew' }));
    assertToldAnew('conflicting-decisions', whole(untitled), whole({ ...untitled, id: 'anew' }));
  });

  it('the file of a rule that is pointed at', () => {
    const words = (...more: readonly Json[]) => ({ ...HEAD, id: 'words', role: 'library', ...rules(...more) });
    const whole = (there: Json, ...here: readonly Json[]) => ({
      [WORDS]: there,
      [ROOT]: { ...HEAD, uses: ['words.clinical.json'], rules: here },
    });
    assertToldAnew('conflicting-decisions', whole(words(STOP), GO), whole(words(), STOP, GO));
  });
});

function withPart(json: Json, section: string, id: string, part: Json): Json {
  const items = json[section] as Record<string, Json>;
  return { ...json, [section]: { ...items, [id]: { ...items[id], ...part } } };
}

function bySources(title: string): Json {
  return withPart(rules({ ...STOP, ...from('one') }, { ...GO, ...from('two') }), 'sources', 'one', { title });
}

function given(title: string): Json {
  return withPart(rules(STOP, { ...GO, given: { decision: 's', in: ['go'] } }, rule('c', 0, 99, 's:go')), 'decisions', 's', { title });
}

/** The second rule is off where the third holds. */
function overridden(low: number, decision = 'd'): Json {
  const over = { override: { rules: ['b'], reason: 'So it is' } };
  return rules(
    rule('a', 0, 50, `${decision}:stop`, from('one')),
    rule('b', 40, 99, `${decision}:go`, from('two')),
    rule('c', low, 47, `${decision}:stop`, { ...over, ...from('one') }),
  );
}

/** One rule against more than are named, the last of them called so. */
function crowd(...last: readonly string[]): Json {
  const all = [...MANY.slice(0, 13).map(one => one.id as string), ...last];
  return rules(rule('a', 0, 50, 'd:stop'), ...all.map((id, i) => rule(id, i, 60, 'd:go')));
}

/** The first and the last do the same; from how far up does the one between them. */
function twins(high: number): Json {
  return rules(rule('a', 10, 50, 'd:stop'), rule('b', 5, high, 'd:stop'), rule('c', 10, 50, 'd:stop'));
}

/** The first is stricter on both; the second holds from there to there. */
function twoDecisions(low: number, high: number): Json {
  return rules(rule('a', 0, 50, 's:stop t:stop', from('one')), rule('b', low, high, 's:go t:go', from('two')));
}

/** Of the patients who show it those are named for whom the third rule does not hold. */
function shownBy(code: string, decision = 'd'): Json {
  const facts = { ...VOCABULARY.facts, k: { title: 'K', type: 'code', values: ['x', 'y', 'z'] } };
  const coded = (json: Json, codes: readonly string[]) => ({ ...json, when: { all: [json.when, { fact: 'k', in: codes }] } });
  const all = [
    coded(rule('a', 0, 50, `${decision}:stop`, from('one')), ['x', 'y']),
    coded(rule('b', 40, 99, `${decision}:go`, from('two')), ['x', 'y']),
    coded(rule('c', 0, 99, 'e:go'), [code]),
  ];
  return { ...rules(...all), facts };
}

type Files = Readonly<Record<string, Json>>;

function assertToldAnew(code: string, before: Files, after: Files): void {
  const disk = new MemoryFiles();
  const workspace = new Workspace(disk, () => undefined);
  const textOf = (file: string) => (workspace.snapshot(file) as { text: string }).text;
  const [memory, told] = [new Memory(() => false, textOf), new ToldBefore(textOf)];
  const [first, second] = [before, after].map(files => {
    for (const [file, json] of Object.entries(files)) {
      disk.texts.set(file, JSON.stringify(json));
      workspace.setText(file, JSON.stringify(json));
    }
    workspace.changedOnDisk(ROOT);
    const { ruleSet } = workspace.linked(ROOT)!;
    const fresh = plainlyAnalysed(ruleSet);
    assert.deepEqual(plainlyAnalysed(ruleSet, undefined, memory, told), fresh);
    return [...fresh.findings.values()].flat().filter(one => one.code === code);
  });
  assert.ok(first!.length > 0, `${code} is not shown`);
  assert.notDeepEqual(first, second);
}
