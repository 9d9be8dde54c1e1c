/** Answers while one types: completion and hover on a large file, and renaming across many files, against a peer's round of validation and our own parsing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { nameAt, occurrencesOf } from '../../server/src/features/at.ts';
import { completionsAt } from '../../server/src/features/completion.ts';
import { hoverAt } from '../../server/src/features/hover.ts';
import { renameAll } from '../../server/src/renaming.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { flatRules, ruleSetText } from './generate.ts';
import { paired, type Row } from './measure.ts';

const require = createRequire(new URL('./peers/package.json', import.meta.url));
const FILE = '/bench.clinical.json';
const ASKED = { today: '2026-11-22', snippets: true };

export async function features(turns: number): Promise<Row[]> {
  return [...(await asking(turns)), ...(await renaming(2 * turns))];
}

/** Each turn asks at another rule, so that no answer is one given before. */
async function asking(turns: number): Promise<Row[]> {
  const text = ruleSetText(flatRules(1000, 1));
  const validate = await peerRound(text);
  const workspace = new Workspace(new MemoryFiles({ [FILE]: text }), () => ASKED.today);
  const places = placesOf(text, '"fact": "');
  let turn = 0;
  const next = () => places[(turn++ * 37) % places.length]!;
  const must = <T>(answer: T | undefined, isGiven: (answer: T) => boolean): T => {
    if (answer === undefined || !isGiven(answer)) throw new Error('no answer');
    return answer;
  };
  const hover = () => must(hoverAt(workspace, FILE, next() + 3), ({ markdown }) => markdown.includes('Used by'));
  const complete = () => must(completionsAt(workspace, FILE, next(), ASKED), list => list.length > 0);
  const edited = (ask: () => unknown) => () => {
    workspace.setText(FILE, `${text}${' '.repeat((turn % 7) + 1)}`);
    return ask();
  };
  const what = `1000 rules (${Math.round(text.length / 1024)} KB)`;
  const peer = 'peer: schema-only validation in process';
  const row = async (name: string, ask: () => unknown, mark: number, note: string): Promise<Row> => {
    const times = await paired(turns, ask, validate);
    return { what: `${name}, ${what}`, ...times, unit: 'ms', mark, note };
  };
  return [
    await row('hover', hover, 1 / 10, peer),
    await row('completion', complete, 1 / 10, peer),
    await row('hover with an edit just before', edited(hover), 1, `for comparison; ${READING}`),
    await row('completion with an edit just before', edited(complete), 1, `for comparison; ${READING}`),
  ];
}

const READING = 'ours parses and reads the file first, as its diagnostics need it';

/** Where a name begins, behind its quote. */
function placesOf(text: string, before: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) places.push(at + before.length);
  return places;
}

async function peerRound(text: string): Promise<() => Promise<unknown>> {
  const { getLanguageService } = require('vscode-json-languageservice');
  const { TextDocument } = require('vscode-languageserver-textdocument');
  const schema = JSON.parse(readFileSync(new URL('../../schemas/rule-set.schema.json', import.meta.url), 'utf8'));
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: 'schema://rule-set', fileMatch: ['*.json'], schema }] });
  return () => {
    const document = TextDocument.create('file:///bench.json', 'json', 1, text);
    return service.doValidation(document, service.parseJSONDocument(document));
  };
}

const FILES = 50;

/** The name used most, in a vocabulary and 50 files that use it; an edit of one file comes before each turn, so that nothing of the last answer is left. */
async function renaming(turns: number): Promise<Row[]> {
  const texts = manyFiles();
  const workspace = new Workspace(new MemoryFiles(Object.fromEntries(texts)), () => undefined);
  for (const file of texts.keys()) workspace.linked(file);
  const at = texts.get(VOCABULARY)!.indexOf('"measure-1"') + 1;
  const uses = occurrencesOf(workspace, nameAt(workspace, VOCABULARY, at)!.mention);
  const inFiles = new Set(uses.map(({ file }) => file)).size;
  if (inFiles !== FILES + 1) throw new Error(`used in ${inFiles} files`);
  let turn = 0;
  const edited = `/part-1.clinical.json`;
  const ours = () => {
    workspace.setText(edited, `${texts.get(edited)}${' '.repeat((turn++ % 5) + 1)}`);
    const answer = renameAll(workspace, VOCABULARY, at, `measure-x${turn}`);
    if (answer.kind !== 'edits' || answer.edits.size !== FILES + 1) throw new Error(JSON.stringify(answer));
  };
  const parsing = () => {
    for (const text of texts.values()) parseDocument(text);
  };
  const times = await paired(turns, ours, parsing);
  const size = Math.round([...texts.values()].reduce((sum, text) => sum + text.length, 0) / 1024);
  const what = `rename of a name used ${uses.length} times in ${inFiles} files (${size} KB)`;
  return [{ what, ...times, unit: 'ms', mark: 1, note: 'against parsing these files once; one of them was edited just before' }];
}

const VOCABULARY = '/vocabulary.clinical.json';

function manyFiles(): ReadonlyMap<string, string> {
  const rules = flatRules(FILES * 40, 2);
  const { rules: _, ...vocabulary } = JSON.parse(ruleSetText([]));
  const texts = new Map([[VOCABULARY, JSON.stringify({ ...vocabulary, role: 'library' }, null, 2)]]);
  for (let i = 0; i < FILES; i++) {
    const part = JSON.parse(ruleSetText(rules.slice(i * 40, i * 40 + 40)));
    const own = { id: `part-${i}`, title: `Part ${i}`, version: '1.0.0', uses: ['vocabulary.clinical.json'], rules: part.rules };
    texts.set(`/part-${i}.clinical.json`, JSON.stringify(own, null, 2));
  }
  return texts;
}
