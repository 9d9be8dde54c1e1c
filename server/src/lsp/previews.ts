/** A patient run through a rule set, as the preview shows it. Loaded when the first preview is asked for: it brings the evaluator along. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Diagnostic } from '../diagnostics/define.ts';
import { newPatientText, patientId, relativePath } from '../features/new-patient.ts';
import { previewAnswerOf, previewOf } from '../features/preview.ts';
import { changesAsText, withChanges } from '../features/save-changes.ts';
import { changedPatient } from '../features/what-if.ts';
import type { Patient } from '../model/patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { loadUnits } from '../model/units.ts';
import { type Obstacle, patientObstacles, ruleSetObstacles } from '../obstacles.ts';
import type { Place } from '../text/span.ts';
import { nameOf } from './choices.ts';
import { toLocation } from './convert.ts';
import { compiled, evaluate } from './evaluator.ts';
import type {
  DeIdentifyParameters,
  Link,
  NewPatientParameters,
  PreviewAfter,
  PreviewAnswer,
  PreviewFirst,
  PreviewParameters,
  ReportParameters,
  SaveParameters,
} from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { type CancellationToken, ResponseError, RPC } from './wire.ts';

export async function answerPreview(session: Session, parameters: PreviewParameters): Promise<PreviewAnswer> {
  session.previews = true;
  const ready = await readyFor(session, parameters);
  if ('kind' in ready) return ready;
  const { ruleSet, patient, base, link, identifiers } = ready;
  const outcome = evaluate(compiled(ruleSet), patient, { trace: true });
  return { kind: 'preview', preview: previewOf({ ruleSet, patient, base, outcome, link, identifiers }) };
}

/** What changes tried out on a patient make of the decisions, before all the rest is told. */
export async function answerWhatIf(session: Session, parameters: PreviewParameters): Promise<PreviewFirst | null> {
  const ready = await readyFor(session, parameters);
  if ('kind' in ready) return null;
  const outcome = evaluate(compiled(ready.ruleSet), ready.patient, { trace: 'deciding', missing: false });
  return previewAnswerOf({ ...ready, outcome });
}

/** The outcome as a document for a review. */
export async function answerReport(session: Session, parameters: ReportParameters): Promise<string | null> {
  const answer = await answerPreview(session, parameters);
  if (answer.kind === 'broken') return null;
  const { reportBlocks } = await import('../features/report.ts');
  const blocks = reportBlocks(answer.preview);
  if (parameters.format === 'markdown') return (await import('../features/plain-markdown.ts')).plainMarkdown(blocks);
  return (await import('../features/report-html.ts')).reportHtml(answer.preview.title, [blocks]);
}

/** What would change the decisions: asked for after the preview is shown, and given up for whatever comes meanwhile. */
export async function answerChanges(
  session: Session,
  parameters: PreviewParameters,
  token: CancellationToken,
): Promise<PreviewAfter | null> {
  const ready = await readyFor(session, parameters);
  if ('kind' in ready) return null;
  const outcome = evaluate(compiled(ready.ruleSet), ready.patient, { trace: false, missing: false });
  const { previewChanges, previewSmallest } = await import('../features/preview-changes.ts');
  const reading = { ...ready, outcome };
  const changes = await previewChanges(reading, compiled(ready.ruleSet), async () => {
    await nextTurn();
    return !token.isCancellationRequested;
  });
  return changes ? { changes, smallest: previewSmallest(reading, compiled(ready.ruleSet)) } : null;
}

interface Ready {
  readonly ruleSet: RuleSet;
  readonly patient: Patient;
  /** Without the changes that are tried out. */
  readonly base: Patient;
  readonly link: (place: Place) => Link;
  /** What its files seem to tell of who the patient is, whatever the user's settings hide. */
  readonly identifiers: readonly string[];
}

/** What a preview rests on, settled; where it cannot be shown, why. */
export async function readyFor(
  session: Session,
  parameters: PreviewParameters,
): Promise<Ready | Extract<PreviewAnswer, { kind: 'broken' }>> {
  const [root, file] = [fileOf(session, parameters.ruleSet), fileOf(session, parameters.patient)];
  await settle(session, root, file);
  // From here on nothing is waited for, so that what is run is what was checked.
  const linked = session.workspace.linked(root);
  const whole = session.workspace.patient(file);
  if (!linked || !whole)
    return { kind: 'broken', message: `${linked ? 'The sample patient' : 'The rule set'} cannot be read.`, link: undefined };
  const found = (one: string) => session.findings.last(one)?.all ?? [];
  const [obstacle] = [...ruleSetObstacles(session.workspace, root, found), ...patientObstacles(session.workspace, file, found)];
  if (obstacle) return broken(session, obstacle);
  const row = rowOf(parameters.patient);
  const base = row === undefined ? whole.patient : whole.cases[row - 1]?.patient;
  if (!base) return { kind: 'broken', message: `The table of ${nameOf(file)} has no row ${row} now.`, link: undefined };
  const patient = parameters.changes?.length ? changedPatient(base, parameters.changes) : base;
  const identifiers = identifierKinds(whole.chain.flatMap(one => found(one)));
  return { ruleSet: linked.ruleSet, patient, base, identifiers, link: place => linkTo(session, place) };
}

/** A row of a patient's table is named after its file, from 1. */
function rowOf(uri: string): number | undefined {
  const [, row] = /#row-(\d+)$/.exec(uri) ?? [];
  return row === undefined ? undefined : Number(row);
}

function identifierKinds(found: readonly Diagnostic[]): readonly string[] {
  return [...new Set(found.filter(({ code }) => code === 'likely-identifier').map(({ names }) => names[1]!))];
}

/** A patient's file without what seems to tell who the patient is. */
export async function answerDeIdentify(session: Session, { patient, days }: DeIdentifyParameters): Promise<string> {
  const snapshot = session.workspace.snapshot(fileOf(session, patient));
  if (typeof snapshot === 'string') throw new ResponseError(RPC.invalidRequest, `${nameOf(patient)} cannot be read.`);
  const { deIdentified } = await import('../features/de-identify.ts');
  return deIdentified(snapshot.document(), snapshot.text, days);
}

/** Waits until the findings of both wholes are those of the texts as they are now: an edit may come while they are made. */
async function settle({ workspace, findings }: Session, ruleSet: string, patient: string): Promise<void> {
  if ([ruleSet, patient].some(file => workspace.needsUnits(file))) await loadUnits();
  const files = () => [...workspace.wholeOf(ruleSet), ...workspace.wholeOf(patient)];
  const isOpen = (file: string) => findings.last(file)?.subject !== workspace.subject(file);
  for (let open = files(); open.length > 0; open = files().filter(isOpen)) {
    for (const file of open) await findings.of(file, () => true);
  }
}

function broken(session: Session, { file, diagnostic }: Obstacle): Extract<PreviewAnswer, { kind: 'broken' }> {
  const message = `${nameOf(file)}: ${diagnostic.message}`;
  return { kind: 'broken', message, link: linkTo(session, { file, span: diagnostic.span }) };
}

/** What is tried out on a patient, as the text of a file. */
export function answerSaveChanges(session: Session, { patient, changes, target }: SaveParameters): string {
  const { workspace } = session;
  const file = fileOf(session, patient);
  const whole = workspace.patient(file);
  const snapshot = workspace.snapshot(file);
  if (!whole || typeof snapshot === 'string')
    throw new ResponseError(RPC.invalidRequest, `${nameOf(file)} is no sample patient that can be read.`);
  if (rowOf(patient) !== undefined)
    throw new ResponseError(RPC.invalidRequest, `This is a row of the table of ${nameOf(file)}: change it there.`);
  if (target === undefined) {
    const below = whole.chain[1];
    return withChanges(
      snapshot.text,
      { patient: whole.patient, extended: below === undefined ? undefined : workspace.patient(below)?.patient },
      changes,
    );
  }
  const id = patientId(nameOf(target));
  const title = `${whole.patient.title ?? nameOf(file)}, changed`;
  return changesAsText(whole.patient, changes, { id, title, base: decodeURIComponent(relativePath(target, patient)) });
}

/** The text of a new sample patient. */
export function answerNewPatient(session: Session, { ruleSet, patient, asOf }: NewPatientParameters): string {
  const file = fileOf(session, ruleSet);
  const linked = session.workspace.linked(file);
  const path = decodeURIComponent(relativePath(patient, ruleSet));
  if (!linked) throw new ResponseError(RPC.invalidRequest, `${nameOf(file)} is no rule set that can be read.`);
  return newPatientText(linked.ruleSet, { name: nameOf(patient), ruleSet: path, asOf });
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function linkTo(session: Session, place: Place): Link {
  return toLocation(place, session.converter) ?? { uri: session.converter.uriOf(place.file), range: START };
}
