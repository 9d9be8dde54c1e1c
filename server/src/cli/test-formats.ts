/** The report of `test` for people, for JUnit readers and for GitHub. */
import { type Style, wrap } from './style.ts';
import type { ReportedCase, ReportedDifference, TestReport } from './test-report.ts';

const WIDTH = 100;

/** Only what needs a look, then the numbers. */
export function testText(report: TestReport, style: Style): string {
  const failing = report.cases.filter(({ status }) => status !== 'passed');
  return `${[...failing.map(one => caseText(one, style)), summaryText(report, style)].join('\n\n')}\n`;
}

function caseText(one: ReportedCase, style: Style): string {
  const head = `${style.error(one.status === 'error' ? 'NOT RUN' : 'FAILED')} ${style.bold(one.title)} ${style.dim(`[${one.ruleSet}]`)}`;
  const place = (file: string, { start }: ReportedCase['range']) => style.dim(`${file}:${start.line + 1}:${start.character + 1}`);
  if (one.why !== null) return `${head}\n  ${place(one.file, one.range)}\n  ${wrap(one.why, WIDTH, '  ')}`;
  return [head, ...one.differences.map(({ file, range, message }) => `  ${place(file, range)}\n    ${wrap(message, WIDTH, '    ')}`)].join(
    '\n',
  );
}

function summaryText({ cases, passed, failed, errors, proposed }: TestReport, style: Style): string {
  const parts = [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(errors > 0 ? [`${errors} not run`] : [])];
  const text = `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}: ${parts.join(', ')}.`;
  const open = proposed > 0 ? ` Of ${proposed} nobody has confirmed what they expect.` : '';
  return style.bold((failed + errors > 0 ? style.error(text) : text) + open);
}

/** The XML that continuous integration servers read: a suite a file. */
export function junit({ cases, failed, errors }: TestReport): string {
  const files = [...new Set(cases.map(({ file }) => file))];
  const suites = files.map(file => {
    const own = cases.filter(one => one.file === file);
    const count = (status: string) => own.filter(one => one.status === status).length;
    const head = `<testsuite name="${xml(file)}" tests="${own.length}" failures="${count('failed')}" errors="${count('error')}">`;
    return [`  ${head}`, ...own.map(junitCase), '  </testsuite>'].join('\n');
  });
  const head = `<testsuites name="clinical-rules" tests="${cases.length}" failures="${failed}" errors="${errors}">`;
  return `${['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>'].join('\n')}\n`;
}

const UNCONFIRMED = 'Nobody has confirmed what this case expects.';

function junitCase(one: ReportedCase): string {
  const place = `file="${xml(one.file)}" line="${one.range.start.line + 1}"`;
  const head = `    <testcase name="${xml(one.title)}" classname="${xml(one.ruleSet)}" ${place}`;
  const body = [...wrongIn(one), ...(one.proposed ? [`<system-out>${xml(UNCONFIRMED)}</system-out>`] : [])];
  if (body.length === 0) return `${head}/>`;
  return [`${head}>`, ...body.map(line => `      ${line}`), '    </testcase>'].join('\n');
}

function wrongIn({ status, differences, why }: ReportedCase): string[] {
  if (why !== null) return [`<error message="${xml(why)}"/>`];
  if (status === 'passed') return [];
  return [`<failure message="${xml(differences[0]!.message)}">${xml(differences.map(lineOf).join('\n'))}</failure>`];
}

function lineOf({ file, range, message }: ReportedDifference): string {
  return `${file}:${range.start.line + 1}: ${message}`;
}

/** Also what XML cannot hold at all is left out. */
export function xml(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
  );
}

/** Workflow commands: GitHub shows them beside the lines. */
export function github(report: TestReport, style: Style): string {
  const failing = report.cases.filter(({ status }) => status !== 'passed');
  const lines = failing.flatMap(one =>
    one.why === null
      ? one.differences.map(({ file, range, message }) => command('error', file, range, one.title, message))
      : [command('error', one.file, one.range, one.title, one.why)],
  );
  const open = report.cases.filter(({ proposed }) => proposed);
  const notes = open.map(({ file, range, title }) => command('warning', file, range, title, UNCONFIRMED));
  return `${[...lines, ...notes, summaryText(report, style)].join('\n')}\n`;
}

function command(level: string, file: string, { start, end }: ReportedCase['range'], title: string, message: string): string {
  const place = `file=${property(file)},line=${start.line + 1},endLine=${end.line + 1},col=${start.character + 1}`;
  return `::${level} ${place},title=${property(title)}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
