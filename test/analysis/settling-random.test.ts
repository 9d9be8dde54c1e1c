/** What is offered to settle a conflict or a gap, on small random rule sets: the file stays without errors, and the finding is gone. */
import assert from 'node:assert/strict';
import { type AnalysedFinding, analysed } from '../../server/src/analysed.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { gapSettlement, overrideSettlements, type Settlement, type Settling } from '../../server/src/features/settle.ts';
import { replayWith } from '../../server/src/replay.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, SEED } from '../support/random.ts';
import { smallRuleSet } from '../support/small-rule-sets.ts';
import { splitOver } from '../support/split-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 150);
const FILE = '/rules/small.clinical.json';
const WASTED: ReadonlySet<string> = new Set(['never-holds', 'redundant-rule']);

describe(`settling findings of random rule sets (seed ${SEED})`, function () {
  this.timeout(Math.max(60_000, ROUNDS * 1000));

  it('leaves no error and not the finding', () => {
    const met = { overrides: 0, gaps: 0, further: 0 };
    forSeeds(ROUNDS, random => {
      const text = JSON.stringify(smallRuleSet(random).json, null, 2);
      const before = workspaceOf(text);
      if (errorsOf(before).length > 0) return;
      for (const finding of findingsOf(before)) {
        for (const settlement of overrideSettlements(finding, settlingOf(before))) {
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

  it('of several files, where one need not see the other, leaves no error and not the conflict', () => {
    const met = { overrides: 0, beside: 0 };
    forSeeds(ROUNDS * 4, random => {
      const { files } = splitOver(random, smallRuleSet(random).json, FILE);
      const texts = Object.fromEntries(Object.entries(files).map(([file, json]) => [file, JSON.stringify(json, null, 2)]));
      const before = workspaceWith(texts);
      if (errorsOf(before).length > 0) return;
      const sees = (file: string, rule: string) => before.linked(file)!.ruleSet.rules.has(rule);
      for (const finding of findingsOf(before)) {
        for (const settlement of overrideSettlements(finding, { ...settlingOf(before), sees })) {
          met.overrides++;
          const after = workspaceWith({ ...texts, [settlement.file]: filledIn(texts[settlement.file]!, settlement) });
          assert.deepEqual(errorsOf(after), [], settlement.title);
          const now = findingsOf(after);
          assert.ok(!now.some(({ id }) => id === finding.id), `${finding.id} is still there: ${settlement.title}`);
          const added = [...wholeOf(after).rules.keys()].find(id => !wholeOf(before).rules.has(id));
          if (added === undefined) continue;
          met.beside++;
          // The rule whose place it takes may be left with nobody, where it never holds without the other.
          const { idSpan } = wholeOf(after).rules.get(added)!;
          const wasted = now.filter(
            ({ code, rules = [], span }) => WASTED.has(code) && rules.includes(added) && span.start === idSpan.start,
          );
          assert.deepEqual(wasted, [], `${settlement.title} adds what does nothing`);
        }
      }
    });
    if (process.env.SEED !== undefined) return;
    assert.ok(met.overrides > ROUNDS / 5 && met.beside > ROUNDS / 50, JSON.stringify(met));
  });
});

function workspaceOf(text: string): Workspace {
  return workspaceWith({ [FILE]: text });
}

function workspaceWith(texts: Readonly<Record<string, string>>): Workspace {
  return new Workspace(new MemoryFiles(texts), () => '2026-11-22');
}

function wholeOf(workspace: Workspace) {
  return workspace.linked(FILE)!.ruleSet;
}

function settlingOf(workspace: Workspace): Settling {
  return { ruleSet: wholeOf(workspace), textOf: textOf(workspace), sees: () => true, replayOf: replayWith };
}

function errorsOf(workspace: Workspace): string[] {
  return workspace
    .wholeOf(FILE)
    .flatMap(file => check(workspace.subject(file)!))
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

function taken(text: string, settlement: Settlement): Workspace {
  const workspace = workspaceOf(filledIn(text, settlement));
  assert.deepEqual(errorsOf(workspace), [], settlement.title);
  return workspace;
}

/** Once its author has given the reason and the title it asks for. */
function filledIn(text: string, { edits }: Settlement): string {
  return applyEdits(text, edits).replaceAll(/"(reason|title)": ""/g, '"$1": "As decided"');
}
