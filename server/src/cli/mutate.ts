/** `clinical-rules mutate`: changes one thing of a rule set at a time, and tells which changes no case notices. */

import { casesIn } from '../testing/cases.ts';
import type { CaseResult } from '../testing/run.ts';
import { type MutantReport, type MutantResult, runMutants } from '../testing/survivors.ts';
import { witnessWords } from '../testing/witness-words.ts';
import { locateIn, type Result, type Surroundings } from './check.ts';
import { percent } from './coverage-formats.ts';
import type { Locate } from './report.ts';
import { scopeOf, shortName } from './scope.ts';
import { type Style, styleFor } from './style.ts';
import { gathered } from './test.ts';
import { type Arguments, UsageError } from './usage.ts';

export async function mutateCommand(given: Arguments, { cwd, color, progress }: Surroundings): Promise<Result> {
  const { workspace, files, only, findings } = await gathered(scopeOf(given.paths, cwd, given.workspace));
  const cases = casesIn(workspace, files, findings, only);
  const ruleSets = [...new Set(cases.flatMap(({ ruleSet }) => ruleSet ?? []))];
  if (ruleSets.length === 0) throw new UsageError(`${given.paths.join(' ')}: no sample patient there has anything under “expected”.`);
  const reports = ruleSets.map(ruleSet => {
    const own = cases.filter(one => one.ruleSet === ruleSet);
    const title = ruleSet.root.id?.value ?? '';
    return runMutants(ruleSet, own, done => {
      progress(`${title}: ${done} mutants`);
      return true;
    });
  });
  progress('');
  const places: Places = { locate: locateIn(workspace), shorten: file => shortName(file, cwd) };
  const plain = reports.map(report => reported(report, places));
  const output =
    given.format === 'json'
      ? `${JSON.stringify({ version: 1, ruleSets: plain }, null, 2)}\n`
      : `${plain.map(report => reportText(report, styleFor(color))).join('\n\n')}\n`;
  const isClean = plain.every(({ failing, survived }) => failing.length === 0 && survived === 0);
  return { exitCode: isClean ? 0 : 1, output, complaint: '' };
}

interface Places {
  readonly locate: Locate;
  readonly shorten: (file: string) => string;
}

/** What `mutate` found of one rule set, as plain data. */
interface Report {
  readonly file: string;
  readonly title: string;
  /** Confirmed cases that pass, and the titles of those that fail without any change. */
  readonly cases: number;
  readonly failing: readonly CaseResult['case']['title'][];
  readonly noticed: number;
  readonly survived: number;
  readonly equivalent: number;
  readonly mutants: readonly ReportedMutant[];
}

interface ReportedMutant {
  readonly file: string;
  readonly line: number;
  readonly item: string;
  readonly kind: string;
  readonly was: string;
  readonly is: string;
  readonly status: MutantResult['status'];
  /** The case that notices it. */
  readonly by: string | null;
  readonly witness: object | null;
  readonly words: string | null;
}

function reported({ ruleSet, results, failing, cases }: MutantReport, { locate, shorten }: Places): Report {
  const count = (status: MutantResult['status']) => results.filter(each => each.status === status).length;
  const mutants = results.map(({ mutant: { place, item, kind, was, is }, status, by, witness }) => ({
    file: shorten(place.file),
    line: locate(place.file, place.span)?.start.line ?? 0,
    item: item.id,
    kind,
    was,
    is,
    status,
    by: by ? by.title : null,
    witness: witness ?? null,
    words: witness ? witnessWords(witness) : null,
  }));
  const { root } = ruleSet;
  return {
    file: shorten(root.file),
    title: root.title ?? root.id?.value ?? '',
    cases,
    failing: failing.map(({ title }) => title),
    noticed: count('noticed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    mutants,
  };
}

function reportText(report: Report, style: Style): string {
  const { title, file, cases, failing, noticed, survived, equivalent, mutants } = report;
  const open = mutants.filter(({ status }) => status === 'survived');
  const lines = open.map(each => {
    const head = `  ${style.dim(`${each.file}:${each.line + 1}`)} “${each.item}”: ${each.was} → ${each.is}`;
    return each.words === null ? head : `${head}\n      would notice: ${each.words}`;
  });
  const score = percent({ seen: noticed, of: noticed + survived });
  const equal = equivalent > 0 ? `; ${equivalent} more change nothing for anybody, as is proved` : '';
  const numbers = `${noticed} of ${noticed + survived} mutants noticed by ${cases} ${cases === 1 ? 'case' : 'cases'} (${score})${equal}.`;
  const broken = failing.map(each => `  ${style.error('FAILS ALREADY')} ${each}: it cannot notice anything.`);
  return [`${style.bold(title)} ${style.dim(file)}`, ...lines, ...broken, style.bold(survived > 0 ? style.error(numbers) : numbers)].join(
    '\n',
  );
}
