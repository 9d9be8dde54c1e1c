/** `clinical-rules run`: sample patients through a rule set. The clock is never read: time is the patient's own. */
import { pathToFileURL } from 'node:url';
import { diskFiles } from '../disk.ts';
import { compile } from '../evaluation/compile.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import type { Outcome } from '../evaluation/outcome.ts';
import { plainMarkdown } from '../features/plain-markdown.ts';
import { previewOf } from '../features/preview.ts';
import type { Preview } from '../features/preview-model.ts';
import { reportBlocks } from '../features/report.ts';
import { reportHtml } from '../features/report-html.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import type { Patient } from '../model/patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { type Obstacle, patientObstacles, ruleSetObstacles } from '../obstacles.ts';
import { Workspace } from '../workspace.ts';
import { findingsOf, learnUnits, locateIn, type Result, type Surroundings } from './check.ts';
import { outcomeText } from './outcome-text.ts';
import { reported } from './report.ts';
import { scopeOf, shortName } from './scope.ts';
import { type Style, styleFor } from './style.ts';
import { reportText } from './text.ts';
import { type Arguments, type Format, UsageError } from './usage.ts';

export async function runCommand({ paths, format, workspace: folder }: Arguments, { cwd, color }: Surroundings): Promise<Result> {
  const [ruleSetPath, ...patientPaths] = paths;
  const ofRuleSet = scopeOf([ruleSetPath!], cwd, folder);
  const ofPatients = scopeOf(patientPaths, cwd, folder, PATIENT_SUFFIX);
  const workspace = new Workspace(diskFiles([...new Set([...ofRuleSet.folders, ...ofPatients.folders])]), () => undefined);
  const ruleSet = ruleSetAt(workspace, ofRuleSet.files, ruleSetPath!);
  const root = ruleSet.root.file;
  for (const file of ofPatients.files) {
    if (workspace.linked(file)) throw new UsageError(`${shortName(file, cwd)} is a rule set: after the first, run takes sample patients.`);
  }
  await learnUnits(workspace, [root, ...ofPatients.files]);

  const findings = (file: string) => findingsOf(workspace, file);
  const inTheWay = [
    ...ruleSetObstacles(workspace, root, findings),
    ...ofPatients.files.flatMap(file => patientObstacles(workspace, file, findings)),
  ];
  if (inTheWay.length > 0) return refusal(workspace, inTheWay, cwd, color);

  const patients = ofPatients.files.map(file => workspace.patient(file)!.patient);
  const outcomes = outcomesOf(ruleSet, patients);
  if (format === 'json') return { exitCode: 0, output: `${JSON.stringify(outcomes, null, 2)}\n`, complaint: '' };
  const previews = previewsOf(ruleSet, patients, outcomes);
  return { exitCode: 0, output: written(previews, format, styleFor(color)), complaint: '' };
}

function ruleSetAt(workspace: Workspace, files: readonly string[], path: string): RuleSet {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw new UsageError(`${path}: run needs one rule set, not a folder.`);
  const linked = workspace.linked(file);
  if (linked) return linked.ruleSet;
  if (workspace.patient(file)) throw new UsageError(`${path} is a sample patient: write the rule set first, then the patients.`);
  throw new UsageError(`${path}: this file cannot be read.`);
}

/** Each finding once: patients share a base. */
function refusal(workspace: Workspace, obstacles: readonly Obstacle[], cwd: string, color: boolean): Result {
  const shorten = (file: string) => shortName(file, cwd);
  const all = obstacles.map(({ file, diagnostic }) => reported(diagnostic, file, false, locateIn(workspace), shorten));
  const findings = [...new Map(all.map(finding => [JSON.stringify(finding), finding])).values()];
  const files = new Set(findings.map(({ file }) => file)).size;
  const report = { version: 1, asOf: '', files, findings, proved: [], notProved: [], switchedOff: [] } as const;
  const complaint = `Nothing was run: an outcome made from files with errors could be wrong.\n\n${reportText(report, styleFor(color))}`;
  return { exitCode: 1, output: '', complaint };
}

function outcomesOf(ruleSet: RuleSet, patients: readonly Patient[]): readonly Outcome[] {
  const compiled = compile(ruleSet);
  return patients.map(patient => evaluate(compiled, patient, { trace: true }));
}

function previewsOf(ruleSet: RuleSet, patients: readonly Patient[], outcomes: readonly Outcome[]): readonly Preview[] {
  // A terminal and a document have no links to follow. Files are named by URI there.
  const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
  return patients.map((patient, i) => {
    const named = { ...patient, file: pathToFileURL(patient.file).href };
    return previewOf({ ruleSet, patient: named, outcome: outcomes[i]!, link });
  });
}

function written(previews: readonly Preview[], format: Format, style: Style): string {
  switch (format) {
    case 'markdown':
      return previews.map(preview => plainMarkdown(reportBlocks(preview))).join('\n---\n\n');
    case 'html':
      return reportHtml(
        previews.length === 1 ? previews[0]!.title : `${previews[0]!.ruleSet.title}: ${previews.length} sample patients`,
        previews.map(reportBlocks),
      );
    default:
      return previews.map(preview => outcomeText(preview, style)).join(`\n${'─'.repeat(60)}\n\n`);
  }
}
