/** Conflicts between files that do not see each other: what is offered in the file that uses both clears them, and says what was written. */
import assert from 'node:assert/strict';
import { analysed } from '../../server/src/analysed.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { overrideSettlements } from '../../server/src/features/settle.ts';
import { replayWith } from '../../server/src/replay.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const WORDS = {
  id: 'words',
  title: 'Words',
  version: '1.0.0',
  role: 'library',
  sources: { guide: { title: 'Guide' } },
  sites: { spine: { title: 'Spine' }, leg: { title: 'Leg' } },
  activities: { walking: { title: 'Walking' } },
  facts: {
    pain: { title: 'Pain', type: 'decimal', minimum: 0, maximum: 10, required: true },
    fit: { title: 'Fit', type: 'boolean', required: true },
  },
  groups: { lesions: { title: 'Lesion', facts: { site: { title: 'Site', type: 'code', values: 'sites', required: true } } } },
  decisions: {
    ward: { title: 'Which ward?', values: ['medical', 'surgical'], resolve: 'single' },
    turn: { title: 'Whose turn?', values: ['now', 'later'], resolve: 'first' },
  },
};
const SOURCE = { source: { id: 'guide' } };
const FORBID = { id: 'rest', title: 'Rest', when: { fact: 'pain', atLeast: 7 }, then: [{ forbid: 'walking' }], ...SOURCE };
const RECOMMEND = { id: 'walk', title: 'Walk', when: { fact: 'fit', is: true }, then: [{ recommend: 'walking' }], ...SOURCE };

describe('precedence between files that do not see each other', () => {
  it('is offered in the file that uses both, either way, with the reason left to be filled in, and clears the conflict', () => {
    const { before, offered, afterEach } = settled(FORBID, RECOMMEND);
    assert.deepEqual(before, ['conflicting-effects:rest,walk']);
    assert.deepEqual(
      offered.map(({ title, file }) => [file, title]),
      [
        ['/both.clinical.json', 'Let “walk” override “rest” by a rule here, with a reason'],
        ['/both.clinical.json', 'Let “rest” override “walk” by a rule here, with a reason'],
      ],
    );
    assert.ok(offered.every(({ edits }) => edits[0]!.newText.includes('"reason": ""')));
    assert.deepEqual(afterEach, [[], []]);
  });

  it('says what was written, to every digit', () => {
    const exact = JSON.stringify(FORBID).replace('7', '7.123456789012345678901234567891');
    const { offered } = settled(exact, RECOMMEND);
    assert.match(offered[1]!.edits[0]!.newText, /"atLeast": 7\.123456789012345678901234567891 /);
  });

  it('overrides decisions that allow one value', () => {
    const { before, afterEach } = settled(
      { ...FORBID, then: [{ decide: 'ward', as: 'medical' }] },
      { ...RECOMMEND, then: [{ decide: 'ward', as: 'surgical' }] },
    );
    assert.deepEqual([before, afterEach], [['conflicting-decisions:rest,walk,ward'], [[], []]]);
  });

  it('takes over one effect of several, where the rule holds: it keeps the others', () => {
    const { offered, afterEach } = settled({ ...FORBID, then: [{ forbid: 'walking' }, { decide: 'ward', as: 'medical' }] }, RECOMMEND);
    const [, own] = offered.map(
      ({ edits }) => JSON.parse(`{${edits[0]!.newText.replace(/^,/, '')}}`) as { rules: [Record<string, unknown>] },
    );
    assert.deepEqual(own!.rules[0].then, [{ forbid: 'walking' }]);
    assert.deepEqual(own!.rules[0].when, FORBID.when);
    assert.deepEqual(afterEach, [[], []]);
  });

  it('lets a rule of the patient override a precaution wherever it holds, not the other way round', () => {
    const { site, ...precaution } = { ...FORBID, site: 'spine' };
    const { offered, afterEach } = settled({ site, ...precaution }, RECOMMEND);
    assert.deepEqual(
      offered.map(({ title }) => title),
      ['Let “walk” override “rest” by a rule here, with a reason'],
    );
    assert.match(
      offered[0]!.edits[0]!.newText.replace(/\s+/g, ' '),
      /\{ "some": "lesions", "where": \{ "all": \[ ?\{ "fact": "site", "in": \["spine"\] \}/,
    );
    assert.deepEqual(afterEach, [[]]);
  });

  it('is not offered for rules of records whose effects collide from one record to the other', () => {
    const of = (rule: object, site: string) => ({ ...rule, of: 'lesions', when: { fact: 'site', is: site } });
    const { before, offered } = settled(of(FORBID, 'spine'), of(RECOMMEND, 'leg'));
    assert.deepEqual([before, offered], [['conflicting-effects:rest,walk'], []]);
  });

  it('is not offered where no rule there could say the same: one that waits, asks what is unknown, or decides by the first rule', () => {
    const none = (forbid: object, recommend: object) => settled(forbid, recommend).offered.map(({ title }) => title);
    const waiting = { ...RECOMMEND, given: { decision: 'ward', in: ['medical'] } };
    const deciding = { ...FORBID, then: [{ forbid: 'walking' }, { decide: 'ward', as: 'medical' }] };
    assert.deepEqual(none(deciding, waiting), ['Let “rest” override “walk” by a rule here, with a reason']);
    assert.deepEqual(none({ ...FORBID, when: { unknown: { group: 'lesions' } } }, RECOMMEND), []);
    assert.deepEqual(none({ ...FORBID, then: [{ decide: 'turn', as: 'now' }, { forbid: 'walking' }] }, RECOMMEND), [
      'Let “walk” override “rest” by a rule here, with a reason',
    ]);
  });
});

/** One rule a file, or precaution, and a third file that uses both: what is found before, what is offered, and what is found after each offer. */
function settled(one: object | string, other: object) {
  const file = (id: string, rule: object | string) => {
    const text = typeof rule === 'string' ? rule : JSON.stringify(rule);
    const list = text.includes('"site":') ? 'precautions' : 'rules';
    return `{ "id": "${id}", "title": "${id}", "version": "1.0.0", "role": "library", "uses": ["words.clinical.json"], "${list}": [${text}] }`;
  };
  const both = '{\n  "id": "both", "title": "Both", "version": "1.0.0", "uses": ["a.clinical.json", "b.clinical.json"]\n}';
  const texts = {
    '/words.clinical.json': JSON.stringify(WORDS),
    '/a.clinical.json': file('a', one),
    '/b.clinical.json': file('b', other),
    '/both.clinical.json': both,
  };
  const workspace = new Workspace(new MemoryFiles(texts), () => '2026-11-22');
  const { ruleSet } = workspace.linked('/both.clinical.json')!;
  const conflicts = conflictsIn(workspace);
  const textOf = (path: string) => {
    const snapshot = workspace.snapshot(path);
    return typeof snapshot === 'string' ? undefined : { text: snapshot.text, root: snapshot.document().root };
  };
  const sees = (path: string, rule: string) => workspace.linked(path)!.ruleSet.rules.has(rule);
  const offered = conflicts.flatMap(finding => overrideSettlements(finding, { ruleSet, textOf, sees, replayOf: replayWith }));
  const afterEach = offered.map(({ edits }) => {
    const after = new Workspace(
      new MemoryFiles({ ...texts, '/both.clinical.json': applyEdits(both, edits).replace('""', '"As decided"') }),
      () => undefined,
    );
    const errors = check(after.subject('/both.clinical.json')!).filter(({ severity }) => severity === 'error');
    return [...errors, ...conflictsIn(after)].map(({ id }) => id);
  });
  return { before: conflicts.map(({ id }) => id), offered, afterEach };
}

function conflictsIn(workspace: Workspace) {
  const { findings } = analysed(workspace.linked('/both.clinical.json')!.ruleSet);
  return [...findings.values()].flat().filter(({ code }) => code.startsWith('conflicting'));
}
