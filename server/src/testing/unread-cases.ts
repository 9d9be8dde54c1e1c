/** Patients who say that they expect something, of which nothing could be read: passed over in silence a run would pass that tested nothing. */
import type { Expected } from '../model/patient.ts';
import { valueOf as valueUnder } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import type { WholePatient, Workspace } from '../workspace.ts';

export interface Unread {
  readonly span: Span;
  readonly why: string;
}

/** Undefined where nothing is expected of a patient who was read in full. To be asked only where no expectation was read. */
export function unreadIn(workspace: Workspace, file: string, { patient }: WholePatient): Unread | undefined {
  const subject = workspace.subject(file);
  if (!subject) return undefined;
  const { document, schemaProblems } = subject;
  if (patient.cases) return { span: patient.cases.span, why: EMPTY_TABLE };
  const written = valueUnder(document.root, 'cases') ?? valueUnder(document.root, 'expected');
  const isEmpty = written?.type === 'array' && written.items.length === 0;
  if (written && !isEmpty && schemaProblems.length > 0) return { span: written, why: UNREADABLE };
  return document.problems.length > 0 ? { span: document.problems[0]!.span, why: UNREADABLE } : undefined;
}

const EMPTY_TABLE =
  'No row of this table expects anything that could be read, so nothing is tested. Look whether the file is there and not empty, whether its cells are divided by commas or semicolons, and whether a column is headed “expected.decisions.…” or the like.';
const UNREADABLE = 'What this patient expects cannot be read, so nothing is tested. See clinical-rules check for what is wrong.';

export const NOTHING_EXPECTED =
  'This names a rule set and expects nothing of it, so nothing is tested. Say what it should answer: “decisions”, “fired”, “totals” or the like.';

/** Whether it is held against a rule set and would pass whatever that answers. */
export function expectsNothing({ decisions, totals, bands, ...lists }: Expected): boolean {
  const { fired, notFired, statements, missing, effects, noEffects } = lists;
  const isEmpty = [fired, notFired, statements, missing ?? [], effects, noEffects].every(({ length }) => length === 0);
  return isEmpty && decisions.size + totals.size + bands.size === 0;
}

/** What such a patient expects, as far as it was read. */
export function nothingExpected(span: Span): Expected {
  const none = { fired: [], notFired: [], statements: [], missing: [], effects: [], noEffects: [] };
  return { span, ruleSet: undefined, decisions: new Map(), totals: new Map(), bands: new Map(), ...none, proposed: undefined };
}
