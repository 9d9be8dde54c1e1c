/** What the editor offers to settle a finding settles it: on every conflict, disagreement and gap of the samples, by the quick fixes' own edits. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { AnalysedFinding } from '../../server/src/analysed.ts';
import { disagreements, effectClashes, singleClashes } from '../../server/src/analysis/conflicts.ts';
import { gapsOf } from '../../server/src/analysis/gaps.ts';
import { inquire } from '../../server/src/analysis/question.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { type Diagnostic, type RuleSetSubject, runRule } from '../../server/src/diagnostics/define.ts';
import { rule as missingRule } from '../../server/src/diagnostics/rules/missing-rule.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { overrideSettlements, type Settlement, type Settling, waiverSettlement } from '../../server/src/features/settle.ts';
import { gapSettlement } from '../../server/src/features/settle-gap.ts';
import type { Decision, RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { isWaived } from '../../server/src/waived.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { SAMPLE_FINDINGS } from './sample-findings.ts';
import { sampleWhole } from './wholes.ts';

const FOLDER = resolve('samples');
const STEPS = 1_000_000;
/** Regions of one decision without an answer. */
const MOST_GAPS = 6;
const CONFLICTS = new Set(['conflicting-effects', 'conflicting-decisions', 'disagreement']);

describe('settling a finding', function () {
  this.timeout(300_000);

  for (const name of Object.keys(SAMPLE_FINDINGS)) {
    const findings = () => sampleWhole(name).findings;

    it(`${name}: an override clears its conflict`, () => {
      for (const finding of findings().filter(({ code }) => CONFLICTS.has(code))) {
        const workspace = samples();
        const settlements = overrideSettlements(finding, settlingOf(workspace, name));
        for (const settlement of settlements) {
          const after = afterEdit(name, settlement);
          assert.equal(after.problems.join(), '', `${finding.id}: ${settlement.title}`);
          assert.ok(!conflictsIn(after.ruleSet, finding), `${finding.id} is still there: ${settlement.title}`);
        }
        if (settlements.length === 0) assert.ok(mayHaveNone(finding, wholeOf(workspace, name)), `${finding.id}: no override is offered`);
      }
    });

    it(`${name}: a rule for a gap fills it`, () => {
      for (const finding of findings().filter(({ code }) => code === 'missing-rule')) {
        const workspace = samples();
        let rules = 0;
        // What is left is another gap of the same decision, and filled in its turn.
        for (let gap: Diagnostic | undefined = finding; gap; rules++) {
          assert.ok(rules < MOST_GAPS, `${finding.id}: still open after ${rules} rules`);
          const whole: RuleSet = wholeOf(workspace, name);
          const [settlement] = gapSettlement(gap, settlingOf(workspace, name));
          const decision: Decision = whole.decisions.get(finding.names.find(id => whole.decisions.has(id))!)!;
          assert.equal(replayWith(whole)(gap.witness as never).decisions.get(decision.id), 'no-answer');
          assert.deepEqual(edit(workspace, settlement!), []);
          const filled = wholeOf(workspace, name);
          assert.equal(replayWith(filled)(gap.witness as never).decisions.get(decision.id), decision.values[0]!.id, gap.message);
          gap = gapsIn(filled).find(({ id }) => id === finding.id);
        }
      }
    });

    it(`${name}: a waiver with reason, name and date waives it until that date, and while it means the same`, () => {
      for (const finding of findings()) {
        const workspace = samples();
        const { root } = wholeOf(workspace, name);
        const [settlement] = waiverSettlement(finding, finding.digest, root.file, '2027-05-22', textsOf(workspace));
        const { ruleSet, problems } = afterEdit(name, settlement!);
        assert.deepEqual(problems, []);
        const waivers = ruleSet.root.waivers.slice(-1);
        assert.ok(isWaived(finding, waivers, '2027-05-22'), finding.id);
        assert.ok(!isWaived(finding, waivers, '2027-05-23'), 'it has expired');
        assert.ok(!isWaived({ ...finding, digest: '0' }, waivers, '2027-05-22'), 'it means something else now');
        assert.ok(!isWaived(finding, waivers, undefined), 'nothing to hold the date against');
      }
    });
  }
});

function samples(): Workspace {
  return new Workspace(diskFiles([FOLDER]), () => '2026-11-22');
}

function wholeOf(workspace: Workspace, name: string): RuleSet {
  return workspace.linked(`${FOLDER}/${name}.clinical.json`)!.ruleSet;
}

function settlingOf(workspace: Workspace, name: string): Settling {
  const sees = (file: string, rule: string) => workspace.linked(file)!.ruleSet.rules.has(rule);
  return { ruleSet: wholeOf(workspace, name), textOf: textsOf(workspace), sees, replayOf: replayWith };
}

function textsOf(workspace: Workspace) {
  return (file: string) => {
    const snapshot = workspace.snapshot(file);
    return typeof snapshot === 'string' ? undefined : { text: snapshot.text, root: snapshot.document().root };
  };
}

/** The whole once its author has taken the edit and given the reason and the name it asks for. */
function afterEdit(name: string, settlement: Settlement): { ruleSet: RuleSet; problems: readonly string[] } {
  const workspace = samples();
  const problems = edit(workspace, settlement);
  return { ruleSet: wholeOf(workspace, name), problems };
}

/** Takes the edit, and gives what is wrong with the file then. */
function edit(workspace: Workspace, { file, edits }: Settlement): string[] {
  const text = applyEdits(textsOf(workspace)(file)!.text, edits);
  workspace.setText(file, text.replaceAll(/"(reason|by|title)": ""/g, '"$1": "As decided"'));
  return check(workspace.subject(file)!)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

function gapsIn(ruleSet: RuleSet): Diagnostic[] {
  const must = [...ruleSet.decisions.values()].filter(({ mustDecide }) => mustDecide);
  const found = must.flatMap(decision => gapsOf(inquire(ruleSet, STEPS, replayWith(ruleSet)), decision));
  const gaps = found.filter(gap => gap.answer.kind === 'found');
  return runRule(missingRule, { kind: 'rule-set', file: ruleSet.root.file, ruleSet, analysis: { gaps } } as unknown as RuleSetSubject);
}

/** Whether rules of the finding still collide, or still disagree. */
function conflictsIn(ruleSet: RuleSet, { code, names, rules = [], span }: AnalysedFinding): boolean {
  const inquiry = inquire(ruleSet, STEPS, replayWith(ruleSet));
  const isOf = (some: readonly { readonly id: string }[]) => some.every(({ id }) => rules.includes(id));
  if (code === 'conflicting-effects') return effectClashes(inquiry).some(clash => clash.answer.kind === 'found' && isOf(clash.rules));
  const decisions = [...ruleSet.decisions.values()].filter(({ id }) => names.includes(id));
  if (code === 'conflicting-decisions')
    return decisions.some(decision => singleClashes(inquiry, decision).some(clash => clash.answer.kind === 'found' && isOf(clash.rules)));
  return decisions.some(decision =>
    // Of the rules named one may be stricter than another too: that is told at that one.
    disagreements(inquiry, decision).some(
      ({ stricter, looser, answer }) => answer.kind === 'found' && stricter.idSpan.start === span.start && isOf([stricter, ...looser]),
    ),
  );
}

/**
 * Rules of different groups, or beside one that overrides already: none of them may override all others. Of a disagreement in several files the
 * stricter is followed without a rule of its own that says so.
 */
function mayHaveNone({ code, rules = [] }: AnalysedFinding, ruleSet: RuleSet): boolean {
  const involved = rules.map(id => ruleSet.rules.get(id)!);
  const groups = involved.map(({ of, precaution }) => (precaution ? ruleSet.locatedGroup?.id : of?.value));
  const isFollowed = code === 'disagreement' && new Set(involved.map(({ file }) => file)).size > 1;
  return isFollowed || new Set(groups).size > 1 || involved.some(({ override }) => override);
}
