/** Conditions that nobody wrote, made to put a question to the analysis. */
import { Exact } from '../model/exact.ts';
import type { Condition, Test } from '../model/rule-set.ts';
import type { Atom, Part, Tree } from './alone.ts';

export const NOWHERE = { start: 0, end: 0 };

/** True for every patient: at least none of no conditions. */
export const ALWAYS: Condition = { kind: 'count-conditions', items: [], test: testOf({ atLeast: bound(Exact.of(0)) }), span: NOWHERE };

export function bound(number: Exact): NonNullable<Test['atLeast']> {
  return { kind: 'number', number: { value: number, span: NOWHERE }, span: NOWHERE };
}

export function testOf(given: Partial<Test>): Test {
  const none = { is: undefined, in: undefined, atLeast: undefined, above: undefined, atMost: undefined, below: undefined, unit: undefined };
  return { span: NOWHERE, ...none, ...given };
}

/** Where the condition alone decides and has that truth, as a condition of its own; undefined where it cannot be written. */
export function decidingCondition(
  tree: Tree,
  { sameWay }: Atom,
  atom: number,
  isTrue: boolean,
  of: (place: number) => Condition | undefined,
) {
  const not = (item: Condition): Condition => ({ kind: 'not', item, span: NOWHERE });
  const with_ = (truth: boolean) => written(tree.root, atom, truth, of);
  const [same, other] = [with_(true), with_(false)];
  const place = atomPlace(tree.root, atom);
  const own = place === undefined ? undefined : of(place);
  if (same === undefined || other === undefined || !own) return undefined;
  const [holds, fails] = sameWay ? [same, other] : [other, same];
  if (holds === false || fails === true) return undefined;
  const items = [isTrue ? own : not(own), ...(holds === true ? [] : [holds]), ...(fails === false ? [] : [not(fails)])];
  return { kind: 'all', items, span: NOWHERE } satisfies Condition;
}

function atomPlace(part: Part, atom: number): number | undefined {
  if (part.kind === 'atom') return part.atom === atom ? part.place : undefined;
  for (const item of part.items) {
    const place = atomPlace(item, atom);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The part as a condition, one of its conditions being settled. */
function written(part: Part, atom: number, truth: boolean, of: (place: number) => Condition | undefined): Condition | boolean | undefined {
  if (part.kind === 'atom') return part.atom === atom ? truth : of(part.place);
  const items = part.items.map(item => written(item, atom, truth, of));
  if (items.includes(undefined)) return undefined;
  if (part.kind === 'not') {
    const [item] = items as [Condition | boolean];
    return typeof item === 'boolean' ? !item : { kind: 'not', item, span: NOWHERE };
  }
  const open = items.filter(item => typeof item === 'object');
  if (part.kind === 'count') {
    const count = of(part.place);
    const met = items.filter(item => item === true).length;
    // A condition that holds for everybody stands in for what is settled to hold.
    const filled = [...open, ...Array.from({ length: met }, () => ALWAYS)];
    return count?.kind === 'count-conditions' ? { ...count, items: filled, span: NOWHERE } : undefined;
  }
  const settling = part.kind === 'any';
  if (items.includes(settling)) return settling;
  if (open.length === 0) return !settling;
  return open.length === 1 ? open[0]! : { kind: part.kind, items: open, span: NOWHERE };
}
