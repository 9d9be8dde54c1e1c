/** The samples analysed as wholes, each once, and variants of them with edits. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Analysed, type AnalysedFinding, toldOf } from '../../server/src/analysed.ts';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import type { Replay } from '../../server/src/analysis/witness.ts';
import { diskFiles } from '../../server/src/disk.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { Workspace } from '../../server/src/workspace.ts';

const FOLDER = resolve('samples');

export interface Whole {
  readonly ruleSet: RuleSet;
  readonly analysis: Analysis;
  readonly analysed: Analysed;
  readonly findings: readonly AnalysedFinding[];
  readonly replay: Replay;
}

const known = new Map<string, Whole>();

/** `name` as in `bone-metastasis/all-five`. */
export function sampleWhole(name: string): Whole {
  const whole = known.get(name) ?? analysedWhole(`${name}.clinical.json`, {});
  known.set(name, whole);
  return whole;
}

/** A sample after an edit that must find something to change. */
export function edited(name: string, edit: (text: string) => string): Whole {
  const file = `${name}.clinical.json`;
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const changed = edit(text);
  assert.notEqual(changed, text, 'the edit finds nothing to change');
  return analysedWhole(file, { [file]: changed });
}

/** A rule set of its own, which may use samples. */
export function added(file: string, json: object): Whole {
  return analysedWhole(file, { [file]: JSON.stringify(json) });
}

function analysedWhole(root: string, texts: Readonly<Record<string, string>>): Whole {
  const workspace = new Workspace(diskFiles([FOLDER]), () => '2026-11-22');
  for (const [file, text] of Object.entries(texts)) workspace.setText(join(FOLDER, file), text);
  const ruleSet = workspace.linked(join(FOLDER, root))!.ruleSet;
  const replay = replayWith(ruleSet);
  const analysis = analyse(ruleSet, replay);
  const analysed = toldOf(ruleSet, analysis);
  return { ruleSet, analysis, analysed, findings: [...analysed.findings.values()].flat(), replay };
}
