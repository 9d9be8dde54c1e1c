/**
 * What was solved before, for the next version of the rule set: an edit changes few questions, and all others are not worked out again. A
 * question is known again by all that its solution rests on, written out in full; so what is remembered is what would be found.
 */

import type { Rule, RuleSet } from '../model/rule-set.ts';
import type { Bits } from './bits.ts';
import type { Wanted } from './clauses.ts';
import type { Box, Formula } from './formula.ts';
import { partsOf, textOfBits } from './formula-parts.ts';
import { compareVocabulary, isSameRule } from './meanings.ts';
import type { Budget, Solution } from './solve.ts';

interface Solved {
  readonly kind: Solution['kind'];
  /** What was left of each variable that the question reads. */
  readonly left: readonly (readonly [number, Bits])[];
  readonly steps: number;
}

/** A formula written out, by the number of its text, and the variables it reads. */
interface Written {
  readonly id: number;
  readonly reads: ReadonlySet<number>;
}

interface Numbered {
  readonly rule: Rule;
  readonly number: number;
  /** As it is written, where that is known. */
  readonly text: string | undefined;
}

interface Answered {
  readonly kept: unknown;
  readonly steps: number;
  /** The rules it is about, where these are not told by the key. */
  readonly about: Int32Array;
}

/** What this analysis asked, and what the one before did. */
class Generations<Value> {
  #now = new Map<string, Value>();
  #before = new Map<string, Value>();

  /** `isUnfinished`: the last one was stopped before it could ask for everything. */
  next(isUnfinished: boolean): void {
    this.#before = isUnfinished ? new Map([...this.#before, ...this.#now]) : this.#now;
    this.#now = new Map();
  }

  get(key: string): Value | undefined {
    const value = this.#now.get(key) ?? this.#before.get(key);
    if (value !== undefined) this.#now.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#now.set(key, value);
  }
}

const NOTHING = new Int32Array(0);

/** More texts than this are too many to hold on to. */
const MOST_TEXTS = 400_000;

export class Memory {
  readonly #ids = new Map<string, number>();
  #written = new WeakMap<Formula, Written>();
  #now = new Map<string, Solved>();
  #before = new Map<string, Solved>();
  #wasStopped = false;
  #answers = new Generations<Answered>();
  #ruleSet: RuleSet | undefined;
  /** By id the rule as it was last, with a number that it keeps as long as it means the same. */
  #rules = new Map<string, Numbered>();
  #numbers = new WeakMap<Rule, number>();
  /** By id, for as long as we live. */
  readonly #idNumbers = new Map<string, number>();
  #lastNumber = 0;
  #words = 0;
  readonly #isStopped: () => boolean;
  readonly #textOfFile: (file: string) => string | undefined;

  /** `isStopped`: whether the analysis under way is wanted no more. `textOf` gives the text of a file: what is written the same needs no closer look. */
  constructor(isStopped: () => boolean = () => false, textOf: (file: string) => string | undefined = () => undefined) {
    this.#isStopped = isStopped;
    this.#textOfFile = textOf;
  }

  /** Throws where the analysis is wanted no more. */
  keepOn(): void {
    if (!this.#isStopped()) return;
    this.#wasStopped = true;
    throw new Error('the analysis is wanted no more');
  }

  /** A new analysis begins: what the last one did not ask for is forgotten, unless it was stopped before it could. */
  begin(ruleSet: RuleSet): void {
    this.#number(ruleSet);
    this.#answers.next(this.#wasStopped);
    this.#before = this.#wasStopped ? new Map([...this.#before, ...this.#now]) : this.#now;
    this.#now = new Map();
    this.#wasStopped = false;
    if (this.#ids.size < MOST_TEXTS) return;
    this.#ids.clear();
    this.#written = new WeakMap();
    this.#before = new Map();
  }

  /** Another number once anything that rules name is called otherwise. */
  get words(): number {
    return this.#words;
  }

  /** A number that no rule of another meaning has, now or before. */
  numberOf(rule: Rule): number {
    return this.#numbers.get(rule)!;
  }

  /** A number that no rule of another id has, now or before. */
  idNumberOf({ id }: Rule): number {
    const number = this.#idNumbers.get(id) ?? this.#idNumbers.size;
    this.#idNumbers.set(id, number);
    return number;
  }

  /** What was answered before, if so many steps are left as that took. They count as if it were asked anew, and what ran out of steps is not remembered. */
  answered<Kept>(key: string, budget: Budget, ask: () => { readonly kept: Kept; readonly isSettled: boolean }): Kept {
    return this.#answered(key, NOTHING, budget, ask);
  }

  /** The same for what rests on rules that may be many, in their order: the first of them has one such answer a key. */
  answeredAbout<Kept>(
    key: string,
    about: Int32Array,
    budget: Budget,
    ask: () => { readonly kept: Kept; readonly isSettled: boolean },
  ): Kept {
    return this.#answered(`${key} ${about[0]}`, about, budget, ask);
  }

  #answered<Kept>(key: string, about: Int32Array, budget: Budget, ask: () => { readonly kept: Kept; readonly isSettled: boolean }): Kept {
    this.keepOn();
    const known = this.#answers.get(key);
    if (known && known.steps <= budget.steps && isSameList(known.about, about)) {
      budget.steps -= known.steps;
      return known.kept as Kept;
    }
    const before = budget.steps;
    const { kept, isSettled } = ask();
    if (isSettled && budget.steps >= 0) this.#answers.set(key, { kept, steps: before - budget.steps, about });
    return kept;
  }

  /** Where a name means something else now, everything is asked anew. */
  #number(ruleSet: RuleSet): void {
    const same = this.#ruleSet && compareVocabulary(this.#ruleSet, ruleSet);
    if (!same?.meaning) {
      this.#rules = new Map();
      this.#answers = new Generations();
    }
    if (!same?.words) this.#words++;
    const before = this.#rules;
    this.#ruleSet = ruleSet;
    this.#numbers = new WeakMap();
    this.#rules = new Map();
    for (const rule of ruleSet.rules.values()) {
      const last = before.get(rule.id);
      const text = this.#textOfFile(rule.file)?.slice(rule.span.start, rule.span.end);
      const number = last && isSameAs(last, rule, text) ? last.number : ++this.#lastNumber;
      this.#rules.set(rule.id, { rule, number, text });
      this.#numbers.set(rule, number);
    }
  }

  /** The steps count as if it were solved anew, so that the same is left open when they run out. */
  solved(start: Box, wanted: readonly Wanted[], budget: Budget, solve: () => Solution): Solution {
    this.keepOn();
    const written = wanted.map(({ formula }) => this.#write(formula));
    const reads = [...new Set(written.flatMap(one => [...one.reads]))].sort((a, b) => a - b);
    const asked = wanted.map(({ truth, mayStayUnknown }, i) => `${written[i]!.id}${truth}${mayStayUnknown ? '?' : ''}`);
    const key = `${asked.join()} ${reads.map(variable => textOfBits(start[variable]!)).join()}`;
    const before = budget.steps;
    // Where they run out hangs on how many there were.
    const stopped = `${key} ${before}`;
    const known = this.#known(key, before) ?? this.#known(stopped, Number.POSITIVE_INFINITY);
    if (known) {
      budget.steps -= known.steps;
      return known.kind === 'found' ? { kind: 'found', box: withCells(start, known.left) } : { kind: known.kind };
    }
    const solution = solve();
    const left = solution.kind === 'found' ? reads.map(variable => [variable, solution.box[variable]!] as const) : [];
    this.#now.set(solution.kind === 'stopped' ? stopped : key, { kind: solution.kind, left, steps: before - budget.steps });
    return solution;
  }

  /** What took no more steps than that. */
  #known(key: string, steps: number): Solved | undefined {
    const known = this.#now.get(key) ?? this.#before.get(key);
    if (!known || known.steps > steps) return undefined;
    this.#now.set(key, known);
    return known;
  }

  #write(formula: Formula): Written {
    const known = this.#written.get(formula);
    if (known) return known;
    const { inner, own, variables } = partsOf(formula);
    const reads = new Set(variables);
    const ids = inner.map(item => {
      const { id, reads: theirs } = this.#write(item);
      for (const variable of theirs) reads.add(variable);
      return id;
    });
    const written = { id: this.#numbered(`${formula.kind} ${own} ${ids.join(' ')}`), reads };
    this.#written.set(formula, written);
    return written;
  }

  #numbered(text: string): number {
    const id = this.#ids.get(text) ?? this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }
}

function isSameAs(last: Numbered, rule: Rule, text: string | undefined): boolean {
  if (text !== undefined && text === last.text && last.rule.precaution === rule.precaution) return true;
  return isSameRule(last.rule, rule);
}

function isSameList(one: Int32Array, other: Int32Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function withCells(start: Box, left: Solved['left']): Box {
  const box = [...start];
  for (const [variable, bits] of left) box[variable] = bits;
  return box;
}
