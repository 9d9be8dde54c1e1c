/** What refactorings must not change: the outcome of every sample patient, the values of everything else, and what a random rule set says to anybody. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../../server/src/diagnostics/check.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { refactorings } from '../../server/src/features/refactor.ts';
import { conditionsOf, type Refactoring, sceneAt } from '../../server/src/features/refactor-scene.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import type { Node } from '../../server/src/syntax/node.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { patientFiles, ruleSetFiles } from '../samples/load.ts';
import { everyPatient } from '../support/every-patient.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, type Random, randomOf, SEED } from '../support/random.ts';
import { smallRuleSet } from '../support/small-rule-sets.ts';

const TEXTS = Object.fromEntries([...ruleSetFiles, ...patientFiles].map(path => [`/${path}`, readFileSync(path, 'utf8')]));
const open = (texts: Readonly<Record<string, string>>) => new Workspace(new MemoryFiles(texts), () => '2026-11-22');

interface Offer {
  readonly file: string;
  readonly refactoring: Refactoring;
}

/** Everything offered at a condition or a section of a file; not what is meant to change the meaning. */
function offersIn(workspace: Workspace, file: string): Offer[] {
  const snapshot = workspace.snapshot(file);
  assert.ok(typeof snapshot !== 'string');
  const { root } = snapshot.document();
  const sections = root?.type === 'object' ? root.properties.map(({ keyStart }) => keyStart + 1) : [];
  const conditions = [...conditionsOf(root)].map(({ start }) => start + 1);
  return [...sections, ...conditions].flatMap(offset => {
    const scene = sceneAt(workspace, file, { start: offset, end: offset })!;
    return refactorings(scene)
      .filter(({ title }) => !title.startsWith('Negate'))
      .map(refactoring => ({ file, refactoring }));
  });
}

/** Where each key and each value begins: between two of these nothing else stands around the cursor. */
function placesIn(workspace: Workspace, file: string): number[] {
  const snapshot = workspace.snapshot(file);
  assert.ok(typeof snapshot !== 'string');
  const below = (node: Node): number[] => {
    if (node.type === 'array') return [node.start, ...node.items.flatMap(below)];
    if (node.type !== 'object') return [node.start];
    return [node.start, ...node.properties.flatMap(({ keyStart, value }) => [keyStart, ...(value ? below(value) : [])])];
  };
  return below(snapshot.document().root!);
}

function applied(texts: Readonly<Record<string, string>>, { edits }: Refactoring): Record<string, string> {
  return { ...texts, ...Object.fromEntries(edits.map(one => [one.file, applyEdits(texts[one.file]!, one.edits)])) };
}

/** The kind of refactoring, without the names in its title. */
function kindOf({ title }: Refactoring): string {
  return title.replace(/“[^”]*”|\d+ \w+|of \w+|in \S+$/g, '…');
}

/** So many of each kind at most. */
function ofEachKind(offers: readonly Offer[], most: number): Offer[] {
  const counts = new Map<string, number>();
  return offers.filter(({ refactoring }) => {
    const count = counts.get(kindOf(refactoring)) ?? 0;
    counts.set(kindOf(refactoring), count + 1);
    return count < most;
  });
}

/** The outcomes of all sample patients of a rule set, as text. */
function outcomes(workspace: Workspace, root: string, patients: readonly Patient[], without: (outcome: Outcome) => unknown): string {
  const compiled = compile(workspace.linked(root)!.ruleSet);
  return JSON.stringify(patients.map(patient => without(evaluate(compiled, patient, { trace: false }))));
}

/** The texts are long: where they part is told. */
function assertSame(actual: string, expected: string, what: string): void {
  if (actual === expected) return;
  const at = [...actual].findIndex((character, i) => character !== expected[i]);
  assert.fail(`${what}: … ${actual.slice(Math.max(0, at - 80), at + 200)} instead of … ${expected.slice(Math.max(0, at - 80), at + 200)}`);
}

function comparedAs({ title }: Refactoring): (outcome: Outcome) => unknown {
  if (/^(Split|Move)/.test(title)) return whatFollows;
  // What a missing value would change is told in the order in which its values are declared.
  if (title.startsWith('Sort')) return ({ missing, ...rest }) => ({ ...rest, missing: canonical(missing, true) });
  return outcome => outcome;
}

/** One rule become two is told of as two; what follows for the patient is the same. */
function whatFollows({ decisions, effects, conflicts, scope, scores }: Outcome) {
  const answers = Object.entries(decisions).map(([id, { by: _, records, ...rest }]) => [
    id,
    rest,
    Object.entries(records).map(([record, { by: _by, ...part }]) => [record, part]),
  ]);
  const told = (all: readonly object[], ...left: string[]) => {
    const kept = all.map(one => JSON.stringify(one, (key, value) => (left.includes(key) ? undefined : value)));
    return [...new Set(kept)].sort();
  };
  const inForce = effects.filter(({ state }) => state === 'in-force');
  return {
    scope,
    scores,
    answers,
    effects: told(inForce, 'rule'),
    conflicts: told(
      conflicts.filter(({ state }) => state === 'in-force'),
      'rules',
    ),
  };
}

describe(`refactorings of the samples (seed ${SEED})`, () => {
  const workspace = open(TEXTS);
  const patients = new Map<string, Patient[]>();
  before(() => {
    for (const file of Object.keys(TEXTS)) {
      const whole = workspace.patient(file);
      for (const { root } of whole?.ruleSets ?? []) patients.set(root.file, [...(patients.get(root.file) ?? []), whole!.patient]);
    }
  });

  for (const path of ruleSetFiles)
    it(`${path}: keep the outcome of every patient, and bring no error`, () => {
      const random = randomOf(SEED);
      const offers = random.shuffled(offersIn(workspace, `/${path}`));
      const chosen = ofEachKind(offers, 1);
      for (const { refactoring } of chosen) checkOffer(refactoring, `/${path}`, random);
    }).timeout(60_000);

  function checkOffer(refactoring: Refactoring, path: string, random: Random): void {
    const after = open(applied(TEXTS, refactoring));
    const without = comparedAs(refactoring);
    const what = `${path}: ${refactoring.title}`;
    for (const [root, everyone] of patients) {
      const all = random.shuffled(everyone).slice(0, 3);
      if (!workspace.wholeOf(root).some(file => refactoring.edits.some(one => one.file === file))) continue;
      assertSame(outcomes(after, root, all, without), outcomes(workspace, root, all, without), what);
    }
    for (const { file } of refactoring.edits) {
      // Of what nobody has given a source for, nobody makes one up: its author is told.
      const found = check(after.subject(file)!).filter(({ code }) => !(code === 'missing-source' && refactoring.kind === 'extract'));
      assert.deepEqual(
        found.map(({ message }) => message),
        [],
        what,
      );
    }
  }

  it('are offered, or not, at every place and in half a file, without a failure', () => {
    const random = randomOf(SEED);
    for (const path of ruleSetFiles) {
      const file = `/${path}`;
      const text = TEXTS[file]!;
      const files = open(TEXTS);
      const offsets = Array.from({ length: text.length }, (_, offset) => offset);
      for (const offset of placesIn(files, file)) refactorings(sceneAt(files, file, { start: offset, end: offset })!);
      for (const offset of random.shuffled(offsets).slice(0, 60)) {
        const scene = sceneAt(files, file, { start: offset, end: offset })!;
        for (const refactoring of refactorings(scene))
          for (const { file: changed, edits } of refactoring.edits)
            assert.deepEqual(parseDocument(applyEdits(TEXTS[changed]!, edits)).problems, [], `${path} at ${offset}: ${refactoring.title}`);
      }
      for (const end of random.shuffled(offsets).slice(0, 3)) {
        if (parseDocument(text.slice(0, end)).problems.length === 0) continue;
        files.setText(file, text.slice(0, end));
        assert.equal(sceneAt(files, file, { start: end, end }), undefined, `${path} up to ${end}`);
      }
    }
  }).timeout(120_000);

  it('sort and wrap change nothing but order and wrapping', () => {
    const plain = (file: string, texts: Readonly<Record<string, string>>) => canonical(JSON.parse(texts[file]!));
    let sorted = 0;
    for (const path of ruleSetFiles)
      for (const { refactoring, file } of offersIn(workspace, `/${path}`)) {
        if (!refactoring.title.startsWith('Sort')) continue;
        assert.equal(plain(file, applied(TEXTS, refactoring)), plain(file, TEXTS), refactoring.title);
        sorted++;
      }
    assert.ok(sorted > 20);
  });
});

/** The value with keys in order, and items that have an id, or all items. */
function canonical(value: unknown, all = false): string {
  if (Array.isArray(value)) {
    const items = value.map(item => canonical(item, all));
    const isOrderless = all || value.every(item => typeof item === 'object' && item !== null && 'id' in item);
    return `[${isOrderless ? items.sort() : items}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}:${canonical(each, all)}`);
  return `{${entries.sort().join()}}`;
}

describe('refactorings of small random rule sets', () => {
  const FILE = '/small.clinical.json';
  const seen = new Map<string, number>();

  it('say the same to every patient', () =>
    forSeeds(40, random => {
      const small = smallRuleSet(random);
      const all = everyPatient(small, 1, 4000);
      if (!all) return;
      const texts = { [FILE]: JSON.stringify(small.json, null, 2) };
      const workspace = open(texts);
      const offers = random.shuffled(offersIn(workspace, FILE));
      for (const { refactoring } of ofEachKind(offers, 1)) {
        const kind = kindOf(refactoring);
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        const after = open(applied(texts, refactoring));
        assert.equal(after.snapshot(FILE) === 'unreadable-file', false);
        const before = compile(workspace.linked(FILE)!.ruleSet);
        const now = compile(after.linked(FILE)!.ruleSet);
        const without = comparedAs(refactoring);
        let count = 0;
        all.each(patient => {
          if (count++ % 11 !== 0) return;
          for (const one of [patient, lessKnown(patient, random)]) {
            const told = (compiled: typeof now) => JSON.stringify(without(evaluate(compiled, one, { trace: false })));
            assertSame(told(now), told(before), `${refactoring.title}\n${texts[FILE]}`);
          }
        });
      }
    })).timeout(120_000);

  it('of every kind were among them', () => {
    const kinds = [...seen.keys()].join('\n');
    for (const kind of [/^Extract/, /^Split|^Move/, /^Put into “…”|^Put into …/, /^Sort/]) assert.match(kinds, new RegExp(kind, 'm'));
  });

  it('extracting and inlining again gives the same conditions', () => {
    let count = 0;
    for (const path of ruleSetFiles) {
      const file = `/${path}`;
      for (const { refactoring } of offersIn(open(TEXTS), file)
        .filter(one => one.refactoring.title.startsWith('Extract into'))
        .slice(0, 3)) {
        const texts = applied(TEXTS, refactoring);
        const back = offersIn(open(texts), file).find(
          ({ refactoring: one }) => /^Inline .* everywhere/.test(one.title) && !TEXTS[file]!.includes(/“(.*?)”/.exec(one.title)![1]!),
        );
        assert.ok(back, `${file}: ${refactoring.title}`);
        const again = applied(texts, back.refactoring);
        for (const one of Object.keys(TEXTS)) assert.deepEqual(conditions(again[one]!), conditions(TEXTS[one]!), one);
        count++;
      }
    }
    assert.ok(count > 10);
  }).timeout(60_000);
});

/** The same patient with some facts not recorded. */
function lessKnown(patient: Patient, random: Random): Patient {
  const some = <T>(facts: ReadonlyMap<string, T>) => new Map([...facts].filter(() => random.chance(0.5)));
  const groups = [...patient.groups.values()].map(group => ({
    ...group,
    records: group.records.map(record => ({ ...record, facts: some(record.facts) })),
  }));
  return { ...patient, facts: some(patient.facts), groups: new Map(groups.map(group => [group.id, group])) };
}

/** Every condition as its value, numbers as they are written. */
function conditions(text: string): string[] {
  return [...conditionsOf(parseDocument(text).root)].map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ''));
}
