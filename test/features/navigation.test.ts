/** Definition, references, highlights and what depends on what; and paths after files have moved. */
import assert from 'node:assert/strict';
import { nameAt } from '../../server/src/features/at.ts';
import { hierarchyAt, incoming, outgoing } from '../../server/src/features/call-hierarchy.ts';
import { definitionAt } from '../../server/src/features/definition.ts';
import { highlightsAt } from '../../server/src/features/highlights.ts';
import { referencesAt } from '../../server/src/features/references.ts';
import { editsForMoves } from '../../server/src/features/rename-files.ts';
import { applyEdits, type Span } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { samples } from '../support/sample-workspace.ts';
import { opened } from './cursor.ts';

type Texts = Readonly<Record<string, string>>;
type Places = readonly { readonly file: string; readonly span: Span }[];

/** The places answered are those marked. */
function check(files: Texts, ask: (workspace: Workspace, file: string, offset: number) => Places): void {
  const { workspace, file, offset, spans } = opened(files);
  const marked = [...spans].flatMap(([name, own]) => own.map(({ start, end }) => `${name} ${start}-${end}`));
  const found = ask(workspace, file, offset).map(({ file: name, span: { start, end } }) => `${name} ${start}-${end}`);
  assert.deepEqual(found.sort(), marked.sort());
}

const toDefinition = (files: Texts) => check(files, (...at) => definitionAt(...at)?.targets ?? []);
const toUses = (files: Texts) => check(files, (...at) => referencesAt(...at, false));

describe('definition', () => {
  it('of a fact in another file', () =>
    toDefinition({
      '/a.clinical.json': '{ "facts": { ⟦"tired"⟧: { "title": "Tired" } } }',
      '/b.clinical.json': '{ "uses": ["a.clinical.json"], "rules": [ { "id": "r", "when": { "fact": "ti‸red", "is": true } } ] }',
    }));
  it('of a band', () =>
    toDefinition({
      '/a.clinical.json':
        '{ "scores": { "s": { "components": { "c": { "options": { "o": 1 } } }, "bands": { ⟦"low"⟧: { "atMost": 0 } } } }, "rules": [ { "id": "r", "when": { "score": "s", "in": ["lo‸w"] } } ] }',
    }));
  it('of a file', () => toDefinition({ '/a.clinical.json': '⟦⟧{ "id": "a" }', '/b.clinical.json': '{ "uses": ["a.cli‸nical.json"] }' }));
  it('of what a patient records, which the adaptation has replaced', () =>
    toDefinition({
      '/a.clinical.json': '{ "id": "a", "version": "1.0.0", "facts": { "tired": { "type": "boolean" } } }',
      '/b.clinical.json':
        '{ "basedOn": { "file": "a.clinical.json", "version": "1.0.0" }, "facts": { ⟦"tired"⟧: { "type": "boolean", "reason": "x" } } }',
      '/p.patient.json': '{ "for": ["b.clinical.json"], "facts": { "tir‸ed": true } }',
    }));
  it('is none for what nothing declares', () =>
    toDefinition({ '/a.clinical.json': '{ "rules": [ { "id": "r", "when": { "fact": "n‸o", "is": 1 } } ] }' }));
  it('is found while the text is half typed', () =>
    toDefinition({
      '/a.clinical.json': '{ "facts": { ⟦"tired"⟧: { "title": "Tired" } }, "rules": [ { "id": "r", "when": { "fact": "ti‸red", "is": true',
    }));
});

describe('references', () => {
  it('leave out the declaration where it is not asked for', () =>
    toUses({
      '/a.clinical.json':
        '{ "facts": { "ti‸red": { "type": "boolean" } }, "rules": [ { "id": "r", "when": { "fact": ⟦"tired"⟧, "is": true } } ] }',
    }));
  it('of a path are all paths that lead there', () =>
    toUses({
      '/a.clinical.json': '{ "id": "a" }',
      '/b.clinical.json': '{ "uses": [⟦"a.cli‸nical.json"⟧] }',
      '/sub/p.patient.json': '{ "for": [⟦"../a.clinical.json"⟧, "../b.clinical.json"] }',
    }));
});

describe('highlights', () => {
  it('tell what declares from what reads', () => {
    const { workspace, file, offset, spans } = opened({
      '/a.clinical.json':
        '{ "facts": { "⟦ti‸red⟧": { "type": "boolean" } }, "rules": [ { "id": "tired", "when": { "fact": "⟦tired⟧", "is": true } } ] }',
    });
    const found = highlightsAt(workspace, file, offset);
    assert.deepEqual(
      found.map(({ span }) => span),
      spans.get(file),
    );
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['write', 'read'],
    );
  });
  it('of a patient write where a value is recorded', () => {
    const { workspace, file, offset } = opened({
      '/a.clinical.json': '{ "id": "a", "facts": { "tired": { "type": "boolean" } } }',
      '/p.patient.json': '{ "for": ["a.clinical.json"], "facts": { "ti‸red": true }, "expected": [ { "missing": ["tired"] } ] }',
    });
    assert.deepEqual(
      highlightsAt(workspace, file, offset).map(({ kind }) => kind),
      ['write', 'read'],
    );
  });
});

describe('what depends on what', () => {
  const FILES = {
    '/a.clinical.json': `{ "id": "a", "facts": { "calcium": { "type": "integer" }, "age": { "type": "integer" } },
      "derived": { "twice": { "type": "integer", "sum": [{ "fact": "calcium" }, { "fact": "calcium" }] } },
      "thresholds": { "high": { "fact": "calcium", "atLeast": 3 } },
      "rules": [ { "id": "stop", "when": { "any": [ { "threshold": "high" }, { "fact": "age", "atLeast": 80 } ] }, "then": [ { "decide": "go", "as": "no" } ] } ],
      "decisions": { "go": { "values": ["no", "yes"] } } }`,
    '/b.clinical.json': '{ "id": "b", "uses": ["a.clinical.json"], "appliesTo": { "fact": "calcium", "atLeast": 1 } }',
  };
  const named = (id: string) => {
    const workspace = new Workspace(new MemoryFiles(FILES), () => undefined);
    const at = FILES['/a.clinical.json'].indexOf(`"${id}"`) + 1;
    return { workspace, item: hierarchyAt(workspace, '/a.clinical.json', at)[0]! };
  };
  const words = (found: ReturnType<typeof incoming>) => found.map(({ of, spans }) => `${of.kind} ${of.id} ${spans.length}`);

  it('a fact: derived facts, thresholds, rules and the scope of rule sets', () => {
    const { workspace, item } = named('calcium');
    assert.deepEqual(words(incoming(workspace, item)), ['derived-fact twice 2', 'threshold high 1', 'rule-set b 1']);
  });
  it('a threshold: its rules, and the fact it is on', () => {
    const { workspace, item } = named('high');
    assert.deepEqual(words(incoming(workspace, item)), ['rule stop 1']);
    assert.deepEqual(words(outgoing(workspace, item)), ['fact calcium 1']);
  });
  it('a rule: all that it reads and decides', () => {
    const { workspace, item } = named('stop');
    assert.deepEqual(words(outgoing(workspace, item)).sort(), ['decision go 1', 'decision-value no 1', 'fact age 1', 'threshold high 1']);
  });
});

describe('paths after a move', () => {
  const FILES = {
    '/words.clinical.json': '{ "id": "w" }',
    '/scores/one.clinical.json': '{ "id": "o", "uses": ["../words.clinical.json"] }',
    '/main.clinical.json': '{ "id": "m", "uses": ["./words.clinical.json", "scores/one.clinical.json"] }',
    '/patients/p.patient.json': '{ "for": ["../main.clinical.json"], "extends": "base.patient.json" }',
    '/patients/base.patient.json': '{ "for": ["../main.clinical.json"] }',
  };
  const movedTo = (from: string, to: string) => {
    const workspace = new Workspace(new MemoryFiles(FILES), () => undefined);
    const edits = editsForMoves(workspace, [{ from, to }]);
    return Object.fromEntries([...edits].map(([file, own]) => [file, applyEdits((FILES as Texts)[file]!, own)]));
  };

  it('of a file that others use', () =>
    assert.deepEqual(movedTo('/words.clinical.json', '/lib/terms.clinical.json'), {
      '/main.clinical.json': '{ "id": "m", "uses": ["./lib/terms.clinical.json", "scores/one.clinical.json"] }',
      '/scores/one.clinical.json': '{ "id": "o", "uses": ["../lib/terms.clinical.json"] }',
    }));
  it('of a file that uses others', () =>
    assert.deepEqual(movedTo('/main.clinical.json', '/sub/main.clinical.json'), {
      '/main.clinical.json': '{ "id": "m", "uses": ["../words.clinical.json", "../scores/one.clinical.json"] }',
      '/patients/base.patient.json': '{ "for": ["../sub/main.clinical.json"] }',
      '/patients/p.patient.json': '{ "for": ["../sub/main.clinical.json"], "extends": "base.patient.json" }',
    }));
  it('of a folder: what moves together stays as it is written', () => assert.deepEqual(movedTo('/patients', '/cases'), {}));
  it('of a folder deeper down', () =>
    assert.deepEqual(movedTo('/scores', '/lib/scores'), {
      '/main.clinical.json': '{ "id": "m", "uses": ["./words.clinical.json", "lib/scores/one.clinical.json"] }',
      '/scores/one.clinical.json': '{ "id": "o", "uses": ["../../words.clinical.json"] }',
    }));
  it('leaves every path of the samples leading where it led', () => {
    const workspace = samples();
    for (const file of workspace.known().filter(name => name.endsWith('.clinical.json'))) {
      const to = file.replace(/([^/]+)$/, 'moved/new-$1');
      for (const [user, edits] of editsForMoves(workspace, [{ from: file, to }])) {
        const snapshot = workspace.snapshot(user);
        assert.ok(typeof snapshot !== 'string');
        for (const { span, newText } of edits) {
          const target = workspace.fileAt(user, snapshot.text.slice(span.start, span.end));
          const now = workspace.fileAt(user === file ? to : user, newText);
          assert.equal(now, target === file ? to : target, `${newText} in ${user}`);
        }
      }
    }
  });
});

describe('every place of every sample', function () {
  this.timeout(60_000);
  it('is answered by each without an error', () => {
    const workspace = samples();
    let names = 0;
    for (const file of workspace.known().filter(name => !name.includes('/branches/'))) {
      const { text } = workspace.snapshot(file) as { text: string };
      let last = '';
      for (let offset = 0; offset <= text.length; offset++) {
        const mention = nameAt(workspace, file, offset)?.mention;
        const key = `${mention?.span.start}`;
        // Within one name all places are the same.
        if (key === last) continue;
        last = key;
        names += mention ? 1 : 0;
        definitionAt(workspace, file, offset);
        highlightsAt(workspace, file, offset);
        for (const item of hierarchyAt(workspace, file, offset)) outgoing(workspace, item);
      }
    }
    assert.ok(names > 3000, String(names));
  });
});
