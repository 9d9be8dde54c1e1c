/** A FHIR bundle or a CSV file as sample patients. Loaded when the first import is asked for. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { check } from '../diagnostics/check.ts';
import { relativePath } from '../features/new-patient.ts';
import { importBundle } from '../importing/import-bundle.ts';
import { importCsv } from '../importing/import-csv.ts';
import { type Imported, reportText } from '../importing/report.ts';
import { loadUnits } from '../model/units.ts';
import { ruleSetObstacles } from '../obstacles.ts';
import { nameOf } from './choices.ts';
import type { ImportAnswer, ImportParameters } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { ResponseError, RPC } from './wire.ts';

/** Nothing is written here: the client writes where the user says. */
export async function answerImport(session: Session, parameters: ImportParameters): Promise<ImportAnswer> {
  const { workspace } = session;
  const file = fileOf(session, parameters.ruleSet);
  const text = await textAt(parameters.file);
  // A bundle may have any unit.
  await loadUnits();
  const linked = workspace.linked(file);
  if (!linked) throw new ResponseError(RPC.invalidRequest, `${nameOf(file)} is no rule set that can be read.`);
  const found = (one: string) => {
    const subject = workspace.subject(one);
    return subject ? check(subject) : [];
  };
  if (ruleSetObstacles(workspace, file, found).length)
    throw new ResponseError(
      RPC.invalidRequest,
      `${nameOf(file)} has errors, so values could be taken for the wrong facts. Mend them first.`,
    );
  const target = { ruleSet: decodeURIComponent(relativePath(`${parameters.folder}/x`, parameters.ruleSet)) };
  const isTable = parameters.file.toLowerCase().endsWith('.csv');
  const imported: Imported = isTable
    ? importCsv(linked.ruleSet, text, target, parameters.asOf)
    : await importBundle(linked.ruleSet, text, target, parameters.asOf);
  return {
    patients: imported.patients.map(patient => ({ name: `${patient.id}.patient.json`, text: patient.text })),
    report: reportText(
      imported,
      imported.patients.map(({ id }) => `${id}.patient.json`),
    ),
    needsDay: imported.needsDay,
  };
}

/** The words of the failure are our own: the system's may hold the path, and a path may tell who a patient is. */
async function textAt(uri: string): Promise<string> {
  try {
    return await readFile(fileURLToPath(uri), 'utf8');
  } catch {
    throw new ResponseError(RPC.invalidRequest, 'The file to import cannot be read.');
  }
}
