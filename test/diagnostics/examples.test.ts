/** Every example of every diagnostic is a test: its markers say what is found where, `fixed` what its fixes make of it. */
import assert from 'node:assert/strict';
import { toldOf } from '../../server/src/analysed.ts';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import { check, FORM_CODES } from '../../server/src/diagnostics/check.ts';
import type { Example, Rule, RuleSetSubject, Subject, WaivableFinding } from '../../server/src/diagnostics/define.ts';
import { digestOf } from '../../server/src/digest.ts';
import { loadUnits } from '../../server/src/model/units.ts';
import { replayWith } from '../../server/src/replay.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { diagnosticFiles } from '../support/diagnostic-files.ts';
import { withMarkers, withoutMarkers } from '../support/markers.ts';
import { subjectOf } from '../support/subject.ts';

// Some examples name units that only the library knows.
before(loadUnits);

for (const { code, rule, examples } of diagnosticFiles) {
  describe(code, () => {
    for (const example of examples) it(example.name, () => checkExample(rule, example));
  });
}

describe('examples', () => {
  it('leave things out, but are otherwise as the schema asks', () => {
    for (const { code, examples } of diagnosticFiles) {
      if (FORM_CODES.has(code)) continue;
      for (const example of examples) {
        const { schemaProblems } = subjectOf({ ...example, text: withoutMarkers(example.text) });
        assert.deepEqual(
          schemaProblems.filter(({ kind }) => kind !== 'missing-property'),
          [],
          `${code}: ${example.name}`,
        );
      }
    }
  });
});

function checkExample(rule: Rule, example: Example): void {
  const text = withoutMarkers(example.text);
  const diagnostics = check(told(rule, { ...example, text }), [rule]);
  assert.equal(withMarkers(text, diagnostics), example.text);
  assert.equal(new Set(diagnostics.map(({ id }) => id)).size, diagnostics.length, 'each finding has an identity of its own');
  if (example.fixed === undefined) return;

  const fixed = applyEdits(
    text,
    diagnostics.flatMap(({ fix }) => fix?.edits ?? []),
  );
  assert.equal(fixed, example.fixed);
  assert.deepEqual(check(told(rule, { ...example, text: fixed }), [rule]), [], 'a fix leaves nothing to report');
}

/** The example with all that the diagnostic needs: the analysis of the whole where it rests on that. */
function told({ analysed }: Rule, example: Example): Subject {
  const subject = subjectOf(example);
  if (!analysed || subject.kind !== 'rule-set') return subject;
  const analysis = analyse(subject.ruleSet, replayWith(subject.ruleSet));
  return { ...subject, analysis, found: foundIn(subject, analysis) };
}

function foundIn({ ruleSet, ...subject }: RuleSetSubject, analysis: Analysis): WaivableFinding[] {
  const plain = check({ ...subject, ruleSet }).map(one => ({ ...one, digest: digestOf(one, ruleSet) }));
  return [...plain, ...[...toldOf(ruleSet, analysis).findings.values()].flat()];
}
