/** Every case of the samples, the rows of tables among them, as the Testing view and the command line find them. */

import { check } from '../../server/src/diagnostics/check.ts';
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { type Case, casesIn } from '../../server/src/testing/cases.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { SAMPLES } from './load.ts';

const FOLDER = `${process.cwd()}/${SAMPLES}`;

/** In order of files; read once for all tests. */
export function sampleCases(): readonly Case[] {
  cases ??= read();
  return cases;
}

/** Below `samples/`, without the ending where there is one to leave out. */
export function shortName(file: string, ending = ''): string {
  return file.slice(FOLDER.length + 1, file.endsWith(ending) ? file.length - ending.length : undefined);
}

let cases: readonly Case[] | undefined;

function read(): readonly Case[] {
  const workspace = new Workspace(diskFiles([FOLDER]), () => undefined);
  const known = new Map<string, readonly Diagnostic[]>();
  const findings = (file: string) => {
    const found = known.get(file) ?? check(workspace.subject(file)!);
    known.set(file, found);
    return found;
  };
  const patients = workspace.known().filter(file => workspace.patient(file));
  return casesIn(workspace, patients, findings);
}
