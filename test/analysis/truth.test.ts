/** The contradictions and gaps of the five documents, each classed; what is found is shown by a witness and by the patient it is known for. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import { diskFiles } from '../../server/src/disk.ts';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { wholePatient } from '../samples/load.ts';
import { CONTRADICTIONS, type Conflicting, type Disagreeing, GAPS, type Missing, type Truth } from './truth.ts';
import { added, edited, sampleWhole, type Whole } from './wholes.ts';

const ALONE = 'bone-metastasis/pt-approaches';

describe('what the sources contradict and leave open', function () {
  // The largest sample has 138 rules; each is analysed once.
  this.timeout(180_000);

  it('is classed, all of it', () => {
    assert.deepEqual(idsOf(CONTRADICTIONS), numbered('C', 19));
    assert.deepEqual(idsOf(GAPS), numbered('G', 26));
    for (const truth of [...CONTRADICTIONS, ...GAPS])
      if (truth.class === 'note' || truth.class === 'not expressible') assert.ok(truth.because.length > 20, truth.id);
  });

  for (const truth of [...CONTRADICTIONS, ...GAPS]) {
    if (truth.class === 'conflict')
      it(`${truth.id} is found: ${truth.pairs.map(pair => pair.join(' against ')).join('; ')}`, () => conflict(truth));
    if (truth.class === 'disagreement')
      it(`${truth.id} is found: ${truth.stricter} is stricter than ${truth.looser}`, () => disagreement(truth));
    if (truth.class === 'gap') it(`${truth.id} is found: ${truth.finding}`, () => gap(truth));
  }

  it('C12: one id defined twice in one whole is found', () => {
    const folder = `${process.cwd()}/samples`;
    const workspace = new Workspace(diskFiles([folder]), () => undefined);
    const axial = (id: string, title: string) =>
      JSON.stringify({ id, title: id, version: '1.0.0', role: 'library', sites: { axial: { title } } });
    workspace.setText(`${folder}/one.clinical.json`, axial('one', 'Spine'));
    workspace.setText(`${folder}/other.clinical.json`, axial('other', 'Head, spine, ribs and breastbone'));
    const uses = ['one.clinical.json', 'other.clinical.json'];
    workspace.setText(`${folder}/both.clinical.json`, JSON.stringify({ id: 'both', title: 'Both', version: '1.0.0', uses }));
    const found = uses.flatMap(file => check(workspace.subject(`${folder}/${file}`)!));
    assert.ok(found.some(({ code, severity }) => code === 'duplicate-id' && severity === 'error'));
  });

  it('C18: found once the rule of its outside source is added', () => {
    const whole = added('bone-metastasis/with-platelets.clinical.json', {
      ...{ id: 'with-platelets', title: 'With the rule on platelets', version: '1.0.0', uses: ['pt-approaches.clinical.json'] },
      appliesTo: { fact: 'age', atLeast: 18, unit: 'a' },
      sources: { outside: { title: 'Cytopenia and exercise' } },
      rules: [
        {
          ...{ id: 'no-isometrics', title: 'Platelets of 20 to 50: no isometric exercise' },
          when: { fact: 'platelets', atLeast: 20, atMost: 50, unit: '10*9/L' },
          then: [{ forbid: 'isometric-exercise' }],
          source: { id: 'outside' },
        },
      ],
    });
    const found = whole.analysis.clashes.find(({ rules }) => named(rules, ['isometric-first', 'no-isometrics']));
    assert.ok(found);
    const { platelets } = found.answer.witness.facts as { platelets: { value: number } };
    assert.ok(platelets.value >= 20 && platelets.value <= 50);
    assert.ok(whole.findings.some(({ severity, rules = [] }) => severity === 'error' && rules.includes('no-isometrics')));
  });

  it('an override clears a conflict, and nothing else', () => {
    const before = sampleWhole(ALONE);
    const after = edited(ALONE, text =>
      text.replace(
        '"id": "severe-fatigue",',
        '"id": "severe-fatigue", "override": { "rules": ["aerobic-target"], "reason": "Light only" },',
      ),
    );
    assert.deepEqual(
      conflictsOf(before).filter(id => !conflictsOf(after).includes(id)),
      ['conflicting-effects:aerobic-target,severe-fatigue'],
    );
    assert.deepEqual(
      conflictsOf(after).filter(id => !conflictsOf(before).includes(id)),
      [],
    );
  });

  it('a rule clears a gap', () => {
    const before = sampleWhole(ALONE);
    const decide = (id: string, more: object) =>
      JSON.stringify({ id, title: id, ...more, then: [{ decide: 'clearance', as: 'modify' }], source: { id: 'pt-approaches' } });
    const after = edited(ALONE, text =>
      text.replace('"rules": [', `"rules": [${decide('any-lesion', { of: 'lesions' })}, ${decide('any-patient', {})},`),
    );
    assert.deepEqual(
      after.findings.filter(({ code }) => code === 'missing-rule').map(({ id }) => id),
      [],
    );
    assert.ok(before.findings.some(({ code }) => code === 'missing-rule'));
  });
});

function conflict({ ruleSet, pairs, patient, facts }: Conflicting): void {
  const whole = sampleWhole(ruleSet);
  for (const pair of pairs) {
    const clash = whole.analysis.clashes.find(({ rules }) => named(rules, pair));
    assert.ok(clash, `${pair.join(' against ')} is not found`);
    const { fired, collisions } = whole.replay(clash.answer.witness);
    assert.ok(
      pair.every(rule => fired.has(rule)) && collisions.of(pair[0]!).has([...pair].sort().join('+')),
      JSON.stringify(clash.answer.witness),
    );
    assert.ok(whole.findings.some(({ code, rules = [] }) => code === 'conflicting-effects' && pair.every(rule => rules.includes(rule))));
  }
  const { conflicts } = outcomeOf(whole, patient, facts);
  assert.ok(
    pairs.some(pair => conflicts.some(({ rules }) => pair.every(rule => rules.includes(rule)))),
    `${patient} does not show it`,
  );
}

function disagreement({ ruleSet, stricter, looser, patient, facts }: Disagreeing): void {
  const whole = sampleWhole(ruleSet);
  const found = whole.analysis.disagreements.find(one => one.stricter.id === stricter);
  assert.ok(found);
  assert.ok(found.looser.some(({ id }) => id === looser));
  const { fired, decisions } = whole.replay(found.answer.witness);
  assert.ok(fired.has(stricter) && found.looser.some(({ id }) => fired.has(id)));
  assert.equal(decisions.get('clearance'), 'contraindicated');
  const finding = whole.findings.find(({ code, names }) => code === 'disagreement' && names.includes(stricter) && names.includes(looser));
  assert.equal(finding?.severity, 'information');
  const outcome = outcomeOf(whole, patient, facts);
  for (const rule of [stricter, looser])
    assert.ok(
      outcome.rules.some(({ id, status }) => id === rule && status === 'fired'),
      `${rule} does not fire for ${patient}`,
    );
}

function gap({ ruleSet, finding, patient, facts }: Missing): void {
  const whole = sampleWhole(ruleSet);
  const found = whole.findings.find(({ id }) => id === finding);
  assert.ok(found?.witness);
  assert.equal(whole.replay(found.witness as never).decisions.get('clearance'), 'no-answer');
  assert.equal(outcomeOf(whole, patient, facts).decisions.clearance?.status, 'no-answer', patient);
}

function outcomeOf({ ruleSet }: Whole, name: string, facts: object = {}): Outcome {
  const base = wholePatient(`samples/bone-metastasis/${name}.patient.json`);
  const patient = extendPatient(readPatient(parseDocument(JSON.stringify({ facts })), 'changed'), base);
  return evaluate(compile(ruleSet), patient, { trace: false });
}

function named(rules: readonly { readonly id: string }[], pair: readonly string[]): boolean {
  return rules.length === pair.length && rules.every(({ id }) => pair.includes(id));
}

function conflictsOf({ findings }: Whole): string[] {
  return findings.filter(({ code }) => code === 'conflicting-effects').map(({ id }) => id);
}

function idsOf(truths: readonly Truth[]): string[] {
  return truths.map(({ id }) => id);
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${String(i + 1).padStart(2, '0')}`);
}
