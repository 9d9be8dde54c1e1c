/** What there is to preview: the sample patients for a rule set, and the rule sets for a patient. */
import { join } from 'node:path';
import type { PatientChoice } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { pathOf, URIS } from './uris.ts';

/** The sample patients of the workspace, those meant for the rule set first. */
export function answerPatients(session: Session, { ruleSet }: { readonly ruleSet: string }): PatientChoice[] {
  session.previews = true;
  const root = fileOf(session, ruleSet);
  const choices = session.workspace.known().flatMap(file => {
    const whole = session.workspace.patient(file);
    const fits = whole?.ruleSets.some(one => one.root.file === root) ?? false;
    return whole ? [choice(session, file, whole.patient.title ?? whole.patient.id?.value, fits)] : [];
  });
  const preferred = preferredFor(session, root);
  return choices.map(one => (one.fits && fileOf(session, one.uri) === preferred ? { ...one, preferred: true } : one)).sort(fittingFirst);
}

/** The patient that previews of a rule set start with: the team's, else the editor's own, as a path in a folder of the workspace. */
function preferredFor({ configs, defaultPatient, folders, workspace }: Session, root: string): string | undefined {
  const path = pathOf(root);
  const teams = path === undefined ? undefined : configs.defaultPatientFor(path);
  if (teams !== undefined) return URIS.toKey(teams);
  if (defaultPatient === undefined) return undefined;
  return folders.map(folder => URIS.toKey(join(folder, defaultPatient))).find(file => workspace.patient(file));
}

/** The rule sets a patient can be run through, those it is meant for first. Libraries decide nothing. */
export function answerRuleSets(session: Session, { patient }: { readonly patient: string }): PatientChoice[] {
  session.previews = true;
  const named = new Set(session.workspace.patient(fileOf(session, patient))?.ruleSets.map(({ root }) => root.file));
  const choices = session.workspace.known().flatMap(file => {
    const root = session.workspace.linked(file)?.ruleSet.root;
    if (!root || (root.role === 'library' && !named.has(file))) return [];
    return [choice(session, file, root.title ?? root.id?.value, named.has(file))];
  });
  return choices.sort(fittingFirst);
}

function choice({ converter }: Session, file: string, title: string | undefined, fits: boolean): PatientChoice {
  return { uri: converter.uriOf(file), title: title ?? nameOf(file), description: nameOf(file), fits };
}

function fittingFirst(a: PatientChoice, b: PatientChoice): number {
  return Number(b.fits) - Number(a.fits) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
}

/** The file's own name, to be read. */
export function nameOf(file: string): string {
  return decodeURIComponent(file.slice(file.lastIndexOf('/') + 1));
}
