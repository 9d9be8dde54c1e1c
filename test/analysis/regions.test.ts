/** The region of each finding, patient by patient: all inside show it, and one step further somebody does not. */
import assert from 'node:assert/strict';
import { analyse, type Found } from '../../server/src/analysis/analyse.ts';
import { type Bits, bitsWhere } from '../../server/src/analysis/bits.ts';
import { truthOf } from '../../server/src/analysis/formula.ts';
import type { Region } from '../../server/src/analysis/region.ts';
import { type Replayed, witnessOf } from '../../server/src/analysis/witness.ts';
import type { Rule } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { product } from '../support/every-patient.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { type SmallRuleSet, smallRuleSet } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 400);
const MOST_PATIENTS = 400;

describe(`regions of findings (seed ${SEED})`, function () {
  this.timeout(Math.max(60_000, ROUNDS * 300));

  it('hold only patients who show the finding, and cannot be wider', () => {
    const met = { inside: 0, neighbours: 0, regions: 0, totals: 0 };
    forSeeds(ROUNDS, random => {
      const small = smallRuleSet(random);
      if (!small.exact) return;
      const ruleSet = ruleSetOf(small.json);
      const replay = replayWith(ruleSet);
      for (const { name, answer, shown } of findingsOf(analyse(ruleSet, replay)))
        oneOf(shown.map(one => () => checkRegion(small, name, answer, patient => verdict(replay(patient), one), met)));
    });
    assert.ok(met.inside > 1000 && met.neighbours > 200 && met.totals > 5, JSON.stringify(met));
  });
});

/**
 * `open`: of this record it shows, but something else of the patient stays undetermined. `waits`: a rule waits for an answer that the patient
 * has not: a region is told with that answer, so that such a patient is not meant by it.
 */
type Verdict = 'shows' | 'open' | 'waits' | 'shows not';
type Shown = (replayed: Replayed) => Verdict;

/** `shown`: by each of the rules it could be about; one of them is what the region is of. */
interface Told {
  readonly name: string;
  readonly answer: Found;
  readonly shown: readonly Shown[];
}

function findingsOf(analysis: ReturnType<typeof analyse>): Told[] {
  const waits = ({ decisions }: Replayed, { given }: Rule) =>
    given && !given.values.some(({ value }) => value === decisions.get(given.decision.value));
  const fired =
    (rules: readonly Rule[], more = (_: Replayed) => true): Shown =>
    replayed => {
      const others = rules.filter(({ id }) => !replayed.fired.has(id));
      if (others.length > 0) return others.every(rule => waits(replayed, rule)) ? 'waits' : 'shows not';
      return said(more(replayed));
    };
  return [
    ...analysis.gaps.map(({ decision, of, answer }) => ({
      name: `gap ${decision.id} of ${of}`,
      answer,
      shown: [
        ({ decisions }: Replayed) => {
          const status = decisions.get(decision.id);
          return of === 'record' && status === 'undetermined' ? 'open' : said(status === 'no-answer');
        },
      ],
    })),
    ...analysis.decisionClashes.map(({ rules, answer }) => ({
      name: 'decision',
      answer,
      shown: rules.length > 1 ? rules.slice(0, -1).map(other => fired([other, rules.at(-1)!])) : [fired(rules)],
    })),
    ...analysis.disagreements.map(({ stricter, looser, answer }) => ({
      name: 'disagreement',
      answer,
      shown: looser.map(one => fired([stricter, one])),
    })),
    ...analysis.clashes.map(({ rules, answer }) => ({
      name: 'effects',
      answer,
      shown: [fired(rules, ({ collisions }) => collisions.of(rules[0]!.id).size > 0)],
    })),
  ];
}

/** That one of the checks passes; else what the first says. */
function oneOf([check, ...others]: readonly (() => void)[]): void {
  if (others.length === 0) return check?.();
  try {
    check!();
  } catch (error) {
    if (!others.some(other => passes(other))) throw error;
  }
}

function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function said(shows: boolean): Verdict {
  return shows ? 'shows' : 'shows not';
}

/** `out` is who is not in question: out of scope, or impossible. */
function verdict(replayed: Replayed, shown: Shown): Verdict | 'out' {
  return replayed.inScope ? shown(replayed) : 'out';
}

function checkRegion(
  { groups }: SmallRuleSet,
  name: string,
  { space, region }: Found,
  verdictOn: (patient: ReturnType<typeof witnessOf>) => string,
  met: Record<'inside' | 'neighbours' | 'regions' | 'totals', number>,
): void {
  const size = space.variables.reduce((count, { cells }) => count * cells.length, 1);
  if (size > MOST_PATIENTS) return;
  met.regions++;
  if (region.some(({ variable }) => variable.total)) met.totals++;
  const all = new Set(space.variables.keys());
  const ties = space.tiesOf(space.variables.map((_, variable) => ({ kind: 'atom', variable, cells: bitsWhere(1, () => true) })));
  const patients = product(space.variables.map(({ cells }) => cells.map((_, cell) => cell)))
    .map(cells => ({ cells, box: cells.map((cell, i): Bits => bitsWhere(space.variables[i]!.cells.length, one => one === cell)) }))
    .filter(({ box }) => ties.every(tie => truthOf(tie, box) === 2))
    .map(({ cells, box }) => ({ cells, verdict: verdictOn(witnessOf(space, box, all)) }));
  const inside = patients.filter(({ cells }) => outsideOf(region, space.variables, cells).length === 0);
  for (const { cells, verdict: said } of inside) assert.notEqual(said, 'shows not', `${name}: inside ${textOf(region)} at ${cells}`);
  assert.ok(
    inside.some(one => one.verdict === 'shows'),
    `${name}: nobody is in ${textOf(region)}`,
  );
  met.inside += inside.length;
  // With records another one may show it beyond the region.
  if (groups.length > 0) return;
  for (const { variable, cells } of region)
    for (const cell of variable.cells) {
      if (cells.includes(cell)) continue;
      const at = space.variables.indexOf(variable);
      const next = patients.filter(one => {
        const out = outsideOf(region, space.variables, one.cells);
        return out.length === 1 && out[0] === variable && variable.cells[one.cells[at]!] === cell;
      });
      // A value that nobody else in the region goes with may be left out.
      if (next.every(one => one.verdict === 'out')) continue;
      assert.ok(
        next.some(one => one.verdict !== 'shows' && one.verdict !== 'out'),
        `${name}: ${textOf(region)} could have ${variable.key} ${JSON.stringify(cell)}`,
      );
      met.neighbours++;
    }
}

/** The variables of the region whose value lies outside it. */
function outsideOf(region: Region, variables: Found['space']['variables'], cells: readonly number[]) {
  return region.flatMap(({ variable, cells: allowed }) =>
    allowed.includes(variable.cells[cells[variables.indexOf(variable)]!]!) ? [] : [variable],
  );
}

function textOf(region: Region): string {
  return JSON.stringify(region.map(({ variable, cells }) => [variable.key, cells]));
}
