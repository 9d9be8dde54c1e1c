/** The attainable totals against the evaluator: of a patient of whom nothing is known, every attainable total is possible, and no other. */
import assert from 'node:assert/strict';
import { attainableTotals } from '../../server/src/analysis/attainable-totals.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { seeded } from '../support/seeded.ts';

const SEED = 20261122;
const PATIENT = readPatient(parseDocument('{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["x.clinical.json"] }'), 'p');

describe('attainable totals', () => {
  it(`are those the evaluator holds possible, on 300 random scores (seed ${SEED})`, () => {
    const random = seeded(SEED);
    for (let i = 0; i < 300; i++) {
      const text = JSON.stringify(randomRuleSet(random));
      const { ruleSet } = linkRuleSet(readRuleSet(parseDocument(text), 'x'), () => 'missing-file');
      const totals = attainableTotals(ruleSet.scores.get('score')!, ruleSet);
      const outcome = evaluate(compile(ruleSet), PATIENT, { trace: false }).scores[0]!;
      const possible = outcome.totals ?? (outcome.total === undefined ? [] : [outcome.total]);
      assert.deepEqual((totals?.values ?? []).map(String), possible, `score ${i} of seed ${SEED}: ${text}`);
    }
  });

  it('says when it takes components for independent that are not', () => {
    const shared = (when: object) => ({ title: 'C', conditions: [{ when, points: 1 }], otherwise: 0 });
    const both = {
      all: [
        { fact: 'a', is: true },
        { fact: 'b', is: true },
      ],
    };
    assert.equal(totalsOf({ one: shared(both), two: shared({ fact: 'a', is: true }) })?.exact, false);
    assert.equal(totalsOf({ one: shared({ fact: 'a', is: true }), two: shared({ fact: 'a', is: true }) })?.exact, true);
  });

  it('gives no total for a value without points', () => {
    const components = {
      one: { title: 'One', from: 'c', options: { x: 1, y: 2 } },
      two: { title: 'Two', from: 'c', options: { y: 10, z: 20 } },
    };
    assert.deepEqual(totalsOf(components)?.values?.map(String), ['12']);
  });
});

function totalsOf(components: object) {
  const facts = {
    a: { title: 'A', type: 'boolean' },
    b: { title: 'B', type: 'boolean' },
    c: { title: 'C', type: 'code', values: ['x', 'y', 'z'] },
  };
  const text = JSON.stringify({ id: 'x', title: 'X', version: '1.0.0', facts, scores: { score: { title: 'S', components } } });
  const { ruleSet } = linkRuleSet(readRuleSet(parseDocument(text), 'x'), () => 'missing-file');
  return attainableTotals(ruleSet.scores.get('score')!, ruleSet);
}

/** One score over an integer, a boolean and a code, with up to four components of any kind that reads one fact. */
function randomRuleSet(random: () => number) {
  const points = () => [0, 1, 2, 3, 1.5, -1, 4][Math.floor(random() * 7)]!;
  // Within the domain: the evaluator does not rule out that an unknown value lies outside it.
  const count = () => 1 + Math.floor(random() * 8);
  const makers = [
    () => ({ title: 'O', options: { x: points(), y: points(), z: points() } }),
    () => ({ title: 'F', from: 'kind', options: { red: points(), green: points(), blue: points() } }),
    () => ({ title: 'V', fact: 'count' }),
    () => {
      const cut = count();
      return {
        title: 'I',
        fact: 'count',
        intervals: [
          { atMost: cut, points: points() },
          { above: cut, points: points() },
        ],
      };
    },
    () => ({ title: 'C', conditions: [{ when: { fact: 'count', atLeast: count() }, points: points() }], otherwise: points() }),
    () => ({ title: 'B', conditions: [{ when: { not: { fact: 'flag', is: true } }, points: points() }], otherwise: points() }),
    () => ({ title: 'K', conditions: [{ when: { fact: 'kind', in: ['warm'] }, points: points() }], otherwise: points() }),
  ];
  const components = Object.fromEntries(
    Array.from({ length: 1 + Math.floor(random() * 4) }, (_, i) => [`c${i}`, makers[Math.floor(random() * makers.length)]!()]),
  );
  return {
    ...{ id: 'x', title: 'X', version: '1.0.0' },
    facts: {
      count: { title: 'Count', type: 'integer', minimum: 0, maximum: 9 },
      flag: { title: 'Flag', type: 'boolean' },
      kind: {
        title: 'Kind',
        type: 'code',
        values: { warm: { title: 'Warm' }, red: { title: 'Red', isA: 'warm' }, green: { title: 'Green' }, blue: { title: 'Blue' } },
      },
    },
    scores: { score: { title: 'Score', components } },
  };
}
