/** Rule sets that were once called sound and are not: the smallest example of each, with the patient who shows it. */
import assert from 'node:assert/strict';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import { eventWords } from '../../server/src/diagnostics/cell-text.ts';
import { replayWith } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { ruleSetOf } from '../support/rule-sets.ts';

const WHOLE = { title: 'Whole', type: 'integer', minimum: 0, maximum: 5 };
const DATE = { title: 'Date', type: 'date' };

describe('no wrong all-clear', () => {
  it('half of a whole number may lie between two whole numbers', () => {
    const half = (operation: object) => ({
      facts: { whole: WHOLE },
      derived: { half: { title: 'Half', type: 'integer', ...operation } },
      rules: [rule('low', { fact: 'half', atMost: 1 }, 'go'), rule('high', { fact: 'half', atLeast: 2 }, 'stop')],
    });
    assert.deepEqual(gapsOf(half({ quotient: [{ fact: 'whole' }, 2] })), [{ whole: 3 }]);
    assert.deepEqual(gapsOf(half({ product: [{ fact: 'whole' }, 0.5] })), [{ whole: 3 }]);
    assert.deepEqual(gapsOf(half({ sum: [{ fact: 'whole' }, 2] })), []);
  });

  it('a bound with a time parts the day', () => {
    const bounds = (resolve: string, x: object, y: object) => ({
      facts: { seen: DATE },
      resolve,
      rules: [
        rule('x', { fact: 'seen', ...x }, 'go'),
        rule('y', { fact: 'seen', ...y }, 'care'),
        rule('never', { fact: 'seen', is: 'never' }, 'care'),
      ],
    });
    const noon = '2025-06-10T12:00:00Z';
    assert.deepEqual(gapsOf(bounds('strictest', { above: noon }, { below: noon })), [{ seen: noon }]);
    assert.deepEqual(gapsOf(bounds('strictest', { atLeast: noon }, { below: noon })), []);
    const both = analysed(bounds('single', { atLeast: '2025-06-10T08:00:00Z' }, { below: noon }));
    assert.deepEqual(
      both.decisionClashes.map(({ rules, answer }) => [rules.map(({ id }) => id), answer.witness.facts]),
      [[['x', 'y'], { seen: '2025-06-10T08:00:00Z' }]],
    );
    assert.equal(eventWords(both.decisionClashes[0]!.answer.region[0]!), 'since 10 Jun 2025, 08:00 UTC and before 10 Jun 2025, 12:00 UTC');
    assert.deepEqual(analysed(bounds('single', { atLeast: noon }, { below: noon })).decisionClashes, []);
  });

  it('of whom several values are possible the fact is unknown, and a test of it may hold', () => {
    const kind = {
      title: 'Kind',
      type: 'code',
      values: { solid: { title: 'Solid' }, breast: { title: 'Breast', isA: 'solid' }, lung: { title: 'Lung', isA: 'solid' } },
    };
    const isSolid = { fact: 'kind', is: 'solid' };
    const isUnknown = { unknown: { fact: 'kind' } };
    const rules = [rule('unknown', isUnknown, 'stop'), rule('solid', isSolid, 'go')];
    const apart = analysed({ facts: { kind }, resolve: 'single', rules });
    assert.ok(!apart.proved.some(({ kind: proved }) => proved === 'no-conflict'));
    assert.deepEqual(apart.notProved, [{ kind: 'conflict', names: ['clearance', 'solid', 'unknown'], why: 'arithmetic' }]);
    const both = analysed({
      facts: { kind },
      rules: [rule('both', { all: [isUnknown, isSolid] }, 'stop'), rule('always', undefined, 'go')],
    });
    assert.deepEqual(both.neverHolds, []);
    const blood = { ...kind, values: { ...kind.values, blood: { title: 'Blood' } } };
    const apartAnyway = [rule('unknown', { all: [isUnknown, { fact: 'kind', is: 'blood' }] }, 'stop'), rule('solid', isSolid, 'go')];
    assert.deepEqual(analysed({ facts: { kind: blood }, resolve: 'single', rules: apartAnyway }).decisionClashes, []);
  });

  it('two events are seen from one day', () => {
    const ago = (event: string) => ({ title: 'Ago', type: 'quantity', unit: 'd', since: event });
    const { neverHolds, proved, notProved } = analysed({
      facts: { one: DATE, other: DATE },
      derived: { 'ago-one': ago('one'), 'ago-other': ago('other') },
      rules: [
        rule('always', undefined, 'go'),
        rule(
          'impossible',
          {
            all: [
              { fact: 'one', atMost: '2020-01-01' },
              { fact: 'ago-one', atMost: 1, unit: 'd' },
              { fact: 'other', atLeast: '2025-01-01' },
              { fact: 'ago-other', atMost: 1, unit: 'd' },
            ],
          },
          'stop',
        ),
      ],
    });
    assert.ok(neverHolds.length === 1 || notProved.some(({ kind, names }) => kind === 'never-holds' && names.includes('impossible')));
    assert.ok(!proved.some(({ kind }) => kind === 'can-fire'));
  });
});

interface Small {
  readonly facts: object;
  readonly derived?: object;
  readonly resolve?: string;
  readonly rules: readonly object[];
}

function rule(id: string, when: object | undefined, as: string): object {
  return { id, title: id, ...(when && { when }), then: [{ decide: 'clearance', as }], source: { id: 'one' } };
}

function analysed({ resolve = 'strictest', ...small }: Small): Analysis {
  const decisions = { clearance: { title: 'Clearance', values: ['stop', 'care', 'go'], resolve, mustDecide: true } };
  const head = { id: 'small', title: 'Small', version: '1.0.0', status: 'active', complete: true, sources: { one: { title: 'One' } } };
  const json = { ...head, decisions, ...small };
  assert.deepEqual(checkSchema(parseDocument(JSON.stringify(json)), 'rule-set'), []);
  const ruleSet = ruleSetOf(json);
  return analyse(ruleSet, replayWith(ruleSet));
}

/** The facts of each patient without an answer; where there is none it must be proved. */
function gapsOf(small: Small): unknown[] {
  const { gaps, proved } = analysed(small);
  assert.equal(
    proved.some(({ kind }) => kind === 'answered'),
    gaps.length === 0,
  );
  return gaps.map(({ answer }) => answer.witness.facts);
}
