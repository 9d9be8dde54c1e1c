/** `clinical-rules run`: the outcome as text for a clinician and as JSON for programs. */
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import { cli, folderWith } from '../support/command-line.ts';
import { PATIENT, SMALL } from '../support/small.ts';

const JOHN = PATIENT.replace('"jane"', '"john"')
  .replace('"High calcium"', '"Calcium not known"')
  .replace(/, "calcium": \{.*?\}/, '');

describe('clinical-rules run', () => {
  let folder: ReturnType<typeof folderWith>;
  beforeEach(() => {
    folder = folderWith({ ...SMALL, 'more/john.patient.json': JOHN.replace('rules.clinical', '../rules.clinical') });
  });
  afterEach(() => folder.remove());

  const run = (...args: string[]) => cli(['run', 'rules.clinical.json', ...args], folder.path);

  it('writes a list with one outcome a patient, in the order given, each with the trace of every rule', () => {
    const { code, out, err } = run('more/john.patient.json', 'jane.patient.json', '--format', 'json');
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    const outcomes = JSON.parse(out) as Outcome[];
    assert.deepEqual(
      outcomes.map(({ patient, decisions }) => [patient, decisions.clearance?.status, decisions.clearance?.value]),
      [
        ['john', 'undetermined', null],
        ['jane', 'decided', 'contraindicated'],
      ],
    );
    for (const { rules } of outcomes) assert.ok(rules.length === 2 && rules.every(({ trace }) => trace !== undefined));
  });

  it('writes a list for one patient too, and the same bytes every time', () => {
    const [first, second] = [run('jane.patient.json', '--format', 'json'), run('jane.patient.json', '--format', 'json')];
    assert.equal((JSON.parse(first.out) as Outcome[]).length, 1);
    assert.equal(first.out, second.out);
  });

  it('walks folders of patients', () => {
    const { code, out } = run('.', '--format', 'json');
    assert.equal(code, 0);
    assert.deepEqual((JSON.parse(out) as Outcome[]).map(({ patient }) => patient).sort(), ['jane', 'john']);
  });

  it('puts the decision first in text, then why, then what else there is to say', () => {
    const { code, out } = run('jane.patient.json');
    assert.equal(code, 0);
    const order = [
      'High calcium',
      'Rules 1.0.0',
      'May this patient exercise now?',
      'CONTRAINDICATED',
      '\nWhy',
      'calcium-too-high',
      '\nMissing',
      '\nSources',
      'Guide',
    ];
    const places = order.map(words => out.indexOf(words));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(!places.includes(-1), `${order[places.indexOf(-1)]} is not in:\n${out}`);
    assert.ok(out.split('\n').every(line => line.length <= 140));
  });

  it('says in text what is missing and what it would change', () => {
    const { out } = run('more/john.patient.json');
    assert.match(out, /UNDETERMINED/);
    assert.match(out.slice(out.indexOf('\nMissing')), /Calcium[\s\S]*Contraindicated/i);
  });

  it('never reads the clock', () => {
    const broken = `const Real = Date;
      const stop = () => { throw new Error('the clock was read'); };
      globalThis.Date = class extends Real { constructor(...parts) { if (parts.length === 0) stop(); super(...parts); } static now() { stop(); } };`;
    writeFileSync(folder.at('no-clock.cjs'), broken);
    const withoutClock = { NODE_OPTIONS: `--require ${folder.at('no-clock.cjs')}` };
    for (const format of ['text', 'json']) {
      const args = ['rules.clinical.json', 'jane.patient.json', '--format', format];
      assert.deepEqual(cli(['run', ...args], folder.path, withoutClock), cli(['run', ...args], folder.path));
    }
    assert.equal(cli(['check', '.', '--as-of', '2026-11-22'], folder.path, withoutClock).code, 0);
    assert.equal(cli(['check', '.'], folder.path, withoutClock).code, 1);
  });

  it('tells when the files are given in the wrong order', () => {
    const { code, err } = cli(['run', 'jane.patient.json', 'rules.clinical.json'], folder.path);
    assert.equal(code, 2);
    assert.match(err, /write the rule set first/);
  });

  it('takes no rule set for a patient, and no link that leads back to itself', () => {
    symlinkSync('turn.patient.json', folder.at('turn.patient.json'));
    for (const [path, words] of [
      ['rules.clinical.json', /is a rule set/],
      ['turn.patient.json', /no such file/],
      ['', /path is empty/],
    ] as const) {
      const { code, out, err } = run(path);
      assert.deepEqual({ code, out }, { code: 2, out: '' }, path);
      assert.match(err, words);
    }
  });
});
