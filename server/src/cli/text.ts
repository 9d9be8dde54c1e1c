/** A report as lines for people. */
import type { Severity } from '../diagnostics/define.ts';
import { errorsIn, type Report, type ReportedFinding, type Statement } from './report.ts';
import { type Style, wrap } from './style.ts';

const MESSAGE_WIDTH = 100;

export function reportText(report: Report, style: Style): string {
  const files = [...new Set(report.findings.map(({ file }) => file))];
  const blocks = files.map(file =>
    fileBlock(
      file,
      report.findings.filter(finding => finding.file === file),
      style,
    ),
  );
  const proofs = [...statements('Proved', report.proved, style), ...statements('Not proved', report.notProved, style)];
  return `${[...blocks, ...proofs, ...switchedOff(report, style), summary(report, style)].join('\n\n')}\n`;
}

/** By rule set: there may be several. */
function statements(title: string, all: readonly Statement[], style: Style): string[] {
  const files = [...new Set(all.map(({ file }) => file))];
  return files.map(file => {
    const texts = all.filter(one => one.file === file).map(({ text }) => `  ${title}: ${wrap(text, MESSAGE_WIDTH, '    ')}`);
    return [style.bold(file), ...texts].join('\n');
  });
}

/** What nobody is told must be seen by whoever relies on the check. */
function switchedOff({ switchedOff: all }: Report, style: Style): string[] {
  return [...new Set(all.map(({ file }) => file))].map(file => {
    const codes = all.filter(one => one.file === file).map(({ code, count }) => `${code} (${count === 0 ? 'none' : count} found)`);
    return [style.bold(file), `  Switched off: ${wrap(codes.join(', '), MESSAGE_WIDTH, '    ')}`].join('\n');
  });
}

function fileBlock(file: string, findings: readonly ReportedFinding[], style: Style): string {
  const places = Math.max(...findings.map(({ range }) => position(range).length));
  return [style.bold(file), ...findings.map(finding => findingLines(finding, places, style))].join('\n');
}

/** The message's further lines stand under its first. */
function findingLines(finding: ReportedFinding, places: number, style: Style): string {
  const label = finding.waived ? 'waived' : LABELS[finding.severity];
  const painted = finding.waived ? style.dim(label) : style[finding.severity](label);
  const head = `  ${position(finding.range).padEnd(places)}  ${painted}${' '.repeat(LABEL_WIDTH - label.length)}  `;
  const indent = ' '.repeat(2 + places + 2 + LABEL_WIDTH + 2);
  const related = finding.related.map(({ file, range, message }) => `${indent}${style.dim(`${file}:${position(range)}`)} ${message}`);
  return [`${head}${wrap(finding.message, MESSAGE_WIDTH, indent)} ${style.dim(`[${finding.code}]`)}`, ...related].join('\n');
}

const LABELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };
const LABEL_WIDTH = 'warning'.length;

/** People count from one. */
function position({ start }: ReportedFinding['range']): string {
  return `${start.line + 1}:${start.character + 1}`;
}

function summary(report: Report, style: Style): string {
  const files = counted(report.files, 'file');
  if (report.findings.length === 0) return style.bold(`No findings in ${files}.`);
  const waived = report.findings.filter(finding => finding.waived).length;
  const open = report.findings.filter(finding => !finding.waived);
  const parts = (['error', 'warning', 'information'] as const).flatMap(severity => severityCount(severity, open));
  if (waived > 0) parts.push(`${waived} waived`);
  const text = `${parts.join(', ')} in ${files}.`;
  return style.bold(errorsIn(report).length > 0 ? style.error(text) : text);
}

function severityCount(severity: Severity, findings: readonly ReportedFinding[]): string[] {
  const count = findings.filter(finding => finding.severity === severity).length;
  if (count === 0) return [];
  return [severity === 'information' ? counted(count, 'note') : counted(count, severity)];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
