/** Waivers in a published rule set, in one that adapts it, and in the files they use: each counts in the wholes that have it, and nowhere else. */
import assert from 'node:assert/strict';
import { type Analysed, type AnalysedFinding, analysed } from '../../server/src/analysed.ts';
import { told } from '../../server/src/told.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { type Adapted, adaptedFrom } from '../support/adapted-rule-sets.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { type Json, smallRuleSet } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 150);
const ROOT = '/rules/root.clinical.json';
const TODAY = '2026-11-22';

interface Waiver {
  readonly file: string;
  readonly finding: string;
  readonly until: string;
  readonly digest: string | undefined;
}

/** A rule set, with all its files, and what is found in it. */
interface Whole {
  readonly files: ReadonlySet<string>;
  readonly analysed: Analysed;
}

describe(`waivers in several files (seed ${SEED})`, function () {
  this.timeout(Math.max(60_000, ROUNDS * 300));

  it('count for what is found in a whole that has them, while it means the same, until their date', () => {
    const met = { waived: 0, 'waived from another file': 0, 'in one whole only': 0, lapsed: 0, unneeded: 0 };
    forSeeds(ROUNDS, random => {
      const adapted = adaptedFrom(random, smallRuleSet(random).json, ROOT);
      const plain = workspaceOf(adapted.files);
      const wholes = [ROOT, adapted.base.root].map(root => wholeAt(plain, root));
      const waivers = someWaivers(random, adapted, wholes);
      const workspace = workspaceOf(withWaivers(adapted.files, waivers));
      const now = [ROOT, adapted.base.root].map(root => wholeAt(workspace, root));
      for (const [i, { analysed }] of now.entries())
        assert.deepEqual(idsIn(analysed), idsIn(wholes[i]!.analysed), 'a waiver changes what is found');
      for (const file of wholes[0]!.files) checkFile(workspace, file, now, waivers, met);
    });
    if (process.env.SEED !== undefined) return;
    for (const [kind, count] of Object.entries(met)) assert.ok(count >= ROUNDS / 50, `too few of ${kind}: ${JSON.stringify(met)}`);
  });
});

function workspaceOf(files: Readonly<Record<string, Json>>): Workspace {
  const texts = Object.entries(files).map(([file, json]) => [file, JSON.stringify(json, null, 2)] as const);
  return new Workspace(new MemoryFiles(Object.fromEntries(texts)), () => TODAY);
}

function wholeAt(workspace: Workspace, root: string): Whole {
  const { ruleSet } = workspace.linked(root)!;
  return { files: new Set(ruleSet.files.map(({ file }) => file)), analysed: analysed(ruleSet) };
}

function idsIn({ findings }: Analysed): string[] {
  return [...findings].flatMap(([file, found]) => found.map(({ id, digest }) => `${file} ${id} ${digest}`));
}

/** Of findings of either whole, in any file, right, ended or of another meaning; and of one that is not there. */
function someWaivers(random: Random, { files }: Adapted, wholes: readonly Whole[]): Waiver[] {
  const found = wholes.flatMap(whole => [...whole.analysed.findings.values()].flat());
  const any = random.list(0, 6, () => (found.length === 0 || random.chance(0.1) ? undefined : random.pick(found)));
  return any.map(finding => ({
    file: random.pick(Object.keys(files)),
    finding: finding?.id ?? 'missing-rule:nothing',
    until: random.chance(0.1) ? '2026-11-21' : TODAY,
    digest: random.pick([undefined, finding?.digest, '0000000000000000']),
  }));
}

function withWaivers(files: Readonly<Record<string, Json>>, waivers: readonly Waiver[]): Record<string, Json> {
  const written = Object.entries(files).map(([file, json]) => {
    const own = waivers.filter(waiver => waiver.file === file);
    const list = own.map(({ finding, until, digest }) => ({
      finding,
      reason: 'Seen',
      by: 'A. Reviewer',
      until,
      ...(digest !== undefined && { digest }),
    }));
    return [file, { ...json, ...(list.length > 0 && { waivers: list }) }] as const;
  });
  return Object.fromEntries(written);
}

function checkFile(
  workspace: Workspace,
  file: string,
  wholes: readonly Whole[],
  waivers: readonly Waiver[],
  met: Record<string, number>,
): void {
  const around = wholes.filter(({ files }) => files.has(file));
  const parts = around.map(({ analysed }) => ({ analysed, ruleSet: workspace.linked(analysed.root)!.ruleSet }));
  const all = told(workspace.subject(file)!, [], parts, true);
  const shown = around.flatMap(whole => (whole.analysed.findings.get(file) ?? []).map(finding => ({ whole, finding })));
  for (const { diagnostic, waived } of all.filter(({ root }) => root !== undefined)) {
    const same = shown.filter(({ finding }) => finding.id === diagnostic.id);
    const isWaived = ({ whole, finding }: (typeof same)[number]) =>
      waivers.some(waiver => whole.files.has(waiver.file) && counts(waiver, finding));
    assert.equal(waived, same.every(isWaived), `${diagnostic.id} in ${file}`);
    if (waived) met.waived = met.waived! + 1;
    if (waived && !waivers.some(waiver => waiver.file === file && waiver.finding === diagnostic.id)) met['waived from another file']!++;
    if (same.some(isWaived) && !waived) met['in one whole only']!++;
  }
  // What one cause shows in a larger whole by more names is told in its place.
  const ids = new Set(all.map(({ diagnostic }) => diagnostic.id));
  for (const { finding } of shown)
    assert.ok(ids.has(finding.id) || all.some(({ diagnostic }) => saysAllOf(diagnostic, finding)), `${finding.id} is not told in ${file}`);
  checkOnWaivers(
    file,
    around,
    waivers,
    all.map(({ diagnostic }) => diagnostic.id),
    met,
  );
}

function counts({ finding: id, until, digest }: Waiver, finding: AnalysedFinding): boolean {
  return id === finding.id && until >= TODAY && (digest === undefined || digest === finding.digest);
}

function saysAllOf(more: { code: string; names: readonly string[] }, { code, names }: AnalysedFinding): boolean {
  return more.code === code && more.names.length > names.length && names.every(name => more.names.includes(name));
}

function checkOnWaivers(
  file: string,
  around: readonly Whole[],
  waivers: readonly Waiver[],
  told: readonly string[],
  met: Record<string, number>,
): void {
  const found = around.flatMap(({ analysed }) => [...analysed.findings.values()].flat());
  for (const { finding, digest } of waivers.filter(waiver => waiver.file === file)) {
    const same = found.filter(({ id }) => id === finding);
    assert.equal(told.includes(`unneeded-waiver:${finding}`), same.length === 0, `${finding} waived in ${file}`);
    if (same.length === 0) met.unneeded = met.unneeded! + 1;
    const lapsed = same.length > 0 && digest !== undefined && same.every(one => one.digest !== digest);
    if (!lapsed) continue;
    assert.ok(told.includes(`lapsed-waiver:${finding}`), `${finding} waived in ${file} for what it meant before`);
    met.lapsed = met.lapsed! + 1;
  }
}
