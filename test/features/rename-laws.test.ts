/** Renaming changes names and nothing else: back again it gives the same bytes, and every patient's outcome is the same up to the names. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { isDeclaration, meaningOf, mentionsIn } from '../../server/src/features/at.ts';
import { renameAll } from '../../server/src/renaming.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { EVERY_FORM, EVERY_PATIENT_FORM } from '../model/every-form.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { samples } from '../support/sample-workspace.ts';

/** Added to every name: no name of the samples has it. */
const MARK = '-zz9';

describe('every name renamed and back', function () {
  this.timeout(300_000);

  it('leaves the bytes of the samples as they were, and every outcome the same up to names', () => leavesAll(samples(), 900));

  it('of a rule set and a patient with every form of the language', () => leavesAll(workspaceOf(EVERY_FORM, EVERY_PATIENT_FORM), 80));

  it('of random rule sets and patients', () =>
    forSeeds(8, random => {
      const ruleSet = randomRuleSet(random, { appliesTo: true, unknown: true });
      leavesAll(workspaceOf(ruleSet, { title: 'P', ...randomPatient(random, ruleSet.scores, 0.7), for: ['every-form.clinical.json'] }), 60);
    }));
});

function workspaceOf(ruleSet: object, patient: object): Workspace {
  const texts = { '/every-form.clinical.json': JSON.stringify(ruleSet, null, 2), '/p.patient.json': JSON.stringify(patient) };
  return new Workspace(new MemoryFiles(texts), () => '2026-11-22');
}

/** Each name in turn, in all files; then, the last one first, back again. */
function leavesAll(workspace: Workspace, least: number): void {
  openTables(workspace);
  const before = { texts: textsOf(workspace), meaningless: meaningless(workspace) };
  const outcomes = outcomesOf(workspace);
  const done: { file: string; index: number; name: string }[] = [];
  for (const file of workspace.known())
    for (let index = 0; index < declarations(workspace, file).length; index++) {
      const { name } = declarations(workspace, file)[index]!;
      // Where it was declared before, in the base of an adaptation or the like, it went along.
      if (name.includes(MARK)) continue;
      apply(workspace, file, index, name + MARK);
      done.push({ file, index, name });
    }
  assert.ok(done.length >= least, `${done.length} names`);
  const unmarked = (text: string) => text.replaceAll(MARK, '');
  const after = outcomesOf(workspace, unmarked);
  const changed = after.findIndex((text, index) => text !== outcomes[index]);
  assert.equal(changed, -1, `outcome ${changed}: ${firstDifference(outcomes[changed] ?? '', after[changed] ?? '')}`);
  assert.deepEqual(meaningless(workspace).map(unmarked), before.meaningless);
  for (const { file, index, name } of done.reverse()) apply(workspace, file, index, name);
  for (const [file, text] of textsOf(workspace)) assert.equal(text, before.texts.get(file), file);
}

/** A table that a rename writes to becomes an open text; all of them are, so that before and after speak of the same files. */
function openTables(workspace: Workspace): void {
  for (const file of workspace.known()) {
    if (!file.endsWith('.patient.json')) continue;
    const snapshot = workspace.snapshot(file);
    const csv = typeof snapshot === 'string' ? undefined : snapshot.patient().cases?.csv;
    const table = csv && workspace.fileAt(file, csv.value);
    if (table?.endsWith('.csv')) workspace.setText(table, textOf(workspace, table));
  }
}

function declarations(workspace: Workspace, file: string) {
  return mentionsIn(workspace, file).filter(isDeclaration);
}

/** Dates and the like; a name that was missed would be one of these. */
function meaningless(workspace: Workspace): string[] {
  const isLost = (mention: ReturnType<typeof mentionsIn>[number]) => meaningOf(workspace, mention).named.length === 0;
  return workspace
    .known()
    .flatMap(file => mentionsIn(workspace, file).flatMap(mention => (isLost(mention) ? [`${file} ${mention.name}`] : [])));
}

/** The order of declarations is that of the file, so the same index is the same thing under its new name. */
function apply(workspace: Workspace, file: string, index: number, newName: string): void {
  const { name, span } = declarations(workspace, file)[index]!;
  const renaming = renameAll(workspace, file, span.start + 1, newName);
  assert.equal(renaming.kind, 'edits', `${name} in ${file} to ${newName}: ${renaming.kind === 'refused' ? renaming.why : ''}`);
  if (renaming.kind === 'edits')
    for (const [key, edits] of renaming.edits) workspace.setText(key, applyEdits(textOf(workspace, key), edits));
}

function textOf(workspace: Workspace, file: string): string {
  const snapshot = workspace.snapshot(file);
  assert.ok(typeof snapshot !== 'string', file);
  return snapshot.text;
}

function textsOf(workspace: Workspace): Map<string, string> {
  return new Map(workspace.known().map(file => [file, textOf(workspace, file)]));
}

/** Every patient through every rule set it is meant for, without the places in the files; lists that names put in order are put in one of their own. */
function outcomesOf(workspace: Workspace, unmarked = (text: string) => text): string[] {
  return workspace.known().flatMap(file => {
    const whole = workspace.patient(file);
    return (whole?.ruleSets ?? []).map(ruleSet => {
      const outcome = evaluate(compile(ruleSet), whole!.patient, { trace: true });
      return unmarked(inOrder(JSON.parse(unmarked(JSON.stringify(outcome)))));
    });
  });
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .filter(([key]) => key !== 'place')
    .map(([key, each]) => `${JSON.stringify(key)}:${inOrder(each)}`)
    .sort()
    .join()}}`;
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `${a.slice(Math.max(0, at - 80), at + 60)} became ${b.slice(Math.max(0, at - 80), at + 60)}`;
}
