/** Cases a second with coverage against the same cases without it, and mutants against cases, on 200 rules. */
import { answer } from '../../server/src/evaluation/answer.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { patientOf } from '../../server/src/evaluation/decide.ts';
import { judge } from '../../server/src/evaluation/judge.ts';
import { stateOf } from '../../server/src/evaluation/patient-state.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import type { Expected } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import type { Case } from '../../server/src/testing/cases.ts';
import { Recorder } from '../../server/src/testing/coverage.ts';
import { baselinesOf, noticedBy } from '../../server/src/testing/mutant-run.ts';
import { type Mutant, mutantsOf } from '../../server/src/testing/mutants.ts';
import { Settler } from '../../server/src/testing/survivors.ts';
import { type FlatCondition, type FlatPatient, type FlatRule, flatPatients, flatRules, ruleSetText } from './generate.ts';
import { median, type Row, time } from './measure.ts';

const RULES = 200;
const CASES = 10_000;
const [MUTANTS, MUTANT_CASES, MUTANT_SECONDS] = [1000, 1000, 10];
/** Of so many mutants that no case notices it is told who would. */
const SETTLED = 50;

export async function testing(turns: number): Promise<Row[]> {
  const rules = flatRules(RULES, 1);
  const { ruleSet } = linkRuleSet(readRuleSet(parseDocument(ruleSetText(rules)), 'bench'), () => 'missing-file');
  const compiled = compile(ruleSet);
  const patients = flatPatients(CASES, 2).map(plain => patientOf(compiled, plain));
  const states = () => patients.map(patient => stateOf(compiled.layout, patient));
  const times = { plain: [] as number[], covered: [] as number[] };
  for (let turn = 0; turn <= turns; turn++) {
    // Made anew each time: what is worked out of a patient is kept with it.
    const [one, other] = [states(), states()];
    const plain = await time(() => {
      for (const state of one) judge(compiled, state);
    });
    const recorder = new Recorder(compiled);
    const covered = await time(() => {
      for (const state of other) recorder.observe(state, judge(compiled, state));
      recorder.coverage();
    });
    if (turn === 0) continue;
    times.plain.push(plain);
    times.covered.push(covered);
  }
  const row = { unit: 'ms', note: `${CASES} cases on ${RULES} rules, the same evaluation` };
  return [
    { what: 'coverage, against plain evaluation', ours: median(times.covered), peer: median(times.plain), mark: 3, ...row },
    ...(await mutants(Math.min(turns, 3))),
  ];

  /** Five cases of each rule, as a person tests it: one at its bounds where it holds, and one just beyond each of them. */
  async function mutants(turns: number): Promise<Row[]> {
    const cases = casesAbout(rules, flatPatients(MUTANT_CASES, 3)).map(({ plain, rule }, i): Case => {
      const patient = patientOf(compiled, plain);
      const said = answer(compiled, stateOf(compiled.layout, patient));
      const decision = said.decisions.clearance!;
      const isFired = said.rules.some(({ id, status }) => id === rule && status === 'fired');
      const expected = expectedOf({
        decisions: { clearance: decision.value ?? decision.status },
        [isFired ? 'fired' : 'notFired']: [rule],
      });
      const place = { file: '', span: { start: 0, end: 0 } };
      return { id: String(i), file: '', title: '', row: undefined, place, patient, expected, ruleSet, proposed: false, obstacles: [] };
    });
    const all = [...mutantsOf(ruleSet)];
    const some = Array.from({ length: MUTANTS }, (_, i) => all[Math.floor((i * all.length) / MUTANTS)]!);
    const spent: number[] = [];
    let unnoticed: Mutant[] = [];
    for (let turn = 0; turn < turns; turn++) {
      spent.push(
        await time(() => {
          const baselines = baselinesOf(ruleSet, cases);
          unnoticed = some.filter(mutant => !noticedBy(baselines, mutant));
        }),
      );
    }
    const noticed = MUTANTS - unnoticed.length;
    const tried = unnoticed.slice(0, SETTLED);
    const settled = new Map<string, number>();
    const search = await time(() => {
      const settler = new Settler(compiled, tried);
      for (const mutant of tried) {
        const { status } = settler.settle(mutant);
        settled.set(status, (settled.get(status) ?? 0) + 1);
      }
    });
    const row = { peer: MUTANT_SECONDS, unit: 's', mark: 1 };
    const said = [...settled].map(([status, count]) => `${count} ${status}`).join(', ');
    return [
      {
        what: `${MUTANTS} mutants on ${MUTANT_CASES} cases`,
        ours: median(spent) / 1000,
        ...row,
        note: `${noticed} noticed; without the search for witnesses`,
      },
      { what: `who would notice ${tried.length} of the others, or a proof`, ours: search / 1000, ...row, note: said },
    ];
  }
}

/** In turn for each rule: a patient for whom it holds, at its bounds, and for each condition one for whom just that one fails. */
function casesAbout(rules: readonly FlatRule[], patients: readonly FlatPatient[]): { plain: FlatPatient; rule: string }[] {
  return patients.map((patient, i) => {
    const { id, conditions } = rules[i % rules.length]!;
    const failing = Math.floor(i / rules.length) - 1;
    const values = conditions.map((condition, at) => [condition.fact, at === failing ? failingValue(condition) : condition.value]);
    return { plain: { ...patient, ...Object.fromEntries(values) }, rule: id };
  });
}

/** The nearest that does not meet it. */
function failingValue({ operator, value }: FlatCondition): number | string | boolean {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return value === 'a' ? 'b' : 'a';
  return operator === 'atLeast' ? value - 1 : value + 1;
}

function expectedOf(expected: object): Expected {
  return readPatient(parseDocument(JSON.stringify({ expected: [expected] })), '').expected[0]!;
}
