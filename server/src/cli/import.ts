/** `clinical-rules import`: a FHIR bundle or a CSV file as sample patients for a rule set. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { diskFiles } from '../disk.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import { importBundle } from '../importing/import-bundle.ts';
import { importCsv } from '../importing/import-csv.ts';
import { type Imported, reportText } from '../importing/report.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { loadUnits } from '../model/units.ts';
import { ruleSetObstacles } from '../obstacles.ts';
import { Workspace } from '../workspace.ts';
import { findingsOf, type Result, type Surroundings } from './check.ts';
import { scopeOf, shortName } from './scope.ts';
import { type Arguments, UsageError } from './usage.ts';

export async function importCommand({ paths, format, workspace, out, asOf }: Arguments, { cwd }: Surroundings): Promise<Result> {
  const [ruleSetPath, file] = paths as [string, string];
  const ruleSet = await ruleSetFrom(ruleSetPath, cwd, workspace);
  if (!ruleSet) return { exitCode: 1, output: '', complaint: BROKEN };
  const folder = resolve(cwd, out ?? '.');
  const target = { ruleSet: relative(folder, ruleSet.root.file).split(sep).join('/') };
  const text = textAt(resolve(cwd, file), file);
  const isTable = file.toLowerCase().endsWith('.csv');
  const imported = isTable ? importCsv(ruleSet, text, target, asOf) : await importBundle(ruleSet, text, target, asOf);
  const names = out === undefined ? [] : write(imported, folder, cwd);
  const whole = !imported.stopped;
  return { exitCode: whole ? 0 : 1, output: format === 'json' ? json(imported, names) : `${reportText(imported, names)}`, complaint: '' };
}

const BROKEN =
  'Nothing was imported: the rule set has errors, and values could be taken for the wrong facts. See clinical-rules check for what is wrong.\n';

/** Undefined for a rule set with errors. */
async function ruleSetFrom(path: string, cwd: string, folder: string | undefined): Promise<RuleSet | undefined> {
  const { files, folders } = scopeOf([path], cwd, folder);
  const [file, ...more] = files;
  if (file === undefined || more.length) throw new UsageError(`${path}: import needs one rule set, not a folder.`);
  const workspace = new Workspace(diskFiles([...folders]), () => undefined);
  // A bundle may have any unit.
  await loadUnits();
  const linked = workspace.linked(file);
  if (!linked) throw new UsageError(`${path}: write the rule set first, then the file to import.`);
  const obstacles = ruleSetObstacles(workspace, linked.ruleSet.root.file, one => findingsOf(workspace, one));
  return obstacles.length ? undefined : linked.ruleSet;
}

function textAt(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${name}: this file cannot be read.`);
  }
}

/** The names of the files, as the user would write them. */
function write({ patients }: Imported, folder: string, cwd: string): string[] {
  const files = patients.map(({ id }) => join(folder, `${id}${PATIENT_SUFFIX}`));
  const there = files.find(file => existsSync(file));
  if (there !== undefined) throw new UsageError(`${shortName(there, cwd)} is there already and is not overwritten: choose another --out.`);
  for (const [i, file] of files.entries()) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, patients[i]!.text);
  }
  return files.map(file => shortName(file, cwd));
}

function json({ patients, problems }: Imported, names: readonly string[]): string {
  const told = patients.map(({ text, ...rest }, i) => ({ ...rest, file: names[i] ?? null, patient: JSON.parse(text) as unknown }));
  return `${JSON.stringify({ version: 1, patients: told, problems }, null, 2)}\n`;
}
