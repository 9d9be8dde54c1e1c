/** What `test` found, as plain data: the JSON that other programs read, and what every other format is made from. */

import type { CaseResult } from '../testing/run.ts';
import type { PositionRange } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import type { Locate } from './report.ts';

export interface TestReport {
  readonly version: 1;
  readonly cases: readonly ReportedCase[];
  readonly passed: number;
  readonly failed: number;
  /** Cases that could not be run. */
  readonly errors: number;
  /** Cases whose expectations nobody has confirmed: whether they pass says nothing yet. */
  readonly proposed: number;
}

export interface ReportedCase {
  /** `file#patient@rule-set`, the file relative to the current folder. */
  readonly id: string;
  readonly file: string;
  readonly range: PositionRange;
  readonly title: string;
  /** The id of the rule set it is held against. */
  readonly ruleSet: string;
  readonly status: CaseResult['status'];
  readonly proposed: boolean;
  readonly differences: readonly ReportedDifference[];
  /** Why it could not be run; null where it was. */
  readonly why: string | null;
}

export interface ReportedDifference {
  readonly about: string;
  readonly name: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly file: string;
  readonly range: PositionRange;
}

export function reportOf(results: readonly CaseResult[], locate: Locate, shorten: (file: string) => string): TestReport {
  const cases = results.map(result => reportedCase(result, locate, shorten));
  const count = (status: CaseResult['status']) => cases.filter(one => one.status === status).length;
  const proposed = cases.filter(one => one.proposed).length;
  return { version: 1, cases, passed: count('passed'), failed: count('failed'), errors: count('error'), proposed };
}

const NOWHERE: PositionRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function reportedCase(
  { case: one, status, differences, why }: CaseResult,
  locate: Locate,
  shorten: (file: string) => string,
): ReportedCase {
  const range = (span: Span) => locate(one.place.file, span) ?? NOWHERE;
  return {
    id: one.id.replace(one.file, shorten(one.file)),
    file: shorten(one.place.file),
    range: range(one.place.span),
    title: one.title,
    ruleSet: one.expected.ruleSet?.value ?? '',
    status,
    proposed: one.proposed,
    differences: differences.map(({ about, name, message, expected, actual, span }) => ({
      about,
      name,
      message,
      expected,
      actual,
      file: shorten(one.place.file),
      range: range(span),
    })),
    why: why ?? null,
  };
}

/** Whether anything must be mended. */
export function hasFailed({ failed, errors }: TestReport): boolean {
  return failed + errors > 0;
}
