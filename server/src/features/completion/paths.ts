/** Paths of other files: only files of the kind that belongs there, and none that would close a circle. */
import { type Offer, RANK } from './offer.ts';
import { itemsBeside, type Scene } from './scene.ts';
import { literalString } from './snippet.ts';

/** The files for a path at this slot; undefined where no path belongs. */
export function pathsAt(scene: Scene, slot: string): readonly Offer[] | undefined {
  if (slot === 'file.uses' || slot === 'file.basedOn.file') return ruleSetPaths(scene, usersOf(scene), slot === 'file.uses');
  if (slot === 'file.for') return ruleSetPaths(scene, new Set(), false);
  return slot === 'file.extends' ? patientPaths(scene, usersOf(scene)) : undefined;
}

/** The file itself and those that rest on it: naming one of them would close a circle. */
function usersOf({ workspace, file }: Scene): ReadonlySet<string> {
  return new Set([file, ...workspace.users(file)]);
}

/** Where files are used, libraries come first; where they are run or adapted, rule sets. */
function ruleSetPaths(scene: Scene, leftOut: ReadonlySet<string>, librariesFirst: boolean): readonly Offer[] {
  const { workspace } = scene;
  const all = workspace.known().flatMap(file => {
    const snapshot = leftOut.has(file) ? '' : workspace.snapshot(file);
    return typeof snapshot === 'string' || snapshot.kind() !== 'rule-set' ? [] : [snapshot.ruleSet()];
  });
  return all.flatMap(({ file, title, role }, i) => {
    const isFirst = (role === 'library') === librariesFirst;
    return pathOffer(scene, file, title, role === 'library' ? 'library' : 'rule set', (isFirst ? RANK.meant : RANK.near) + i);
  });
}

function patientPaths(scene: Scene, leftOut: ReadonlySet<string>): readonly Offer[] {
  const { workspace } = scene;
  return workspace.known().flatMap((file, i) => {
    const snapshot = leftOut.has(file) ? '' : workspace.snapshot(file);
    if (typeof snapshot === 'string' || snapshot.kind() !== 'patient') return [];
    return pathOffer(scene, file, snapshot.patient().title, 'patient', RANK.meant + i);
  });
}

/** Nothing where the path would lead elsewhere, such as out of a folder of its own. */
function pathOffer(scene: Scene, to: string, title: string | undefined, note: string, rank: number): readonly Offer[] {
  const path = relativePath(scene.file, to);
  if (scene.workspace.fileAt(scene.file, path) !== to || itemsBeside(scene).has(path)) return [];
  return [{ label: path, kind: 'file', title, note, json: literalString(path), rank }];
}

/** The path from one file to another, with forward slashes; both are named by URIs or by paths. */
export function relativePath(from: string, to: string): string {
  const here = partsOf(from);
  const there = partsOf(to);
  let same = 0;
  while (same < here.length - 1 && same < there.length - 1 && here[same] === there[same]) same++;
  return [...here.slice(same, -1).map(() => '..'), ...there.slice(same)].join('/');
}

function partsOf(file: string): readonly string[] {
  const parts = file.split('/');
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(file) ? parts.map(decodeURIComponent) : parts;
}
