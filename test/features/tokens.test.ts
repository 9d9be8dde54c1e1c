/** Semantic tokens: a kind for each name, and laws on every sample and on damaged ones. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mentionsIn } from '../../server/src/features/at.ts';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../server/src/features/token-types.ts';
import { tokensIn } from '../../server/src/features/tokens.ts';
import type { Workspace } from '../../server/src/workspace.ts';
import { forSeeds } from '../support/random.ts';
import { randomlyEdited } from '../support/random-json.ts';
import { samples } from '../support/sample-workspace.ts';
import { seeded } from '../support/seeded.ts';
import { opened } from './cursor.ts';

const RULES = `{ "id": "r", "title": "R", "version": "1.0.0",
  "sources": { "book": { "title": "Book" } },
  "facts": { "fever": { "title": "Fever", "type": "boolean" }, "kind": { "title": "Kind", "type": "code", "values": ["solid"] } },
  "thresholds": { "hot": { "title": "Hot", "fact": "fever", "atLeast": 1, "source": { "id": "book" } } },
  "decisions": { "go": { "title": "Go", "values": ["no"], "resolve": "strictest" } },
  "rules": [{ "id": "stop", "when": { "any": [{ "threshold": "hot" }, { "fact": "kind", "is": "solid" }, { "fact": "nothing", "is": true }] }, "then": [{ "decide": "go", "as": "no" }] }] }`;

describe('semantic tokens', () => {
  it('tell the kind of each name, and where it is declared', () => {
    const { workspace, file } = opened({ '/r.clinical.json': RULES });
    const told = tokensIn(workspace, file).map(
      ({ span, type, declaration }) => `${RULES.slice(span.start, span.end)} ${type}${declaration ? ' declared' : ''}`,
    );
    assert.deepEqual(told, [
      'book source declared',
      'fever fact declared',
      'kind fact declared',
      'solid codeValue declared',
      'hot threshold declared',
      'fever fact',
      'book source',
      'go decision declared',
      'no answer declared',
      'stop rule declared',
      'hot threshold',
      'kind fact',
      'solid codeValue',
      'go decision',
      'no answer',
    ]);
  });

  it('tell the names of a sample patient', () => {
    const patient = '{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["r.clinical.json"], "facts": { "kind": "solid" } }';
    const { workspace } = opened({ '/r.clinical.json': RULES, '/p.patient.json': patient });
    const told = tokensIn(workspace, '/p.patient.json').map(({ span, type }) => `${patient.slice(span.start, span.end)} ${type}`);
    assert.deepEqual(told, ['kind fact', 'solid codeValue']);
  });

  it('of a range are those of the whole that touch it', () => {
    const { workspace, file } = opened({ '/r.clinical.json': RULES });
    const within = { start: RULES.indexOf('"thresholds"'), end: RULES.indexOf('"decisions"') };
    const all = tokensIn(workspace, file).filter(({ span }) => span.start >= within.start && span.end <= within.end);
    assert.equal(all.length, 3);
    assert.deepEqual(tokensIn(workspace, file, within), all);
  });

  it('stand one after the other on every sample, each on a name', () => {
    const workspace = samples();
    // A patient whose rows stand in a CSV table may name nothing.
    const hasTable = (file: string) => {
      const snapshot = workspace.snapshot(file);
      return typeof snapshot !== 'string' && snapshot.kind() === 'patient' && snapshot.patient().cases?.csv !== undefined;
    };
    for (const file of workspace.known()) assert.ok(holds(workspace, file) > 0 || hasTable(file), file);
  });

  it('stand one after the other on damaged files', () => {
    forSeeds(60, (_, seed) => {
      const random = seeded(seed);
      const workspace = samples();
      const file = workspace.known()[seed % workspace.known().length]!;
      const snapshot = workspace.snapshot(file);
      assert.ok(typeof snapshot !== 'string');
      let { text } = snapshot;
      for (let i = 0; i < 4; i++) text = randomlyEdited(text, random);
      workspace.setText(file, text);
      holds(workspace, file);
    });
  });

  it('are those that package.json gives words and colours for', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: {
        semanticTokenTypes: { id: string; superType?: string }[];
        semanticTokenScopes: { scopes: Record<string, string[]> }[];
      };
    };
    assert.deepEqual(
      contributes.semanticTokenTypes.map(({ id }) => id),
      [...TOKEN_TYPES],
    );
    for (const { scopes } of contributes.semanticTokenScopes) assert.deepEqual(Object.keys(scopes), [...TOKEN_TYPES]);
    assert.equal(contributes.semanticTokenScopes.length, 2);
    assert.deepEqual([...TOKEN_MODIFIERS], ['declaration']);
  });
});

function holds(workspace: Workspace, file: string): number {
  const snapshot = workspace.snapshot(file);
  assert.ok(typeof snapshot !== 'string');
  const tokens = tokensIn(workspace, file);
  const starts = new Set(mentionsIn(workspace, file).flatMap(({ span }) => [span.start, span.start + 1]));
  let end = 0;
  for (const { span, type } of tokens) {
    assert.ok(span.start >= end && span.end > span.start && span.end <= snapshot.text.length);
    assert.ok(starts.has(span.start) && TOKEN_TYPES.includes(type));
    assert.doesNotMatch(snapshot.text.slice(span.start, span.end), /[\r\n]/);
    end = span.end;
  }
  return tokens.length;
}
