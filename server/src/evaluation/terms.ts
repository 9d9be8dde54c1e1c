/**
 * Conditions as sums of products over tests of single facts. Strong Kleene logic is a distributive lattice with De Morgan's laws, so this
 * changes no truth value; nothing like `a or not a` is ever simplified.
 */
import type { RecordedFact } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { Possible, Truth } from './values.ts';

/** A test of one recorded fact of the patient. */
export interface Atom {
  readonly fact: RecordedFact;
  readonly truthFor: (values: Possible) => Truth;
}

/** `negated` where the atom must not hold. */
export interface Literal {
  readonly atom: Atom;
  readonly negated: boolean;
}

/** All literals must hold; of several terms one. */
export type Term = readonly Literal[];

/** A condition that needs more terms than this is left to the general way. */
const MOST_TERMS = 64;

export const ALWAYS: readonly Term[] = [[]];

/** Undefined where the condition tests anything but recorded facts of the patient, or grows too large. */
export function termsOf(condition: CompiledCondition, negated = false): readonly Term[] | undefined {
  const { kind, items, fact, truthFor } = condition;
  if (kind === 'not') return termsOf(items[0]!, !negated);
  if (kind === 'all' || kind === 'any') {
    if (items.length === 0) return undefined;
    const parts = items.map(item => termsOf(item, negated));
    return (kind === 'all') !== negated ? conjunction(parts) : disjunction(parts);
  }
  if (!truthFor || fact?.recorded?.slot.group !== undefined || !fact?.recorded) return undefined;
  return [[{ atom: { fact: fact.recorded, truthFor }, negated }]];
}

export function conjunction(parts: readonly (readonly Term[] | undefined)[]): readonly Term[] | undefined {
  let all: readonly Term[] = ALWAYS;
  for (const part of parts) {
    if (!part || all.length * part.length > MOST_TERMS) return undefined;
    all = all.flatMap(left => part.map(right => [...left, ...right]));
  }
  return all;
}

function disjunction(parts: readonly (readonly Term[] | undefined)[]): readonly Term[] | undefined {
  const all: Term[] = [];
  for (const part of parts) {
    if (!part || all.length + part.length > MOST_TERMS) return undefined;
    all.push(...part);
  }
  return all;
}
