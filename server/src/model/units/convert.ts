/** Conversion between units, exactly or not at all. */
import { Exact } from '../exact.ts';
import type { Fact } from '../rule-set.ts';
import { readUnit } from './expression.ts';
import { fromLibrary, isLibraryLoaded } from './load.ts';

/** Of a fact, what its factors need. */
export type Convertible = Pick<Fact, 'unit' | 'alsoIn'>;

/**
 * How many of `to` one `from` is. What the fact declares comes first (its unit and those under `alsoIn`, in every direction), then what follows
 * exactly from the definitions of UCUM. Undefined where neither gives a factor: then nothing is converted.
 */
export function conversionFactor(fact: Convertible, from: string, to: string): Exact | undefined {
  if (from === to) return Exact.of(1);
  const perFrom = declaredFactor(fact, from);
  const perTo = declaredFactor(fact, to);
  if (perFrom && perTo) return perTo.dividedBy(perFrom);
  return exactFactor(from, to);
}

/** How many of `unit` one of the fact's own unit is, as declared. */
export function declaredFactor(fact: Convertible, unit: string): Exact | undefined {
  if (unit === fact.unit?.value) return Exact.of(1);
  const factor = fact.alsoIn.find(other => other.unit.value === unit)?.factor.value;
  return factor && factor.compare(Exact.of(0)) > 0 ? factor : undefined;
}

/** How many of `to` one `from` is by the definitions of UCUM alone. */
export function exactFactor(from: string, to: string): Exact | undefined {
  const a = readUnit(from);
  const b = readUnit(to);
  if (!a?.factor || !b?.factor || a.dimension !== b.dimension) return undefined;
  return Exact.ofFraction(a.factor.div(b.factor));
}

/** Whether UCUM has the unit. Undefined where only the library can tell and it is not loaded: see `needsLibrary` and `loadUnits`. */
export function isKnownUnit(unit: string): boolean | undefined {
  if (readUnit(unit)) return true;
  return isLibraryLoaded() ? fromLibrary(unit) !== undefined : undefined;
}

/** Whether the library must be loaded to say anything about the unit. */
export function needsLibrary(unit: string): boolean {
  return !readUnit(unit) && !isLibraryLoaded();
}

/**
 * Whether two units measure the same, so that a factor or another zero is all that can lie between them. Undefined where one of them is unknown
 * or only the library can tell and it is not loaded.
 */
export function areCommensurable(a: string, b: string): boolean | undefined {
  if (a === b) return true;
  const [ours, theirs] = [readUnit(a), readUnit(b)];
  if (ours && theirs) return ours.dimension === theirs.dimension;
  const [left, right] = [fromLibrary(a), fromLibrary(b)];
  return left && right && left.dimension === right.dimension;
}
