/** Rule sets of several files: what is found in the whole is what every patient shows of the same rules in one file, told in the file it is about. */
import assert from 'node:assert/strict';
import { type AnalysedFinding, toldOf } from '../../server/src/analysed.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { replayWith } from '../../server/src/replay.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { adaptedFrom } from '../support/adapted-rule-sets.ts';
import { bruteForce } from '../support/brute-force.ts';
import { everyPatient } from '../support/every-patient.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { type SmallRuleSet, smallRuleSet } from '../support/small-rule-sets.ts';
import { type RuleSetFiles, splitOver } from '../support/split-rule-sets.ts';
import { checkWitnesses, compare, count, requiredIn } from './compared.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 500);
const MOST_PATIENTS = 300;
const ROOT = '/rules/root.clinical.json';
const ONE = '/one.clinical.json';
/** What a score of random numbers may have wrong: the base may have another than the whole. */
const OF_NUMBERS: ReadonlySet<string> = new Set([
  'band-gap',
  'interval-gap',
  'unlike-cut-offs',
  'unreachable-band',
  'unreachable-total',
  'unsettled-points',
]);

describe(`rule sets of several files (seed ${SEED})`, function () {
  this.timeout(Math.max(60_000, ROUNDS * 200));

  it('split over files that use each other: what every patient shows is found, no more and no less, in the right file', () => {
    const met: Record<string, number> = {};
    forSeeds(ROUNDS, random => {
      const small = smallRuleSet(random);
      holdTogether(small, splitOver(random, small.json, ROOT), met);
    });
    hasMet(met, { 'in other files': 3, 'of rules of several files': 20, gap: 4, conflict: 100, disagreement: 50, hidden: 100 });
  });

  it('adapted from a published one, with rules replaced, removed and added: what every patient shows is found, in the right file', () => {
    const met: Record<string, number> = {};
    forSeeds(ROUNDS, random => {
      const small = smallRuleSet(random);
      const adapted = adaptedFrom(random, small.json, ROOT);
      holdTogether(small, adapted, met);
    });
    hasMet(met, { 'in other files': 3, 'of rules of several files': 10, gap: 4, conflict: 100, disagreement: 50, hidden: 100 });
  });
});

/** Each kind at least once in so many rounds. */
function hasMet(met: Readonly<Record<string, number>>, once: Readonly<Record<string, number>>): void {
  if (process.env.SEED !== undefined) return;
  for (const [kind, rounds] of Object.entries(once))
    assert.ok((met[kind] ?? 0) >= Math.floor(ROUNDS / rounds), `too few of ${kind} were met: ${JSON.stringify(met)}`);
}

function holdTogether(small: SmallRuleSet, written: RuleSetFiles, met: Record<string, number>): void {
  const one = analysedAt({ [ONE]: written.joined }, ONE);
  const many = analysedAt(written.files, written.root);
  const ofFiles = many.errors.filter(id => !one.errors.includes(id) && !OF_NUMBERS.has(id.split(':')[0]!));
  assert.deepEqual(ofFiles, [], 'errors in several files that one does not have');
  const identity = ({ severity, id, digest }: AnalysedFinding) => [severity, id, digest].join(' ');
  assert.deepEqual(many.placed.map(({ finding }) => identity(finding)).sort(), one.placed.map(({ finding }) => identity(finding)).sort());
  assert.deepEqual([many.analysis.proved, many.analysis.notProved], [one.analysis.proved, one.analysis.notProved]);
  for (const { finding, file, at } of many.placed) {
    const of = one.placed.find(({ finding: { id } }) => id === finding.id)!.at;
    // Sites that nobody speaks of are told by the name of the rule set, and so is a gap where another file has the decision.
    const isOfWhole = of === written.joined.id || (finding.code === 'missing-rule' && written.owners.get(of) !== written.root);
    assert.deepEqual([file, at], isOfWhole ? [written.root, written.joined.id] : [written.owners.get(of), of], finding.id);
    if (file !== written.root) count(met, 'in other files');
    if (new Set(finding.rules?.map(rule => written.owners.get(rule))).size > 1) count(met, 'of rules of several files');
  }
  const every = everyPatient(small, 3, MOST_PATIENTS);
  if (!every) return count(met, 'passed over');
  compare(small, many.analysis, bruteForce(one.ruleSet, every), met);
  checkWitnesses(many.analysis, many.replay, requiredIn(small));
}

function analysedAt(files: Readonly<Record<string, object>>, root: string) {
  const texts = Object.fromEntries(Object.entries(files).map(([file, json]) => [file, JSON.stringify(json, null, 2)]));
  const workspace = new Workspace(new MemoryFiles(texts), () => '2026-11-22');
  const { ruleSet } = workspace.linked(root)!;
  const replay = replayWith(ruleSet);
  const analysis = analyse(ruleSet, replay);
  const placed = [...toldOf(ruleSet, analysis).findings].flatMap(([file, findings]) =>
    findings.map(finding => ({ finding, file, at: JSON.parse(texts[file]!.slice(finding.span.start, finding.span.end)) as string })),
  );
  const errors = workspace.wholeOf(root).flatMap(file => check(workspace.subject(file)!).filter(({ severity }) => severity === 'error'));
  return { ruleSet, replay, analysis, placed, errors: errors.map(({ id }) => id).sort() };
}
