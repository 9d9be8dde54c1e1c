/** The bounds of a comparison in another unit that the fact declares: only where every number stays exact. */
import { Exact } from '../model/exact.ts';
import { ANYWHERE, factIn, LOCATED } from '../model/names.ts';
import type { Fact } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import { type NumberNode, type ObjectNode, valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { type Refactoring, type Scene, type Step, stepsAt, stringOf } from './refactor-scene.ts';

const NUMBERS = ['is', 'atLeast', 'above', 'atMost', 'below'];
const MOST_DIGITS = 12;

/** A number that the source is quoted with stays as the source has it. */
export function convertBound(scene: Scene): Refactoring[] {
  const source = scene.textOf(scene.file);
  const steps = stepsAt(source?.root, scene.span);
  const step = steps.find(
    ({ node }) => node.type === 'object' && stringOf(node, 'fact') !== undefined && stringOf(node, 'unit') !== undefined,
  );
  const node = step?.node as ObjectNode | undefined;
  const numbers = node && boundsOf(node);
  const fact = step && node && factAt(scene, step, stringOf(node, 'fact')!);
  if (!node || !numbers || !fact || isQuoted(steps, numbers)) return [];
  const from = stringOf(node, 'unit')!;
  return [fact.unit, ...fact.alsoIn.map(({ unit }) => unit)].flatMap((unit): Refactoring[] => {
    if (!unit || unit.value === from) return [];
    const edits = converted(numbers, fact, from, unit.value);
    const unitNode = valueUnder(node, 'unit')!;
    if (!edits) return [];
    const all = [...edits, { span: { start: unitNode.start, end: unitNode.end }, newText: JSON.stringify(unit.value) }];
    return [{ title: `Write in ${unit.value}`, kind: 'rewrite', edits: [{ file: scene.file, edits: all }] }];
  });
}

/** Undefined where it compares anything but plain numbers, or does not compare. */
function boundsOf(node: ObjectNode): readonly NumberNode[] | undefined {
  const bounds = node.properties.filter(({ key }) => key !== 'fact' && key !== 'unit' && (NUMBERS.includes(key) || key === 'in'));
  const numbers = bounds.flatMap(({ value }) => (value?.type === 'number' ? [value] : []));
  return numbers.length > 0 && numbers.length === bounds.length ? numbers : undefined;
}

function isQuoted(steps: readonly Step[], numbers: readonly NumberNode[]): boolean {
  const quoted = steps.flatMap(({ node }) => {
    const value = node.type === 'object' ? valueUnder(valueUnder(node, 'source'), 'quoted') : undefined;
    const all = value?.type === 'array' ? value.items : value ? [value] : [];
    return all.flatMap(one => (one.type === 'number' ? (Exact.parse(one.text) ?? []) : []));
  });
  return numbers.some(({ text }) => quoted.some(other => Exact.parse(text)?.equals(other)));
}

function converted(numbers: readonly NumberNode[], fact: Fact, from: string, to: string): Edit[] | undefined {
  const factor = conversionFactor(fact, from, to);
  if (!factor) return undefined;
  const edits = numbers.map(({ start, end, text }) => {
    const newText = Exact.parse(text)?.times(factor).toString(MOST_DIGITS);
    return { span: { start, end }, newText: newText ?? '≈' };
  });
  return edits.some(({ newText }) => newText.startsWith('≈')) ? undefined : edits;
}

/** The fact as it is seen where the comparison stands: within a record, in a `where`, or of the patient. */
function factAt({ ruleSet }: Scene, step: Step, id: string): Fact | undefined {
  let at: Step | undefined = step;
  while (at) {
    const { parent, property }: Step = at;
    if (property?.key === 'where' && parent) {
      const group = ['some', 'every', 'none', 'count', 'group'].map(key => stringOf(parent.node, key)).find(name => name !== undefined);
      return factIn(ruleSet, group, id);
    }
    if (property?.key === 'thresholds') return factIn(ruleSet, ANYWHERE, id);
    if (property?.key === 'precautions') return factIn(ruleSet, LOCATED, id);
    const of = at.node.type === 'object' ? stringOf(at.node, 'of') : undefined;
    if (of !== undefined) return factIn(ruleSet, of, id);
    at = parent;
  }
  return factIn(ruleSet, undefined, id);
}
