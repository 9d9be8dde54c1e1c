/** Code lenses: where they stand, and what they say. */
import assert from 'node:assert/strict';
import { lensPlaces, patientsFor, samplesLens, usesLens } from '../../server/src/features/lens.ts';
import { samples } from '../support/sample-workspace.ts';
import { opened } from './cursor.ts';

const RULES = `{ "id": "r", "title": "R", "version": "1.0.0",
  "facts": { "x": { "title": "X", "type": "integer" } },
  "thresholds": { "much": { "title": "Much", "fact": "x", "atLeast": 5 }, "idle": { "title": "Idle", "fact": "x", "atLeast": 9 } },
  "decisions": { "go": { "title": "Go", "values": ["no", "yes"], "resolve": "strictest" } },
  "rules": [
    { "id": "stop", "when": { "threshold": "much" }, "then": [{ "decide": "go", "as": "no" }] },
    { "id": "halt", "when": { "any": [{ "threshold": "much" }, { "not": { "threshold": "much" } }] }, "then": [{ "decide": "go", "as": "no" }] }
  ] }`;
const PATIENT = '{ "id": "p", "title": "P", "asOf": "2026-11-22", "for": ["r.clinical.json"], "facts": { "x": 7 } }';
const FILES = { '/r.clinical.json': RULES, '/p.patient.json': PATIENT };

describe('code lenses', () => {
  const { workspace, file } = opened(FILES);
  const own = workspace.linked(file)!.ruleSet.root;
  const at = (name: string) => RULES.indexOf(`"${name}"`);
  const placed = (hasSamples: boolean) =>
    lensPlaces(own, hasSamples).map(({ kind, span }) => `${kind} ${RULES.slice(span.start + 1, span.end - 1)}`);

  it('stand above the rule set, what is used, and rules that patients can fire', () => {
    assert.deepEqual(placed(true), ['preview r', 'uses much', 'uses idle', 'uses go', 'samples stop', 'samples halt']);
    assert.deepEqual(placed(false), ['preview r', 'uses much', 'uses idle', 'uses go']);
    const library = opened({ '/r.clinical.json': RULES.replace('"version"', '"role": "library", "version"') });
    assert.deepEqual(
      lensPlaces(library.workspace.linked('/r.clinical.json')!.ruleSet.root, true).map(({ kind }) => kind),
      ['uses', 'uses', 'uses'],
    );
  });

  it('count each user once, and lead to every use', () => {
    const much = usesLens(workspace, file, at('much'))!;
    assert.equal(much.text, 'used by 2 rules');
    assert.deepEqual(
      much.places.map(({ span }) => RULES.slice(span.start, span.end)),
      ['"much"', '"much"', '"much"'],
    );
    assert.equal(usesLens(workspace, file, at('idle'))!.text, 'not used');
    assert.equal(usesLens(workspace, file, at('go'))!.text, 'used by 2 rules');
  });

  it('say nothing of a place where nothing is declared any more', () => {
    assert.equal(usesLens(workspace, file, at('much') + 1), undefined);
    assert.equal(samplesLens(workspace, file, 0, new Map(), 1), undefined);
    assert.equal(usesLens(workspace, '/gone.clinical.json', 3), undefined);
  });

  it('say in how many patients a rule fires', () => {
    assert.deepEqual(patientsFor(workspace, file), ['/p.patient.json']);
    const fired = new Map([['stop', ['/p.patient.json']]]);
    assert.equal(samplesLens(workspace, file, at('stop'), fired, 1)!.text, 'fires in 1 of 1 sample patient');
    assert.equal(samplesLens(workspace, file, at('halt'), fired, 4)!.text, 'fires in none of 4 sample patients');
  });

  it('have words for every place of every sample', () => {
    const all = samples();
    let count = 0;
    for (const one of all.known()) {
      const linked = all.linked(one);
      for (const { kind, span } of linked ? lensPlaces(linked.ruleSet.root, true) : []) {
        if (kind === 'uses') assert.match(usesLens(all, one, span.start)!.text, /^used by \d+ [a-z]|^not used$/);
        if (kind === 'samples') assert.ok(samplesLens(all, one, span.start, new Map(), 2));
        count++;
      }
    }
    assert.ok(count > 100);
  });
});
