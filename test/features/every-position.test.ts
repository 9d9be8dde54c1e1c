/** Every feature answers at every position of every sample, in texts that break off anywhere, and after any edits. What it answers is held elsewhere. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { nameAt } from '../../server/src/features/at.ts';
import { hierarchyAt, incoming, outgoing } from '../../server/src/features/call-hierarchy.ts';
import { documentationOf } from '../../server/src/features/completion/documentation.ts';
import { completionsAt } from '../../server/src/features/completion.ts';
import { definitionAt } from '../../server/src/features/definition.ts';
import { foldableSpans } from '../../server/src/features/folding.ts';
import { formatEdits, formatRangeEdits, formatTypedEdits } from '../../server/src/features/format.ts';
import { highlightsAt } from '../../server/src/features/highlights.ts';
import { hoverAt } from '../../server/src/features/hover.ts';
import { hintsIn } from '../../server/src/features/inlay.ts';
import { linkedSpans } from '../../server/src/features/linked.ts';
import { linksIn } from '../../server/src/features/links.ts';
import { outline } from '../../server/src/features/outline.ts';
import { plainView } from '../../server/src/features/plain.ts';
import { referencesAt } from '../../server/src/features/references.ts';
import { prepareRename } from '../../server/src/features/rename.ts';
import { selectionsAt } from '../../server/src/features/selection.ts';
import { symbolsNamed } from '../../server/src/features/symbols.ts';
import { tokensIn } from '../../server/src/features/tokens.ts';
import type { Snapshot } from '../../server/src/snapshot.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, type Random } from '../support/random.ts';

const texts: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync('samples', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.json'))
    .map(path => [`/${path.replaceAll('\\', '/')}`, readFileSync(`samples/${path}`, 'utf8')]),
);
const files = Object.keys(texts).sort();

type AtPlace = (workspace: Workspace, file: string, offset: number, snapshot: Snapshot) => unknown;

const ASKED = { today: '2026-11-22', snippets: true };
const LAYOUT = { lineWidth: 140, tabSize: 2, insertSpaces: true };
const HINTS = { totals: true, units: true, titles: true, bands: true };

/** What is asked where the cursor is. */
const AT_CHARACTERS: Readonly<Record<string, AtPlace>> = {
  completion: (workspace, file, offset) => completionsAt(workspace, file, offset, ASKED),
  definition: definitionAt,
  rename: prepareRename,
  hierarchy: hierarchyAt,
  selection: (workspace, file, offset, { text, document }) =>
    selectionsAt(text, document().root, offset, nameAt(workspace, file, offset)?.mention.span),
  hover: hoverAt,
  highlights: highlightsAt,
  references: (workspace, file, offset) => referencesAt(workspace, file, offset, true),
  'linked editing': linkedSpans,
};

/** Once a text. */
const IN_FILES: Readonly<Record<string, AtPlace>> = {
  outline: (_, __, ___, snapshot) => outline(snapshot.document().root),
  folding: (_, __, ___, snapshot) => foldableSpans(snapshot.document().root),
  links: linksIn,
  tokens: (workspace, file) => tokensIn(workspace, file),
  hints: (workspace, file, _, { text }) => hintsIn(workspace, file, { start: 0, end: text.length }, HINTS),
  'plain view': (workspace, file) => workspace.linked(file) && plainView(workspace.linked(file)!.ruleSet),
  symbols: workspace => symbolsNamed(workspace, 'a'),
  formatting: (_, __, offset, { document }) => [
    formatEdits(document(), LAYOUT),
    formatRangeEdits(document(), LAYOUT, { start: offset >> 1, end: offset }),
    formatTypedEdits(document(), LAYOUT, offset, '}'),
  ],
  dependencies: (workspace, file, offset) =>
    hierarchyAt(workspace, file, offset).map(named => [incoming(workspace, named), outgoing(workspace, named)]),
};

function opened(all: readonly string[] = files): Workspace {
  return new Workspace(new MemoryFiles(Object.fromEntries(all.map(file => [file, texts[file]!]))), () => ASKED.today);
}

function ask(features: Readonly<Record<string, AtPlace>>, workspace: Workspace, file: string, offset: number): void {
  const snapshot = workspace.snapshot(file) as Snapshot;
  for (const [name, feature] of Object.entries(features)) {
    try {
      feature(workspace, file, offset, snapshot);
    } catch (error) {
      const { text } = snapshot;
      const place = `${text.slice(Math.max(0, offset - 60), offset)}‸${text.slice(offset, offset + 60)}`;
      throw new Error(`${name} fails in ${file} at ${offset}: ${place}`, { cause: error });
    }
  }
}

describe('at every position of every sample', function () {
  this.timeout(300_000);
  const workspace = opened();

  it('there is something to ask about', () => assert.ok(files.length > 100));

  it('every feature answers', () => {
    for (const file of files) for (let offset = 0; offset <= texts[file]!.length; offset++) ask(AT_CHARACTERS, workspace, file, offset);
  });

  it('what is asked of a whole text answers, and every proposal can be told about', () => {
    for (const file of files) {
      ask(IN_FILES, workspace, file, texts[file]!.length >> 1);
      const offset = texts[file]!.indexOf('": ', texts[file]!.length >> 1) + 3;
      for (const { about } of completionsAt(workspace, file, offset, ASKED)) if (about) documentationOf(workspace, file, about);
    }
  });
});

const ALL = { ...AT_CHARACTERS, ...IN_FILES };
/** The samples of one disease, small enough to be put together again after each edit. */
const FOLDERS = ['/cha2ds2-vasc/', '/curb-65/', '/news2/', '/wells/'].map(folder => files.filter(file => file.startsWith(folder)));
/** What an editor types, and what it should never meet. */
const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  ' ',
  'a',
  '1',
  'true',
  '"id": ',
  '"fact": "',
  '\\',
  '\u{1F9B4}',
  '\0',
  '\uFEFF',
  '//',
];

/** What was found for one question is kept for the next, as long as nothing changes. */
describe('what was asked before', function () {
  this.timeout(300_000);

  it('changes no answer, whatever is edited', () => {
    forSeeds(12, random => {
      const folder = random.pick(FOLDERS);
      const workspace = opened(folder);
      for (let i = 0; i < 3; i++) {
        const edited = random.pick(folder);
        const text = textOf(workspace, edited);
        const start = below(random, text.length + 1);
        const changed = text.slice(0, start) + random.pick(PIECES) + text.slice(start + below(random, 3));
        // Sound as before, sometimes: then most names keep their meaning.
        workspace.setText(edited, random.chance(0.5) ? changed : `${text} `);
        const fresh = new Workspace(
          new MemoryFiles(Object.fromEntries(folder.map(file => [file, textOf(workspace, file)]))),
          () => ASKED.today,
        );
        for (let j = 0; j < 25; j++) {
          const file = random.pick(folder);
          const offset = below(random, textOf(workspace, file).length + 1);
          for (const [name, feature] of Object.entries(AT_CHARACTERS)) {
            const answer = (of: Workspace) => JSON.stringify(feature(of, file, offset, of.snapshot(file) as Snapshot));
            assert.equal(answer(workspace), answer(fresh), `${name} in ${file} at ${offset}`);
          }
        }
      }
    });
  });
});

describe('in texts that are no JSON yet', function () {
  this.timeout(300_000);

  it('everything answers wherever a text breaks off', () => {
    forSeeds(150, random => {
      const folder = random.pick(FOLDERS);
      const workspace = opened(folder);
      const file = random.pick(folder);
      const end = below(random, texts[file]!.length);
      workspace.setText(file, texts[file]!.slice(0, end));
      for (const offset of [end, below(random, end + 1)]) ask(ALL, workspace, file, offset);
    });
  });

  it('everything answers after any edits', () => {
    forSeeds(30, random => {
      const folder = random.pick(FOLDERS);
      const workspace = opened(folder);
      const file = random.pick(folder);
      let text = texts[file]!;
      for (let i = 0; i < 8; i++) {
        const start = below(random, text.length + 1);
        const piece = random.chance(0.3) ? '' : random.pick(PIECES);
        text = text.slice(0, start) + piece + text.slice(start + (random.chance(0.5) ? 0 : below(random, 8)));
        workspace.setText(file, text);
        for (const offset of [start, start + piece.length, below(random, text.length + 1)])
          ask(ALL, workspace, file, Math.min(offset, text.length));
      }
    });
  });
});

function below(random: Random, end: number): number {
  return Number(random.list(6, 6, () => random.pick([...'0123456789'])).join('')) % Math.max(1, end);
}

function textOf(workspace: Workspace, file: string): string {
  return (workspace.snapshot(file) as Snapshot).text;
}
