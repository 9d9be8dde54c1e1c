/** Renaming: what it changes, and what it refuses in words that say what to do. */
import assert from 'node:assert/strict';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { applyEdits } from '../../server/src/text/span.ts';
import { opened } from './cursor.ts';

type Texts = Readonly<Record<string, string>>;

function renamed(files: Texts, newName: string) {
  const { workspace, file, offset, texts } = opened(files);
  return { renaming: rename(workspace, file, offset, newName), texts };
}

/** The files as they are afterwards; `expected` has those that change. */
function check(files: Texts, newName: string, expected: Texts): void {
  const { renaming, texts } = renamed(files, newName);
  assert.equal(renaming.kind, 'edits', renaming.kind === 'refused' ? renaming.why : '');
  if (renaming.kind !== 'edits') return;
  const after = [...renaming.edits].map(([file, edits]) => [file, applyEdits(texts.get(file)!, edits)]);
  assert.deepEqual(Object.fromEntries(after), expected);
}

function refuses(files: Texts, newName: string, why: RegExp): void {
  const { renaming } = renamed(files, newName);
  assert.equal(renaming.kind, 'refused');
  if (renaming.kind === 'refused') assert.match(renaming.why, why);
}

const ONE = '/r.clinical.json';

describe('renaming', () => {
  it('keeps what surrounds the name', () =>
    check({ [ONE]: '{ "facts": {\t"ti‸red" : {} }, "rules": [ {"id":"a", "when":{"fact":"tired" ,"is":true}} ] }' }, 'weary', {
      [ONE]: '{ "facts": {\t"weary" : {} }, "rules": [ {"id":"a", "when":{"fact":"weary" ,"is":true}} ] }',
    }));

  it('puts the names of a waived finding in their order', () =>
    check(
      {
        [ONE]:
          '{ "rules": [ { "id": "w‸alk", "then": [] }, { "id": "rest", "then": [] } ], "waivers": [ { "finding": "conflicting-effects:rest,walk" } ] }',
      },
      'amble',
      {
        [ONE]:
          '{ "rules": [ { "id": "amble", "then": [] }, { "id": "rest", "then": [] } ], "waivers": [ { "finding": "conflicting-effects:amble,rest" } ] }',
      },
    ));

  it('says which name it would be', () => {
    const { workspace, file, offset } = opened({ [ONE]: '{ "facts": { "tir‸ed": { "title": "Tired" } } }' });
    assert.deepEqual(prepareRename(workspace, file, offset), { kind: 'renamable', span: { start: 14, end: 19 }, name: 'tired' });
  });

  it('changes nothing where the name stays', () => check({ [ONE]: '{ "facts": { "tir‸ed": {} } }' }, 'tired', {}));
});

describe('renaming is refused', () => {
  const FACTS = '"facts": { "ti‸red": { "type": "boolean" }, "frail": { "type": "boolean" } }';

  it('where there is no name', () => refuses({ [ONE]: '{ "title": "Pa‸in" }' }, 'x', /^There is no name here\. Put the cursor on an id/));
  it('for an empty name', () => refuses({ [ONE]: `{ ${FACTS} }` }, ' ', /^A name cannot be empty/));
  it('for what is no id', () =>
    refuses(
      { [ONE]: `{ ${FACTS} }` },
      'Very tired',
      /^“Very tired” is no name for a fact: use lower-case letters, digits and single hyphens/,
    ));
  it('but a site may begin with a capital', () =>
    check({ [ONE]: '{ "sites": { "l‸3": { "title": "L3" } } }' }, 'L3', { [ONE]: '{ "sites": { "L3": { "title": "L3" } } }' }));
  it('for a name that is taken', () =>
    refuses({ [ONE]: `{ ${FACTS} }` }, 'frail', /^There is a fact “frail” already, in r\.clinical\.json\. Choose another name\.$/));
  it('for one taken in a file that uses this one', () =>
    refuses(
      { [ONE]: `{ ${FACTS} }`, '/s.clinical.json': '{ "uses": ["r.clinical.json"], "derived": { "weak": { "type": "boolean" } } }' },
      'weak',
      /^There is a derived fact “weak” already, in s\.clinical\.json/,
    ));
  it('where a fact of the records would be read instead', () =>
    refuses(
      {
        [ONE]: `{ ${FACTS}, "groups": { "lesions": { "facts": { "sore": { "type": "boolean" } } } },
          "rules": [ { "id": "a", "of": "lesions", "when": { "fact": "tired", "is": true }, "then": [] } ] }`,
      },
      'sore',
      /^A fact of the records of “lesions” is called “sore” already, and would be read in place of this one where r\.clinical\.json uses it/,
    ));
  it('where it would be read in place of a fact of the patient', () =>
    refuses(
      {
        [ONE]: `{ "facts": { "sore": { "type": "boolean" } }, "groups": { "lesions": { "facts": { "ti‸red": { "type": "boolean" } } } },
          "rules": [ { "id": "a", "of": "lesions", "when": { "fact": "sore", "is": true }, "then": [] } ] }`,
      },
      'sore',
      /^“sore” means something else where r\.clinical\.json uses it, and would come to mean this/,
    ));
  it('where a requirement would ask for something else', () =>
    refuses(
      {
        [ONE]: `{ ${FACTS}, "assessments": { "scan": { "title": "Scan" } }, "rules": [ { "id": "a", "then": [ { "require": "tired" } ] } ] }`,
      },
      'scan',
      /^An assessment is called “scan” already, and would be read in place of this one/,
    ));
  it('but not where nothing reads both', () =>
    check({ [ONE]: '{ "facts": { "ti‸red": {} }, "groups": { "lesions": { "facts": { "sore": {} } } } }' }, 'sore', {
      [ONE]: '{ "facts": { "sore": {} }, "groups": { "lesions": { "facts": { "sore": {} } } } }',
    }));
  it('for words of the language', () => {
    const side = '"groups": { "lesions": { "facts": { "side": { "type": "side" } } } }';
    refuses(
      { [ONE]: `{ ${side}, "rules": [ { "id": "a", "of": "lesions", "when": { "fact": "side", "is": "le‸ft" } } ] }` },
      'x',
      /words of the language/,
    );
    refuses({ [ONE]: '{ "decisions": { "go": { "values": ["n‸o", "yes"] } } }' }, 'no-answer', /word of the language/);
  });
  it('for what nothing declares', () =>
    refuses(
      { [ONE]: '{ "rules": [ { "id": "a", "when": { "fact": "no‸body", "is": true } } ] }' },
      'x',
      /^Nothing is declared as “nobody” here/,
    ));
  it('where an adaptation takes out two things by that name', () =>
    refuses(
      {
        '/base.clinical.json':
          '{ "id": "b", "version": "1.0.0", "facts": { "walk": { "type": "boolean" } }, "rules": [ { "id": "wa‸lk", "then": [] } ] }',
        '/ward.clinical.json':
          '{ "id": "w", "basedOn": { "file": "base.clinical.json", "version": "1.0.0" }, "remove": [ { "id": "walk", "reason": "x" } ] }',
      },
      'run',
      /^ward\.clinical\.json takes “walk” out of what it adapts, and means more than one thing by it/,
    ));
  it('for a path', () => refuses({ [ONE]: '{ "uses": ["other‸.clinical.json"] }' }, 'x', /^This is the path of a file/));
  it('while a file that may have the name is broken', () =>
    refuses(
      { [ONE]: `{ ${FACTS} }`, '/s.clinical.json': '{ "uses": ["r.clinical.json"], "rules": [ { "when": { "fact": "tired" ] }' },
      'weary',
      /^s\.clinical\.json is no sound JSON, so “tired” may stand in it where it cannot be found\. Mend that file first\.$/,
    ));
  it('while the name stands where it cannot be read', () =>
    refuses(
      { [ONE]: `{ ${FACTS}, "rules": [ { "id": "a", "when": { "fact": "tired", "iss": true }, "then": [] } ] }` },
      'weary',
      /^r\.clinical\.json has mistakes of form, and “tired” stands in a part of it that cannot be read/,
    ));
});
