/** A file system in memory, for the workspace: paths from the root `/`, which is the workspace. */
import { posix } from 'node:path';
import { type Files, isOurs, type Resolved } from '../../server/src/files.ts';

export class MemoryFiles implements Files {
  readonly texts = new Map<string, string>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [file, text] of Object.entries(texts)) this.texts.set(file, text);
  }

  read(file: string) {
    const text = this.texts.get(file);
    return text === undefined ? 'missing-file' : { text };
  }

  resolve(from: string, path: string): Resolved {
    const file = posix.join(posix.dirname(from), path);
    if (path.startsWith('/')) return { file: undefined, problem: 'outside-workspace' };
    if ([...this.texts.keys()].some(other => other.startsWith(`${file}/`))) return { file, problem: 'not-a-file' };
    return { file, problem: this.texts.has(file) ? undefined : 'missing-file' };
  }

  list() {
    return [...this.texts.keys()].filter(isOurs).sort();
  }
}
