/** Which `clinical-rules.json` holds for a file: the nearest one above it. Read once a folder, until something changes. */
import { dirname, join, relative, sep } from 'node:path';
import { type Config, isExcludedBy, readConfig } from './config.ts';
import { configIn, isGitTop } from './disk.ts';

export class Configs {
  #folders: readonly string[];
  readonly #byFolder = new Map<string, Config | undefined>();
  /** The top of the Git working tree around each folder. */
  readonly #tops = new Map<string, string | undefined>();
  /** By path. */
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
    this.#tops.clear();
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

  /** The folder's own, else that of the folder above, up to where the working tree or the workspace ends. */
  #in(folder: string): Config | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const own = configIn(folder);
    const config = own ? readConfig(own.text, own.path) : this.#isEnd(folder) ? undefined : this.#in(dirname(folder));
    if (own && config) this.#read.set(own.path, config);
    this.#byFolder.set(folder, config);
    return config;
  }

  #isEnd(folder: string): boolean {
    const top = this.#topOf(folder);
    if (top !== undefined) return folder === top;
    const isInside = this.#folders.some(root => folder.startsWith(root.endsWith(sep) ? root : root + sep));
    return !isInside || dirname(folder) === folder;
  }

  #topOf(folder: string): string | undefined {
    if (this.#tops.has(folder)) return this.#tops.get(folder);
    const top = isGitTop(folder) ? folder : dirname(folder) === folder ? undefined : this.#topOf(dirname(folder));
    this.#tops.set(folder, top);
    return top;
  }
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}
