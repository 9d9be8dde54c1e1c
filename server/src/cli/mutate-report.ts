/** What `mutate` found, as plain data and as lines for people. */
import type { MutantResult } from '../testing/mutation.ts';
import { differenceWords, witnessWords } from '../testing/witness-words.ts';
import { percent } from './coverage-formats.ts';
import type { Locate } from './report.ts';
import type { Style } from './style.ts';

export interface Places {
  readonly locate: Locate;
  readonly shorten: (file: string) => string;
}

interface Counts {
  readonly noticed: number;
  readonly survived: number;
  readonly notSettled: number;
  readonly equivalent: number;
}

export interface MutateReport {
  readonly version: 1;
  /** By the file that is changed. */
  readonly files: readonly (Counts & { readonly file: string; readonly mutants: readonly ReportedMutant[] })[];
  readonly total: Counts;
  /** By rule set the same mutants again: each is told for all rule sets that use its file. */
  readonly ruleSets: readonly ReportedRuleSet[];
  /** How many mutants there are; fewer were tried where it was stopped. */
  readonly of: number;
  readonly stopped: boolean;
}

export interface ReportedRuleSet extends Counts {
  readonly file: string;
  readonly title: string;
  /** Confirmed cases that pass, and the titles of those that fail without any change. */
  readonly cases: number;
  readonly failing: readonly string[];
  readonly mutants: readonly ReportedMutant[];
}

export interface ReportedMutant {
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
  /** What is expected of the witness to notice it, and both answers in words. */
  readonly expected: object | null;
  readonly difference: string | null;
}

export function reportedMutant({ mutant, status, by, telling }: MutantResult, { locate, shorten }: Places): ReportedMutant {
  const { place, item, kind, was, is } = mutant;
  return {
    file: shorten(place.file),
    line: locate(place.file, place.span)?.start.line ?? 0,
    item: item.id,
    kind,
    was,
    is,
    status,
    by: by ? by.title : null,
    witness: telling ? telling.patient : null,
    words: telling ? witnessWords(telling.patient) : null,
    expected: telling ? telling.expected : null,
    difference: telling ? differenceWords(telling.differences) : null,
  };
}

export function countsOf(mutants: readonly Pick<ReportedMutant, 'status'>[]): Counts {
  const count = (status: MutantResult['status']) => mutants.filter(each => each.status === status).length;
  return { noticed: count('noticed'), survived: count('survived'), notSettled: count('not-settled'), equivalent: count('equivalent') };
}

export function isClean({ total, ruleSets, stopped }: MutateReport): boolean {
  return !stopped && total.survived + total.notSettled === 0 && ruleSets.every(({ failing }) => failing.length === 0);
}

export function mutateText(report: MutateReport, style: Style): string {
  const { files, total, ruleSets, stopped, of } = report;
  const blocks = files.map(({ file, mutants, ...counts }) =>
    [style.bold(file), ...openLines(mutants, style), scored(counts, `  ${score(counts)}.`, style)].join('\n'),
  );
  const broken = ruleSets.flatMap(({ title, failing }) =>
    failing.map(each => `  ${style.error('FAILS ALREADY')} ${title}: ${each}: it cannot notice anything.`),
  );
  const cases = ruleSets.map(({ title, file, cases }) => `  ${title} ${style.dim(file)}: ${cases} ${cases === 1 ? 'case' : 'cases'}`);
  const tried = total.noticed + total.survived + total.notSettled + total.equivalent;
  const partly = stopped ? [style.error(`Stopped: ${tried} of ${of} mutants were tried, and the numbers are of those alone.`)] : [];
  const sum = scored(total, `In all ${score(total)}.`, style);
  return `${[...blocks, ['Rule sets', ...cases, ...broken].join('\n'), [...partly, sum].join('\n')].join('\n\n')}\n`;
}

function openLines(mutants: readonly ReportedMutant[], style: Style): string[] {
  const at = ({ line, item, was, is }: ReportedMutant) => `  ${style.dim(String(line + 1))} “${item}”: ${was} → ${is}`;
  const survived = mutants.filter(({ status }) => status === 'survived');
  const open = mutants.filter(({ status }) => status === 'not-settled');
  return [
    ...survived.flatMap(each => [at(each), `      would notice: ${each.words}`, `      ${style.dim(each.difference!)}`]),
    ...(open.length > 0 ? ['  Not settled: no patient was found who would notice, and it is not proved that there is none.'] : []),
    ...open.map(at),
  ];
}

function scored({ survived, notSettled }: Counts, text: string, style: Style): string {
  return style.bold(survived + notSettled > 0 ? style.error(text) : text);
}

function score({ noticed, survived, notSettled, equivalent }: Counts): string {
  const of = noticed + survived + notSettled;
  const equal = equivalent > 0 ? `; ${equivalent} more change nothing that a case could expect, as is proved` : '';
  const open = notSettled > 0 ? `; ${notSettled} not settled` : '';
  return `${noticed} of ${of} mutants noticed (${percent({ seen: noticed, of })})${open}${equal}`;
}
