/** The Testing view: which cases there are, and how they come out. Loaded when the view is first asked for: it brings the evaluator along. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import { loadUnits } from '../model/units.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Case, casesIn } from '../testing/cases.ts';
import { type Point, Recorder } from '../testing/coverage.ts';
import { type Mark, marksOf } from '../testing/marks.ts';
import { type CaseResult, Runner } from '../testing/run.ts';
import { settledPoints, type Verdicts } from '../testing/settled.ts';
import type { Place } from '../text/span.ts';
import { nameOf } from './choices.ts';
import {
  type CoveredFile,
  type Link,
  type RunTestsAnswer,
  type RunTestsParameters,
  TEST_RESULTS,
  type TestCase,
  type TestResult,
  type TestResults,
  type TestsAnswer,
  type TestsParameters,
} from './protocol.ts';
import { fileOf, type Session } from './session.ts';
import type { CancellationToken } from './wire.ts';

/** The cases as they are now, those that cannot be run among them. */
export async function answerTests(session: Session, { uris }: TestsParameters): Promise<TestsAnswer> {
  session.previews = true;
  const files = uris ? [...new Set(uris.map(uri => fileOf(session, uri)))] : session.workspace.known();
  const pause = pauses();
  const cases: TestCase[] = [];
  for (const file of files) {
    await pause();
    const locate = locator(session);
    // Whether anything keeps a case from being run matters only when it is.
    for (const [id, one] of numbered(casesIn(session.workspace, [file], () => []))) cases.push(testCase(session, id, one, locate));
  }
  return { files, cases };
}

/** Ids that stay while the file keeps its own. Two that say they are the same are told apart by their order. */
function numbered(cases: readonly Case[]): ReadonlyMap<string, Case> {
  const found = new Map<string, Case>();
  for (const one of cases) {
    let [id, count] = [one.id, 1];
    while (found.has(id)) id = `${one.id}~${++count}`;
    found.set(id, one);
  }
  return found;
}

function testCase(session: Session, id: string, one: Case, locate: Locator): TestCase {
  const { file, patient, row, ruleSet, expected, proposed } = one;
  const own = session.workspace.patient(file)?.patient;
  const root = ruleSet?.root;
  return {
    id,
    file,
    ...locate(one.place),
    title: row === null ? one.title : (patient.title ?? `Row ${row}`),
    row: row ?? null,
    patient: { uri: session.converter.uriOf(file), title: own?.title ?? own?.id?.value ?? nameOf(file) },
    ruleSet: {
      uri: root ? session.converter.uriOf(root.file) : null,
      title: root?.title ?? expected.ruleSet?.value ?? 'No rule set is named',
    },
    proposed,
  };
}

/** Told in slices, so that nothing waits for a long run, and it can be cancelled. What is run is what was checked, whatever is edited meanwhile. */
export async function answerRunTests(session: Session, asked: RunTestsParameters, token: CancellationToken): Promise<RunTestsAnswer> {
  session.previews = true;
  const wanted = asked.ids && new Set(asked.ids);
  const files = asked.ids ? [...new Set(asked.ids.map(fileOfCase))] : patientsOf(session);
  if (!(await settled(session, files, token))) return { coverage: null };
  const cases = [...numberedIn(session, files)].filter(([id]) => wanted?.has(id) ?? true);
  const locate = locator(
    session,
    cases.map(([, one]) => one),
  );
  const recorders = new Map<CompiledRuleSet, Recorder>();
  const runner = new Runner(
    asked.coverage ? (compiled, state, judgement) => recorderFor(recorders, compiled).observe(state, judgement) : undefined,
  );
  let results: TestResult[] = [];
  const tell = () => {
    if (results.length > 0) session.wire.notify(TEST_RESULTS, { run: asked.run, results } satisfies TestResults);
    results = [];
  };
  const pause = pauses(tell);
  for (const [id, one] of cases) {
    await pause();
    if (token.isCancellationRequested) return { coverage: null };
    results.push(testResult(id, runner.run(one), locate));
  }
  tell();
  if (!asked.coverage) return { coverage: null };
  const marks = await settledMarks([...recorders.values()], token);
  return { coverage: marks && coveredFiles(marks, locate) };
}

/** A case's id begins with its file; no name of a file has a `#` that is not escaped. */
function fileOfCase(id: string): string {
  return id.slice(0, id.indexOf('#'));
}

function patientsOf({ workspace }: Session): readonly string[] {
  return workspace.known().filter(file => workspace.patient(file));
}

/** By file, as the view names them. */
function numberedIn(session: Session, files: readonly string[]): ReadonlyMap<string, Case> {
  const findings = (file: string) => session.findings.last(file)?.all ?? [];
  return new Map(files.flatMap(file => [...numbered(casesIn(session.workspace, [file], findings))]));
}

/** Waits until the findings of these patients and of all they are held against are those of the texts as they are now. False once nobody waits any more. */
export async function settled({ workspace, findings }: Session, patients: readonly string[], token: CancellationToken): Promise<boolean> {
  if (patients.some(file => workspace.needsUnits(file))) await loadUnits();
  const concerned = () => {
    const roots = new Set(patients.flatMap(file => workspace.patient(file)?.ruleSets.map(({ root }) => root.file) ?? []));
    return [...new Set([...patients, ...roots].flatMap(file => workspace.wholeOf(file)))];
  };
  const isOpen = (file: string) => workspace.subject(file) !== undefined && findings.last(file)?.subject !== workspace.subject(file);
  for (let open = concerned(); open.length > 0; open = concerned().filter(isOpen))
    for (const file of open) {
      await findings.of(file, () => !token.isCancellationRequested);
      if (token.isCancellationRequested) return false;
    }
  return true;
}

function recorderFor(recorders: Map<CompiledRuleSet, Recorder>, compiled: CompiledRuleSet): Recorder {
  const recorder = recorders.get(compiled) ?? new Recorder(compiled);
  recorders.set(compiled, recorder);
  return recorder;
}

function testResult(id: string, { case: one, status, differences, why }: CaseResult, locate: Locator): TestResult {
  return {
    id,
    status,
    why: why ?? null,
    differences: differences.map(({ message, expected, actual, span }) => ({
      message,
      expected,
      actual,
      ...locate({ file: one.place.file, span }),
    })),
  };
}

/** Null once nobody waits any more. */
async function settledMarks(recorders: readonly Recorder[], token: CancellationToken): Promise<readonly Mark[] | null> {
  const pause = pauses();
  const verdicts: Verdicts = new Map();
  const points: Point[] = [];
  for (const recorder of recorders)
    for (const point of settledPoints(recorder.coverage(), verdicts)) {
      points.push(point);
      await pause();
      if (token.isCancellationRequested) return null;
    }
  return marksOf(points, verdicts);
}

function coveredFiles(marks: readonly Mark[], locate: Locator): CoveredFile[] {
  const files = new Map<string, Mark[]>();
  for (const mark of marks) files.set(mark.file, [...(files.get(mark.file) ?? []), mark]);
  return [...files.values()].map(own => ({
    uri: locate(own[0]!).uri,
    marks: own.map(mark => ({ range: locate(mark).range, rule: mark.rule ?? null, ways: mark.ways })),
  }));
}

type Locator = (place: Place) => Link;
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where things are in the texts as they are now, also once those have changed: of the files of these cases. */
export function locator({ workspace, converter }: Session, cases: readonly Case[] = []): Locator {
  const known = new Map<string, Snapshot | string>();
  const snapshot = (file: string) => {
    if (!known.has(file)) known.set(file, workspace.snapshot(file));
    return known.get(file)!;
  };
  for (const { place, ruleSet } of cases) for (const file of [place.file, ...(ruleSet?.files.map(one => one.file) ?? [])]) snapshot(file);
  return ({ file, span }) => {
    const found = snapshot(file);
    return { uri: converter.uriOf(file), range: typeof found === 'string' ? START : found.lines().range(span) };
  };
}

/** A slice of work this long lets waiting messages in before the next. */
const SLICE_MS = 10;

/** `before` is called before each turn that is given away. */
export function pauses(before: () => void = () => undefined): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    before();
    await nextTurn();
    since = performance.now();
  };
}
