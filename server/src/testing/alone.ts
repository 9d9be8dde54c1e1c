/**
 * Which conditions alone decide (modified condition/decision coverage): turn one of them, leave the others as they are, and what they make
 * together turns too. A condition is shown to matter where one case has it true and alone deciding, and another false and alone deciding. That is
 * the masking form: several conditions of a rule often ask for one fact, and then nobody can differ in one of them and in nothing else.
 */
import { eachCondition } from '../analysis/gather.ts';
import { shapeText } from '../analysis/slots.ts';
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import { compileCountTest } from '../evaluation/counts.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from '../evaluation/values.ts';
import type { Condition } from '../model/rule-set.ts';
import { type ConditionList, conditionsOf, type Whole } from './nodes.ts';

/** One condition of a whole, wherever it stands there: the same words twice are one condition. */
export interface Atom {
  readonly whole: number;
  /** Its first place in the list of conditions. */
  readonly place: number;
  /** Whether the whole turns the same way, or the opposite way: false below `not`. */
  readonly sameWay: boolean;
}

export interface Deciders {
  readonly atoms: readonly Atom[];
  readonly wholes: readonly Tree[];
  /** Those of the patient alone. */
  readonly ofPatient: readonly Tree[];
  /** By group those that see its records, and of these by the group whose rules ask (first those of the patient's). */
  readonly ofGroups: readonly (readonly (readonly Tree[])[])[];
}

/** A whole with two conditions or more: of one by itself it is known anyway that it decides. */
export interface Tree {
  readonly index: number;
  readonly whole: Whole;
  readonly root: Part;
  /** Indexes into `atoms`. */
  readonly atoms: readonly number[];
  /** No condition stands twice and nothing is counted: then one walk from the top finds all that decide. */
  readonly plain: boolean;
}

export type Part =
  | { readonly kind: 'atom'; readonly atom: number; readonly place: number }
  | { readonly kind: 'all' | 'any'; readonly items: readonly Part[]; readonly place: number | undefined }
  | { readonly kind: 'not'; readonly items: readonly Part[]; readonly place: number | undefined }
  | {
      readonly kind: 'count';
      readonly items: readonly Part[];
      readonly place: number;
      readonly meets: (least: number, most: number) => Truth;
    };

const made = new WeakMap<CompiledRuleSet, Deciders>();

/** Made once for a rule set. */
export function decidersOf(compiled: CompiledRuleSet): Deciders {
  const known = made.get(compiled) ?? gathered(compiled, conditionsOf(compiled));
  made.set(compiled, known);
  return known;
}

function gathered({ ruleSet }: CompiledRuleSet, list: ConditionList): Deciders {
  const written = new Map<unknown, Condition>();
  eachCondition(ruleSet, condition => written.set(condition.span, condition));
  const atoms: Atom[] = [];
  const wholes: Tree[] = [];
  for (const whole of list.wholes) {
    const grown = treeOf(whole, list, written, atoms.length);
    if (grown.places.length < 2) continue;
    const index = wholes.length;
    const tree = { index, whole, root: grown.root, atoms: grown.places.map((_, i) => atoms.length + i), plain: grown.plain };
    const ways = waysOf(tree);
    atoms.push(...grown.places.map((place, i) => ({ whole: index, place, sameWay: ways[i]! })));
    wholes.push(tree);
  }
  const seeing = (group: number | undefined, askedBy: number | undefined) =>
    wholes.filter(({ whole }) => whole.group === group && whole.askedBy === askedBy);
  const groups = list.ofGroups.map((lists, group) => lists.map(({ askedBy }) => seeing(group, askedBy)));
  return { atoms, wholes, ofPatient: seeing(undefined, undefined), ofGroups: groups };
}

interface Grown {
  readonly root: Part;
  readonly places: readonly number[];
  readonly plain: boolean;
}

function treeOf(whole: Whole, { nodes }: ConditionList, written: ReadonlyMap<unknown, Condition>, first: number): Grown {
  const known = new Map<string, number>();
  const places: number[] = [];
  let plain = true;
  const placeOf = (condition: unknown) => nodes.findIndex(node => node.condition === condition);
  const grow = (place: number): Part => {
    const { condition, parts } = nodes[place]!;
    const text = written.get(condition.span);
    if (condition.kind === 'count-conditions' && condition.items.length > 0 && text?.kind === 'count-conditions') {
      plain = false;
      const items = condition.items.map(item => grow(placeOf(item)));
      return { kind: 'count', items, place, meets: compileCountTest(text.test) };
    }
    if (parts.length > 0) return { kind: condition.kind as 'all' | 'any' | 'not', items: parts.map(grow), place };
    const shape = text?.kind === condition.kind ? shapeText(text) : `${place}`;
    const atom = known.get(shape) ?? places.push(place) - 1;
    if (known.has(shape)) plain = false;
    known.set(shape, atom);
    return { kind: 'atom', atom: first + atom, place };
  };
  const items = whole.places.map(grow);
  if (whole.until !== undefined) items.push({ kind: 'not', items: [grow(whole.until)], place: undefined });
  return { root: items.length === 1 ? items[0]! : { kind: 'all', items, place: undefined }, places, plain };
}

/** Of more conditions than this not every combination is tried. */
const MOST_TRIED = 10;

/** By condition: whether the whole turns the same way. One that can turn it either way counts as turning it the same way. */
function waysOf({ root, atoms, plain }: Pick<Tree, 'root' | 'atoms' | 'plain'>): boolean[] {
  if (plain) return plainWays(root, true);
  const first = atoms[0]!;
  return atoms.map(atom => canTurn(root, atom, atoms.length, first, true) || !canTurn(root, atom, atoms.length, first, false));
}

/** In the order in which they stand. */
function plainWays(part: Part, sameWay: boolean): boolean[] {
  if (part.kind === 'atom') return [sameWay];
  return part.items.flatMap(item => plainWays(item, part.kind === 'not' ? !sameWay : sameWay));
}

function canTurn(root: Part, atom: number, count: number, first: number, sameWay: boolean): boolean {
  const [ifTrue, ifFalse] = sameWay ? [TRUE, FALSE] : [FALSE, TRUE];
  const tried = Math.min(count, MOST_TRIED);
  for (let mask = 0; mask < 2 ** tried; mask++) {
    const others = (at: number): Truth => (at - first < tried && mask & (1 << (at - first)) ? TRUE : FALSE);
    const turned = (truth: Truth) => truthOf(root, at => (at === atom ? truth : others(at)));
    if (turned(TRUE) === ifTrue && turned(FALSE) === ifFalse) return true;
  }
  return false;
}

/** The truth of the part where each condition has the truth given. */
export function truthOf(part: Part, of: (atom: number) => Truth): Truth {
  if (part.kind === 'atom') return of(part.atom);
  const truths = part.items.map(item => truthOf(item, of));
  switch (part.kind) {
    case 'not':
      return (2 - truths[0]!) as Truth;
    case 'all':
      return Math.min(...truths) as Truth;
    case 'any':
      return Math.max(...truths) as Truth;
    case 'count':
      return counted(truths, part.meets);
  }
}

function counted(truths: readonly Truth[], meets: (least: number, most: number) => Truth): Truth {
  const least = truths.filter(truth => truth === TRUE).length;
  return meets(least, least + truths.filter(truth => truth === UNKNOWN).length);
}

/** Tells `mark` of every condition of the whole that alone decides it, for truths by place in the list of conditions. */
export function markDeciding(
  { root, atoms, plain }: Tree,
  deciders: Deciders,
  truths: ArrayLike<number>,
  mark: (atom: number, truth: Truth) => void,
): void {
  if (plain) return walk(root, truths, mark);
  const now = (atom: number) => truths[deciders.atoms[atom]!.place] as Truth;
  for (const atom of atoms) {
    const { sameWay } = deciders.atoms[atom]!;
    if (now(atom) === UNKNOWN) continue;
    const turned = (truth: Truth) => truthOf(root, at => (at === atom ? truth : now(at)));
    if (turned(TRUE) === (sameWay ? TRUE : FALSE) && turned(FALSE) === (sameWay ? FALSE : TRUE)) mark(atom, now(atom));
  }
}

/** Below `all` a part decides where all others hold, below `any` where no other does. */
function walk(part: Part, truths: ArrayLike<number>, mark: (atom: number, truth: Truth) => void): void {
  if (part.kind === 'atom') {
    const truth = truths[part.place] as Truth;
    if (truth !== UNKNOWN) mark(part.atom, truth);
    return;
  }
  if (part.kind === 'not') return walk(part.items[0]!, truths, mark);
  const passive = part.kind === 'all' ? TRUE : FALSE;
  let odd: Part | undefined;
  for (const item of part.items) {
    if (partTruth(item, truths) === passive) continue;
    if (odd) return;
    odd = item;
  }
  if (odd) return walk(odd, truths, mark);
  for (const item of part.items) walk(item, truths, mark);
}

/** Only what must not hold (`until`) has no place of its own. */
function partTruth(part: Part, truths: ArrayLike<number>): number {
  if (part.kind === 'not' && part.place === undefined) return 2 - partTruth(part.items[0]!, truths);
  return truths[part.place!]!;
}
