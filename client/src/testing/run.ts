/** Runs cases as the Testing view asks: once, or after every change; each result is shown as it comes. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { RunTestsAnswer, TestResult, TestResults } from '../../../server/src/lsp/protocol.ts';
import { RUN_TESTS, TEST_RESULTS } from '../requests.ts';
import { addCoverage, detailsOf } from './coverage.ts';
import type { CaseTree } from './tree.ts';

/** In the menus of a message: it is about one case. */
const CASE = 'clinical-rules.case';

let last = 0;

interface Runs {
  readonly client: LanguageClient;
  readonly tree: CaseTree;
  /** By number, who hears the results of a run under way. */
  readonly underWay: Map<number, (results: readonly TestResult[]) => void>;
}

/** The profiles Run and Run with Coverage. */
export function registerRuns(client: LanguageClient, tree: CaseTree): vscode.Disposable {
  const runs: Runs = { client, tree, underWay: new Map() };
  const handler = (coverage: boolean) => async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
    await tree.load();
    const chosen = chosenBy(request, tree);
    if (request.continuous) followChanges(runs, request, coverage, token);
    await runOnce(runs, request, tree.leaves(request.include).filter(chosen), coverage, token);
  };
  const { controller } = tree;
  controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, handler(false), true, undefined, true);
  const covering = controller.createRunProfile(
    'Run with Coverage',
    vscode.TestRunProfileKind.Coverage,
    handler(true),
    true,
    undefined,
    true,
  );
  covering.loadDetailedCoverage = async (_, file) => [...detailsOf(file)];
  return client.onNotification(TEST_RESULTS, ({ run, results }: TestResults) => runs.underWay.get(run)?.(results));
}

/** Whether an item, or what it is in, was asked for and not left out. */
function chosenBy({ include, exclude }: vscode.TestRunRequest, tree: CaseTree): (item: vscode.TestItem) => boolean {
  const isBelow = (item: vscode.TestItem, ids: ReadonlySet<string>): boolean =>
    ids.has(item.id) || (item.parent !== undefined && isBelow(item.parent, ids));
  const idsOf = (items: readonly vscode.TestItem[]) => new Set(items.map(({ id }) => id));
  const [wanted, left] = [include && idsOf(include), idsOf(exclude ?? [])];
  return item => tree.caseOf(item) !== undefined && (!wanted || isBelow(item, wanted)) && !isBelow(item, left);
}

async function runOnce(
  { client, tree, underWay }: Runs,
  request: vscode.TestRunRequest,
  items: readonly vscode.TestItem[],
  coverage: boolean,
  token: vscode.CancellationToken,
): Promise<void> {
  const run = tree.controller.createTestRun(request);
  const waiting = new Map(items.map(item => [item.id, item]));
  const counts = { passed: 0, failed: 0, error: 0 };
  for (const item of items) run.enqueued(item);
  const number = ++last;
  underWay.set(number, results => {
    for (const result of results) {
      const item = waiting.get(result.id);
      if (!item) continue;
      waiting.delete(result.id);
      counts[result.status]++;
      show(run, item, result);
    }
  });
  const stop = new vscode.CancellationTokenSource();
  const stops = [token, run.token].map(each => each.onCancellationRequested(() => stop.cancel()));
  try {
    const answer = await client.sendRequest<RunTestsAnswer>(RUN_TESTS, { run: number, ids: [...waiting.keys()], coverage }, stop.token);
    // What is gone since it was asked for has no result.
    for (const item of waiting.values()) run.skipped(item);
    for (const file of answer.coverage ?? []) addCoverage(run, file);
    run.appendOutput(`${sumOf(counts)}\r\n`);
  } catch (error) {
    const message = new vscode.TestMessage(error instanceof Error ? error.message : String(error));
    if (!stop.token.isCancellationRequested) for (const item of waiting.values()) run.errored(item, message);
  } finally {
    underWay.delete(number);
    for (const each of [...stops, stop]) each.dispose();
    run.end();
  }
}

/** As on the command line: `3 cases: 2 passed, 1 failed.` */
function sumOf({ passed, failed, error }: Readonly<Record<TestResult['status'], number>>): string {
  const all = passed + failed + error;
  const more = [...(failed > 0 ? [`${failed} failed`] : []), ...(error > 0 ? [`${error} not run`] : [])];
  return `${all} ${all === 1 ? 'case' : 'cases'}: ${[`${passed} passed`, ...more].join(', ')}.`;
}

function show(run: vscode.TestRun, item: vscode.TestItem, { status, differences, why }: TestResult): void {
  run.started(item);
  if (status === 'passed') {
    run.passed(item);
    return;
  }
  const write = (text: string) => run.appendOutput(`${item.label}: ${text}\r\n`, undefined, item);
  if (status === 'error') {
    const message = new vscode.TestMessage(why ?? 'It could not be run.');
    if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
    write(message.message as string);
    run.errored(item, message);
    return;
  }
  const messages = differences.map(({ message: text, expected, actual, uri, range: { start, end } }) => {
    const message = vscode.TestMessage.diff(text, expected, actual);
    message.location = new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(start.line, start.character, end.line, end.character));
    message.contextValue = CASE;
    write(text);
    return message;
  });
  run.failed(item, messages);
}

/** Typing runs what it concerns once it pauses. */
const PAUSE_MS = 300;

/** Until cancelled, runs anew what a change may let come out otherwise: on saving, or as the setting says while typing. */
function followChanges(runs: Runs, request: vscode.TestRunRequest, coverage: boolean, token: vscode.CancellationToken): void {
  const { tree } = runs;
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: vscode.CancellationTokenSource | undefined;
  const start = async () => {
    running?.cancel();
    const chosen = chosenBy(request, tree);
    const items = tree.leaves(undefined).filter(item => pending.has(item.id) && chosen(item));
    if (items.length === 0) return;
    const source = new vscode.CancellationTokenSource();
    running = source;
    const again = new vscode.TestRunRequest(items, request.exclude, request.profile, true);
    await runOnce(runs, again, items, coverage, source.token);
    // What a newer run has cut short is still to be run, by that one.
    if (!source.token.isCancellationRequested) for (const { id } of items) pending.delete(id);
  };
  const schedule = () => {
    clearTimeout(timer);
    if (isWhileTyping()) timer = setTimeout(start, PAUSE_MS);
    else if (!vscode.workspace.textDocuments.some(isUnsaved)) void start();
  };
  const listeners = vscode.Disposable.from(
    tree.onDidChange(items => {
      for (const { id } of items) pending.add(id);
      schedule();
    }),
    vscode.workspace.onDidSaveTextDocument(schedule),
  );
  token.onCancellationRequested(() => {
    clearTimeout(timer);
    running?.cancel();
    listeners.dispose();
  });
}

function isWhileTyping(): boolean {
  return vscode.workspace.getConfiguration('clinicalRules').get('testing.continuousRun') === 'whileTyping';
}

function isUnsaved({ uri, isDirty }: vscode.TextDocument): boolean {
  return isDirty && /\.((clinical|patient)\.json|csv)$/.test(uri.path);
}
