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
import { Comparison, isSameList, type Members } from './members.ts';
import type { Budget, Solution } from './solve.ts';

interface Asked {
  /** The last analysis that asked for it, by its number. */
  in: number;
}

interface Solved extends Asked {
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

interface Answered extends Asked {
  readonly kept: unknown;
  readonly steps: number;
  /** The other rules it is about, where these are not told by the key. */
  about: Members | undefined;
}

/** A rule for as long as it means the same. */
interface Remembered {
  /** As it was last. */
  rule: Rule;
  /** As it is written, where that is known. */
  text: string | undefined;
  /** That no rule of another meaning has, now or before. */
  readonly number: number;
  /** That no rule of another id has, now or before. */
  readonly idNumber: number;
  /** To questions about it, or about it and others. */
  readonly answers: Map<string, Answered>;
}

/** What one may ask about, and what was found. */
type Ask<Kept> = () => { readonly kept: Kept; readonly isSettled: boolean };

/** What was found of a rule set as a whole, and by what it is known again. */
interface Whole {
  readonly made: unknown;
  readonly ruleSet: RuleSet;
  readonly numbers: Int32Array;
  readonly words: number;
  readonly steps: number;
}

/** More texts than this are too many to hold on to. */
const MOST_TEXTS = 400_000;

export class Memory {
  readonly #ids = new Map<string, number>();
  #written = new WeakMap<Formula, Written>();
  readonly #solved = new Map<string, Solved>();
  /** The number of the analysis under way. */
  #analysis = 0;
  /** Whether the last one asked for all that it rests on. */
  #askedAll = true;
  #ruleSet: RuleSet | undefined;
  #share = 0;
  /** In the order of the rules. */
  #remembered: readonly Remembered[] = [];
  #byRule: ReadonlyMap<Rule, Remembered> = new Map();
  #numbers: Int32Array = NONE;
  #idNumbers: Int32Array = NONE;
  readonly #comparison = new Comparison();
  readonly #idComparison = new Comparison();
  #lastNumber = 0;
  #lastIdNumber = 0;
  #words = 0;
  #whole: Whole | undefined;
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
    this.#askedAll = false;
    throw new Error('the analysis is wanted no more');
  }

  /**
   * A new analysis begins, in which a question may take `share` steps: what the last one did not ask for is forgotten, unless it was stopped before
   * it could.
   */
  begin(ruleSet: RuleSet, share: number): void {
    if (this.#askedAll) this.#forgetUnasked();
    this.#askedAll = true;
    this.#analysis++;
    this.#number(ruleSet, share);
    if (this.#ids.size < MOST_TEXTS) return;
    this.#ids.clear();
    this.#written = new WeakMap();
    this.#solved.clear();
  }

  #forgetUnasked(): void {
    const last = this.#analysis;
    for (const { answers } of this.#remembered) forgetBefore(last, answers);
    forgetBefore(last, this.#solved);
  }

  /**
   * What was made of the whole with so many steps: where no rule and nothing that rules name means or is called anything else than when it was made,
   * `again` makes that of it. One that was stopped is not kept.
   */
  whole<Made>(steps: number, make: () => Made, again: (last: Made, before: RuleSet) => Made): Made {
    this.keepOn();
    const last = this.#whole;
    if (last?.steps === steps && last.words === this.#words && isSameList(last.numbers, this.#numbers)) {
      this.#askedAll = false;
      return again(last.made as Made, last.ruleSet);
    }
    const made = make();
    this.#whole = { made, ruleSet: this.#ruleSet!, numbers: this.#numbers, words: this.#words, steps };
    return made;
  }

  /** Another number once anything that rules name is called otherwise. */
  get words(): number {
    return this.#words;
  }

  /** By the place of each rule a number that no rule of another meaning has, now or before. */
  get numbers(): Int32Array {
    return this.#numbers;
  }

  /** By the place of each rule a number that no rule of another id has, now or before. */
  get idNumbers(): Int32Array {
    return this.#idNumbers;
  }

  /**
   * What was answered before to the question about these rules, if so many steps are left as that took. They count as if it were asked anew, and
   * what ran out of steps is not remembered.
   */
  answered<Kept>(rules: readonly Rule[], question: string, budget: Budget, ask: Ask<Kept>): Kept {
    this.keepOn();
    const answers = this.#byRule.get(rules[0]!)?.answers;
    let key = question;
    for (let i = 1; i < rules.length; i++) key += ` ${this.#byRule.get(rules[i]!)!.number}`;
    const known = answers?.get(key);
    if (known && known.steps <= budget.steps) return this.#again(known, budget) as Kept;
    return this.#anew(answers, key, undefined, budget, ask);
  }

  /** The same about a rule and many others, told by one of the numbers: of all such questions with this name the rule has one answer. */
  answeredAbout<Kept>(rule: Rule, question: string, about: Members, budget: Budget, ask: Ask<Kept>): Kept {
    this.keepOn();
    const answers = this.#byRule.get(rule)?.answers;
    const known = answers?.get(question);
    if (known?.about && known.steps <= budget.steps && this.#isSame(known.about, about)) {
      // The next version is compared with this one.
      known.about = about;
      return this.#again(known, budget) as Kept;
    }
    return this.#anew(answers, question, about, budget, ask);
  }

  #isSame(one: Members, other: Members): boolean {
    const comparison = other.numbers === this.#idNumbers ? this.#idComparison : this.#comparison;
    return comparison.isSame(one, other);
  }

  #again(known: Answered, budget: Budget): unknown {
    known.in = this.#analysis;
    budget.steps -= known.steps;
    return known.kept;
  }

  #anew<Kept>(answers: Map<string, Answered> | undefined, key: string, about: Members | undefined, budget: Budget, ask: Ask<Kept>): Kept {
    const before = budget.steps;
    const { kept, isSettled } = ask();
    if (isSettled && budget.steps >= 0) answers?.set(key, { kept, steps: before - budget.steps, about, in: this.#analysis });
    return kept;
  }

  /** Where a name means something else now, or a question may take another number of steps, everything is asked anew. */
  #number(ruleSet: RuleSet, share: number): void {
    const same = this.#ruleSet && compareVocabulary(this.#ruleSet, ruleSet);
    if (!same?.meaning || share !== this.#share) this.#remembered = [];
    if (!same?.words) this.#words++;
    this.#ruleSet = ruleSet;
    this.#share = share;
    const lastOf = byPlaceOrId(this.#remembered);
    const textOf = textInFiles(this.#textOfFile);
    this.#remembered = Array.from(ruleSet.rules.values(), (rule, place) => this.#rememberedAs(rule, textOf(rule), lastOf(rule, place)));
    this.#byRule = new Map(this.#remembered.map(one => [one.rule, one]));
    this.#numbers = sameIfEqual(
      this.#numbers,
      Int32Array.from(this.#remembered, ({ number }) => number),
    );
    this.#idNumbers = sameIfEqual(
      this.#idNumbers,
      Int32Array.from(this.#remembered, ({ idNumber }) => idNumber),
    );
  }

  #rememberedAs(rule: Rule, text: string | undefined, last: Remembered | undefined): Remembered {
    if (!last || !isSameAs(last, rule, text)) {
      return { rule, text, number: ++this.#lastNumber, idNumber: last?.idNumber ?? ++this.#lastIdNumber, answers: new Map() };
    }
    last.rule = rule;
    last.text = text;
    return last;
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
    const steps = before - budget.steps;
    this.#solved.set(solution.kind === 'stopped' ? stopped : key, { kind: solution.kind, left, steps, in: this.#analysis });
    return solution;
  }

  /** What took no more steps than that. */
  #known(key: string, steps: number): Solved | undefined {
    const known = this.#solved.get(key);
    if (!known || known.steps > steps) return undefined;
    known.in = this.#analysis;
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

const NONE = new Int32Array(0);

function forgetBefore(analysis: number, answers: Map<string, Asked>): void {
  answers.forEach((answer, key) => {
    if (answer.in < analysis) answers.delete(key);
  });
}

/** Most rules stand in the file of the one before. */
function textInFiles(textOf: (file: string) => string | undefined): (rule: Rule) => string | undefined {
  let last: { readonly file: string; readonly text: string | undefined } | undefined;
  return ({ file, span }) => {
    if (last?.file !== file) last = { file, text: textOf(file) };
    return last.text?.slice(span.start, span.end);
  };
}

/** Mostly the rules stand where they stood. */
function byPlaceOrId(remembered: readonly Remembered[]): (rule: Rule, place: number) => Remembered | undefined {
  let byId: ReadonlyMap<string, Remembered> | undefined;
  return ({ id }, place) => {
    const there = remembered[place];
    if (there?.rule.id === id) return there;
    byId ??= new Map(remembered.map(one => [one.rule.id, one]));
    return byId.get(id);
  };
}

function isSameAs(last: Remembered, rule: Rule, text: string | undefined): boolean {
  if (text !== undefined && text === last.text && last.rule.precaution === rule.precaution) return true;
  return isSameRule(last.rule, rule);
}

function sameIfEqual(before: Int32Array, now: Int32Array): Int32Array {
  return isSameList(before, now) ? before : now;
}

function withCells(start: Box, left: Solved['left']): Box {
  const box = [...start];
  for (const [variable, bits] of left) box[variable] = bits;
  return box;
}
