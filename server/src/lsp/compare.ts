/** Answers the grid of patients, under the rule set as it is and under another version of it. */
import { diskFiles } from '../disk.ts';
import { compareGrid } from '../features/compare.ts';
import { compareSides } from '../features/compare-sides.ts';
import type { Files } from '../files.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { ruleSetObstacles } from '../obstacles.ts';
import { Workspace } from '../workspace.ts';
import { answerPatients } from './choices.ts';
import { compiled, evaluate } from './evaluator.ts';
import { readyFor } from './previews.ts';
import type { CompareAnswer, CompareParameters } from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import { URIS } from './uris.ts';

/** The patients that are meant for the rule set; where none is, all. */
export async function answerCompare(session: Session, parameters: CompareParameters): Promise<CompareAnswer> {
  const { workspace } = session;
  const root = fileOf(session, parameters.ruleSet);
  const ruleSet = workspace.linked(root)?.ruleSet;
  if (!ruleSet) return { kind: 'broken', message: 'The rule set cannot be read.' };
  const found = (file: string) => session.findings.last(file)?.all ?? [];
  if (ruleSetObstacles(workspace, root, found).length) return { kind: 'broken', message: 'The rule set has errors.' };
  const other = parameters.against === undefined ? undefined : otherVersion(session, root, parameters.against);
  if (typeof other === 'string') return { kind: 'broken', message: other };
  const choices = answerPatients(session, { ruleSet: parameters.ruleSet });
  const fitting = choices.filter(({ fits }) => fits);
  const patients = (fitting.length ? fitting : choices).flatMap(({ uri, title }) => {
    const whole = workspace.patient(fileOf(session, uri));
    return whole ? [{ uri, title, patient: whole.patient }] : [];
  });
  const grid = compareGrid(compiled(ruleSet), other && compiled(other), patients);
  const sides = other && (await sidesOf(session, parameters, other));
  return { kind: 'grid', grid, ...(sides && { sides }) };
}

/** The patient shown under both; undefined where none is, or none can be run now. */
async function sidesOf(session: Session, { ruleSet, patient, changes }: CompareParameters, other: RuleSet) {
  if (patient === undefined) return undefined;
  const ready = await readyFor(session, { ruleSet, patient, changes: changes ?? [] });
  if ('kind' in ready) return undefined;
  const reading = (own: RuleSet) => ({
    ...ready,
    ruleSet: own,
    outcome: evaluate(compiled(own), ready.patient, { trace: false, missing: false }),
  });
  return compareSides(reading(ready.ruleSet), reading(other));
}

type Against = NonNullable<CompareParameters['against']>;

/** In words where it cannot be had. */
function otherVersion(session: Session, root: string, against: Against): RuleSet | string {
  if (against.kind === 'file') {
    const linked = session.workspace.linked(fileOf(session, against.uri));
    return linked && !linked.problems.length ? linked.ruleSet : 'The other file is no rule set that can be read.';
  }
  const texts = new Map(against.kind === 'texts' ? against.texts.map(({ uri, text }) => [fileOf(session, uri), text]) : []);
  const workspace = new Workspace(over(texts, diskFiles(session.folders, URIS)), () => undefined);
  const linked = workspace.linked(root);
  return linked && !linked.problems.length ? linked.ruleSet : 'That version of the rule set cannot be read.';
}

/** Files as saved, but for the texts that are given. */
function over(texts: ReadonlyMap<string, string>, disk: Files): Files {
  return {
    list: () => disk.list(),
    read: file => {
      const text = texts.get(file);
      return text === undefined ? disk.read(file) : { text };
    },
    resolve: (from, path) => {
      const found = disk.resolve(from, path);
      return found.file !== undefined && texts.has(found.file) ? { file: found.file, problem: undefined } : found;
    },
  };
}
