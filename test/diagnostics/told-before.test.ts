/** What is told with what was told of the versions before is what is told afresh, to the letter, after any edits; and so is what is handed over of it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type PlainlyAnalysed, plainlyAnalysed } from '../../server/src/analysed.ts';
import { Memory } from '../../server/src/analysis/memory.ts';
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';
import { ToldBefore } from '../../server/src/diagnostics/told-before.ts';
import { changedSince, wholeAgain } from '../../server/src/lsp/handed-over.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { ruleSetFiles, whole } from '../samples/load.ts';
import { adaptedFrom } from '../support/adapted-rule-sets.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { smallRuleSet } from '../support/small-rule-sets.ts';
import { splitOver } from '../support/split-rule-sets.ts';
import { editedFiles, type Files, tableOf, textsOf } from './edited-files.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 16);
const EDITS = 20;

/** The small ones. */
const SAMPLES = ruleSetFiles.filter(path => {
  const { size } = whole(path).ruleSet.rules;
  return size > 3 && size < 40;
});

describe(`findings told before (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 6000);

  it('are told again as they would be told afresh', () => {
    const met = { codes: new Set<string>(), told: 0, same: 0, moved: 0 };
    forSeeds(ROUNDS, random => follow(random, ...rulesFrom(random), met));
    if (process.env.SEED !== undefined) return;
    assert.deepEqual([...met.codes].sort(), CODES);
    assert.ok(met.same > met.told / 4 && met.moved > met.told / 20, JSON.stringify(met));
  });

  it('of samples too', () => {
    const met = { codes: new Set<string>(), told: 0, same: 0, moved: 0 };
    forSeeds(Math.ceil(ROUNDS / 3), random => {
      const path = random.pick(SAMPLES);
      const files = whole(path).ruleSet.files.map(({ file }) => [`/${file}`, JSON.parse(readFileSync(file, 'utf8'))] as const);
      follow(random, `/${path}`, Object.fromEntries(files), met);
    });
    assert.ok(process.env.SEED !== undefined || met.same > 0, JSON.stringify(met));
  });
});

/** All that rest on the analysis but those on waivers. */
const CODES = [
  ...['always-holds', 'conflicting-decisions', 'conflicting-effects', 'disagreement', 'hidden-rule', 'missing-data-hazard'],
  ...['missing-precaution', 'missing-rule', 'never-holds', 'redundant-rule'],
];

interface Met {
  readonly codes: Set<string>;
  told: number;
  /** The very same as in the version before, and the same in other places. */
  same: number;
  moved: number;
}

/** A rule set in one file or in several. */
function rulesFrom(random: Random): [string, Files] {
  const json = random.chance(0.3) ? smallRuleSet(random).json : tableOf(random);
  if (random.chance(0.4)) return ['/root.clinical.json', { '/root.clinical.json': json }];
  const { root, files } = random.chance(0.7)
    ? splitOver(random, json, 'root.clinical.json')
    : adaptedFrom(random, json, 'root.clinical.json');
  return [`/${root}`, Object.fromEntries(Object.entries(files).map(([path, own]) => [`/${path}`, own]))];
}

function follow(random: Random, root: string, files: Files, met: Met): void {
  const disk = new MemoryFiles(textsOf(files));
  const workspace = new Workspace(disk, () => undefined);
  const textOf = (file: string) => (workspace.snapshot(file) as { text: string }).text;
  let left = Number.POSITIVE_INFINITY;
  const memory = new Memory(() => left-- <= 0, textOf);
  const before = new ToldBefore(textOf);
  const versions = [files];
  // As the thread has it, and as whoever asked has it.
  let taken: { readonly there: PlainlyAnalysed; readonly here: PlainlyAnalysed } | undefined;
  let last: PlainlyAnalysed | undefined;
  for (let edit = 0; edit < EDITS; edit++) {
    const now = versions.at(-1)!;
    for (const [file, text] of Object.entries(textsOf(now))) {
      disk.texts.set(file, text);
      workspace.setText(file, text);
    }
    workspace.changedOnDisk(root);
    const { ruleSet } = workspace.linked(root)!;
    left = random.chance(0.1) ? random.pick([1, 5, 20, 60]) : Number.POSITIVE_INFINITY;
    const fresh = plainlyAnalysed(ruleSet, STEPS);
    const told = unlessStopped(() => plainlyAnalysed(ruleSet, STEPS, memory, before));
    versions.push(random.chance(0.1) ? random.pick(versions) : editedFiles(random, now, root));
    // Where it is wanted no more while it is put into words nobody hears of it.
    if (!told || left <= 0) continue;
    assert.deepEqual(told, fresh, JSON.stringify(versions.slice(-3)));
    if (last) count(last, told, met);
    last = told;
    // Some are given up once they are told.
    if (random.chance(0.2)) continue;
    const over = structuredClone(changedSince(taken?.there, told));
    const here = wholeAgain(taken?.here, over);
    assert.deepEqual(here, fresh);
    if (taken) assertShared(taken.here, here);
    taken = { there: told, here };
  }
}

const STEPS = 300_000;

function unlessStopped<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    assert.match(String(error), /wanted no more/);
    return undefined;
  }
}

function count(last: PlainlyAnalysed, told: PlainlyAnalysed, met: Met): void {
  for (const [file, found] of told.findings) {
    for (const one of found) {
      met.codes.add(one.code);
      met.told++;
      const before = last.findings.get(file) ?? [];
      if (before.includes(one)) met.same++;
      else if (before.some(other => other.names === one.names)) met.moved++;
    }
  }
}

/** What says the same is not copied, and what also stands at the same place is the very same. */
function assertShared(last: PlainlyAnalysed, now: PlainlyAnalysed): void {
  for (const [file, found] of now.findings) {
    const before = last.findings.get(file) ?? [];
    for (const one of found) {
      const same = before.filter(other => isEqual(one, other));
      assert.ok(same.length === 0 || same.includes(one), `${one.id} was copied`);
    }
  }
}

function isEqual(one: Diagnostic, other: Diagnostic): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
