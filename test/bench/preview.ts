/** What the preview waits for, in processor time of the engine: the answer to a change, and the grid of many patients. */
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { compareGrid } from '../../server/src/features/compare.ts';
import { previewAnswerOf, previewOf } from '../../server/src/features/preview.ts';
import { changedPatient } from '../../server/src/features/what-if.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { patientFile, ruleSetFile } from '../preview/previewed.ts';
import { type FlatPatient, flatPatients, flatRules, ruleSetText } from './generate.ts';
import { median, type Row } from './measure.ts';

/** What the issue asks, in milliseconds. */
const FRAME = 16;
const GRID = 100;
const RULES = 1000;
const PATIENTS = 1000;
const SAMPLES = 'samples/bone-metastasis';

export function previews(turns: number): Row[] {
  return [...whatIf(turns), ...grids(turns)];
}

/** Every turn tries another value, so that nothing is remembered from the last one. */
function whatIf(turns: number): Row[] {
  const compiled = generated(RULES);
  const { ruleSet } = compiled;
  const [flat] = flatPatients(1, 2);
  const half = Object.fromEntries(Object.entries(flat!).filter((_, index) => index % 2 === 0));
  const rows = [
    ['every fact known', flat!],
    ['half of the facts known', half],
  ] as const;
  return rows.flatMap(([what, facts]) => {
    const base = patientOf(facts, 0);
    let turn = 0;
    const changed = () => changedPatient(base, [{ path: ['facts', 'measure-1'], value: { value: turn++ % 200, unit: 'mg/dL' } }]);
    const first = () => {
      const patient = changed();
      return previewAnswerOf({ ruleSet, patient, base, link, outcome: evaluate(compiled, patient, { trace: 'deciding', missing: false }) });
    };
    const all = () => {
      const patient = changed();
      return previewOf({ ruleSet, patient, base, link, outcome: evaluate(compiled, patient, { trace: true }) });
    };
    return [
      row(`a change on ${RULES} rules, ${what}: its answer`, spent(turns, first), FRAME, ''),
      row(`a change on ${RULES} rules, ${what}: all the rest, which follows`, spent(turns, all), Number.POSITIVE_INFINITY, 'for scale'),
    ];
  });
}

function grids(turns: number): Row[] {
  const flat = flatPatients(PATIENTS, 2).map((facts, index) => patientOf(facts, index));
  const samples = ['s04', 's13', 's15', 's31', 's40'].map(name => patientFile(`${SAMPLES}/patients/${name}.patient.json`));
  const many = Array.from({ length: PATIENTS }, (_, index) => samples[index % samples.length]!);
  const whole = compile(ruleSetFile(`${SAMPLES}/all-five.clinical.json`));
  const grid = (compiled: ReturnType<typeof compile>, patients: readonly Patient[]) => {
    const compared = patients.map((patient, index) => ({ uri: `patient-${index}`, title: `Patient ${index}`, patient }));
    return spent(turns, () => compareGrid(compiled, undefined, compared));
  };
  const sizes = `${PATIENTS} patients`;
  return [
    row(`a grid of ${sizes} on 200 generated rules`, grid(generated(200), flat), GRID, ''),
    row(
      `a grid of ${sizes} on all five sample documents`,
      grid(whole, many),
      GRID,
      `${whole.rules.length} rules, ${whole.ruleSet.scores.size} scores`,
    ),
  ];
}

function row(what: string, ours: number, mark: number, note: string): Row {
  return { what, ours, peer: Number.isFinite(mark) ? mark : ours, unit: 'ms', mark: 1, note };
}

/** The median of the processor time, in milliseconds: other programs on the machine do not count. The first turns warm up. */
function spent(turns: number, run: () => unknown): number {
  const times: number[] = [];
  for (let turn = -3; turn < turns; turn++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    if (turn >= 0) times.push((user + system) / 1000);
  }
  return median(times);
}

function generated(rules: number) {
  const text = ruleSetText(flatRules(rules, 1));
  return compile(linkRuleSet(readRuleSet(parseDocument(text), 'bench'), () => 'missing-file').ruleSet);
}

function patientOf(flat: FlatPatient, index: number): Patient {
  const facts = Object.entries(flat).map(([id, value]) => [id, typeof value === 'number' ? { value, unit: 'mg/dL' } : value]);
  const written = { id: `p${index}`, title: `Patient ${index}`, asOf: '2026-11-22T12:00:00Z', facts: Object.fromEntries(facts) };
  return readPatient(parseDocument(JSON.stringify(written)), `p${index}`);
}

const START = { line: 0, character: 0 };

function link({ file }: { readonly file: string }) {
  return { uri: file, range: { start: START, end: START } };
}
