/** Fixes of a finding among which its author chooses: nobody else can say which was meant. */
import { domainOf } from '../analysis/cells.ts';
import type { Diagnostic, Fix } from '../diagnostics/define.ts';
import { factsNamed } from '../diagnostics/scope.ts';
import { declaredUnits } from '../diagnostics/unit-uses.ts';
import { Exact } from '../model/exact.ts';
import type { Node, NumberNode, ObjectNode } from '../syntax/node.ts';
import { removalEdit, written } from './insert.ts';
import { type Scene, type Step, stepsAt, stringOf } from './refactor-scene.ts';

const BOUNDS = new Set(['is', 'atLeast', 'above', 'atMost', 'below']);

export function fixChoices({ code, span }: Diagnostic, scene: Scene): Fix[] {
  const steps = stepsAt(scene.textOf(scene.file)?.root, span);
  if (code === 'missing-unit') return unitChoices(scene, steps);
  return code === 'wrong-kind' ? scoreInstead(scene, steps) : [];
}

/** A key that stands twice with the same value says the same without the second. Asked for apart: such a file is no sound JSON. */
export function doubleRemoved({ code, span }: Diagnostic, text: string, root: Node | undefined): Fix[] {
  const holder = stepsAt(root, span).find(
    ({ node }) => node.type === 'object' && node.properties.some(({ keyStart }) => keyStart === span.start),
  )?.node;
  if (code !== 'duplicate-key' || holder?.type !== 'object') return [];
  const index = holder.properties.findIndex(({ keyStart }) => keyStart === span.start);
  const { key, value } = holder.properties[index]!;
  const first = holder.properties.find(property => property.key === key)!;
  const isSame = value && first.value && text.slice(value.start, value.end) === text.slice(first.value.start, first.value.end);
  return isSame ? [{ title: `Remove the second “${key}”: both say the same`, edits: [removalEdit(holder, index)] }] : [];
}

/** Each unit in which the numbers lie within the fact's domain. */
function unitChoices({ ruleSet }: Scene, steps: readonly Step[]): Fix[] {
  const holder = steps.find(({ node }) => node.type === 'object' && stringOf(node, 'fact') !== undefined)?.node as ObjectNode | undefined;
  const fact = holder && factsNamed(ruleSet, stringOf(holder, 'fact')!)[0];
  const bounds = holder?.properties.filter(({ key, value }) => BOUNDS.has(key) && value?.type === 'number') ?? [];
  const last = bounds.at(-1)?.value;
  if (!fact || !last || declaredUnits(fact).length < 2) return [];
  const numbers = bounds.flatMap(({ value }) => Exact.parse((value as NumberNode).text) ?? []);
  const fitting = declaredUnits(fact).filter(unit => {
    const { low, high } = domainOf(fact, unit);
    return numbers.every(number => !(low && number.compare(low) < 0) && !(high && number.compare(high) > 0));
  });
  return fitting.map(unit => ({
    title: `Add the unit ${unit}`,
    edits: [{ span: { start: last.end, end: last.end }, newText: `, "unit": ${JSON.stringify(unit)}` }],
  }));
}

/** `{ "fact": "sins", "atLeast": 13 }` where SINS is a score: its total is meant, or one of its bands. */
function scoreInstead({ ruleSet, textOf, file }: Scene, steps: readonly Step[]): Fix[] {
  const condition = steps.find(({ node }) => node.type === 'object')?.node as ObjectNode | undefined;
  const id = condition && stringOf(condition, 'fact');
  const score = id === undefined ? undefined : ruleSet.scores.get(id);
  const tests = condition?.properties.filter(({ key }) => key !== 'fact') ?? [];
  if (!condition || !score || tests.length === 0) return [];
  const { text } = textOf(file)!;
  const edit = (newText: string) => [{ span: { start: condition.start, end: condition.end }, newText }];
  if (tests.every(({ key, value }) => BOUNDS.has(key) && value?.type === 'number')) {
    const total = tests.map(({ keyStart, value }) => text.slice(keyStart, value!.end)).join(', ');
    return [{ title: `Compare the total of the score “${id}”`, edits: edit(`{ "score": ${JSON.stringify(id)}, "total": { ${total} } }`) }];
  }
  const named = tests.flatMap(({ key, value }): readonly Node[] => {
    if (!value || (key !== 'is' && key !== 'in')) return [];
    return value.type === 'array' ? value.items : [value];
  });
  const bands = named.flatMap(value => (value.type === 'string' ? value.value : []));
  const known = new Set([...score.bandSets.values()].flat().map(band => band.id));
  if (tests.length > 1 || bands.length === 0 || !bands.every(band => known.has(band))) return [];
  return [{ title: `Name the bands of the score “${id}”`, edits: edit(written({ score: id, in: bands })) }];
}
