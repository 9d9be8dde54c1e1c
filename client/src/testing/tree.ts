/** The tree of the Testing view: folders, rule sets, sample patients, rows of their tables. It follows every edit; items that stay keep their results. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { TestCase, TestsAnswer } from '../../../server/src/lsp/protocol.ts';
import { onChanged } from '../changed.ts';
import { TESTS } from '../requests.ts';

/** What an item of the tree shall be. */
interface Planned {
  readonly id: string;
  readonly label: string;
  readonly uri: vscode.Uri | undefined;
  readonly range: vscode.Range | undefined;
  readonly description: string | undefined;
  readonly sortText: string;
  readonly children: readonly Planned[];
}

export interface CaseTree {
  readonly controller: vscode.TestController;
  /** Asks for all cases, once. */
  load(): Promise<void>;
  /** Undefined for items that only hold others. */
  caseOf(item: vscode.TestItem): TestCase | undefined;
  /** The cases at and below these items; undefined: all. */
  leaves(items: readonly vscode.TestItem[] | undefined): readonly vscode.TestItem[];
  /** Fires with the cases that may come out otherwise now, once the tree is as the files are. */
  readonly onDidChange: vscode.Event<readonly vscode.TestItem[]>;
}

export function createTree(client: LanguageClient, controller: vscode.TestController): CaseTree & vscode.Disposable {
  let cases = new Map<string, TestCase>();
  let loaded: Promise<void> | undefined;
  const changed = new vscode.EventEmitter<readonly vscode.TestItem[]>();
  const take = ({ files, cases: told }: TestsAnswer) => {
    const asked = new Set(files);
    cases = new Map([...[...cases.values()].filter(({ file }) => !asked.has(file)), ...told].map(one => [one.id, one]));
    replace(controller, controller.items, planned([...cases.values()]));
    const concerned = leaves(controller, undefined, cases).filter(({ id }) => asked.has(cases.get(id)!.file));
    if (concerned.length > 0) controller.invalidateTestResults(concerned);
    changed.fire(concerned);
  };
  const ask = inTurn(async uris => take(await client.sendRequest<TestsAnswer>(TESTS, { uris })));
  const load = async () => {
    await client.start();
    loaded ??= ask(undefined);
    await loaded.catch(error => {
      loaded = undefined;
      throw error;
    });
  };
  // A server that ends says so itself; the next one is asked for everything.
  const passOver = () => undefined;
  const follow = vscode.Disposable.from(
    changed,
    onChanged(client, ({ uris }) => loaded && void ask(uris).catch(passOver)),
    // A server that was started again knows of nobody who follows.
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running || !loaded) return;
      loaded = ask(undefined);
      loaded.catch(passOver);
    }),
  );
  return {
    controller,
    load,
    caseOf: ({ id }) => cases.get(id),
    leaves: items => leaves(controller, items, cases),
    onDidChange: changed.event,
    dispose: () => follow.dispose(),
  };
}

/** One question at a time; what is asked meanwhile is asked together then, however fast somebody types. */
function inTurn(work: (uris: readonly string[] | undefined) => Promise<void>): (uris: readonly string[] | undefined) => Promise<void> {
  const waiting = new Set<string>();
  let all = false;
  let underWay: Promise<void> | undefined;
  const askOn = async () => {
    while (all || waiting.size > 0) {
      const uris = all ? undefined : [...waiting];
      all = false;
      waiting.clear();
      await work(uris);
    }
  };
  return uris => {
    all ||= uris === undefined;
    for (const uri of uris ?? []) waiting.add(uri);
    underWay ??= askOn().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

function leaves(
  controller: vscode.TestController,
  items: readonly vscode.TestItem[] | undefined,
  cases: ReadonlyMap<string, TestCase>,
): vscode.TestItem[] {
  const below = items ?? [...controller.items].map(([, item]) => item);
  return below.flatMap(item => {
    const own = cases.has(item.id) ? [item] : [];
    return [
      ...own,
      ...leaves(
        controller,
        [...item.children].map(([, child]) => child),
        cases,
      ),
    ];
  });
}

/** Rule sets by the folder they are in; those at the top of the workspace stand at the top of the tree. */
function planned(cases: readonly TestCase[]): readonly Planned[] {
  const folders = grouped(cases, ({ ruleSet, patient }) => folderOf(ruleSet.uri ?? patient.uri));
  return [...folders].flatMap(([folder, own]) => {
    const ruleSets = [...grouped(own, ({ ruleSet }) => ruleSet.uri ?? ruleSet.title).values()].map(plannedRuleSet);
    const label = vscode.workspace.asRelativePath(vscode.Uri.parse(folder), true);
    const isTop = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.toString() === vscode.Uri.parse(folder).toString());
    return isTop ? ruleSets : [plain(`folder ${folder}`, label, { uri: folder, children: ruleSets })];
  });
}

function plannedRuleSet(cases: readonly TestCase[]): Planned {
  const { ruleSet, patient } = cases[0]!;
  const patients = [...grouped(cases, ({ file }) => file).values()].map(plannedPatient);
  const id = `rule set ${ruleSet.uri ?? `${folderOf(patient.uri)} ${ruleSet.title}`}`;
  if (ruleSet.uri !== null) return plain(id, ruleSet.title, { uri: ruleSet.uri, range: TOP, children: patients });
  return plain(id, ruleSet.title, { description: 'no such rule set', children: patients });
}

const TOP = new vscode.Range(0, 0, 0, 0);

/** A patient with a table holds its rows, in their order. */
function plannedPatient(cases: readonly TestCase[]): Planned {
  const [{ file, patient, ruleSet }] = cases as [TestCase];
  if (cases.every(({ row }) => row === null) && cases.length === 1) return plannedCase(cases[0]!);
  const children = cases.map(one => (one.row === null ? { ...plannedCase(one), label: 'The patient itself' } : plannedCase(one)));
  return plain(`patient ${file} ${ruleSet.uri ?? ruleSet.title}`, patient.title, { uri: patient.uri, range: TOP, children });
}

function plannedCase({ id, title, uri, range: { start, end }, row, proposed }: TestCase): Planned {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const description = proposed ? 'not confirmed yet' : undefined;
  const order = row === null ? `0 ${title}` : `1 ${String(row).padStart(9, '0')}`;
  return { ...plain(id, title, { uri, range, description, children: [] }), sortText: order };
}

function plain(
  id: string,
  label: string,
  more: { uri?: string; range?: vscode.Range; description?: string | undefined; children: readonly Planned[] },
): Planned {
  const uri = more.uri === undefined ? undefined : vscode.Uri.parse(more.uri);
  return { id, label, uri, range: more.range, description: more.description, sortText: label, children: more.children };
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function grouped(cases: readonly TestCase[], key: (one: TestCase) => string): ReadonlyMap<string, readonly TestCase[]> {
  const groups = new Map<string, TestCase[]>();
  for (const one of cases) {
    const group = groups.get(key(one)) ?? [];
    groups.set(key(one), group);
    group.push(one);
  }
  return groups;
}

/** Items that are there already are changed where they stand; only a place in another file needs a new one. */
function replace(controller: vscode.TestController, items: vscode.TestItemCollection, all: readonly Planned[]): void {
  const ids = new Set(all.map(({ id }) => id));
  for (const [id] of [...items]) if (!ids.has(id)) items.delete(id);
  for (const each of all) {
    const known = items.get(each.id);
    const item = known && known.uri?.toString() === each.uri?.toString() ? known : controller.createTestItem(each.id, each.label, each.uri);
    item.label = each.label;
    item.range = each.range;
    item.description = each.description ?? '';
    item.sortText = each.sortText;
    replace(controller, item.children, each.children);
    if (item !== known) items.add(item);
  }
}
