/** `clinical-rules cases`: the sample patients that a rule set still lacks, made, with what they give now as a proposal. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { diskFiles } from '../disk.ts';
import { PATIENT_SUFFIX } from '../files.ts';
import { ruleSetObstacles } from '../obstacles.ts';
import { type Case, casesIn } from '../testing/cases.ts';
import type { Point } from '../testing/coverage.ts';
import { type MadeRow, madeText, rowsOf } from '../testing/made/file.ts';
import { type Made, make } from '../testing/made/make.ts';
import { pairsOf } from '../testing/made/pairs.ts';
import { sharedBaseOf } from '../testing/made/shared.ts';
import type { Way } from '../testing/made/shows.ts';
import { pointWords, wayWords } from '../testing/point-words.ts';
import { Workspace } from '../workspace.ts';
import { findingsOf, learnUnits, locateIn, type Result, type Surroundings } from './check.ts';
import { pathsFrom, writeNew } from './patient-files.ts';
import type { Locate } from './report.ts';
import { scopeOf, shortName } from './scope.ts';
import { type Style, styleFor } from './style.ts';
import { type Arguments, UsageError } from './usage.ts';

export async function casesCommand(given: Arguments, { cwd, color, progress, schemas }: Surroundings): Promise<Result> {
  const { out, format, paths, workspace: folder } = given;
  const file = out === undefined ? undefined : outFile(resolve(cwd, out), cwd);
  const { workspace, root, findings } = await ruleSetAt(paths[0]!, cwd, folder);
  const ruleSet = workspace.linked(root)!.ruleSet;
  if (ruleSetObstacles(workspace, root, findings).length > 0) return { exitCode: 1, output: '', complaint: BROKEN };
  const patients = workspace.known().filter(each => workspace.patient(each));
  const existing = casesIn(workspace, patients, findings, new Set([root])).filter(({ obstacles }) => obstacles.length === 0);
  const shared = sharedBaseOf(workspace, [...new Set(existing.map(one => one.file))]);
  const steps = make(
    ruleSet,
    existing.map(({ patient }) => patient),
    undefined,
    shared,
  );
  let step = steps.next();
  for (; !step.done; step = steps.next()) progress(`${step.value.doing}: ${step.value.done} of ${step.value.of}`);
  progress('');
  const made = step.value;
  if (!made)
    return {
      exitCode: 1,
      output: '',
      complaint: 'No patient is known to be in the scope of this rule set (“appliesTo”), so there is nothing to make.\n',
    };
  const rows = rowsOf(made);
  const target = file ?? join(dirname(root), `made${PATIENT_SUFFIX}`);
  const { to, schema } = pathsFrom(dirname(target), { cwd, schemas });
  const text = madeText(made, rows, { name: basename(target), ruleSet: to(root), schema });
  if (file !== undefined && rows.length > 0 && !writeNew(file, text)) throw isThere(file, cwd);
  const told: Told = { made, rows, existing, locate: locateIn(workspace), shorten: each => shortName(each, cwd), text };
  const written = file !== undefined && rows.length > 0 ? shortName(file, cwd) : undefined;
  return {
    exitCode: made.notFound.size > 0 ? 1 : 0,
    output: format === 'json' ? json(told, written) : report(told, written, styleFor(color)),
    complaint: '',
  };
}

const BROKEN =
  'Nothing was made: the rule set has errors, and cases would show what it does not say. See clinical-rules check for what is wrong.\n';

function outFile(file: string, cwd: string): string {
  if (!file.endsWith(PATIENT_SUFFIX)) throw new UsageError(`--out ${shortName(file, cwd)}: name a file that ends in ${PATIENT_SUFFIX}.`);
  if (existsSync(file)) throw isThere(file, cwd);
  return file;
}

function isThere(file: string, cwd: string): UsageError {
  return new UsageError(`${shortName(file, cwd)} is there already and is not overwritten: choose another --out.`);
}

async function ruleSetAt(path: string, cwd: string, folder: string | undefined) {
  const { files, folders } = scopeOf([path], cwd, folder);
  const [root, ...more] = files;
  const workspace = new Workspace(diskFiles(folders), () => undefined);
  if (root === undefined || more.length > 0 || !workspace.linked(root))
    throw new UsageError(`${path}: cases needs one rule set, not a folder or a patient.`);
  await learnUnits(workspace, [root]);
  return { workspace, root, findings: (file: string) => findingsOf(workspace, file) };
}

interface Told {
  readonly made: Made;
  readonly rows: readonly MadeRow[];
  readonly existing: readonly Case[];
  readonly locate: Locate;
  readonly shorten: (file: string) => string;
  readonly text: string;
}

function lineOf({ point }: Pick<Way, 'point'>, { locate, shorten }: Told): string {
  const start = locate(point.place.file, point.place.span)?.start;
  return `${shorten(point.place.file)}:${(start?.line ?? 0) + 1}:${(start?.character ?? 0) + 1}`;
}

function wayText({ point, name }: Way): string {
  return `${pointWords(point)} ${wayWords(name)}`;
}

function report(told: Told, written: string | undefined, style: Style): string {
  const { made, rows, text } = told;
  const { root } = made.looking.compiled.ruleSet;
  const open = [...made.notFound].map(place => made.looking.ways[place]!);
  const lacking = made.looking.ways.length - made.impossible.size - made.before.size;
  const head = `${style.bold(root.title ?? root.id?.value ?? '')} ${style.dim(told.shorten(root.file))}`;
  const summary =
    rows.length === 0
      ? `Nothing to add: ${made.before.size} ways are shown by ${made.existing.length} cases, and ${made.impossible.size} by no patient.`
      : `${rows.length} ${rows.length === 1 ? 'case shows' : 'cases show'} ${lacking - open.length} of ${lacking} ways that ${made.existing.length} cases there are do not show.`;
  const cases = rows.flatMap((row, i) => [`  ${i + 1}. ${row.title}`]);
  const pairs = pairLines(told);
  const notFound = open.map(way => `  ${style.dim(lineOf(way, told))} ${wayText(way)}`);
  const where = written === undefined ? '' : `Written to ${written}. Nobody has confirmed yet what they expect.`;
  return `${[
    head,
    ...cases,
    ...(pairs.length > 0 ? ['', 'Each condition alone deciding, true in one case and false in another:', ...pairs] : []),
    ...(open.length > 0 ? ['', 'Neither a patient nor a proof that there is none was found for:', ...notFound] : []),
    '',
    style.bold(summary),
    ...(where ? [where] : rows.length > 0 ? ['', text.trimEnd()] : []),
  ].join('\n')}\n`;
}

function pairLines(told: Told): string[] {
  return pairsOf(told.made).map(({ point, whenTrue, whenFalse }) => {
    const way = { point, name: '' };
    const [one, other] = [sideName(point, 'true', whenTrue, told), sideName(point, 'false', whenFalse, told)];
    return `  ${lineOf(way, told)} ${point.item ? `“${point.item.id}”` : 'the scope'}: ${one} and ${other}`;
  });
}

/** Where there is no such case, whether there can be one. */
function sideName(point: Point, name: string, place: number | undefined, told: Told): string {
  const { looking, impossible } = told.made;
  const way = looking.ways.findIndex(each => each.point === point && each.name === name);
  return place === undefined && impossible.has(way) ? `nobody when ${name}, as is proved` : caseName(place, told);
}

function caseName(place: number | undefined, { existing, made }: Told): string {
  if (place === undefined) return 'none';
  const known = existing[place];
  return known ? `“${known.title}”` : `${place - made.existing.length + 1}`;
}

function json(told: Told, written: string | undefined): string {
  const { made, rows, text } = told;
  const way = (each: Way) => ({ at: lineOf(each, told), kind: each.point.kind, item: each.point.item?.id ?? null, way: each.name });
  const pairs = pairsOf(made).map(({ point, whenTrue, whenFalse }) => ({
    at: lineOf({ point }, told),
    item: point.item?.id ?? null,
    whenTrue: whenTrue === undefined ? null : caseName(whenTrue, told),
    whenFalse: whenFalse === undefined ? null : caseName(whenFalse, told),
  }));
  return `${JSON.stringify(
    {
      version: 1,
      ruleSet: told.shorten(made.looking.compiled.ruleSet.root.file),
      file: written ?? null,
      cases: rows.map(({ title, duties }) => ({ title, shows: duties.map(way) })),
      pairs,
      shown: made.before.size,
      impossible: [...made.impossible].map(place => way(made.looking.ways[place]!)),
      notFound: [...made.notFound].map(place => way(made.looking.ways[place]!)),
      patient: rows.length > 0 ? (JSON.parse(text) as unknown) : null,
    },
    null,
    2,
  )}\n`;
}
