/** What the outcome says at the lines of a rule set, beside the text of each editor that shows one; a command turns it off and on. */
import * as vscode from 'vscode';
import type { PreviewLine } from '../../../server/src/lsp/protocol.ts';

const OFF = 'clinical-rules.outcome-in-editor-off';
const COLOURS: Readonly<Record<PreviewLine['state'], string>> = {
  fired: 'charts.foreground',
  undetermined: 'charts.blue',
  'ruled-out': 'descriptionForeground',
  value: 'descriptionForeground',
};
const SIGNS: Readonly<Record<PreviewLine['state'], string>> = { fired: '● ', undetermined: '◌ ', 'ruled-out': '○ ', value: '← ' };

export class OutcomeInEditor implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #decoration = vscode.window.createTextEditorDecorationType({ rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed });
  readonly #disposables: vscode.Disposable[];
  #lines: readonly PreviewLine[] = [];

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.#disposables = [
      this.#decoration,
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.commands.registerCommand('clinical-rules.toggleOutcomeInEditor', () => this.#toggle()),
    ];
  }

  /** Of the preview that was refreshed last; an empty list takes everything away. */
  show(lines: readonly PreviewLine[]): void {
    this.#lines = lines;
    this.#draw();
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  async #toggle(): Promise<void> {
    const off = !this.#context.workspaceState.get<boolean>(OFF, false);
    await this.#context.workspaceState.update(OFF, off);
    this.#draw();
    vscode.window.setStatusBarMessage(off ? 'The outcome is no longer shown in the editor' : 'The outcome is shown in the editor', 4000);
  }

  #draw(): void {
    const lines = this.#context.workspaceState.get<boolean>(OFF, false) ? [] : this.#lines;
    for (const editor of vscode.window.visibleTextEditors) {
      const own = lines.filter(({ link }) => isSame(link.uri, editor.document.uri));
      editor.setDecorations(
        this.#decoration,
        own.map(line => decorationOf(line, editor.document)),
      );
    }
  }
}

/** At the end of the line; the text moves with it until the next outcome comes. */
function decorationOf({ link, text, state }: PreviewLine, document: vscode.TextDocument): vscode.DecorationOptions {
  const line = Math.min(link.range.start.line, document.lineCount - 1);
  const { end } = document.lineAt(line).range;
  const after = {
    contentText: `${SIGNS[state]}${text}`,
    color: new vscode.ThemeColor(COLOURS[state]),
    margin: '0 0 0 2em',
    fontStyle: 'italic',
  };
  return { range: new vscode.Range(end, end), renderOptions: { after } };
}

function isSame(uri: string, other: vscode.Uri): boolean {
  return vscode.Uri.parse(uri).toString() === other.toString();
}

/** The rule whose id is the last above the cursor, in a file of rules. */
export function ruleAt(lines: readonly PreviewLine[], { document, selection }: vscode.TextEditor): string | undefined {
  const above = lines.filter(
    ({ rule, link }) => rule !== undefined && isSame(link.uri, document.uri) && link.range.start.line <= selection.active.line + 1,
  );
  return above.reduce<PreviewLine | undefined>(
    (last, each) => (!last || each.link.range.start.line > last.link.range.start.line ? each : last),
    undefined,
  )?.rule;
}
