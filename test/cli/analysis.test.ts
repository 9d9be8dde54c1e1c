/** `clinical-rules check` on rule sets as wholes: conflicts, gaps, proofs, witnesses and waivers. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Report } from '../../server/src/cli/report.ts';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { cli, folderWith } from '../support/command-line.ts';

const RULE_SET = {
  id: 'walking',
  title: 'Walking',
  version: '1.0.0',
  complete: true,
  sources: { book: { title: 'A book' } },
  activities: { walking: { title: 'Walking' } },
  facts: { pain: { title: 'Pain', type: 'integer', minimum: 0, maximum: 10, required: true } },
  decisions: { clearance: { title: 'May this patient walk?', values: ['no', 'yes'], resolve: 'strictest', mustDecide: true } },
  rules: [
    rule('mild', { atMost: 5 }, [{ decide: 'clearance', as: 'yes' }, { recommend: 'walking' }]),
    rule('severe', { atLeast: 7 }, [{ decide: 'clearance', as: 'no' }]),
    rule('sore', { atLeast: 5 }, [{ forbid: 'walking' }]),
  ],
};
const CONFLICT = 'conflicting-effects:mild,sore';
const GAP = 'missing-rule:clearance,patient';

function rule(id: string, test: object, then: readonly object[]) {
  return { id, title: id, when: { fact: 'pain', ...test }, then, source: { id: 'book' } };
}

describe('clinical-rules check on a whole', () => {
  let folder: ReturnType<typeof folderWith>;
  afterEach(() => folder.remove());

  const report = (ruleSet: object, ...args: string[]) => {
    folder = folderWith({ 'walking.clinical.json': JSON.stringify(ruleSet) });
    const { code, out, err } = cli(['check', '.', '--format', 'json', '--as-of', '2026-11-22', ...args], folder.path);
    assert.equal(err, '');
    return { code, ...(JSON.parse(out) as Report) };
  };
  const ids = (found: Report) => found.findings.map(({ id }) => id).sort();

  it('finds the conflict and the gap, each with a patient', () => {
    const found = report(RULE_SET);
    assert.deepEqual(ids(found), [CONFLICT, GAP]);
    assert.equal(found.code, 1);
    const facts = found.findings.map(({ witness }) => (witness as { facts: object }).facts);
    assert.deepEqual(
      facts.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
      [{ pain: 5 }, { pain: 6 }],
    );
    assert.deepEqual(
      found.proved.map(({ text }) => text),
      ['Each of 3 rules holds for some patient in scope.'],
    );
  });

  it('an override clears the conflict, a rule the gap, and both are then proved', () => {
    const { rules } = RULE_SET;
    const override = { override: { rules: ['mild'], reason: 'Pain first' } };
    const mended = [rules[0], rules[1], { ...rules[2], ...override }, rule('more', { is: 6 }, [{ decide: 'clearance', as: 'no' }])];
    const found = report({ ...RULE_SET, rules: mended });
    // At 5 nobody answers any more: what overrides must decide too. So a second rule is needed, and found missing.
    assert.deepEqual(ids(found), [GAP]);
    const whole = report({ ...RULE_SET, rules: [...mended, rule('sore-too', { is: 5 }, [{ decide: 'clearance', as: 'no' }])] });
    assert.deepEqual(ids(whole), []);
    assert.equal(whole.code, 0);
    assert.deepEqual(
      whole.proved.map(({ text }) => text),
      [
        '“May this patient walk?” is answered for every patient in scope.',
        'No two of 5 rules conflict for any patient in scope.',
        'Each of 5 rules holds for some patient in scope.',
      ],
    );
  });

  it('says what it could not prove with too few steps', () => {
    const { notProved, proved } = report(RULE_SET, '--budget', '1');
    assert.deepEqual(proved, []);
    assert.ok(notProved.length > 0 && notProved.every(({ text }) => text.includes('the steps allowed for the analysis ran out')));
  });

  it('writes witnesses as sample patients that are sound and show what was found', () => {
    folder = folderWith({ 'walking.clinical.json': JSON.stringify(RULE_SET) });
    cli(['check', '.', '--witness', 'shown', '--as-of', '2026-11-22'], folder.path);
    assert.deepEqual(readdirSync(folder.at('shown')).sort(), [
      'conflicting-effects-mild-sore.patient.json',
      'missing-rule-clearance-patient.patient.json',
    ]);
    const { findings } = JSON.parse(cli(['check', 'shown', '--format', 'json'], folder.path).out) as Report;
    assert.deepEqual(findings, []);
    const { out, err } = cli(['run', 'walking.clinical.json', 'shown', '--format', 'json'], folder.path);
    assert.equal(err, '');
    const [conflict, gap] = JSON.parse(out) as Outcome[];
    assert.deepEqual(conflict!.conflicts[0]?.rules, ['mild', 'sore']);
    assert.equal(gap!.decisions.clearance?.status, 'no-answer');
    // The schemas lie beside the command, in no folder of this project: a file knows its form by its name.
    assert.doesNotMatch(readFileSync(folder.at('shown/missing-rule-clearance-patient.patient.json'), 'utf8'), /schema/);
  });

  it('overwrites no witness that is there: the same is left, beside another the next name is taken', () => {
    folder = folderWith({ 'walking.clinical.json': JSON.stringify(RULE_SET) });
    const write = () => {
      cli(['check', 'walking.clinical.json', '--witness', 'shown', '--as-of', '2026-11-22'], folder.path);
      return readdirSync(folder.at('shown')).sort();
    };
    const names = write();
    const texts = () => names.map(name => readFileSync(folder.at(`shown/${name}`), 'utf8'));
    const before = texts();
    assert.deepEqual(write(), names);
    const mine = before.map(text => text.replace('"title": "', '"title": "Mine: '));
    for (const [i, name] of names.entries()) writeFileSync(folder.at(`shown/${name}`), mine[i]!);
    const others = names.map(name => name.replace('.patient', '-2.patient'));
    assert.deepEqual(write(), [...names, ...others].sort());
    assert.deepEqual(write(), [...names, ...others].sort());
    assert.deepEqual(texts(), mine);
    for (const name of others) assert.equal(`${JSON.parse(readFileSync(folder.at(`shown/${name}`), 'utf8')).id}.patient.json`, name);
  });

  it('names the schema of the project itself in a witness', () => {
    mkdirSync('out', { recursive: true });
    const shown = mkdtempSync(resolve('out/witness-'));
    try {
      const file = join(shown, 'walking.clinical.json');
      writeFileSync(file, JSON.stringify(RULE_SET));
      cli(['check', file, '--witness', shown, '--as-of', '2026-11-22']);
      const { $schema } = JSON.parse(readFileSync(join(shown, 'missing-rule-clearance-patient.patient.json'), 'utf8')) as {
        $schema: string;
      };
      assert.equal($schema, '../../schemas/patient.schema.json');
      const elsewhere = folderWith({});
      folder = elsewhere;
      cli(['check', file, '--witness', elsewhere.path, '--as-of', '2026-11-22']);
      assert.doesNotMatch(readFileSync(elsewhere.at('missing-rule-clearance-patient.patient.json'), 'utf8'), /schema/);
    } finally {
      rmSync(shown, { recursive: true });
    }
  });

  it('waives by identity until what was found changes its meaning', () => {
    const waiver = { finding: CONFLICT, reason: 'Both are in the source', by: 'A. Reviewer', until: '2027-01-01' };
    const digests = report({ ...RULE_SET, waivers: [{ ...waiver, digest: '0' }] });
    assert.deepEqual(ids(digests), [CONFLICT, `lapsed-waiver:${CONFLICT}`, GAP].sort());
    const digest = /write “([0-9a-f]{16})”/.exec(digests.findings.find(({ code }) => code === 'lapsed-waiver')!.message)![1]!;
    folder.remove();
    const waived = report({ ...RULE_SET, waivers: [{ ...waiver, digest }] });
    assert.deepEqual([waived.code, waived.findings.find(({ id }) => id === CONFLICT)?.waived], [0, true]);
    folder.remove();
    const other = RULE_SET.rules.map(one => (one.id === 'sore' ? rule('sore', { atLeast: 4 }, [{ forbid: 'walking' }]) : one));
    const lapsed = report({ ...RULE_SET, rules: other, waivers: [{ ...waiver, digest }] });
    assert.deepEqual([lapsed.code, ids(lapsed).includes(`lapsed-waiver:${CONFLICT}`)], [1, true]);
  });

  it('counts a waiver until its date, and says that it has ended', () => {
    const waiver = { finding: CONFLICT, reason: 'Both are in the source', by: 'A. Reviewer' };
    const last = report({ ...RULE_SET, waivers: [{ ...waiver, until: '2026-11-22' }] });
    assert.deepEqual([last.code, last.findings.find(({ id }) => id === CONFLICT)?.waived], [0, true]);
    folder.remove();
    const ended = report({ ...RULE_SET, waivers: [{ ...waiver, until: '2026-11-21' }] });
    assert.deepEqual([ended.code, ids(ended)], [1, [CONFLICT, `expired-waiver:${CONFLICT}`, GAP].sort()]);
    assert.ok(!ended.findings.find(({ id }) => id === CONFLICT)?.waived);
  });

  it('calls a waiver of what is not found needless', () => {
    const waiver = { finding: 'conflicting-effects:mild,severe', reason: 'No more', by: 'A. Reviewer', until: '2027-01-01' };
    assert.ok(ids(report({ ...RULE_SET, waivers: [waiver] })).includes('unneeded-waiver:conflicting-effects:mild,severe'));
  });

  it('explains a diagnostic', () => {
    folder = folderWith({});
    const { code, out } = cli(['check', '--explain', 'missing-rule'], mkdtempSync(join(folder.path, 'x')));
    assert.equal(code, 0);
    assert.match(out, /^missing-rule \(warning\)\n\nFor some patient/);
  });
});
