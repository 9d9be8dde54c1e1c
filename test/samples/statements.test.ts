/** Each of the 164 statements of the five source documents is in the samples exactly once, with the source it comes from. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RuleSetFile, SourceReference } from '../../server/src/model/rule-set.ts';
import { ruleSetFile, ruleSetFiles, whole } from './load.ts';

const STATEMENT = /^R\d{3}-\d{2}$/;
/** Ids of the statements and what kind each is. */
const statements = JSON.parse(readFileSync('test/samples/statements.json', 'utf8')) as Record<string, string>;
/** Which file holds the statements of which document, and under which source. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  R000: 'pt-approaches',
  R001: 'lower-back-pain',
  R002: 'understanding-bone-metastases',
  R003: 'bone-metastasis-review',
  R004: 'treatment-choices',
};
/** Kinds that a rule must execute; of the others some have no logic and are notes. */
const EXECUTABLE = new Set(['contraindication', 'band', 'ban', 'limit', 'precondition', 'site', 'score_use']);

interface Citation {
  readonly statement: string;
  readonly by: string;
  readonly executed: boolean;
  readonly file: string;
  readonly source: string | undefined;
}

const citations = ruleSetFiles.map(ruleSetFile).flatMap(citationsIn);

describe('statements of the source documents', () => {
  it('are 164', () => assert.equal(Object.keys(statements).length, 164));

  for (const [statement, kind] of Object.entries(statements)) {
    it(`${statement} (${kind}) is there once`, () => {
      const found = citations.filter(citation => citation.statement === statement);
      assert.equal(found.length, 1, `cited by ${found.map(({ by, file }) => `${by} in ${file}`).join(', ') || 'nothing'}`);
      const document = DOCUMENTS[statement.slice(0, 4)];
      assert.equal(found[0]!.file, `samples/bone-metastasis/${document}.clinical.json`);
      assert.equal(found[0]!.source, document);
      if (EXECUTABLE.has(kind)) assert.ok(found[0]!.executed, `${statement} is a ${kind}: a rule must execute it, not a note`);
    });
  }

  it('are all known', () => {
    const strangers = citations.filter(({ statement }) => STATEMENT.test(statement) && !Object.hasOwn(statements, statement));
    assert.deepEqual(strangers, []);
  });

  it('come together in the rule set that uses all five', () => {
    const linked = whole('samples/bone-metastasis/all-five.clinical.json');
    assert.deepEqual(linked.problems, []);
    const inWhole = linked.ruleSet.files.flatMap(citationsIn).map(({ statement }) => statement);
    assert.deepEqual(inWhole.filter(statement => STATEMENT.test(statement)).sort(), Object.keys(statements).sort());
  });
});

function citationsIn(file: RuleSetFile): readonly Citation[] {
  const items = [
    ...[...file.rules.values()].map(item => ({ item, executed: true })),
    ...[...file.thresholds.values()].map(item => ({ item, executed: true })),
    ...[...file.scores.values(), ...file.derived.values()].map(item => ({ item, executed: true })),
    ...[...file.notes.values()].map(item => ({ item, executed: false })),
  ];
  return items.flatMap(({ item, executed }) => places(item.source).map(cited => ({ ...cited, by: item.id, executed, file: file.file })));
}

function places(source: SourceReference | undefined): readonly { statement: string; source: string | undefined }[] {
  return (source?.at ?? []).map(({ value }) => ({ statement: value, source: source?.source?.value }));
}
