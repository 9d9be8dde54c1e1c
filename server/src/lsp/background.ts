/** Keeps the findings of every file that a change may concern up to date, and tells the client, which may not have the file open. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RuleSet } from '../model/rule-set.ts';
import type { Found } from './findings.ts';
import { CHANGED } from './protocol.ts';
import type { Session } from './session.ts';
import { logFailure } from './wire.ts';

export interface Background {
  /** Something changed: whatever was under way is given up, since it rests on what was before. */
  changed(first?: string): void;
  /** Looks at every file anew: settings or units have changed. */
  all(): void;
  /** Resolves at the next change of any file's findings. */
  nextChange(): Promise<void>;
}

export function startBackground(session: Session): Background {
  const { workspace, wire } = session;
  const waiting = new Set<string>();
  let wake: (() => void)[] = [];
  const look = looking(session, () => {
    for (const resolve of wake.splice(0)) resolve();
  });
  let turn = 0;

  async function run(mine: number): Promise<void> {
    // Messages that are already here come first: a burst of edits is one piece of work. One turn reaches us before the next message, two do not.
    await nextTurn();
    await nextTurn();
    if (mine !== turn) return;
    const affected = workspace.takeAffected();
    for (const file of affected) waiting.add(file);
    if (affected.some(file => file !== last && workspace.isOpen(file))) refreshShown(session);
    if (session.previews) wire.notify(CHANGED, { uris: affected.map(file => session.converter.uriOf(file)) });
    let others = false;
    for (const file of inOrder(waiting, session)) {
      const found = await session.findings.of(file, () => mine === turn, file === last);
      if (!found) return;
      waiting.delete(file);
      if (look(file, found)) others ||= file !== last;
    }
    if (others) await refresh(session);
    await analyseAll(
      session,
      () => mine === turn,
      root => tell(root, mine),
    );
  }

  /** Whether anything is told of the files of a whole that was not before. */
  async function tell(root: string, mine: number): Promise<boolean> {
    let changed = false;
    for (const file of workspace.wholeOf(root)) {
      const found = await session.findings.of(file, () => mine === turn);
      if (!found) return changed;
      if (look(file, found)) changed = true;
    }
    return changed;
  }

  let last: string | undefined;
  return {
    changed(first) {
      last = first;
      if (first !== undefined) moveToFront(waiting, first);
      turn++;
      session.analyses.changed();
      run(turn).catch(error => logFailure(wire, 'background', error));
    },
    all() {
      session.findings.forget();
      for (const file of workspace.known()) waiting.add(file);
      this.changed();
    },
    nextChange: () => new Promise(resolve => (wake = [...wake, resolve])),
  };
}

/**
 * Tells what was found; whether that is anything to show that was not seen here before: others may find more in between, and tell nobody. `wake`
 * is called also for a file that shows nothing when it is first seen here: who waits may know it with findings.
 */
function looking(session: Session, wake: () => void): (file: string, found: Found) => boolean {
  const shown = new Map<string, string>();
  const seen = new Map<string, string>();
  return (file, found) => {
    push(session, file, found, shown);
    const before = seen.get(file);
    seen.set(file, found.id);
    if (before !== found.id) wake();
    return before !== found.id && (before !== undefined || found.shown.length > 0);
  };
}

/** What stands in and around open texts rests on other files and on settings too; clients ask anew only for the text that is edited. */
export function refreshShown({ abilities, wire }: Session): void {
  const asked = [
    ...(abilities.hintRefresh ? ['workspace/inlayHint/refresh'] : []),
    ...(abilities.tokenRefresh ? ['workspace/semanticTokens/refresh'] : []),
  ];
  for (const method of asked) wire.request(method).catch(error => logFailure(wire, method, error));
}

async function refresh({ abilities, wire }: Session): Promise<void> {
  if (abilities.pull && abilities.refresh) await wire.request('workspace/diagnostic/refresh');
}

/** After all that is quick was told: each rule set as a whole, the ones with open files first. */
async function analyseAll(session: Session, isWanted: () => boolean, tell: (root: string) => Promise<boolean>): Promise<void> {
  for (const root of rootsInOrder(session)) {
    const ruleSet = await soundWhole(session, root, isWanted);
    if (!isWanted()) return;
    if (ruleSet) await session.analyses.bring(ruleSet);
    if (!isWanted()) return;
    if (await tell(root)) await refresh(session);
    if (session.abilities.lensRefresh) await session.wire.request('workspace/codeLens/refresh');
  }
}

/** Rule sets, not libraries: those with a file that is open first. */
function rootsInOrder({ workspace }: Session): readonly string[] {
  const roots = workspace.known().filter(file => workspace.linked(file)?.ruleSet.root.role === 'rule-set');
  const isOpen = (root: string) => workspace.wholeOf(root).some(file => workspace.isOpen(file));
  const open = new Set(roots.filter(isOpen));
  return [...open, ...roots.filter(root => !open.has(root))];
}

/** The whole, if no file of it has errors: what is broken would be analysed for what it does not say. */
async function soundWhole({ workspace, findings }: Session, root: string, isWanted: () => boolean): Promise<RuleSet | undefined> {
  for (const file of workspace.wholeOf(root)) {
    const found = await findings.of(file, isWanted);
    if (!found || found.all.some(({ severity }) => severity === 'error')) return undefined;
  }
  return workspace.linked(root)?.ruleSet;
}

/** What the user is editing first, then what is open, then the rest. */
function inOrder(waiting: ReadonlySet<string>, { workspace }: Session): readonly string[] {
  const [first, ...rest] = waiting;
  if (first === undefined) return [];
  return [first, ...rest.filter(file => workspace.isOpen(file)), ...rest.filter(file => !workspace.isOpen(file))];
}

function moveToFront(waiting: Set<string>, file: string): void {
  const rest = [...waiting].filter(other => other !== file);
  waiting.clear();
  for (const other of [file, ...rest]) waiting.add(other);
}

/**
 * Clients that pull are not pushed to as well: they would show everything twice. An open text is answered at every version, others
 * only when there is something to show or to take back.
 */
function push({ abilities, wire, converter, workspace, documents }: Session, file: string, found: Found, shown: Map<string, string>): void {
  if (abilities.pull) return;
  const uri = converter.uriOf(file);
  const version = workspace.isOpen(file) ? documents.get(uri)?.version : undefined;
  const now = `${found.id} ${version ?? ''}`;
  const before = shown.get(file);
  if (before === now || (before === undefined && version === undefined && found.shown.length === 0)) return;
  shown.set(file, now);
  wire.notify('textDocument/publishDiagnostics', { uri, diagnostics: found.shown, ...(version === undefined ? {} : { version }) });
}
