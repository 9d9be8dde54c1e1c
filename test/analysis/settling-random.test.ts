/** What is offered to settle a conflict or a gap, on small random rule sets: the file stays without errors, and the finding is gone. */
import assert from 'node:assert/strict';
import { type AnalysedFinding, analysed } from '../../server/src/analysed.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { gapSettlement, overrideSettlements, type Settlement } from '../../server/src/features/settle.ts';
import { replayWith } from '../../server/src/replay.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { smallRuleSet } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 150);
const FILE = '/rules/small.clinical.json';

describe(`settling findings of random rule sets (seed ${SEED})`, function () {
  this.timeout(Math.max(60_000, ROUNDS * 1000));

  it('leaves no error and not the finding', () => {
    const met = { overrides: 0, gaps: 0, further: 0 };
    forSeeds(ROUNDS, random => {
      const text = JSON.stringify(smallRuleSet(random).json, null, 2);
      const before = workspaceOf(text);
      if (errorsOf(before).length > 0) return;
      for (const finding of findingsOf(before)) {
        for (const settlement of overrideSettlements(finding, wholeOf(before), textOf(before), () => true)) {
          met.overrides++;
          const after = taken(text, settlement);
          assert.ok(!findingsOf(after).some(({ id }) => id === finding.id), `${finding.id} is still there: ${settlement.title}`);
        }
        for (const settlement of gapSettlement(finding, wholeOf(before), textOf(before))) {
          met.gaps++;
          const decision = finding.names.find(name => wholeOf(before).decisions.has(name))!;
          const after = taken(text, settlement);
          const { decisions } = replayWith(wholeOf(after))(finding.witness as never);
          assert.notEqual(decisions.get(decision), 'no-answer', finding.id);
          const known = new Set(findingsOf(before).map(({ id }) => id));
          // Who has the answer now may lack an input, which is told; else the rule reaches no further than the gap.
          if (findingsOf(after).some(({ id, code }) => !known.has(id) && code !== 'missing-data-hazard')) met.further++;
        }
      }
    });
    if (process.env.SEED !== undefined) return;
    assert.ok(met.overrides > ROUNDS / 20 && met.gaps > ROUNDS / 4, JSON.stringify(met));
    // Where the day of an event and the time since it both matter, or whether a list is complete, no condition of a rule says for whom.
    assert.ok(met.further < met.gaps / 10, JSON.stringify(met));
  });
});

function workspaceOf(text: string): Workspace {
  return new Workspace(new MemoryFiles({ [FILE]: text }), () => '2026-11-22');
}

function wholeOf(workspace: Workspace) {
  return workspace.linked(FILE)!.ruleSet;
}

function errorsOf(workspace: Workspace): string[] {
  return check(workspace.subject(FILE)!)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

function findingsOf(workspace: Workspace): AnalysedFinding[] {
  return [...analysed(wholeOf(workspace)).findings.values()].flat();
}

function textOf(workspace: Workspace) {
  return (file: string) => {
    const snapshot = workspace.snapshot(file);
    return typeof snapshot === 'string' ? undefined : { text: snapshot.text, root: snapshot.document().root };
  };
}

/** Once its author has given the reason and the title it asks for. */
function taken(text: string, { title, edits }: Settlement): Workspace {
  const workspace = workspaceOf(applyEdits(text, edits).replaceAll(/"(reason|title)": ""/g, '"$1": "As decided"'));
  assert.deepEqual(errorsOf(workspace), [], title);
  return workspace;
}
