/** The preview's panels: one a rule set, each following every edit of what it shows. Only the latest answer is shown. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type {
  Change,
  Link,
  PreviewAfter,
  PreviewAnswer,
  PreviewFirst,
  PreviewLine,
  Preview as WholePreview,
} from '../../../server/src/lsp/protocol.ts';
import { onChanged } from '../changed.ts';
import { mayBeKept, removeIdentifiers } from '../identifiers.ts';
import { pageFrame } from '../page-frame.ts';
import { PREVIEW, WHAT_IF, WHAT_WOULD_CHANGE } from '../requests.ts';
import { choosePatient, chooseSubject, type Subject } from './choose.ts';
import { compare } from './compare.ts';
import { OutcomeInEditor, ruleAt } from './in-editor.ts';
import type { Against, FromPage, Kept, Shown, ToPage } from './messages.ts';
import { saveReport } from './report.ts';
import { saveChanges } from './save.ts';

const VIEW = 'clinical-rules.preview';
/** Under this key and a rule set's URI the workspace remembers the patient it was last run on. */
const LAST_PATIENT = 'clinical-rules.last-patient:';

interface Open {
  readonly panel: vscode.WebviewPanel;
  subject: Subject;
  /** Tried out on the patient. */
  changes: readonly Change[];
  /** The request under way; a newer one cancels it. */
  running: vscode.CancellationTokenSource | undefined;
  /** As data, for the reader who asks for it. */
  lastOutcome: WholePreview['outcome'] | undefined;
  lines: readonly PreviewLine[];
  /** URIs of the rule set's files. */
  files: readonly string[];
  /** Kinds of what seems to tell who the patient is. */
  identifiers: readonly string[];
}

interface Preview {
  readonly context: vscode.ExtensionContext;
  readonly client: LanguageClient;
  /** By the rule set's URI. */
  readonly open: Map<string, Open>;
  readonly inEditor: OutcomeInEditor;
}

export function registerPreview(context: vscode.ExtensionContext, client: LanguageClient): vscode.Disposable {
  const inEditor = new OutcomeInEditor(context);
  const preview: Preview = { context, client, open: new Map(), inEditor };
  const refreshAll = () => {
    for (const open of preview.open.values()) void refresh(preview, open);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(VIEW, (file?: vscode.Uri, patient?: vscode.Uri) => show(preview, file, patient)),
    vscode.window.registerWebviewPanelSerializer(VIEW, {
      deserializeWebviewPanel: async (panel, kept) => restore(preview, panel, kept as Partial<Kept> | undefined),
    }),
    inEditor,
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => kind !== undefined && showRuleAt(preview, textEditor)),
    onChanged(client, refreshAll),
    client.onDidChangeState(({ newState }) => newState === State.Running && refreshAll()),
  );
}

/** The rule in which the cursor stands, in each preview that knows it. */
function showRuleAt({ open }: Preview, editor: vscode.TextEditor): void {
  for (const { panel, lines } of open.values()) {
    const rule = ruleAt(lines, editor);
    if (rule !== undefined && panel.visible) void panel.webview.postMessage({ kind: 'rule', rule } satisfies ToPage);
  }
}

async function show(preview: Preview, file: vscode.Uri | undefined, patient: vscode.Uri | undefined): Promise<void> {
  const { client, context } = preview;
  await client.start();
  const last = (ruleSet: vscode.Uri) => context.workspaceState.get<string>(LAST_PATIENT + ruleSet.toString());
  const shown = file instanceof vscode.Uri ? file : vscode.window.activeTextEditor?.document.uri;
  const subject = shown && patient instanceof vscode.Uri ? { ruleSet: shown, patient } : await chooseSubject(client, ours(shown), last);
  if (!subject) return;
  const open = preview.open.get(subject.ruleSet.toString());
  if (open) {
    open.panel.reveal(undefined, true);
    change(preview, open, subject);
  } else {
    const panel = vscode.window.createWebviewPanel(VIEW, 'Preview', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
    attach(preview, panel, subject);
  }
}

function ours(uri: vscode.Uri | undefined): vscode.Uri | undefined {
  return uri && /\.(clinical|patient)\.json$/.test(uri.path) ? uri : undefined;
}

/** After a reload VS Code gives back the panel and what its page kept. */
function restore(preview: Preview, panel: vscode.WebviewPanel, kept: Partial<Kept> | undefined): void {
  const { ruleSet, patient } = kept?.shown ?? {};
  if (typeof ruleSet !== 'string' || typeof patient !== 'string') panel.dispose();
  else attach(preview, panel, { ruleSet: vscode.Uri.parse(ruleSet), patient: vscode.Uri.parse(patient) });
}

function attach(preview: Preview, panel: vscode.WebviewPanel, subject: Subject): void {
  const root = vscode.Uri.joinPath(preview.context.extensionUri, 'dist', 'preview');
  const open: Open = { panel, subject, changes: [], running: undefined, lastOutcome: undefined, lines: [], files: [], identifiers: [] };
  const key = subject.ruleSet.toString();
  preview.open.get(key)?.panel.dispose();
  preview.open.set(key, open);
  panel.iconPath = vscode.Uri.joinPath(preview.context.extensionUri, 'client', 'images', 'icon.png');
  panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
  panel.webview.onDidReceiveMessage((message: FromPage) => receive(preview, open, message));
  panel.onDidDispose(() => {
    open.running?.cancel();
    if (preview.open.get(key) === open) preview.open.delete(key);
    preview.inEditor.show([...preview.open.values()].at(-1)?.lines ?? []);
  });
  panel.webview.html = pageFrame(panel.webview, root, { title: 'Clinical Rules preview', name: 'page', main: 'preview' });
  remember(preview, subject);
}

function remember(preview: Preview, { ruleSet, patient }: Subject): void {
  void preview.context.workspaceState.update(LAST_PATIENT + ruleSet.toString(), patient.toString());
}

function change(preview: Preview, open: Open, subject: Subject): void {
  open.subject = subject;
  open.changes = [];
  remember(preview, subject);
  void refresh(preview, open);
}

/** Asks anew. An answer that comes after a newer question is dropped. A hidden page is told when it is shown again: it loads anew then. */
async function refresh(preview: Preview, open: Open): Promise<void> {
  open.running?.cancel();
  const source = new vscode.CancellationTokenSource();
  open.running = source;
  const shown = { ruleSet: open.subject.ruleSet.toString(), patient: open.subject.patient.toString() };
  try {
    const answer = await preview.client.sendRequest<PreviewAnswer>(PREVIEW, { ...shown, changes: open.changes }, source.token);
    if (open.running !== source) return;
    if (answer.kind === 'preview') {
      open.lastOutcome = answer.preview.outcome;
      open.lines = answer.preview.lines;
      open.files = answer.preview.ruleSet.files;
      open.identifiers = answer.preview.identifiers;
      preview.inEditor.show(open.lines);
    }
    tell(open, messageOf(answer, shown));
    if (answer.kind === 'preview') await tellChanges(preview, open, shown, source);
  } catch (error) {
    if (open.running === source) tell(open, { kind: 'failed', shown, message: error instanceof Error ? error.message : String(error) });
  }
}

/** The decisions first, as soon as they are known, then all the rest. */
async function tryOut(preview: Preview, open: Open): Promise<void> {
  const { changes, subject } = open;
  const shown = { ruleSet: subject.ruleSet.toString(), patient: subject.patient.toString() };
  const asked = preview.client.sendRequest<PreviewFirst | null>(WHAT_IF, { ...shown, changes });
  const all = refresh(preview, open);
  // A failure is told with the rest.
  const first = await asked.catch(() => null);
  if (first && open.changes === changes && open.subject === subject) tell(open, { kind: 'first', shown, first });
  return all;
}

/** Worked out only once the outcome is shown: it takes longer. */
async function tellChanges({ client }: Preview, open: Open, shown: Shown, source: vscode.CancellationTokenSource): Promise<void> {
  const after = await client.sendRequest<PreviewAfter | null>(WHAT_WOULD_CHANGE, { ...shown, changes: open.changes }, source.token);
  if (open.running === source) tell(open, { kind: 'changes', shown, after: after ?? undefined });
}

async function tellComparison({ client }: Preview, open: Open, against: Against): Promise<void> {
  const { ruleSet, patient } = open.subject;
  const shown = { ruleSet: ruleSet.toString(), patient: patient.toString() };
  const comparison = await compare(client, { ...shown, changes: open.changes }, against, open.files);
  if (comparison && open.subject.ruleSet === ruleSet) tell(open, { kind: 'comparison', shown, comparison });
}

function messageOf(answer: PreviewAnswer, shown: Shown): ToPage {
  if (answer.kind === 'broken') return { ...answer, shown };
  const { outcome: _, lines: __, ...preview } = answer.preview;
  return { kind: 'preview', shown, preview };
}

function tell(open: Open, message: ToPage): void {
  if (message.kind === 'preview') open.panel.title = `Preview: ${message.preview.title}`;
  void open.panel.webview.postMessage(message);
}

async function receive(preview: Preview, open: Open, message: FromPage): Promise<void> {
  switch (message.kind) {
    case 'ready':
      open.changes = message.changes;
      await preview.client.start();
      return refresh(preview, open);
    case 'open':
      return openLink(open.panel, message.link);
    case 'choose-patient': {
      const patient = await choosePatient(preview.client, open.subject.ruleSet, open.subject.patient.toString());
      return patient && change(preview, open, { ...open.subject, patient });
    }
    case 'what-if':
      open.changes = message.changes;
      return tryOut(preview, open);
    case 'save-what-if':
      if (message.where === 'new' && !(await mayBeKept(open.identifiers))) return;
      return saveChanges(preview.client, open.subject, open.changes, message.where, patient =>
        change(preview, open, { ...open.subject, patient }),
      );
    case 'compare':
      return tellComparison(preview, open, message.against);
    case 'show-patient':
      return change(preview, open, { ...open.subject, patient: vscode.Uri.parse(message.patient) });
    case 'remove-identifiers':
      return removeIdentifiers(preview.client, open.subject.patient);
    case 'save-report':
      return (await mayBeKept(open.identifiers)) ? saveReport(preview.client, open.subject, open.changes) : undefined;
    case 'show-outcome':
      return showOutcome(open);
    case 'restart':
      return preview.client.restart();
  }
}

/** In the group that shows the file already, else beside the preview, never over it. */
export async function openLink(panel: vscode.WebviewPanel, link: Link): Promise<void> {
  const { start, end } = link.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const editor = vscode.window.visibleTextEditors.find(
    candidate => candidate.document.uri.toString() === vscode.Uri.parse(link.uri).toString(),
  );
  const viewColumn = editor?.viewColumn ?? (panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One);
  // The cursor stands at the beginning: a rule is many lines long, and its first is the one that was promised.
  const shown = await vscode.window.showTextDocument(vscode.Uri.parse(link.uri), {
    selection: new vscode.Range(range.start, range.start),
    viewColumn,
  });
  shown.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function showOutcome(open: Open): Promise<void> {
  const outcome = open.lastOutcome;
  if (!outcome) return;
  const content = `${JSON.stringify(outcome, null, 2)}\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}
