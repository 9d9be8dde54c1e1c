/** How a text is built: outline, folding, growing selections, links; and what the workspace declares. */
import assert from 'node:assert/strict';
import { foldableSpans } from '../../server/src/features/folding.ts';
import { codePage, linksIn } from '../../server/src/features/links.ts';
import { type OutlineItem, outline } from '../../server/src/features/outline.ts';
import { selectionsAt } from '../../server/src/features/selection.ts';
import { symbolsNamed } from '../../server/src/features/symbols.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { samples } from '../support/sample-workspace.ts';
import { opened, unmarked } from './cursor.ts';

const treeOf = (text: string) => parseDocument(text).root;

describe('outline', () => {
  const lines = (text: string) => {
    const told = (items: readonly OutlineItem[], depth: number): string[] =>
      items.flatMap(({ name, detail, kind, items: inner }) => [
        `${'  '.repeat(depth)}${kind} ${name}${detail && ` (${detail})`}`,
        ...told(inner, depth + 1),
      ]);
    return told(outline(treeOf(text)), 0);
  };

  it('has scores with components, options and bands, facts with values, decisions with answers', () =>
    assert.deepEqual(
      lines(`{ "facts": { "sex": { "title": "Sex", "values": ["female", "male"] } },
        "scores": { "sum": { "title": "Sum", "components": { "one": { "title": "One", "options": { "none": 0 } } }, "bands": { "low": { "title": "Low" } } } },
        "decisions": { "go": { "title": "Go?", "values": { "no": { "title": "No" } } } } }`),
      [
        'section facts',
        '  fact sex (Sex)',
        '    value female',
        '    value male',
        'section scores',
        '  score sum (Sum)',
        '    component one (One)',
        '      option none (0)',
        '    band low (Low)',
        'section decisions',
        '  decision go (Go?)',
        '    decision-value no (No)',
      ],
    ));

  it('has what a patient records', () =>
    assert.deepEqual(
      lines(`{ "facts": { "age": { "value": 59, "unit": "a" }, "frail": false },
        "groups": { "lesions": { "records": [ { "id": "a", "facts": { "site": { "oneOf": ["L3", "L4"] } } } ] } } }`),
      [
        'section facts',
        '  fact age (59 a)',
        '  fact frail (no)',
        'section groups',
        '  group lesions',
        '    record a',
        '      fact site (L3 or L4)',
      ],
    ));
});

describe('folding', () => {
  it('takes every object and list, the file itself left out', () => {
    const { text, spans } = unmarked('{ "facts": ⟦{ "age": ⟦{ "title": "Age" }⟧ }⟧, "rules": ⟦[ ⟦{ "id": "r" }⟧, 3 ]⟧ }');
    assert.deepEqual(foldableSpans(treeOf(text)), spans);
  });
  it('works in a half-typed text', () => assert.equal(foldableSpans(treeOf('{ "facts": { "age": { "title": ')).length, 2));
});

describe('a selection grows', () => {
  const steps = (marked: string, name?: readonly [number, number]) => {
    const { text, offset } = unmarked(marked);
    const grown = selectionsAt(text, treeOf(text), offset, name && { start: name[0], end: name[1] });
    return grown.map(({ start, end }) => text.slice(start, end));
  };

  it('from a word to its quotes, its key, what stands between the brackets, and the whole', () =>
    assert.deepEqual(steps('{ "a": 1, "b": { "c": "wo‸rd" } }'), [
      'word',
      '"word"',
      '"c": "word"',
      '{ "c": "word" }',
      '"b": { "c": "word" }',
      '"a": 1, "b": { "c": "word" }',
      '{ "a": 1, "b": { "c": "word" } }',
    ]));
  it('from a key', () => assert.deepEqual(steps('{ "a": 1, "‸b": 2 }').slice(0, 3), ['b', '"b"', '"b": 2']));
  it('over the items of a list', () => assert.deepEqual(steps('[1, 2‸3, 4]'), ['23', '1, 23, 4', '[1, 23, 4]']));
  it('from a name within a longer text', () =>
    assert.deepEqual(steps('["lesions.a.si‸te"]', [12, 16]), ['site', 'lesions.a.site', '"lesions.a.site"', '["lesions.a.site"]']));
  it('at every place of every sample, each step really larger', () => {
    const workspace = samples();
    for (const file of workspace.known().filter(name => name.includes('/patients/s1'))) {
      const { text } = workspace.snapshot(file) as { text: string };
      const root = treeOf(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const grown = selectionsAt(text, root, offset, undefined);
        assert.deepEqual(grown.at(-1), { start: 0, end: text.length });
        for (let i = 1; i < grown.length; i++) {
          const [inner, outer] = [grown[i - 1]!, grown[i]!];
          assert.ok(outer.start <= inner.start && outer.end >= inner.end && outer.end - outer.start > inner.end - inner.start);
        }
      }
    }
  });
});

describe('links', () => {
  it('lead to files, to addresses of the web and to pages of codes', () => {
    const { workspace, file, texts } = opened({
      '/a.clinical.json': `{ "uses": ["b.clinical.json", "nowhere.clinical.json"],
        "sources": { "book": { "title": "B", "url": "https://example.org/b" }, "bad": { "title": "B", "url": "file:///etc/passwd" } },
        "facts": { "calcium": { "title": "C", "code": { "system": "loinc", "code": "2000-8" } }, "odd": { "code": { "system": "loinc", "code": "x y" } } } }`,
      '/b.clinical.json': '{}',
    });
    const found = linksIn(workspace, file).map(link => [
      texts.get(file)!.slice(link.span.start, link.span.end),
      'file' in link ? link.file : link.address,
    ]);
    assert.deepEqual(found, [
      ['b.clinical.json', '/b.clinical.json'],
      ['https://example.org/b', 'https://example.org/b'],
      ['2000-8', 'https://loinc.org/2000-8'],
    ]);
  });
  it('know terminologies, and no codes of another form', () => {
    assert.equal(codePage('snomed', '421060004'), 'https://browser.ihtsdotools.org/?perspective=full&conceptId1=421060004');
    assert.equal(codePage('icd-10', 'C79.5'), 'https://icd.who.int/browse10/2019/en#/C79.5');
    for (const [system, code] of [
      ['loinc', '../x'],
      ['snomed', '12'],
      ['toString', '1'],
      ['our-own', '1'],
    ])
      assert.equal(codePage(system!, code!), undefined);
  });
});

describe('symbols of the workspace', () => {
  const workspace = samples();
  const names = (query: string) => symbolsNamed(workspace, query).map(({ name, kind }) => `${kind} ${name}`);

  it('are found by id and by title, the nearest first', () => {
    assert.equal(names('unstable-spine')[0], 'rule unstable-spine');
    assert.equal(names('unstable spine')[0], 'rule unstable-spine');
    assert.ok(names('Spinal Instability').slice(0, 3).includes('score sins'), names('Spinal Instability').join());
    assert.equal(names('sins')[0], 'score sins');
  });
  it('are found by letters in their order', () => assert.ok(names('unstspn').includes('rule unstable-spine')));
  it('are patients too', () => assert.ok(names('s13').includes('patient s13')));
  it('are none for what nobody has', () => assert.deepEqual(names('zzqqxx'), []));
});
