/** Each refactoring on small files: asked for at the cursor, known by its title, read off the texts it leaves. */
import assert from 'node:assert/strict';
import { refactorings } from '../../server/src/features/refactor.ts';
import { sceneAt } from '../../server/src/features/refactor-scene.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { type Opened, opened } from './cursor.ts';

const MAIN = '/main.clinical.json';

function offered({ workspace, file, offset }: Opened) {
  const scene = sceneAt(workspace, file, { start: offset, end: offset });
  return scene ? refactorings(scene) : [];
}

function titles(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  return offered(opened({ [MAIN]: text, ...others })).map(({ title }) => title);
}

/** The texts that change, by file. */
function refactored(title: string, text: string, others: Readonly<Record<string, string>> = {}): Record<string, string> {
  const files = opened({ [MAIN]: text, ...others });
  const all = offered(files);
  const found = all.find(one => one.title === title);
  assert.ok(found, `not offered: ${title}; but ${all.map(one => one.title).join(' | ')}`);
  return Object.fromEntries(found.edits.map(({ file, edits }) => [file, applyEdits(files.texts.get(file)!, edits)]));
}

function check(title: string, text: string, expected: string, others: Readonly<Record<string, string>> = {}): void {
  assert.deepEqual(refactored(title, text, others), { [MAIN]: expected });
}

const FACTS = `"facts": {
    "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4, "g/L": 0.03 } },
    "pain": { "title": "Pain", "type": "boolean" }
  }`;

describe('extract a comparison into a threshold', () => {
  it('in every place that makes it, however its number is written, with the source of the rule', () =>
    check(
      'Extract into a threshold (2 places)',
      `{
  ${FACTS},
  "rules": [
    { "id": "a", "when": { "fact": "cal‸cium", "atLeast": 3.50, "unit": "mmol/L" }, "then": [], "source": { "id": "book", "at": "page 3" } },
    { "id": "b", "when": { "not": { "unit": "mmol/L", "fact": "calcium", "atLeast": 3.5 } }, "then": [] },
    { "id": "c", "when": { "fact": "calcium", "above": 3.5, "unit": "mmol/L" }, "then": [] }
  ]
}`,
      `{
  ${FACTS},
  "thresholds": {
    "calcium-at-least-3-50": { "title": "Calcium at least 3.50 mmol/L", "fact": "calcium", "atLeast": 3.50, "unit": "mmol/L", "source": { "id": "book", "at": "page 3" } }
  },
  "rules": [
    { "id": "a", "when": { "threshold": "calcium-at-least-3-50" }, "then": [], "source": { "id": "book", "at": "page 3" } },
    { "id": "b", "when": { "not": { "threshold": "calcium-at-least-3-50" } }, "then": [] },
    { "id": "c", "when": { "fact": "calcium", "above": 3.5, "unit": "mmol/L" }, "then": [] }
  ]
}`,
    ));

  it('also in files that use this one, under an id that is free there', () => {
    const changed = refactored(
      'Extract into a threshold (2 places)',
      `{ ${FACTS}, "thresholds": { "old": { "fact": "calcium", "atMost": 1 } }, "rules": [{ "id": "a", "when": { "fact": "calcium", "below": 2, "unit": "mmol/L"‸ }, "then": [] }] }`,
      {
        '/user.clinical.json': `{ "uses": ["main.clinical.json"], "thresholds": { "calcium-below-2": { "fact": "calcium", "below": 2.1, "unit": "mmol/L" } },
  "rules": [{ "id": "b", "when": { "fact": "calcium", "below": 2, "unit": "mmol/L" }, "then": [] }] }`,
      },
    );
    assert.match(changed[MAIN]!, /"old": \{[^}]*\}, "calcium-below-2-2": \{ "title"/);
    assert.match(changed['/user.clinical.json']!, /"when": \{ "threshold": "calcium-below-2-2" \}/);
  });

  it('takes the threshold that says the same already', () =>
    check(
      'Use the threshold “low” (1 place)',
      '{ "thresholds": { "low": { "title": "Low", "fact": "calcium", "below": 2.0 } }, "rules": [{ "id": "a", "when": { "fact": "calcium", "below": 2‸ }, "then": [] }] }',
      '{ "thresholds": { "low": { "title": "Low", "fact": "calcium", "below": 2.0 } }, "rules": [{ "id": "a", "when": { "threshold": "low" }, "then": [] }] }',
    ));

  it('is not for what is no cut-off', () => {
    const of = (when: string) =>
      titles(`{ "rules": [{ "id": "a", "when": ${when}, "then": [] }] }`).filter(title => /threshold/.test(title));
    assert.deepEqual(of('{ "fact": "pain‸", "is": true }'), []);
    assert.deepEqual(of('{ "fact": "site‸", "in": ["L3"] }'), []);
    assert.deepEqual(of('{ "score": "sins‸", "total": { "atLeast": 3 } }'), []);
  });

  it('is offered nowhere in a file that is no sound JSON', () => {
    assert.deepEqual(titles('{ "rules": [{ "id": "a", "when": { "fact": "calcium‸", "atLeast": 3 }, "then": [], }] }'), []);
  });
});

describe('inline a threshold', () => {
  const TEXT = `{
  "thresholds": {
    "low": { "title": "Low", "fact": "calcium", "below": { "mmol/L": 2.0, "mg/dL": 8 }, "source": { "id": "book" } }
  },
  "rules": [
    { "id": "a", "when": { "threshold": "lo‸w" }, "then": [] },
    { "id": "b", "when": { "any": [{ "threshold": "low" }, { "fact": "pain", "is": true }] }, "then": [] }
  ]
}`;
  const COMPARISON = '{ "fact": "calcium", "below": { "mmol/L": 2.0, "mg/dL": 8 } }';

  it('here', () => check('Inline the threshold “low” here', TEXT, TEXT.replace('‸', '').replace('{ "threshold": "low" }', COMPARISON)));

  it('everywhere, and the section goes with the last one', () =>
    check(
      'Inline the threshold “low” everywhere (2 places) and remove it',
      TEXT,
      `{
  "rules": [
    { "id": "a", "when": ${COMPARISON}, "then": [] },
    { "id": "b", "when": { "any": [${COMPARISON}, { "fact": "pain", "is": true }] }, "then": [] }
  ]
}`,
    ));

  it('from its declaration, where no adaptation replaces it', () => {
    const declared = TEXT.replace('‸', '').replace('"Low"', '"L‸ow"');
    assert.deepEqual(
      titles(declared).filter(title => /Inline/.test(title)),
      ['Inline the threshold “low” everywhere (2 places) and remove it'],
    );
    const local = `{ "basedOn": { "file": "main.clinical.json", "version": "1.0.0" }, "remove": [{ "id": "low", "reason": "r" }] }`;
    assert.deepEqual(
      titles(declared, { '/local.clinical.json': local }).filter(title => /Inline/.test(title)),
      [],
    );
  });
});

describe('split a rule', () => {
  const decision = (resolve: string) => `"decisions": { "clearance": { "title": "C", "values": ["no", "yes"], "resolve": "${resolve}" } }`;
  const THEN = '"then": [{ "decide": "clearance", "as": "no" }]';

  it('of two alternatives, and whoever overrides it overrides both', () =>
    check(
      'Split into two rules',
      `{
  ${decision('strictest')},
  "rules": [
    {
      "id": "a",
      "when": {
        "any": [
          { "fact": "pain", "is": true },
          {
            "fact": "calcium‸", "atLeast": 3
          }
        ]
      },
      ${THEN}
    },
    { "id": "b", "override": { "rules": ["a"], "reason": "r" }, ${THEN} }
  ]
}`,
      `{
  ${decision('strictest')},
  "rules": [
    {
      "id": "a",
      "when": { "fact": "pain", "is": true },
      ${THEN}
    },
    {
      "id": "a-2",
      "when": {
        "fact": "calcium", "atLeast": 3
      },
      ${THEN}
    },
    { "id": "b", "override": { "rules": ["a", "a-2"], "reason": "r" }, ${THEN} }
  ]
}`,
    ));

  it('of three, below “all”', () =>
    check(
      'Move this alternative into a rule of its own',
      `{ ${decision('single')}, "rules": [{ "id": "a", "when": { "all": [{ "threshold": "t" }, { "any": [{ "threshold": "x" }, { "threshold": "y‸" }, { "threshold": "z" }] }] }, ${THEN} }] }`,
      `{ ${decision('single')}, "rules": [{ "id": "a", "when": { "all": [{ "threshold": "t" }, { "any": [{ "threshold": "x" }, { "threshold": "z" }] }] }, ${THEN} }, { "id": "a-2", "when": { "all": [{ "threshold": "t" }, { "threshold": "y" }] }, ${THEN} }] }`,
    ));

  it('not where an undetermined rule would keep the decision open, nor below “not”, nor where an adaptation names it', () => {
    const split = (resolve: string, when: string, others = {}) =>
      titles(`{ ${decision(resolve)}, "rules": [{ "id": "a", "when": ${when}, ${THEN} }] }`, others).filter(title => /Split/.test(title));
    const ANY = '{ "any": [{ "threshold": "x‸" }, { "threshold": "y" }] }';
    assert.equal(split('strictest', ANY).length, 1);
    assert.deepEqual(split('first', ANY), []);
    assert.deepEqual(split('collect', ANY), []);
    assert.deepEqual(split('strictest', `{ "not": ${ANY} }`), []);
    assert.deepEqual(split('strictest', `{ "some": "lesions", "where": ${ANY} }`), []);
    const local = `{ "basedOn": { "file": "main.clinical.json", "version": "1.0.0" }, "remove": [{ "id": "a", "reason": "r" }] }`;
    assert.deepEqual(split('strictest', ANY, { '/local.clinical.json': local }), []);
  });
});

describe('points as bands', () => {
  const score = (bands: string) => `"scores": {
    "mirels": {
      "title": "Mirels",
      "components": { "pain": { "title": "Pain", "options": { "mild": 1, "moderate": 2, "functional": 3 } }, "size": { "title": "Size", "options": { "small": 1, "large": 3 } } }${bands}
    }
  }`;
  const rule = (when: string) => `"rules": [{ "id": "a", "when": ${when}, "then": [] }]`;

  it('that are there', () => {
    const bands =
      ',\n      "bands": { "low": { "atMost": 3 }, "middle": { "is": 4, "atLeast": 4, "atMost": 4 }, "high": { "atLeast": 5 } }';
    check(
      'Name the 2 bands instead of the points',
      `{ ${score(bands)}, ${rule('{ "score": "mirels", "total": { "above": 3.5 }‸ }')} }`,
      `{ ${score(bands)}, ${rule('{ "score": "mirels", "in": ["middle", "high"] }')} }`,
    );
    assert.deepEqual(
      titles(`{ ${score(bands)}, ${rule('{ "score": "mirels", "total": { "atLeast": 3 }‸ }')} }`).filter(title => /band/.test(title)),
      [],
      'no band begins at 3',
    );
  });

  it('that are made where the rules cut', () => {
    const rules = (a: string, b: string) =>
      `"rules": [{ "id": "a", "when": ${a}, "then": [] }, { "id": "b", "when": { "not": ${b} }, "then": [] }]`;
    check(
      'Turn the points of Mirels into 3 bands',
      `{ ${score('')}, ${rules('{ "score": "mirels", "total": { "atLeast": 5 }‸ }', '{ "score": "mirels", "total": { "below": 3 } }')} }`,
      `{ ${score(',\n      "bands": { "points-2": { "atMost": 2 }, "points-3-to-4": { "atLeast": 3, "atMost": 4 }, "points-5-to-6": { "atLeast": 5 } }')}, ${rules('{ "score": "mirels", "in": ["points-5-to-6"] }', '{ "score": "mirels", "in": ["points-2"] }')} }`,
    );
  });
});

describe('a bound in another unit', () => {
  const rule = (when: string, source = '') => `{ ${FACTS}, "rules": [{ "id": "a", "when": ${when}, "then": []${source} }] }`;
  const units = (text: string) => titles(text).filter(title => /^Write in/.test(title));

  it('where every number stays exact', () => {
    const text = rule('{ "fact": "calcium", "atLeast": 3.5, "below": 4, "unit": "mmol/L‸" }');
    assert.deepEqual(units(text), ['Write in mg/dL', 'Write in g/L']);
    check('Write in mg/dL', text, rule('{ "fact": "calcium", "atLeast": 14, "below": 16, "unit": "mg/dL" }'));
    assert.deepEqual(units(rule('{ "fact": "calcium", "atLeast": 1, "unit": "g/L‸" }')), [], '33.333… mmol/L');
  });

  it('not where the source is quoted with the number, nor where each unit has its own', () => {
    assert.deepEqual(
      units(rule('{ "fact": "calcium", "atLeast": 3.5, "unit": "mmol/L‸" }', ', "source": { "id": "book", "quoted": [3.50] }')),
      [],
    );
    assert.deepEqual(units(rule('{ "fact": "calcium‸", "atLeast": { "mmol/L": 3.5, "mg/dL": 14 } }')), []);
  });
});

describe('wrap and sort', () => {
  const rule = (when: string) => `{ "rules": [{ "id": "a", "when": ${when}, "then": [] }] }`;

  it('puts a condition into all, any or not', () => {
    const text = rule('{ "fact": "pain‸", "is": true }');
    check('Put into “all”', text, rule('{ "all": [{ "fact": "pain", "is": true }] }'));
    check('Put into “any”', text, rule('{ "any": [{ "fact": "pain", "is": true }] }'));
    check('Negate: put into “not”', text, rule('{ "not": { "fact": "pain", "is": true } }'));
    assert.ok(!titles(rule('{ "unknown": { "fact": "pain‸" } }')).includes('Negate: put into “not”'));
  });

  it('takes one out of what says nothing', () => {
    check('Take out of what surrounds it', rule('{ "all‸": [{ "threshold": "x" }] }'), rule('{ "threshold": "x" }'));
    check('Take out of what surrounds it', rule('{ "not‸": { "not": { "threshold": "x" } } }'), rule('{ "threshold": "x" }'));
    assert.ok(!titles(rule('{ "not‸": { "threshold": "x" } }')).includes('Take out of what surrounds it'));
  });

  it('sorts a section, each entry as it is written', () =>
    check(
      'Sort “facts” by id',
      '{ "facts‸": {\n  "pain": { "type": "boolean",\n    "title": "Pain" }, "age": { "type": "integer" },\n  "b":   {} } }',
      '{ "facts": {\n  "age": { "type": "integer" }, "b":   {},\n  "pain": { "type": "boolean",\n    "title": "Pain" } } }',
    ));

  it('leaves rules in their order where it matters', () => {
    const text = (resolve: string) =>
      `{ "decisions": { "d": { "title": "D", "values": ["no"], "resolve": "${resolve}" } }, "rules‸": [{ "id": "b", "then": [] }, { "id": "a", "then": [] }] }`;
    assert.ok(titles(text('strictest')).includes('Sort “rules” by id'));
    assert.ok(!titles(text('first')).includes('Sort “rules” by id'));
  });
});
