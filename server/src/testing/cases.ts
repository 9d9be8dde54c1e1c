/** The cases of a workspace: every sample patient, and every row of a table, with something that it expects of a rule set. */
import type { Diagnostic } from '../diagnostics/define.ts';
import type { Expected, Patient } from '../model/patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { type FindingsOf, patientObstacles, ruleSetObstacles } from '../obstacles.ts';
import type { Place } from '../text/span.ts';
import type { WholePatient, Workspace } from '../workspace.ts';
import { expectsNothing, NOTHING_EXPECTED, nothingExpected, type Unread, unreadIn } from './unread-cases.ts';

/** One patient held against one rule set. */
export interface Case {
  /** Stable while the file keeps its ids: `file#patient@rule-set`. */
  readonly id: string;
  /** The file that lists it: that of the patient, also for a row of a CSV file. */
  readonly file: string;
  readonly title: string;
  /** The row of the table; undefined for the patient of the file itself. */
  readonly row: number | undefined;
  readonly place: Place;
  readonly patient: Patient;
  readonly expected: Expected;
  /** Undefined where none of the patient's rule sets has that id. */
  readonly ruleSet: RuleSet | undefined;
  /** Nobody has confirmed what is expected. */
  readonly proposed: boolean;
  /** Why it cannot be run: errors in its files. */
  readonly obstacles: readonly { readonly file: string; readonly diagnostic: Diagnostic }[];
  /** Why nothing could be read of what is expected: then there is nothing to run. */
  readonly unread?: string;
}

/** Of these files those that are patients, in the order given. `only` leaves out cases of other rule sets, by their file. */
export function casesIn(workspace: Workspace, files: readonly string[], findings: FindingsOf, only?: ReadonlySet<string>): readonly Case[] {
  const broken = new Map<string, Case['obstacles']>();
  const ofRuleSet = (file: string) => {
    const known = broken.get(file) ?? ruleSetObstacles(workspace, file, findings);
    broken.set(file, known);
    return known;
  };
  return files.flatMap(file => {
    const whole = workspace.patient(file);
    if (!whole) return [];
    const expects = [whole.patient, ...whole.cases.map(({ patient }) => patient)].some(({ expected }) => expected.length > 0);
    const unread = expects ? undefined : unreadIn(workspace, file, whole);
    if (!expects && !unread) return [];
    const own = [...causesFirst(patientObstacles(workspace, file, findings)), ...wrongExpectations(file, findings)];
    if (unread) return unreadCase(file, whole, unread, own, only);
    return casesOf(file, whole, ruleSet => [...own, ...(ruleSet ? ofRuleSet(ruleSet.root.file) : [])], only);
  });
}

/** That a moment is missing follows from a base that cannot be had. */
function causesFirst(obstacles: Case['obstacles']): Case['obstacles'] {
  const [causes, others] = [false, true].map(follows =>
    obstacles.filter(({ diagnostic: { code } }) => (code === 'as-of-missing') === follows),
  );
  return [...causes!, ...others!];
}

/** One that cannot be run, so that it is not taken for none. */
function unreadCase(
  file: string,
  { patient, ruleSets }: WholePatient,
  { span, why }: Unread,
  obstacles: Case['obstacles'],
  only: ReadonlySet<string> | undefined,
): Case[] {
  if (only && !ruleSets.some(({ root }) => only.has(root.file))) return [];
  const title = patient.title ?? patient.id?.value ?? '';
  const rest = { row: undefined, place: { file, span }, expected: nothingExpected(span), ruleSet: undefined, proposed: false };
  return [{ id: `${file}#${patient.id?.value ?? ''}@`, file, title, patient, ...rest, obstacles, unread: why }];
}

function casesOf(
  file: string,
  whole: WholePatient,
  obstacles: (ruleSet: RuleSet | undefined) => Case['obstacles'],
  only: ReadonlySet<string> | undefined,
): Case[] {
  const patients = [{ patient: whole.patient, row: undefined }, ...whole.cases.map(({ patient }, i) => ({ patient, row: i + 1 }))];
  return patients.flatMap(({ patient, row }) =>
    patient.expected.flatMap((expected): Case[] => {
      const ruleSet = whole.ruleSets.find(({ root }) => root.id?.value === expected.ruleSet?.value);
      if (only && !(ruleSet && only.has(ruleSet.root.file))) return [];
      const id = `${file}#${patient.id?.value ?? ''}@${expected.ruleSet?.value ?? ''}`;
      const place = { file: patient.file, span: expected.span };
      const title =
        row === undefined ? (patient.title ?? patient.id?.value ?? '') : `${whole.patient.title ?? ''}: ${patient.title ?? row}`;
      const proposed = expected.proposed?.value === true;
      const unread = expectsNothing(expected) ? { unread: NOTHING_EXPECTED } : {};
      return [{ id, file, title, row, place, patient, expected, ruleSet, proposed, obstacles: obstacles(ruleSet), ...unread }];
    }),
  );
}

/** What is wrong with the expectations themselves: such a case would prove nothing. */
const WRONG: ReadonlySet<string> = new Set(['unknown-expectation', 'contradicting-expectations', 'malformed-cases', 'missing-file']);

function wrongExpectations(file: string, findings: FindingsOf): Case['obstacles'] {
  return findings(file).flatMap(diagnostic =>
    WRONG.has(diagnostic.code) && diagnostic.severity === 'error' ? [{ file, diagnostic }] : [],
  );
}
