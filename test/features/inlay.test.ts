/** Inlay hints as they stand in the text: `⟪…⟫` is what the editor shows. */
import assert from 'node:assert/strict';
import { type HintChoice, hintsIn } from '../../server/src/features/inlay.ts';
import { forSeeds } from '../support/random.ts';
import { randomlyEdited } from '../support/random-json.ts';
import { samples } from '../support/sample-workspace.ts';
import { seeded } from '../support/seeded.ts';
import { opened } from './cursor.ts';

const ALL: HintChoice = { totals: true, units: true, titles: true, bands: true };
const NONE: HintChoice = { totals: false, units: false, titles: false, bands: false };
const EVERYTHING = { start: 0, end: Number.MAX_SAFE_INTEGER };

/** The text with the hints that are shown in it must be `shown`. */
function check(shown: string, choice: Partial<HintChoice>, others: Readonly<Record<string, string>> = {}): void {
  const text = shown.replace(/⟪[^⟫]*⟫/g, '');
  const { workspace, file } = opened({ '/r.clinical.json': text, ...others });
  assert.equal(withHints(text, hintsIn(workspace, file, EVERYTHING, { ...NONE, ...choice })), shown);
}

function withHints(text: string, hints: readonly { readonly offset: number; readonly text: string }[]): string {
  return [...hints].reverse().reduce((result, hint) => `${result.slice(0, hint.offset)}⟪${hint.text}⟫${result.slice(hint.offset)}`, text);
}

const HEAD = '"id": "r", "title": "R", "version": "1.0.0"';
const CALCIUM =
  '"calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "minimum": 0, "maximum": 6, "alsoIn": { "mg/dL": 4.008 } }';
const AGE = '"age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 0, "maximum": 120 }';

describe('inlay hints', () => {
  it('say the totals a score can have', () => {
    check(
      `{ ${HEAD}, "scores": { "s"⟪total 0 to 4⟫: { "title": "S", "components": { "a": { "title": "A", "options": { "x": 0, "y": 3 } }, "b": { "title": "B", "options": { "x": 0, "y": 1 } } } } } }`,
      { totals: true },
    );
  });

  it('say a bound in the other units of its fact', () => {
    const facts = `"facts": { ${CALCIUM}, ${AGE} }`;
    check(
      `{ ${HEAD}, ${facts}, "appliesTo": { "all": [{ "fact": "calcium", "atLeast": 14⟪= ≈3.49 mmol/L⟫, "unit": "mg/dL" }, { "fact": "calcium", "above": 0.5⟪= ≈2 mg/dL⟫ }, { "fact": "age", "below": 24⟪= 2 years⟫, "unit": "mo" }, { "fact": "age", "below": 18, "unit": "a" }] } }`,
      { units: true },
    );
  });

  it('say nothing where the author gives a cut-off for each unit, nor for what has no factor', () => {
    check(`{ ${HEAD}, "facts": { ${CALCIUM} }, "appliesTo": { "fact": "calcium", "above": { "mmol/L": 3.5, "mg/dL": 14 } } }`, {
      units: true,
    });
    check(
      `{ ${HEAD}, "facts": { "t": { "title": "T", "type": "quantity", "unit": "Cel" } }, "appliesTo": { "fact": "t", "above": 98, "unit": "[degF]" } }`,
      { units: true },
    );
    check(`{ ${HEAD}, "facts": { ${CALCIUM} }, "appliesTo": { "fact": "calcium", "above": 3, "unit": "nonsense" } }`, { units: true });
  });

  it('say the intervals of a component in the other unit', () => {
    check(
      `{ ${HEAD}, "facts": { ${CALCIUM} }, "scores": { "s": { "title": "S", "components": { "c": { "title": "C", "fact": "calcium", "unit": "mg/dL", "intervals": [{ "below": 10.02⟪= 2.5 mmol/L⟫, "points": 0 }, { "atLeast": 10.02⟪= 2.5 mmol/L⟫, "points": 1 }] } } } } }`,
      { units: true },
    );
  });

  it('say the title of a value where it says more than its name', () => {
    check(
      `{ ${HEAD}, "facts": { "size": { "title": "Size", "type": "code", "values": { "gt50": { "title": "More than half" }, "large": { "title": "Large" } } } }, "appliesTo": { "fact": "size", "in": ["gt50"⟪More than half⟫, "large"] } }`,
      { titles: true },
    );
  });

  it('cut a title that is long', () => {
    const title = 'A title that goes on and on until nobody reads it any more, whatever it says';
    check(
      `{ ${HEAD}, "activities": { "a": { "title": "${title}" } }, "rules": [{ "id": "x", "then": [{ "avoid": "a"⟪${title.slice(0, 47)}…⟫ }] }] }`,
      { titles: true },
    );
  });

  it('say the totals of a band and the test of a threshold', () => {
    check(
      `{ ${HEAD}, "facts": { ${CALCIUM} }, "thresholds": { "high": { "title": "High", "fact": "calcium", "atLeast": 3 } }, "scores": { "s": { "title": "S", "components": { "a": { "title": "A", "options": { "x": 0, "y": 3 } } }, "bands": { "low": { "atMost": 1 }, "top": { "atLeast": 2 } } } }, "appliesTo": { "any": [{ "score": "s", "in": ["low"⟪at most 1⟫, "top"⟪at least 2⟫] }, { "threshold": "high"⟪calcium is at least 3 mmol/L⟫ }] } }`,
      { bands: true },
    );
  });

  it('say in a patient what its options and values are called', () => {
    const rules = `{ ${HEAD}, "scores": { "s": { "title": "S", "components": { "a": { "title": "A", "options": { "x1": { "title": "Less than half", "points": 0 } } } } } } }`;
    const patient =
      '{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["r.clinical.json"], "scores": { "s": { "options": { "a": "x1" } } } }';
    const { workspace } = opened({ '/r.clinical.json': rules, '/p.patient.json': patient });
    assert.equal(
      withHints(patient, hintsIn(workspace, '/p.patient.json', EVERYTHING, ALL)),
      patient.replace('"x1"', '"x1"⟪Less than half⟫'),
    );
  });

  it('are shown only where they are wanted', () => {
    const workspace = samples();
    for (const file of workspace.known()) assert.deepEqual(hintsIn(workspace, file, EVERYTHING, NONE), []);
  });

  it('of a part are those of the whole that stand in it, on every sample', () => {
    const workspace = samples();
    let count = 0;
    for (const file of workspace.known()) {
      const all = hintsIn(workspace, file, EVERYTHING, ALL);
      count += all.length;
      const middle = all[Math.floor(all.length / 2)]?.offset ?? 0;
      const parts = [
        hintsIn(workspace, file, { start: 0, end: middle }, ALL),
        hintsIn(workspace, file, { start: middle + 1, end: Number.MAX_SAFE_INTEGER }, ALL),
      ];
      assert.deepEqual(parts.flat(), all, file);
      for (const { text } of all) assert.doesNotMatch(text, /undefined|NaN|\[object|^$/);
    }
    assert.ok(count > 500, String(count));
  });

  it('stand damaged files', () => {
    forSeeds(60, (_, seed) => {
      const random = seeded(seed);
      const workspace = samples();
      const file = workspace.known()[(seed * 7) % workspace.known().length]!;
      const snapshot = workspace.snapshot(file);
      assert.ok(typeof snapshot !== 'string');
      let { text } = snapshot;
      for (let i = 0; i < 4; i++) text = randomlyEdited(text, random);
      workspace.setText(file, text);
      for (const { offset } of hintsIn(workspace, file, EVERYTHING, ALL)) assert.ok(offset <= text.length);
    });
  });
});
