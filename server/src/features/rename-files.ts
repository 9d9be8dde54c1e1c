/** Keeps paths right when files or folders get other names or places: `uses`, `basedOn`, `for`, `extends` and the schema's path. */
import type { Snapshot } from '../snapshot.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { mentionsIn } from './at.ts';
import { innerSpan } from './inner.ts';
import { relativePath } from './new-patient.ts';

/** A file, or a folder with all in it, by the workspace's names. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Edits of the texts as they are before the move, by the file's name before it. Paths that stay right are left as they are written. */
export function editsForMoves(workspace: Workspace, moves: readonly Move[]): ReadonlyMap<string, readonly Edit[]> {
  const edits = new Map<string, readonly Edit[]>();
  for (const file of workspace.known()) {
    const snapshot = workspace.snapshot(file);
    if (typeof snapshot === 'string') continue;
    const own = pathsIn(workspace, snapshot).flatMap(path => editOf(snapshot, path, moves));
    if (own.length > 0) edits.set(file, own);
  }
  return edits;
}

interface Path {
  /** As it is written. */
  readonly name: string;
  readonly span: Span;
  /** The file it leads to now. */
  readonly target: string;
}

function pathsIn(workspace: Workspace, { file, document }: Snapshot): readonly Path[] {
  const schema = valueUnder(document().root, '$schema');
  const named = mentionsIn(workspace, file).filter(({ sense }) => sense.kind === 'path');
  const all = schema?.type === 'string' ? [...named, { name: schema.value, span: schema }] : named;
  return all.flatMap(({ name, span }) => {
    const target = workspace.fileAt(file, name);
    return target === undefined ? [] : [{ name, span, target }];
  });
}

function editOf({ file, text }: Snapshot, { name, span, target }: Path, moves: readonly Move[]): readonly Edit[] {
  const [movedFile, movedTarget] = [moved(file, moves), moved(target, moves)];
  if (movedFile === file && movedTarget === target) return [];
  const place = innerSpan(text, span);
  const path = decoded(relativePath(movedFile, movedTarget));
  if (path === decoded(relativePath(file, target))) return [];
  const written = name.startsWith('./') && !path.startsWith('../') ? `./${path}` : path;
  return [{ span: place, newText: JSON.stringify(written).slice(1, -1) }];
}

/** The innermost move counts where a folder and something in it move at once. */
function moved(file: string, moves: readonly Move[]): string {
  const move = moves.filter(({ from }) => file === from || file.startsWith(`${from}/`)).sort((a, b) => b.from.length - a.from.length)[0];
  return move ? move.to + file.slice(move.from.length) : file;
}

/** Names of files are addresses in the server; a path is written as people read it. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
