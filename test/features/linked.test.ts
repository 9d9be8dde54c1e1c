/** Linked editing by example, and at every place of the samples. */
import assert from 'node:assert/strict';
import { linkedSpans } from '../../server/src/features/linked.ts';
import { samples } from '../support/sample-workspace.ts';
import { opened } from './cursor.ts';

/** `⟦…⟧` mark the places that change together with the one at the cursor. */
function check(marked: string, others: Readonly<Record<string, string>> = {}): void {
  const { workspace, file, offset, spans } = opened({ ...others, '/r.clinical.json': marked });
  const linked = linkedSpans(workspace, file, offset);
  assert.deepEqual(
    [...(linked ?? [])].sort((a, b) => a.start - b.start),
    spans.get(file),
  );
}

const HEAD = '"id": "r", "title": "R", "version": "1.0.0"';

describe('linked editing', () => {
  it('takes a fact, where it is declared and where it is used', () => {
    check(
      `{ ${HEAD}, "facts": { "⟦fe‸ver⟧": { "title": "Fever", "type": "boolean" } }, "appliesTo": { "not": { "fact": "⟦fever⟧", "is": true } } }`,
    );
    check(`{ ${HEAD}, "facts": { "⟦fever⟧": { "title": "fever", "type": "boolean" } }, "appliesTo": { "fact": "⟦fever‸⟧", "is": true } }`);
  });

  it('keeps things of one name apart', () => {
    check(
      `{ ${HEAD}, "facts": { "⟦a‸⟧": { "title": "A", "type": "code", "values": ["a"] } }, "phases": { "a": { "title": "A" } }, "appliesTo": { "fact": "⟦a⟧", "is": "a" } }`,
    );
  });

  it('refuses what another file names too: a rename takes that along', () => {
    const patient = (blanks: number) =>
      `{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["r.clinical.json"],${' '.repeat(blanks)}"facts": { "fever": true } }`;
    const rules = `{ ${HEAD}, "description": "${'x'.repeat(60)}", "facts": { "fe‸ver": { "title": "Fever", "type": "boolean" } } }`;
    // At the same place in both: only the file tells them apart.
    const other = patient(rules.indexOf('"fe') - patient(0).indexOf('"fever"'));
    assert.equal(other.indexOf('"fever"'), rules.indexOf('"fe'));
    check(rules, { '/p.patient.json': other });
  });

  for (const [what, marked] of [
    ['paths', `{ ${HEAD}, "uses": ["x‸.clinical.json"] }`],
    ['names that nothing declares', `{ ${HEAD}, "appliesTo": { "fact": "fe‸ver", "is": true } }`],
    ['titles', `{ ${HEAD}, "facts": { "fever": { "title": "fe‸ver", "type": "boolean" } } }`],
    ['keys of the language', `{ ${HEAD}, "fac‸ts": {} }`],
    ['names written with escapes', `{ ${HEAD}, "facts": { "\\u0061‸": { "title": "A", "type": "boolean" } } }`],
  ] as const)
    it(`refuses ${what}`, () => check(marked));

  it('gives places that read the same, wherever the cursor is in the samples', () => {
    const workspace = samples();
    let found = 0;
    for (const file of workspace.known().filter((_, i) => i % 9 === 0)) {
      const snapshot = workspace.snapshot(file);
      assert.ok(typeof snapshot !== 'string');
      for (let offset = 0; offset <= snapshot.text.length; offset += 7) {
        const spans = linkedSpans(workspace, file, offset) ?? [];
        const words = new Set(spans.map(({ start, end }) => snapshot.text.slice(start, end)));
        if (spans.length > 0) assert.ok(words.size === 1 && spans.some(({ start, end }) => start - 1 <= offset && offset <= end + 1));
        found += spans.length > 1 ? 1 : 0;
      }
    }
    assert.ok(found > 100);
  });
});
