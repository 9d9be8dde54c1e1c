/** Tables of cases: rows of a patient file, or of a CSV file beside it, become patients that extend it. */
import assert from 'node:assert/strict';
import { check } from '../../server/src/diagnostics/check.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const RULES = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a", "alsoIn": { "mo": 12 } }, "frail": { "title": "Frail", "type": "boolean" } },
  "groups": { "lesions": { "title": "Lesion", "facts": { "size": { "title": "Size", "type": "integer" } } } },
  "scores": { "risk": { "title": "Risk", "components": { "a": { "title": "A", "options": { "no": 0, "yes": 1 } }, "b": { "title": "B", "options": { "no": 0, "yes": 2 } } } } } }`;
const HEAD = '"id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"]';
const BASE = `${HEAD}, "facts": { "age": { "value": 60, "unit": "a" }, "frail": false },
  "scores": { "risk": { "on": "2026-11-01", "options": { "a": "yes", "b": "no" } } }, "groups": { "lesions": { "records": [ { "id": "x" }, { "id": "y" } ] } }`;

function memoryFilesIn(files: Readonly<Record<string, string>>): MemoryFiles {
  return new MemoryFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/${name}`, text])));
}

function rows(cases: object, csv?: string): { patients: readonly Patient[]; found: readonly string[] } {
  const text = `{ ${BASE}, "cases": ${JSON.stringify(cases)} }`;
  const files = { 'rules.clinical.json': RULES, 'p.patient.json': text, ...(csv !== undefined && { 'edges.csv': csv }) };
  const workspace = new Workspace(memoryFilesIn(files), () => undefined);
  const [file] = workspace.known().filter(known => known.endsWith('p.patient.json'));
  const found = check(workspace.subject(file!)!).map(
    ({ code, message, span }) => `${code} ${text.slice(span.start, span.end)}: ${message}`,
  );
  return { patients: workspace.patient(file!)!.cases.map(({ patient }) => patient), found };
}

/** What matters of a patient, as short text. */
function shown({ id, title, facts, scores, groups, expected }: Patient): string {
  const values = [...facts.values()].map(
    fact => `${fact.id}=${fact.values.map(({ value, unit }) => `${value}${unit?.value ?? ''}`).join('|')}`,
  );
  const options = [...scores.values()].map(
    score => `${score.on?.value} ${[...score.options.values()].map(each => each.values.map(({ value }) => value).join('|'))}`,
  );
  const records = [...groups.values()].flatMap(group =>
    group.records.map(
      record => `${record.id}${[...record.facts.values()].map(fact => `.${fact.id}=${fact.values.map(({ value }) => value).join('|')}`)}`,
    ),
  );
  const wanted = expected.map(each =>
    [
      each.ruleSet?.value,
      ...each.fired.map(({ value }) => value),
      ...[...each.totals].map(([score, totals]) => `${score}:${[...totals.values()].map(total => total.kind)}`),
    ].join(' '),
  );
  return [id?.value, title, ...values, ...options, ...records, ...wanted].join('; ');
}

describe('tables of cases', () => {
  it('state only what differs, in the column’s unit or their own', () => {
    const { patients, found } = rows({
      ruleSet: 'main',
      columns: ['case', 'age in a', 'frail', 'risk.b', 'lesions.y.size', 'expected.totals.risk', 'expected.fired'],
      rows: [
        ['Young', 17, true, 'yes', 3, 3, ''],
        ['In months', { value: 200, unit: 'mo' }, '', '', '', { within: [1, 3] }, []],
        ['Either', { oneOf: [17, 18] }, null, { oneOf: ['no', 'yes'] }, '', '', ''],
      ],
    });
    assert.deepEqual(found, []);
    assert.deepEqual(patients.map(shown), [
      'p-1; Young; age=17a; frail=true; 2026-11-01 yes,yes; x; y.size=3; main risk:exactly',
      'p-2; In months; age=200mo; frail=false; 2026-11-01 yes,no; x; y; main risk:within',
      'p-3; Either; age=17a|18a; frail=; 2026-11-01 yes,no|yes; x; y',
    ]);
  });

  it('say the same in a CSV file', () => {
    const { patients, found } = rows(
      { ruleSet: 'main', csv: 'edges.csv' },
      'case,age in a,frail,risk.b,lesions.y.size,expected.totals.risk,expected.missing\r\n"Young, and ""frail""",17,true,yes,3,3,\r\n\r\nIn months,200 mo,,,,1..3,age|frail\nEither,17|18,null,no|yes,,,',
    );
    assert.deepEqual(found, []);
    assert.deepEqual(patients.map(shown), [
      'p-1; Young, and "frail"; age=17a; frail=true; 2026-11-01 yes,yes; x; y.size=3; main risk:exactly',
      'p-2; In months; age=200mo; frail=false; 2026-11-01 yes,no; x; y; main risk:within',
      'p-3; Either; age=17a|18a; frail=; 2026-11-01 yes,no|yes; x; y',
    ]);
    assert.deepEqual(
      patients[1]!.expected[0]!.missing.map(({ value }) => value),
      ['age', 'frail'],
    );
  });

  it('take semicolons where a spreadsheet writes them', () => {
    const { patients } = rows({ ruleSet: 'main', csv: 'edges.csv' }, 'case;age in a\n"a;b";17\n');
    assert.deepEqual(
      patients.map(({ title, facts }) => [title, facts.get('age')?.values[0]?.value.toString()]),
      [['a;b', '17']],
    );
  });

  it('tell wrong values at the cell, a wrong column once', () => {
    const { found } = rows({
      ruleSet: 'main',
      columns: ['agee', 'frail', 'age in kg'],
      rows: [
        [1, 'maybe', 5],
        [2, true, 6],
      ],
    });
    assert.deepEqual(
      found.map(text => text.slice(0, text.indexOf(':'))),
      ['patient-unknown-name "agee"', 'patient-wrong-type "maybe"', 'patient-undeclared-unit 5', 'patient-undeclared-unit 6'],
    );
  });

  it('tell a CSV file that is not there, and what is wrong in one where the patient names it', () => {
    assert.match(rows({ ruleSet: 'main', csv: 'edges.csv' }).found.join(), /^missing-file "edges.csv"/);
    const { found } = rows({ ruleSet: 'main', csv: 'edges.csv' }, 'case,frail\nA,maybe\nB,true,more');
    assert.equal(found.length, 2);
    assert.match(found[0]!, /^malformed-cases "edges.csv": In “edges.csv”: This row has 3 cells for 2 columns/);
    assert.match(found[1]!, /^patient-wrong-type "edges.csv": In “edges.csv”: /);
  });

  it('change with the CSV file', () => {
    const files = memoryFilesIn({
      'rules.clinical.json': RULES,
      'p.patient.json': `{ ${HEAD}, "cases": { "ruleSet": "main", "csv": "edges.csv" } }`,
      'edges.csv': 'frail\ntrue',
    });
    const workspace = new Workspace(files, () => undefined);
    const file = workspace.known().find(known => known.endsWith('p.patient.json'))!;
    assert.deepEqual(check(workspace.subject(file)!), []);
    workspace.takeAffected();
    const csv = file.replace('p.patient.json', 'edges.csv');
    workspace.setText(csv, 'frail\nmaybe');
    assert.ok(workspace.takeAffected().includes(file));
    assert.equal(check(workspace.subject(file)!).length, 1);
  });
});

describe('patients that extend each other in a circle', () => {
  it('are told, each at its own “extends”', () => {
    const one = (id: string, base: string) => `{ "id": "${id}", "title": "T", "extends": "${base}.patient.json" }`;
    const workspace = new Workspace(
      memoryFilesIn({ 'a.patient.json': one('a', 'b'), 'b.patient.json': one('b', 'a'), 'c.patient.json': one('c', 'a') }),
      () => undefined,
    );
    const told = workspace.known().map(file =>
      check(workspace.subject(file)!)
        .filter(({ code }) => code === 'uses-cycle')
        .map(({ message }) => message),
    );
    assert.deepEqual(
      told.map(messages => messages.length),
      [1, 1, 0],
    );
    assert.match(told[0]![0]!, /“b\.patient\.json” leads back to this file \(b\.patient\.json → a\.patient\.json\)/);
  });
});
