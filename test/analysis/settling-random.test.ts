/** What is offered to settle a conflict or a gap, on small random rule sets: the file stays without errors, and the finding is gone. */
import assert from 'node:assert/strict';
import { type AnalysedFinding, analysed } from '../../server/src/analysed.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { meeting } from '../../server/src/analysis/conflicts.ts';
import { inquire } from '../../server/src/analysis/question.ts';
import type { WitnessPatient } from '../../server/src/analysis/witness.ts';
import { check } from '../../server/src/diagnostics/check.ts';
import { overrideSettlements, type Settlement, type Settling } from '../../server/src/features/settle.ts';
import { gapSettlement } from '../../server/src/features/settle-gap.ts';
import type { Decision, Rule, RuleSet } from '../../server/src/model/rule-set.ts';
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
        for (const settlement of gapSettlement(finding, settlingOf(before))) {
          met.gaps++;
          const decision = finding.names.find(name => wholeOf(before).decisions.has(name))!;
          const after = taken(text, settlement);
          const { decisions } = replayWith(wholeOf(after))(finding.witness as never);
          assert.notEqual(decisions.get(decision), 'no-answer', finding.id);
          const known = new Set(findingsOf(before).map(({ id }) => id));
          const added = [...wholeOf(after).rules.values()].find(({ id }) => !wholeOf(before).rules.has(id))!;
          // Who has the answer now may lack an input, which is told; and what is told of sites names fewer, where the rule speaks of one.
          const further = findingsOf(after).filter(
            ({ id, code }) => !known.has(id) && code !== 'missing-data-hazard' && code !== 'missing-precaution',
          );
          if (further.length > 0) met.further++;
          const avoidable = further.filter(one => !comesWithTheAnswer(one, wholeOf(after), added, finding.witness as WitnessPatient));
          // What was not proved before may be decided now.
          const open = avoidable.length > 0 ? analyse(wholeOf(before), replayWith(wholeOf(before))).notProved : [];
          const brought = avoidable.filter(one => !open.some(({ names }) => names.every(name => one.names.includes(name))));
          assert.deepEqual(
            brought.map(({ id, message }) => [id, message]),
            [],
            settlement.edits[0]!.newText,
          );
        }
      }
    });
    if (process.env.SEED !== undefined) return;
    assert.ok(met.overrides > ROUNDS / 20 && met.gaps > ROUNDS / 4, JSON.stringify(met));
    assert.ok(met.further < met.gaps / 20, JSON.stringify(met));
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

/**
 * What comes with any answer for these patients that is the strictest, whatever the rule says of them: rules that waited for it hold now; a looser rule
 * that holds for the very patient found is overruled; a rule that says the same, of none of them, was only needed while something is unknown, or is
 * about lists that may be longer, which no condition can leave out.
 */
function comesWithTheAnswer({ code, rules = [] }: AnalysedFinding, whole: RuleSet, added: Rule, witness: WitnessPatient): boolean {
  const [effect] = added.then;
  const decision = effect?.kind === 'decide' ? whole.decisions.get(effect.decision.value)! : undefined;
  const others = rules.filter(id => id !== added.id).map(id => whole.rules.get(id)!);
  // A gap of whoever is known in full: the rule leaves out only those of whom something is not known.
  if (code === 'always-holds') return rules.includes(added.id);
  if (!rules.includes(added.id) && others.some(({ given }) => given?.decision.value === decision?.id)) return true;
  const { fired } = replayWith(whole)(witness);
  if (code === 'hidden-rule' || code === 'disagreement') return others.some(({ id }) => fired.has(id));
  const [needless] = others;
  if (code !== 'redundant-rule' || !needless || rules[0] === added.id) return false;
  return /"kind":"unknown","what":"group"/.test(JSON.stringify(needless.when)) || !meets(whole, decision!, [added, needless]);
}

function meets(whole: RuleSet, decision: Decision, rules: readonly Rule[]): boolean {
  return meeting(inquire(whole, 1_000_000, replayWith(whole)), decision, rules) !== 'none';
}

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
