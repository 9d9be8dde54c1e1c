/** How the server names files: URIs spelt one way, however the client spells them. */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { canonicalPath, type Naming } from '../disk.ts';

export const URIS: Naming = {
  toKey: path => pathToFileURL(path).href,
  toPath: pathOf,
};

/** The key of a text the client names: links resolved, escapes as Node writes them. What is no file keeps its name. */
export function keyOf(uri: string, folders: readonly string[]): string {
  const path = pathOf(uri);
  if (path === undefined) return uri;
  const roots = folders.some(folder => path.startsWith(folder)) ? folders : [dirname(path)];
  return URIS.toKey(canonicalPath(path, roots));
}

/** Undefined for what is no file on this machine. A text not yet saved may have the path where it will be. */
export function pathOf(uri: string): string | undefined {
  try {
    if (uri.startsWith('untitled:/')) return fileURLToPath(`file://${uri.slice('untitled:'.length)}`);
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
