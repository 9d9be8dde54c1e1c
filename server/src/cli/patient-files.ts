/** Sample patients that a command writes into a folder of the user's: what is there stays, for somebody may have confirmed or changed it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { PATIENT_SUFFIX } from '../files.ts';
import { isOfProject } from './scope.ts';

/** What another file is called from the folder of a patient's file. */
export interface Paths {
  readonly to: (file: string) => string;
  /** Undefined where there is none to name: the project has none, or the patient does not lie in the project. */
  readonly schema: string | undefined;
}

interface Place {
  readonly cwd: string;
  /** The folder of the schemas as installed. */
  readonly schemas: string;
}

/** A patient by the name its file shall have, which the text says as its id. */
interface NewPatient {
  readonly name: string;
  readonly text: (name: string, paths: Paths) => string;
}

/** For a patient's file that lies in the folder. */
export function pathsFrom(folder: string, { cwd, schemas }: Place): Paths {
  const to = (file: string) => relative(folder, file).split(sep).join('/');
  const schema = join(schemas, 'patient.schema.json');
  return { to, schema: isOfProject(schema, cwd) && isOfProject(folder, cwd) ? to(schema) : undefined };
}

/** A file for each, the folder made if it is not there. Where the name is taken by another text the next free one is; the same text is there already. */
export function writePatients(patients: readonly NewPatient[], folder: string, place: Place): void {
  const target = resolve(place.cwd, folder);
  mkdirSync(target, { recursive: true });
  const paths = pathsFrom(target, place);
  for (const { name, text } of patients)
    for (let free = name, count = 2; !isKept(join(target, `${free}${PATIENT_SUFFIX}`), text(free, paths)); free = `${name}-${count++}`);
}

/** A file that nobody has yet; false where it exists. */
export function writeNew(file: string, text: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the file holds the text now: written, or there before. */
function isKept(file: string, text: string): boolean {
  return writeNew(file, text) || textOf(file) === text;
}

/** Undefined for what is no file that can be read: a folder, a link that leads nowhere. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
