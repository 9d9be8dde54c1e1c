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
import { mutantsOf } from '../../server/src/testing/mutants.ts';
import { flatPatients, flatRules, ruleSetText } from './generate.ts';
import { median, type Row, time } from './measure.ts';

const RULES = 200;
const CASES = 10_000;
const [MUTANTS, MUTANT_CASES, MUTANT_SECONDS] = [1000, 1000, 10];

export async function testing(turns: number): Promise<Row[]> {
  const { ruleSet } = linkRuleSet(readRuleSet(parseDocument(ruleSetText(flatRules(RULES, 1))), 'bench'), () => 'missing-file');
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
    await mutants(Math.min(turns, 3)),
  ];

  /** Each case expects the decision it has now and one rule that fires. */
  async function mutants(turns: number): Promise<Row> {
    const cases = patients.slice(0, MUTANT_CASES).map((patient, i): Case => {
      const said = answer(compiled, stateOf(compiled.layout, patient));
      const decision = said.decisions.clearance!;
      const fired = said.rules.find(({ status }) => status === 'fired')?.id;
      const expected = expectedOf({
        decisions: { clearance: decision.value ?? decision.status },
        ...(i % 4 === 0 && fired !== undefined && { fired: [fired] }),
      });
      const place = { file: '', span: { start: 0, end: 0 } };
      return { id: String(i), file: '', title: '', row: undefined, place, patient, expected, ruleSet, proposed: false, obstacles: [] };
    });
    const all = [...mutantsOf(ruleSet)];
    const some = Array.from({ length: MUTANTS }, (_, i) => all[Math.floor((i * all.length) / MUTANTS)]!);
    const spent: number[] = [];
    let noticed = 0;
    for (let turn = 0; turn < turns; turn++) {
      spent.push(
        await time(() => {
          const baselines = baselinesOf(ruleSet, cases);
          noticed = some.filter(mutant => noticedBy(baselines, mutant)).length;
        }),
      );
    }
    const note = `${noticed} of ${MUTANTS} noticed; without the search for witnesses`;
    return {
      what: `${MUTANTS} mutants on ${MUTANT_CASES} cases`,
      ours: median(spent) / 1000,
      peer: MUTANT_SECONDS,
      unit: 's',
      mark: 1,
      note,
    };
  }
}

function expectedOf(expected: object): Expected {
  return readPatient(parseDocument(JSON.stringify({ expected: [expected] })), '').expected[0]!;
}
