/** What completion is asked and answers: a small vocabulary, a marked text around the cursor, and what comes of a proposal. */
import assert from 'node:assert/strict';
import { documentationOf } from '../../server/src/features/completion/documentation.ts';
import { type Completion, completionsAt } from '../../server/src/features/completion.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { opened } from './cursor.ts';

export const VOCABULARY = `{ "id": "words", "title": "Words", "version": "2.1.0", "role": "library",
  "sources": { "guide": { "title": "The guide", "published": "2025" } },
  "sites": { "spine": { "title": "Spine" }, "L3": { "title": "Third lumbar vertebra", "partOf": "spine" } },
  "activities": { "loading": { "title": "Axial loading" }, "squat": { "title": "Squat", "isA": "loading" } },
  "assessments": { "scan": { "title": "CT of the spine" } },
  "parameters": { "intensity": { "title": "Intensity", "order": ["light", "hard"] }, "minutes": { "title": "Minutes", "unit": "min/wk" } },
  "phases": { "week-1": { "title": "First week" } },
  "facts": {
    "pain": { "title": "Pain", "type": "boolean" },
    "calcium": { "title": "Serum calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 }, "minimum": 0, "maximum": 6 },
    "sex": { "title": "Sex", "type": "code", "values": { "female": { "title": "Female" }, "male": {} } },
    "falls": { "title": "Falls", "type": "integer" },
    "fracture-on": { "title": "Fracture", "type": "date" },
    "remark": { "title": "Remark", "type": "text" } },
  "groups": { "lesions": { "title": "Bone lesion", "facts": {
    "site": { "title": "Site", "type": "code", "values": "sites" }, "stable": { "title": "Stable", "type": "boolean" } } } },
  "thresholds": { "high-calcium": { "title": "High calcium", "fact": "calcium", "atLeast": { "mmol/L": 3 } } },
  "scores": { "sins": { "title": "Spine score", "of": "lesions",
    "components": { "kind": { "title": "Kind", "options": { "lytic": { "title": "Lytic", "points": 2 }, "blastic": 0 } }, "place": { "title": "Place", "options": { "L3": 1 }, "from": "site" } },
    "bands": { "safe": { "title": "Safe", "atMost": 1 }, "unsafe": { "atLeast": 2 } } } },
  "decisions": { "clearance": { "title": "May they exercise?", "values": { "no": { "title": "Not now" }, "yes": {} }, "resolve": "strictest" } } }`;

/** What stands around the cursor is the rest of a rule set that uses the vocabulary. */
export function inRuleSet(marked: string): Record<string, string> {
  return {
    '/words.clinical.json': VOCABULARY,
    '/a.clinical.json': `{ "id": "a", "title": "A", "version": "1.0.0", "uses": ["words.clinical.json"], ${marked} }`,
  };
}

export function inPatient(marked: string): Record<string, string> {
  return {
    '/words.clinical.json': VOCABULARY,
    '/p.patient.json': `{ "id": "p", "title": "P", "asOf": "2026-03-04T10:00:00Z", "for": ["words.clinical.json"], ${marked} }`,
  };
}

/** In a condition of the patient, and of a record. */
export const inWhen = (marked: string) => inRuleSet(`"rules": [{ "id": "r", "when": ${marked}, "then": [{ "avoid": "squat" }] }]`);
export const inRecord = (marked: string) =>
  inRuleSet(`"rules": [{ "id": "r", "of": "lesions", "when": ${marked}, "then": [{ "avoid": "squat" }] }]`);
export const inThen = (marked: string) => inRuleSet(`"rules": [{ "id": "r", "then": [${marked}] }]`);

interface Proposed {
  readonly found: readonly Completion[];
  readonly text: string;
  readonly offset: number;
  documentation(label: string): string | undefined;
}

export function proposed(files: Readonly<Record<string, string>>, snippets = true): Proposed {
  const { workspace, file, offset, texts } = opened(files);
  const found = [...completionsAt(workspace, file, offset, { today: '2026-11-22', snippets })].sort((a, b) => (a.sort < b.sort ? -1 : 1));
  const documentation = (label: string) => documentationOf(workspace, file, found.find(one => one.label === label)!.about!);
  return { found, text: texts.get(file)!, offset, documentation };
}

/** The proposals at the cursor, best first: exactly these, or these first where the list ends with `…`. */
export function check(files: Readonly<Record<string, string>>, ...labels: readonly string[]): void {
  const found = proposed(files).found.map(({ label }) => label);
  const open = labels.at(-1) === '…';
  const expected = open ? labels.slice(0, -1) : labels;
  assert.deepEqual(open ? found.slice(0, expected.length) : found, expected);
}

/** What stands in place of the marked text once the proposal is taken: `⟦…⟧` in the files, and in what is expected the snippet's own stops. */
export function accept(files: Readonly<Record<string, string>>, label: string, expected: string, snippets = true): void {
  const { found, text } = proposed(files, snippets);
  const one = found.find(each => each.label === label);
  assert.ok(one, `${label} is not among ${found.map(each => each.label).join(', ')}`);
  const after = applyEdits(text, [one.edit, ...one.more]);
  assert.ok(after.includes(expected), `${expected}\nis not in\n${after}`);
}

export function refuses(files: Readonly<Record<string, string>>, ...labels: readonly string[]): void {
  const found = proposed(files).found.map(({ label }) => label);
  assert.deepEqual(
    labels.filter(label => found.includes(label)),
    [],
  );
}
