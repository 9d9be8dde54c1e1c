/** Requests of our own: a patient run through a rule set, and which patients there are. */
import { basename } from 'node:path';
import type { PatientChoice } from './protocol.ts';
import { fileOf, type Session } from './session.ts';

export function answerPatients(session: Session, { ruleSet }: { readonly ruleSet: string }): PatientChoice[] {
  session.previews = true;
  const root = fileOf(session, ruleSet);
  return session.workspace
    .known()
    .flatMap(file => {
      const whole = session.workspace.patient(file);
      if (!whole) return [];
      const title = whole.patient.title ?? whole.patient.id?.value ?? basename(file);
      const fits = whole.ruleSets.some(one => one.root.file === root);
      return [{ uri: session.converter.uriOf(file), title, description: decodeURIComponent(basename(file)), fits }];
    })
    .sort((a, b) => Number(b.fits) - Number(a.fits) || (a.title < b.title ? -1 : 1));
}
