/** What cases have shown, in the words of VS Code: each thing that can be shown is a statement, each way a branch of it, each rule a declaration. */
import * as vscode from 'vscode';
import type { CoveredFile, CoveredMark } from '../../../server/src/lsp/protocol.ts';

const details = new WeakMap<vscode.FileCoverage, readonly vscode.FileCoverageDetail[]>();

export function addCoverage(run: vscode.TestRun, { uri, marks }: CoveredFile): void {
  const own = marks.flatMap(detailsFor);
  const file = vscode.FileCoverage.fromDetails(vscode.Uri.parse(uri), own);
  details.set(file, own);
  run.addCoverage(file);
}

/** What the gutter shows of a file. */
export function detailsOf(file: vscode.FileCoverage): readonly vscode.FileCoverageDetail[] {
  return details.get(file) ?? [];
}

function detailsFor({ range: { start, end }, rule, ways }: CoveredMark): vscode.FileCoverageDetail[] {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const branches = ways.map(({ label, seen }) => new vscode.BranchCoverage(seen, undefined, label));
  const statement = new vscode.StatementCoverage(
    ways.some(({ seen }) => seen),
    range,
    branches,
  );
  return rule ? [new vscode.DeclarationCoverage(rule.id, rule.fired, range), statement] : [statement];
}
