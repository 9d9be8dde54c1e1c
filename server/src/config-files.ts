/** Which `clinical-rules.json` holds for a file: the nearest one above it. Read once a folder, until something changes. */
import { dirname, join, relative, sep } from 'node:path';
import { type Config, isExcludedBy, readConfig } from './config.ts';
import { nearestConfig } from './disk.ts';

export class Configs {
  #folders: readonly string[];
  readonly #byFolder = new Map<string, Config | undefined>();
  /** By path, so that one file is one object. */
  readonly #read = new Map<string, Config>();
  /** The patterns of the editor's own settings, relative to the workspace's folders. */
  #ownPatterns: readonly string[] = [];

  /** `folders` are the paths of the workspace: nothing above them is read, unless they lie in a Git working tree. */
  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** The workspace has other folders, the editor other settings, or a file was written: all is read anew. */
  reset(folders: readonly string[], ownPatterns: readonly string[]): void {
    this.#folders = folders;
    this.#ownPatterns = ownPatterns;
    this.#byFolder.clear();
    this.#read.clear();
  }

  /** Undefined where there is none. */
  for(path: string): Config | undefined {
    return this.#in(dirname(path));
  }

  /** Whether a file or folder is not to be looked for. What the team says comes before the editor's own. */
  isExcluded(path: string): boolean {
    const config = this.for(path);
    if (config?.exclude) return isExcludedBy(config.exclude, withSlashes(relative(dirname(config.file), path)));
    return (
      this.#ownPatterns.length > 0 && this.#folders.some(folder => isExcludedBy(this.#ownPatterns, withSlashes(relative(folder, path))))
    );
  }

  /** The path of the patient that previews start with; undefined where the team names none. */
  defaultPatientFor(path: string): string | undefined {
    const config = this.for(path);
    return config?.defaultPatient === undefined ? undefined : join(dirname(config.file), config.defaultPatient);
  }

  /** All that hold for files asked about so far. */
  met(): readonly Config[] {
    return [...this.#read.values()];
  }

  #in(folder: string): Config | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const found = nearestConfig(folder, this.#folders);
    const known = found && this.#read.get(found.path);
    const config = known ?? (found && readConfig(found.text, found.path));
    if (found && config) this.#read.set(found.path, config);
    this.#byFolder.set(folder, config);
    return config;
  }
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}
