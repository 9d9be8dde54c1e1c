/** Points that rules compare become bands with a name: those there are, or new ones cut where the rules cut. */
import { cellWords, type TotalCell, totalsInBands } from '../analysis/band-totals.ts';
import { readTest } from '../model/read-conditions.ts';
import type { Band, RuleSet, Score, Test } from '../model/rule-set.ts';
import { type ObjectNode, valueOf as valueUnder } from '../syntax/node.ts';
import { indentAt, lineEndOf, written } from './insert.ts';
import {
  conditionAt,
  conditionsOf,
  type FileEdits,
  filesSeeing,
  isAdapted,
  type Refactoring,
  type Scene,
  stringOf,
} from './refactor-scene.ts';
import { scoreName } from './titles.ts';
import { plural } from './words.ts';

/** A comparison of a score's total, where it is written. */
interface Compared {
  readonly file: string;
  readonly node: ObjectNode;
  readonly test: Test;
}

export function pointsToBands(scene: Scene): Refactoring[] {
  const node = conditionAt(scene)?.node;
  const score = node && scene.ruleSet.scores.get(stringOf(node, 'score') ?? '');
  const test = node && totalTest(node);
  if (!node || !score || !test || isAdapted(scene, score.file, score.id, 'scores')) return [];
  if (score.bandSets.size === 0) return newBands(scene, score);
  const named = bandsSaying(score, test, scene.ruleSet);
  if (!named) return [];
  const edit = { span: { start: node.start, end: node.end }, newText: written({ score: score.id, in: named }) };
  return [
    {
      title: `Name the ${plural(named.length, 'band')} instead of the points`,
      kind: 'rewrite',
      edits: [{ file: scene.file, edits: [edit] }],
    },
  ];
}

function totalTest(node: ObjectNode): Test | undefined {
  const total = valueUnder(node, 'total');
  return total?.type === 'object' ? readTest(total, []) : undefined;
}

/** The test as a band among the others, so that both are held against the same attainable totals. */
function asBand(test: Test, id: string): Band {
  return { id, idSpan: test.span, span: test.span, title: undefined, test, when: undefined };
}

/** The bands of one set that together hold exactly the totals the test allows; undefined where there are none. Bands for some patients only say less. */
function bandsSaying(score: Score, test: Test, ruleSet: RuleSet): readonly string[] | undefined {
  const wanted = asBand(test, '');
  for (const bands of score.bandSets.values()) {
    if (bands.some(({ when }) => when)) continue;
    const cells = totalsInBands(score, [...bands, wanted], ruleSet);
    if (!cells) return undefined;
    const inside = bands.filter(band => cells.some(cell => cell.bands.includes(band) && cell.bands.includes(wanted)));
    const same = cells.every(cell => cell.bands.includes(wanted) === cell.bands.some(band => inside.includes(band)));
    if (same && inside.length > 0) return inside.map(({ id }) => id);
  }
  return undefined;
}

/** Cut at every total that is compared anywhere, so that each comparison is some of the bands. */
function newBands(scene: Scene, score: Score): Refactoring[] {
  const compared = filesSeeing(scene, score.file).flatMap(file => comparedIn(scene, file, score.id));
  const tests = compared.map(({ test }, i) => asBand(test, `${i}`));
  const cells = totalsInBands(score, tests, scene.ruleSet);
  const bands = cells && bandsOf(cells);
  const declared = bands && bandsEdit(scene, score, bands);
  if (!bands || !declared || bands.length < 2) return [];
  const replacing = compared.map(({ file, node }, i) => {
    const named = bands.filter(({ cells: own }) => own[0]!.bands.includes(tests[i]!)).map(({ id }) => id);
    return { file, named, edit: { span: { start: node.start, end: node.end }, newText: written({ score: score.id, in: named }) } };
  });
  // A comparison that no total meets is no band.
  if (replacing.some(({ named }) => named.length === 0)) return [];
  const edits = [...new Set([score.file, ...replacing.map(({ file }) => file)])].map((file): FileEdits => {
    const own = replacing.filter(one => one.file === file).map(({ edit }) => edit);
    return { file, edits: file === score.file ? [...own, declared] : own };
  });
  return [{ title: `Turn the points of ${scoreName(scene.ruleSet, score.id)} into ${bands.length} bands`, kind: 'extract', edits }];
}

function comparedIn(scene: Scene, file: string, score: string): Compared[] {
  return [...conditionsOf(scene.textOf(file)?.root)].flatMap(node => {
    const test = stringOf(node, 'score') === score ? totalTest(node) : undefined;
    return test ? [{ file, node, test }] : [];
  });
}

interface NewBand {
  readonly id: string;
  readonly cells: readonly TotalCell[];
}

/** Runs of totals that every comparison treats alike. Undefined where a comparison cuts between totals that are not counted one by one. */
function bandsOf(cells: readonly TotalCell[]): readonly NewBand[] | undefined {
  if (cells.some(({ cell }) => cell.above ?? cell.below)) return undefined;
  const runs: TotalCell[][] = [];
  for (const cell of cells) {
    const before = runs.at(-1)?.[0];
    if (before && before.bands.length === cell.bands.length && before.bands.every(band => cell.bands.includes(band)))
      runs.at(-1)!.push(cell);
    else runs.push([cell]);
  }
  const ids = runs.map(run => idFor(run));
  return new Set(ids).size === ids.length ? runs.map((run, i) => ({ id: ids[i]!, cells: run })) : undefined;
}

/** `points-0-to-6`: its author will find a better one. */
function idFor(run: readonly TotalCell[]): string {
  const ends = [run[0]!, run.at(-1)!].map(({ cell }) => cellWords([cell]).replace(/^-/, 'minus-').replaceAll('.', '-'));
  return `points-${ends[0] === ends[1] ? ends[0] : ends.join('-to-')}`;
}

/** The first band has no lower end and the last no upper one: nothing is between them but totals nobody has. */
function bandsEdit(scene: Scene, score: Score, bands: readonly NewBand[]) {
  const source = scene.textOf(score.file);
  const node = valueUnder(valueUnder(source?.root, 'scores'), score.id);
  const components = node?.type === 'object' ? node.properties.find(({ key }) => key === 'components')?.value : undefined;
  if (!source || !components || bands.some(({ cells }) => cells.some(({ cell }) => cellWords([cell]).startsWith('≈')))) return undefined;
  const key = (node as ObjectNode).properties.find(({ value }) => value === components)!;
  const isOnLines = /\n[ \t]*$/.test(source.text.slice(0, key.keyStart));
  const indent = indentAt(source.text, key.keyStart);
  const between = isOnLines ? `,${lineEndOf(source.text)}${indent}` : ', ';
  const written = bands.map(({ id, cells }, i) => {
    const low = i === 0 ? '' : `"atLeast": ${cellWords([cells[0]!.cell])}`;
    const high = i === bands.length - 1 ? '' : `"atMost": ${cellWords([cells.at(-1)!.cell])}`;
    return `${JSON.stringify(id)}: { ${[low, high].filter(Boolean).join(', ')} }`;
  });
  return { span: { start: components.end, end: components.end }, newText: `${between}"bands": { ${written.join(', ')} }` };
}
