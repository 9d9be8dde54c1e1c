/** A table of cases that cannot be read as it was meant. */
import type { CaseProblem } from '../../model/case-table.ts';
import { defineRule, type Example, type Finding, type PatientSubject, placedAtTable } from '../define.ts';
import { quoted } from '../words.ts';

export const rule = defineRule<CaseProblem>({
  code: 'malformed-cases',
  severity: 'error',
  summary: 'A table of cases has a column or a row that cannot be read.',
  docs: `
A cell whose column is not understood, or that slipped into another column, would test something else than its author meant. A column is \`case\` (the name
of the row), a fact (\`age in a\`, \`lesions.a.site\`), a component of a score (\`sins.pain\`, \`lesions.a.sins.pain\`), its date (\`sins.on\`), whether a record is left out (\`lesions.a.remove\`) or a list complete (\`lesions.complete\`), or something expected:
\`expected.decisions.ID\`, \`expected.totals.SCORE\`, \`expected.bands.SCORE\` (both also with \`.RECORD\`), \`expected.fired\`, \`expected.notFired\`, \`expected.missing\`,
\`expected.statements\`, \`expected.proposed\`, and in a patient’s own table \`expected.effects\` and \`expected.noEffects\`. Every row has one cell for each.
`,

  find: subject => (subject.kind === 'patient' ? (subject.caseProblems ?? []) : []),

  say: (problem, subject) => {
    const finding: Finding = {
      span: problem.span,
      message: WORDS[problem.kind](problem.data),
      names: [problem.kind, String(problem.span.start)],
    };
    return problem.file === subject.file ? finding : placedAtTable(finding, problem.file, subject as PatientSubject);
  },
});

const WORDS: Readonly<Record<CaseProblem['kind'], (data: CaseProblem['data']) => string>> = {
  column: ({ name = '' }) =>
    `The column ${quoted(name)} is not understood, so its cells are not read. Write a fact (“age in a”), a component (“sins.pain”), “case”, or something expected (“expected.decisions.clearance”).`,
  'double-column': ({ name = '' }) => `There is another column for ${quoted(name)}, so only one of the two counts. Take one away.`,
  cells: ({ cells = '', columns = '' }) =>
    `This row has ${cells} cells for ${columns} columns, so values may stand in the wrong column. Write one cell for each column.`,
  quote: () =>
    'This cell begins with a quote that does not end it, so what follows may be read wrongly. Double a quote that belongs to the text.',
  form: () => 'A table has either "columns" and "rows", or "csv" with the path of a file that holds both. Write one of the two.',
};

const ruleSet = `{ "id": "main", "title": "Main", "version": "1.0.0",
  "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" }, "frail": { "title": "Frail", "type": "boolean" } },
  "rules": [ { "id": "old", "when": { "fact": "age", "atLeast": 65 }, "then": [] } ] }`;

export const examples: Example[] = [
  {
    name: 'Columns and cells',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "cases": { "ruleSet": "main",
    "columns": ["case", "age in a", "expected.fired",
      "expected.rules",
      ^^^^^^^^^^^^^^^^ error: The column “expected.rules” is not understood, so its cells are not read. Write a fact (“age in a”), a component (“sins.pain”), “case”, or something expected (“expected.decisions.clearance”).
      "age"],
      ^^^^^ error: There is another column for “age”, so only one of the two counts. Take one away.
    "rows": [
      ["old", 70],
      ^^^^^^^^^^^ error: This row has 2 cells for 5 columns, so values may stand in the wrong column. Write one cell for each column.
      ["older", 80, "old", "", ""] ] } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'In a CSV file',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "cases": { "ruleSet": "main",
    "csv": "edges.csv" } }
           ^^^^^^^^^^^ error: In “edges.csv”: This cell begins with a quote that does not end it, so what follows may be read wrongly. Double a quote that belongs to the text.
`,
    files: { 'rules.clinical.json': ruleSet, 'edges.csv': 'case,age in a,expected.fired\n"old" age,70,old\n' },
  },
  {
    name: 'Neither rows nor a file',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"],
  "cases": { "ruleSet": "main" } }
           ^^^^^^^^^^^^^^^^^^^^^ error: A table has either "columns" and "rows", or "csv" with the path of a file that holds both. Write one of the two.
`,
    files: { 'rules.clinical.json': ruleSet },
  },
  {
    name: 'A table that can be read',
    patient: true,
    text: `
{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["rules.clinical.json"], "cases": { "ruleSet": "main",
    "columns": ["case", "age in a", "expected.fired", "expected.notFired"], "rows": [["64", 64, "", "old"], ["65", 65, ["old"], ""]] } }
`,
    files: { 'rules.clinical.json': ruleSet },
  },
];
