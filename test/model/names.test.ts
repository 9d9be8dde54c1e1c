/** Names: what each refers to, and that nothing is missed: any declared id can be renamed by its references alone. */
import assert from 'node:assert/strict';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { SECTIONS } from '../../server/src/model/merge.ts';
import {
  ANYWHERE,
  factIn,
  LOCATED,
  mustResolve,
  type Reference,
  referencesOf,
  type Target,
  targetOf,
} from '../../server/src/model/names.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { EVERY_FORM } from './every-form.ts';
import { at, ruleSetOf, textOf } from './reading.ts';

const TEXT = textOf(EVERY_FORM);
const WHOLE = wholeOf(TEXT);

describe('references', () => {
  it('all have a target in a sound rule set', () => assert.deepEqual(unresolved(WHOLE), []));

  it('stand at the name, and their target at its declaration', () => {
    for (const reference of referencesOf(WHOLE.root)) {
      const { value, span } = reference.name;
      assert.equal(at(TEXT, span), `"${value}"`);
      const target = targetOf(WHOLE, reference);
      // The two sides are declared by being of that type, not by a word.
      if (target && value !== 'left' && value !== 'right') assert.equal(at(TEXT, target.idSpan), `"${value}"`);
    }
  });

  it('are told undefined wherever a name is replaced by an unknown one', () => {
    let tried = 0;
    for (const reference of referencesOf(WHOLE.root)) {
      if (!mustResolve(WHOLE, reference) || isOption(reference)) continue;
      const text = applyEdits(TEXT, [{ span: reference.name.span, newText: '"nobody"' }]);
      assert.ok(unresolved(wholeOf(text)).includes('nobody'), `${reference.name.value} as ${JSON.stringify(reference.to)}`);
      tried++;
    }
    assert.ok(tried > 100, String(tried));
  });

  it('are enough to rename anything that is declared', () => {
    const targets = targetsOf(WHOLE);
    assert.ok(targets.length > 45, String(targets.length));
    for (const { id } of targets) {
      const text = renamed(
        targets.filter(target => target.id === id),
        'renamed',
      );
      assert.deepEqual(unresolved(wholeOf(text)), [], `${id} renamed`);
      // What is left of the name is a key of the language, not a name.
      const left = text.split(`"${id}"`).length - 1;
      assert.equal(left, id === 'site' ? 1 : 0, `${id} renamed`);
    }
  });

  it('leave out names that could not be read', () => {
    const { root } = wholeOf('{ "rules": [{ "id": "r", "of": 5, "then": [{ "decide": "d" }, { "avoid": "" }] }] }');
    assert.deepEqual(
      referencesOf(root).map(({ name }) => name.value),
      ['d'],
    );
  });

  it('are gathered once', () => assert.equal(referencesOf(WHOLE.root), referencesOf(WHOLE.root)));
});

describe('scope', () => {
  const whole = wholeOf({
    facts: { shared: { title: 'of the patient', type: 'boolean' }, own: { type: 'boolean' } },
    groups: {
      lesions: { facts: { site: { type: 'code', values: 'sites' }, shared: { title: 'of the lesion', type: 'boolean' } } },
      drugs: { facts: { dose: { type: 'integer' } } },
    },
    derived: { size: { type: 'decimal', of: 'lesions', sum: [1, 2] }, total: { type: 'decimal', sum: [1, 2] } },
  });
  const title = (group: string | undefined, id: string) => factIn(whole, group, id)?.title;

  it('looks in the record first, then in the patient', () => {
    assert.equal(title('lesions', 'shared'), 'of the lesion');
    assert.equal(title('drugs', 'shared'), 'of the patient');
    assert.equal(title(undefined, 'shared'), 'of the patient');
    assert.equal(title(LOCATED, 'shared'), 'of the lesion');
    assert.equal(title(ANYWHERE, 'shared'), 'of the patient');
  });

  it('hides the facts of other records', () => {
    assert.ok(factIn(whole, 'drugs', 'dose') && factIn(whole, ANYWHERE, 'dose'));
    assert.equal(factIn(whole, 'lesions', 'dose'), undefined);
    assert.equal(factIn(whole, undefined, 'dose'), undefined);
  });

  it('hides derived facts of records outside them', () => {
    assert.ok(factIn(whole, 'lesions', 'size') && factIn(whole, LOCATED, 'size') && factIn(whole, ANYWHERE, 'size'));
    assert.equal(factIn(whole, undefined, 'size'), undefined);
    assert.equal(factIn(whole, 'drugs', 'size'), undefined);
    assert.ok(factIn(whole, 'drugs', 'total'));
  });

  it('is that of the inner record in a `where`', () => {
    const names = (where: object) =>
      unresolved(
        wholeOf({
          facts: { own: { type: 'boolean' } },
          groups: { lesions: { facts: { site: { type: 'boolean' } } }, drugs: { facts: { dose: { type: 'integer' } } } },
          rules: [{ id: 'r', of: 'lesions', when: { some: 'drugs', where }, then: [] }],
        }),
      );
    assert.deepEqual(names({ fact: 'dose', is: 1 }), []);
    assert.deepEqual(names({ fact: 'own', is: true }), []);
    assert.deepEqual(names({ fact: 'site', is: true }), ['site']);
  });
});

describe('what need not resolve', () => {
  const whole = (when: object) => wholeOf({ facts: { d: { type: 'date' } }, rules: [{ id: 'r', when, then: [] }] });

  it('is a part of something unknown: one mistake, told once', () => {
    assert.deepEqual(unresolved(whole({ fact: 'nobody', is: 'value' })), ['nobody']);
    assert.deepEqual(unresolved(whole({ score: 'nobody', in: ['band'] })), ['nobody']);
  });

  it('is a date or `never`', () => assert.deepEqual(unresolved(whole({ fact: 'd', is: 'never' })), []));
});

function wholeOf(source: unknown): RuleSet {
  return linkRuleSet(ruleSetOf(source), () => 'missing-file').ruleSet;
}

function unresolved(whole: RuleSet): string[] {
  return referencesOf(whole.root)
    .filter(reference => mustResolve(whole, reference) && !targetOf(whole, reference))
    .map(({ name }) => name.value);
}

/** An option that comes `from` a fact is named by its own key: it is declared there and refers at once. */
function isOption({ name, to }: Reference): boolean {
  return to.kind === 'value' && TEXT[name.span.end] === ':';
}

function targetsOf(whole: RuleSet): Target[] {
  const targets = new Map<number, Target>();
  for (const reference of referencesOf(whole.root)) {
    const target = targetOf(whole, reference);
    if (target && at(TEXT, target.idSpan) === `"${target.id}"`) targets.set(target.idSpan.start, target);
  }
  // What nothing seems to refer to could be what a reference was missed of.
  const groups = [...whole.groups.values()];
  for (const table of [...SECTIONS.map(section => whole[section]), ...groups.map(({ facts }) => facts)])
    for (const item of table.values()) targets.set(item.idSpan.start, { ...item, item });
  return [...targets.values()];
}

function renamed(targets: readonly Target[], newName: string): string {
  const declared = new Map(targets.map(({ idSpan }) => [idSpan.start, idSpan]));
  const spans = referencesOf(WHOLE.root)
    .filter(reference => declared.has(targetOf(WHOLE, reference)?.idSpan.start ?? -1))
    .map(({ name }) => name.span);
  const places = new Map([...spans, ...declared.values()].map(span => [span.start, span]));
  return applyEdits(
    TEXT,
    [...places.values()].map(span => ({ span, newText: `"${newName}"` })),
  );
}
