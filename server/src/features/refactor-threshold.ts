/** A comparison as a named threshold, in every place that makes it; and back. */
import { Exact } from '../model/exact.ts';
import { factIn } from '../model/names.ts';
import { type Node, type ObjectNode, property, valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { entriesOf, removalEdit, written } from './insert.ts';
import { declarationEdit } from './refactor-declare-in.ts';
import {
  conditionAt,
  conditionsOf,
  type FileEdits,
  filesSeeing,
  freeId,
  isAdapted,
  type Refactoring,
  type Scene,
  type Step,
  stepsAt,
  stringOf,
} from './refactor-scene.ts';
import { factTitle } from './titles.ts';
import { plural } from './words.ts';

const BOUNDS = ['atLeast', 'above', 'atMost', 'below'];
const KEYS = new Set([...BOUNDS, 'fact', 'unit']);

/** What the condition at the cursor compares becomes a threshold of its own, here and wherever the same is compared. */
export function extractThreshold(scene: Scene): Refactoring[] {
  const source = scene.textOf(scene.file);
  const condition = conditionAt(scene)?.node;
  const comparison = condition && comparisonOf(condition);
  if (source?.root?.type !== 'object' || !condition || comparison === undefined) return [];
  const known = thresholdLike(scene, comparison);
  if (known !== undefined) {
    const edits = replaced(scene, filesSeeing(scene, scene.file), comparison, known);
    return [{ title: `Use the threshold “${known}” (${placesOf(edits)})`, kind: 'rewrite', edits }];
  }
  const fact = stringOf(condition, 'fact')!;
  const id = freeId(scene, scene.file, idFor(fact, condition), ['thresholds']);
  const places = replaced(scene, filesSeeing(scene, scene.file), comparison, id);
  const declared = declarationEdit(source.text, source.root, 'thresholds', id, declarationText(scene, source.text, condition, fact));
  if (!declared) return [];
  const edits = places.map(one => (one.file === scene.file ? { ...one, edits: [...one.edits, declared] } : one));
  return [{ title: `Extract into a threshold (${placesOf(places)})`, kind: 'extract', edits }];
}

/** A threshold, named or declared at the cursor, becomes the comparison it stands for: here, or everywhere. */
export function inlineThreshold(scene: Scene): Refactoring[] {
  const condition = conditionAt(scene)?.node;
  const named = condition && stringOf(condition, 'threshold');
  const id = named ?? declaredAt(scene);
  const threshold = id === undefined ? undefined : scene.ruleSet.thresholds.get(id);
  const source = threshold && scene.textOf(threshold.file);
  const section = source && valueUnder(source.root, 'thresholds');
  const declared = id === undefined || section?.type !== 'object' ? undefined : property(section, id);
  if (!threshold || !declared?.value || comparisonOf(declared.value, true) === undefined) return [];
  const text = comparisonText(source!.text, declared.value as ObjectNode);
  const everywhere = inlineEverywhere(scene, threshold.id, threshold.file, section as ObjectNode, text);
  // The last use leaves a threshold that nothing uses.
  if (everywhere?.count === 1) return [everywhere.refactoring];
  const here: Refactoring[] = named
    ? [
        {
          title: `Inline the threshold “${id}” here`,
          kind: 'inline',
          edits: [{ file: scene.file, edits: [{ span: condition!, newText: text }] }],
        },
      ]
    : [];
  return [...here, ...(everywhere ? [everywhere.refactoring] : [])];
}

/** Not where an adaptation replaces it: what it stands for is not the same everywhere then. */
function inlineEverywhere(scene: Scene, id: string, file: string, section: ObjectNode, text: string) {
  if (isAdapted(scene, file, id, 'thresholds')) return undefined;
  const places = filesSeeing(scene, file).map(one => ({ file: one, edits: usesOf(scene, one, id).map(span => ({ span, newText: text })) }));
  const count = places.reduce((sum, { edits }) => sum + edits.length, 0);
  if (count === 0) return undefined;
  const removed = removalOf(scene.textOf(file)!.root as ObjectNode, section, id);
  const edits = places
    .map(one => (one.file === file ? { ...one, edits: [...one.edits, removed] } : one))
    .filter(one => one.edits.length > 0);
  const title = `Inline the threshold “${id}” everywhere (${plural(count, 'place')}) and remove it`;
  return { count, refactoring: { title, kind: 'inline', edits } satisfies Refactoring };
}

/** With the last threshold its section goes. */
function removalOf(root: ObjectNode, section: ObjectNode, id: string): Edit {
  const isLast = section.properties.length === 1;
  const holder = isLast ? root : section;
  return removalEdit(
    holder,
    holder.properties.findIndex(({ key, value }) => (isLast ? value === section : key === id)),
  );
}

function usesOf(scene: Scene, file: string, id: string): ObjectNode[] {
  return [...conditionsOf(scene.textOf(file)?.root)].filter(node => stringOf(node, 'threshold') === id && node.properties.length === 1);
}

/** The id of the threshold whose declaration is at the cursor. */
function declaredAt(scene: Scene): string | undefined {
  const steps = stepsAt(scene.textOf(scene.file)?.root, scene.span);
  const isDeclaration = ({ parent }: Step) => parent?.property?.key === 'thresholds' && parent.parent?.parent === undefined;
  return steps.find(isDeclaration)?.property?.key;
}

/** What a comparison of a fact with bounds says, the same however its numbers are written; undefined for anything else. */
function comparisonOf(node: Node, isThreshold = false): string | undefined {
  if (node.type !== 'object') return undefined;
  const bounds = node.properties.filter(({ key }) => BOUNDS.includes(key));
  const isPlain = node.properties.every(({ key }) => KEYS.has(key) || isThreshold);
  if (!isPlain || bounds.length === 0 || stringOf(node, 'fact') === undefined) return undefined;
  const parts = bounds.map(({ key, value }) => `${key}:${value ? boundText(value) : ''}`).sort();
  return parts.some(part => part.endsWith(':')) ? undefined : JSON.stringify([stringOf(node, 'fact'), stringOf(node, 'unit'), parts]);
}

function boundText(node: Node): string {
  if (node.type === 'number') return Exact.parse(node.text)?.fraction.toFraction() ?? '';
  if (node.type === 'string') return JSON.stringify(node.value);
  if (node.type !== 'object' || node.properties.length === 0) return '';
  const numbers = node.properties.map(({ key, value }) => (value?.type === 'number' ? `${key} ${boundText(value)}` : ''));
  return numbers.includes('') ? '' : JSON.stringify(numbers.sort());
}

/** A threshold in sight that says the same already. */
function thresholdLike(scene: Scene, comparison: string): string | undefined {
  for (const { id, file } of scene.ruleSet.thresholds.values()) {
    const node = valueUnder(valueUnder(scene.textOf(file)?.root, 'thresholds'), id);
    if (node && comparisonOf(node, true) === comparison && !isAdapted(scene, file, id, 'thresholds')) return id;
  }
  return undefined;
}

function replaced(scene: Scene, files: readonly string[], comparison: string, id: string): FileEdits[] {
  const newText = written({ threshold: id });
  const all = files.map(file => {
    const same = [...conditionsOf(scene.textOf(file)?.root)].filter(node => comparisonOf(node) === comparison);
    return { file, edits: same.map(span => ({ span, newText })) };
  });
  return all.filter(({ edits }) => edits.length > 0);
}

function placesOf(edits: readonly FileEdits[]): string {
  return plural(
    edits.reduce((sum, one) => sum + one.edits.length, 0),
    'place',
  );
}

const WORDS: Readonly<Record<string, string>> = { atLeast: 'at least', above: 'above', atMost: 'at most', below: 'below' };

/** `calcium-at-least-3-5`: its author will find a better one. */
function idFor(fact: string, condition: ObjectNode): string {
  return [fact, ...boundWords(condition)]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function boundWords(condition: ObjectNode): string[] {
  return condition.properties.flatMap(({ key, value }) => (BOUNDS.includes(key) && value ? [`${WORDS[key]} ${amountIn(value)}`] : []));
}

function amountIn(node: Node): string {
  if (node.type === 'number') return node.text.replace(/^-/, 'minus ');
  if (node.type === 'string') return node.value;
  return node.type === 'object' && node.properties[0]?.value ? amountIn(node.properties[0].value) : '';
}

/** With the source of the item that compares: the number was found there. */
function declarationText(scene: Scene, text: string, condition: ObjectNode, fact: string): string {
  const unit = stringOf(condition, 'unit');
  const title = [factTitle(scene.ruleSet, fact, groupOf(scene, fact)), ...boundWords(condition), ...(unit ? [unit] : [])].join(' ');
  const inside = comparisonText(text, condition).slice(1, -1).trim();
  const source = sourceAround(scene, text);
  return `{ "title": ${JSON.stringify(title)}, ${inside}${source === undefined ? '' : `, "source": ${source}`} }`;
}

/** The group whose fact it is, where the patient has none of that name. */
function groupOf({ ruleSet }: Scene, fact: string): string | undefined {
  return factIn(ruleSet, undefined, fact) ? undefined : [...ruleSet.groups.values()].find(({ facts }) => facts.has(fact))?.id;
}

/** Where the item at the cursor was found. What it quotes may be other numbers. */
function sourceAround(scene: Scene, text: string): string | undefined {
  for (const { node } of stepsAt(scene.textOf(scene.file)?.root, scene.span)) {
    const source = node.type === 'object' ? valueUnder(node, 'source') : undefined;
    if (source?.type !== 'object') continue;
    const parts = entriesOf(source).filter((_, i) => source.properties[i]!.key !== 'quoted');
    return `{ ${parts.map(({ start, end }) => text.slice(start, end)).join(', ')} }`;
  }
  return undefined;
}

/** The fact and its bounds as they are written, on one line. */
function comparisonText(text: string, node: ObjectNode): string {
  const parts = entriesOf(node).filter((_, i) => KEYS.has(node.properties[i]!.key));
  return `{ ${parts.map(({ start, end }) => text.slice(start, end)).join(', ')} }`;
}
