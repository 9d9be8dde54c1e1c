/** A report as SARIF 2.1.0, which code hosts show beside the lines. */

import { analysedRules } from '../diagnostics/analysed-rules.ts';
import type { Severity } from '../diagnostics/define.ts';
import { registry } from '../diagnostics/registry.ts';
import type { PositionRange } from '../text/line-index.ts';
import type { Report, ReportedFinding } from './report.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

export function toSarif({ findings, asOf, proved, notProved, switchedOff }: Report, toolVersion: string): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'clinical-rules', semanticVersion: toolVersion, version: toolVersion, rules: codes.map(toRule) } },
        columnKind: 'utf16CodeUnits',
        properties: { asOf, proved, notProved, switchedOff },
        results: findings.map(finding => toResult(finding, codes)),
      },
    ],
  };
}

function toRule(code: string): object {
  const rule = [...registry, ...analysedRules].find(candidate => candidate.code === code);
  const summary = rule?.summary ?? code;
  const docs = rule?.docs.trim() ?? summary;
  return {
    id: code,
    name: code,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: docs, markdown: docs },
    defaultConfiguration: { level: LEVELS[rule?.severity ?? 'error'] },
    properties: {
      tags: ['clinical-rules'],
      precision: 'very-high',
      'problem.severity': rule?.severity === 'information' ? 'recommendation' : (rule?.severity ?? 'error'),
    },
  };
}

function toResult(finding: ReportedFinding, codes: readonly string[]): object {
  return {
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physical(finding.file, finding.range) }],
    ...(finding.related.length > 0 ? { relatedLocations: finding.related.map(toRelated) } : {}),
    partialFingerprints: { 'clinicalRules/v1': `${finding.file} ${finding.id}` },
    ...(finding.witness ? { properties: { witness: finding.witness } } : {}),
    suppressions: finding.waived ? [{ kind: 'inSource', status: 'accepted', justification: 'waived in the rule set' }] : [],
  };
}

function toRelated({ file, range, message }: ReportedFinding['related'][number], index: number): object {
  return { id: index + 1, physicalLocation: physical(file, range), message: { text: message } };
}

/** SARIF counts lines and columns from one. */
function physical(file: string, { start, end }: PositionRange): object {
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
    region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
  };
}
