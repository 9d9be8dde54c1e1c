/** Requests of our own: a patient run through a rule set, and what there is to choose from. */
import { compile } from '../evaluation/compile.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import { previewOf } from '../features/preview.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { type Obstacle, patientObstacles, ruleSetObstacles } from '../obstacles.ts';
import type { Place } from '../text/span.ts';
import { toLocation } from './convert.ts';
import type { Link, PatientChoice, PreviewAnswer, PreviewParameters } from './protocol.ts';
import { fileOf, type Session } from './session.ts';

/** The sample patients of the workspace, those meant for the rule set first. */
export function answerPatients(session: Session, { ruleSet }: { readonly ruleSet: string }): PatientChoice[] {
  session.previews = true;
  const root = fileOf(session, ruleSet);
  const choices = session.workspace.known().flatMap(file => {
    const whole = session.workspace.patient(file);
    const fits = whole?.ruleSets.some(one => one.root.file === root) ?? false;
    return whole ? [choice(session, file, whole.patient.title ?? whole.patient.id?.value, fits)] : [];
  });
  return choices.sort(fittingFirst);
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

export async function answerPreview(session: Session, parameters: PreviewParameters): Promise<PreviewAnswer> {
  session.previews = true;
  const [root, file] = [fileOf(session, parameters.ruleSet), fileOf(session, parameters.patient)];
  const linked = session.workspace.linked(root);
  const whole = session.workspace.patient(file);
  if (!linked || !whole)
    return { kind: 'broken', message: `${linked ? 'The sample patient' : 'The rule set'} cannot be read.`, link: undefined };
  const [obstacle] = await obstaclesTo(session, root, file);
  if (obstacle) return broken(session, obstacle);
  const { ruleSet } = linked;
  const { patient } = whole;
  const outcome = evaluate(compiled(ruleSet), patient, { trace: true });
  return { kind: 'preview', preview: previewOf({ ruleSet, patient, outcome, link: place => linkTo(session, place) }) };
}

async function obstaclesTo({ workspace, findings }: Session, ruleSet: string, patient: string): Promise<readonly Obstacle[]> {
  for (const file of [...workspace.wholeOf(ruleSet), ...workspace.wholeOf(patient)]) await findings.of(file, () => true);
  const found = (file: string) => findings.last(file)?.all ?? [];
  return [...ruleSetObstacles(workspace, ruleSet, found), ...patientObstacles(workspace, patient, found)];
}

function broken(session: Session, { file, diagnostic }: Obstacle): PreviewAnswer {
  const message = `${nameOf(file)}: ${diagnostic.message}`;
  return { kind: 'broken', message, link: linkTo(session, { file, span: diagnostic.span }) };
}

const compilations = new WeakMap<RuleSet, ReturnType<typeof compile>>();

function compiled(ruleSet: RuleSet): ReturnType<typeof compile> {
  const known = compilations.get(ruleSet) ?? compile(ruleSet);
  compilations.set(ruleSet, known);
  return known;
}

function choice({ converter }: Session, file: string, title: string | undefined, fits: boolean): PatientChoice {
  return { uri: converter.uriOf(file), title: title ?? nameOf(file), description: nameOf(file), fits };
}

function fittingFirst(a: PatientChoice, b: PatientChoice): number {
  return Number(b.fits) - Number(a.fits) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
}

function nameOf(file: string): string {
  return decodeURIComponent(file.slice(file.lastIndexOf('/') + 1));
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function linkTo(session: Session, place: Place): Link {
  return toLocation(place, session.converter) ?? { uri: session.converter.uriOf(place.file), range: START };
}
