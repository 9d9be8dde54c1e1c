/**
 * The fast way for rule sets whose rules test recorded facts of the patient: every rule a few terms, every fact a column of bits over the
 * terms, every patient one row of each column met with the others.
 */
import { bitsOf, setBit, wordsFor } from './bits.ts';
import { type Column, columnOf, isOrdinaryFact, type Placed } from './columns.ts';
import type { CompiledRuleSet } from './compile.ts';
import type { CompiledDecision } from './decisions.ts';
import type { CompiledRule } from './rules.ts';
import { ALWAYS, type Atom, conjunction, type Term, termsOf } from './terms.ts';

export interface Program {
  readonly columns: readonly Column[];
  readonly columnOf: ReadonlyMap<string, number>;
  /**
   * The keys of the patient seen last, in order, each with its column (-1: none). Patients of one source have their keys in one order, and
   * comparing a key with the one expected is much cheaper than looking it up.
   */
  readonly expected: { readonly keys: string[]; readonly columns: number[] };
  readonly words: number;
  /** Term `i` is the first term of rule `i`; further terms follow, then those of the scope. */
  readonly further: readonly { readonly term: number; readonly rule: number }[];
  /** Undefined where the rule set is for everyone. */
  readonly scope: readonly number[] | undefined;
  /** All rules, as bits. */
  readonly rules: Int32Array;
  readonly ids: readonly string[];
  /** Overridden rules, each after those that override it. */
  readonly overridden: readonly { readonly rule: number; readonly by: readonly number[] }[];
  readonly decisions: readonly FastDecision[];
}

export interface FastDecision {
  readonly id: string;
  readonly resolve: CompiledDecision['decision']['resolve'];
  readonly values: readonly string[];
  /** By value, the rules that decide it, as bits. */
  readonly deciding: readonly Int32Array[];
  readonly all: Int32Array;
}

/** Undefined where a rule needs more than the fast way can say. */
export function programOf(compiled: CompiledRuleSet): Program | undefined {
  const { rules, decisions } = compiled;
  const plain = rules.every(rule => rule.group === undefined && !rule.waits && rule.overriddenBy.every(({ ring }) => !ring));
  const known = decisions.every(
    ({ each, deciding }) => each === undefined && deciding.every(({ values }) => values.every(value => value.known)),
  );
  if (!plain || !known) return undefined;
  const terms = rules.map(termsOfRule);
  const scope = compiled.appliesTo ? termsOf(compiled.appliesTo) : ALWAYS;
  if (!scope || !terms.every(each => each !== undefined)) return undefined;
  const laid = layTerms(terms, scope);
  const words = Math.max(1, wordsFor(laid.terms.length));
  const columns = columnsOf(compiled, laid.terms, words);
  if (!columns) return undefined;
  return {
    columns,
    columnOf: new Map(columns.map(({ id }, index) => [id, index])),
    expected: { keys: [], columns: [] },
    words,
    further: laid.further,
    scope: compiled.appliesTo && laid.scope,
    rules: bitsOf(rules.keys(), words),
    ids: rules.map(({ rule }) => rule.id),
    overridden: overriddenInOrder(rules),
    decisions: decisions.map(decision => fastDecision(decision, words)),
  };
}

function termsOfRule({ when, until }: CompiledRule): readonly Term[] | undefined {
  return conjunction([...when.map(each => termsOf(each)), ...(until ? [termsOf(until, true)] : [])]);
}

function layTerms(byRule: readonly (readonly Term[])[], ofScope: readonly Term[]) {
  const terms: Term[] = byRule.map(([first]) => first!);
  const further = byRule.flatMap(([, ...rest], rule) => rest.map(term => ({ term: terms.push(term) - 1, rule })));
  const scope = ofScope.map(term => terms.push(term) - 1);
  return { terms, further, scope };
}

/** One column a fact that any term tests. */
function columnsOf({ layout }: CompiledRuleSet, terms: readonly Term[], words: number): Column[] | undefined {
  const byFact = new Map<string, Map<Atom, Placed>>();
  terms.forEach((term, index) => {
    for (const { atom, negated } of term) {
      const atoms = byFact.get(atom.fact.fact.id) ?? new Map<Atom, Placed>();
      byFact.set(atom.fact.fact.id, atoms);
      const placed = atoms.get(atom) ?? { atom, plain: new Int32Array(words), negated: new Int32Array(words) };
      atoms.set(atom, placed);
      setBit(negated ? placed.negated : placed.plain, index);
    }
  });
  const readers = [...byFact].map(([id, atoms]) => ({ reader: layout.compiling.fact(id, undefined)!, atoms: [...atoms.values()] }));
  if (!readers.every(({ reader }) => isOrdinaryFact(reader))) return undefined;
  return readers.map(({ reader, atoms }) => columnOf(reader, reader.recorded!.slot.index, atoms, words));
}

function overriddenInOrder(rules: readonly CompiledRule[]): { rule: number; by: number[] }[] {
  const order: { rule: number; by: number[] }[] = [];
  const seen = new Set<number>();
  const visit = (index: number) => {
    if (seen.has(index)) return;
    seen.add(index);
    const by = rules[index]!.overriddenBy.map(other => other.index);
    for (const other of by) visit(other);
    if (by.length > 0) order.push({ rule: index, by });
  };
  for (const rule of rules) visit(rule.index);
  return order;
}

function fastDecision({ decision, values, deciding }: CompiledDecision, words: number): FastDecision {
  const by = values.map((_, place) => {
    const rules = deciding.filter(each => each.values.some(value => value.place === place));
    return bitsOf(
      rules.map(({ rule }) => rule.index),
      words,
    );
  });
  const all = bitsOf(
    deciding.map(({ rule }) => rule.index),
    words,
  );
  return { id: decision.id, resolve: decision.resolve, values, deciding: by, all };
}
