/** Patients a second on 200 rules: ours against other rule engines, all giving the ids of the rules that fired, the same on every patient. */

import { compile } from '../../server/src/evaluation/compile.ts';
import { decide, prepare } from '../../server/src/evaluation/decide.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { type FlatPatient, flatPatients, flatRules, ruleSetText } from './generate.ts';
import { median, type Row, time } from './measure.ts';
import { jsonLogic, jsonRules, type Peer, reference, zen } from './peers.ts';

const PATIENTS = 100_000;

export async function evaluation(turns: number): Promise<Row[]> {
  const rules = flatRules(200, 1);
  // As patients arrive: read from JSON, the same objects for every engine.
  const patients: FlatPatient[] = JSON.parse(JSON.stringify(flatPatients(PATIENTS, 2)));
  const hand = reference(rules);
  const ours = ourEngine(ruleSetText(rules));
  // Slow engines run fewer patients; figures are microseconds a patient.
  const peers: [Peer, number, number][] = [
    [hand, PATIENTS, 0],
    [jsonLogic(rules), PATIENTS, 1 / 3],
    [zen(rules), 3_000, 1 / 100],
    [jsonRules(rules), 500, 1 / 1000],
  ];
  for (const peer of [ours, ...peers.map(([peer]) => peer)]) await agree(peer, hand, patients.slice(0, 300));
  await agree(ours, hand, patients);
  const rows: Row[] = [];
  for (const [peer, count, mark] of peers) {
    const times = { ours: [] as number[], peer: [] as number[] };
    for (let turn = 0; turn <= turns; turn++) {
      const one = await each(ours, patients);
      const other = await each(peer, patients.slice(0, count));
      if (turn > 0) times.ours.push(one);
      if (turn > 0) times.peer.push(other);
    }
    rows.push({
      what: `${peer.name}`,
      ours: median(times.ours),
      peer: median(times.peer),
      unit: 'us a patient',
      mark: mark || 10,
      note: mark ? `returns ${peer.returns}` : 'for scale',
    });
  }
  return rows;
}

function ourEngine(text: string): Peer {
  const { ruleSet } = linkRuleSet(readRuleSet(parseDocument(text), 'bench'), () => 'missing-file');
  const compiled = compile(ruleSet);
  const run = (patient: FlatPatient) => decide(compiled, prepare(compiled, patient)).fired;
  return { name: 'ours', returns: 'decision, status and fired ids', run };
}

async function agree(peer: Peer, hand: Peer, patients: readonly FlatPatient[]): Promise<void> {
  for (const patient of patients) {
    const [one, other] = [await peer.run(patient), await hand.run(patient)];
    if (one.join() !== other.join()) throw new Error(`${peer.name} fires ${one.join()}, expected ${other.join()}`);
  }
}

/** Microseconds a patient. Answers are counted so that no engine may leave its work out. */
async function each(peer: Peer, patients: readonly FlatPatient[]): Promise<number> {
  let fired = 0;
  const spent = await time(async () => {
    for (const patient of patients) {
      const answer = peer.run(patient);
      fired += (answer instanceof Promise ? await answer : answer).length;
    }
  });
  if (fired === 0) throw new Error(`${peer.name} fired nothing`);
  return (spent * 1000) / patients.length;
}
