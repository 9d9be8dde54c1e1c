/** What is said of one rule and of others, which may be many: lists of all of them are made for whoever asks, and ids only once for rules that mean the same. */
import type { Rule } from '../model/rule-set.ts';
import { type Bits, countBits, eachMember, firstBit, nextBit } from './bits.ts';
import type { RuleBoxes } from './meeting-rules.ts';
import type { Memory } from './memory.ts';
import type { Budget } from './solve.ts';

type At = 'first' | 'last';

export interface Others {
  readonly count: number;
  /** The first so many of them. */
  first(most: number): readonly Rule[];
  /** Of all of them, in order, with the rule itself before or behind them. */
  idsWith(own: Rule, at: At): readonly string[];
  /** By which the list is known again in another version, where a memory counts its ids. */
  members?(): Members | undefined;
}

export interface Members {
  /** Of the id of every rule of the whole, by its place. */
  readonly numbers: Int32Array;
  readonly places: Bits;
}

export function fewOthers(rules: readonly Rule[]): Others {
  return { count: rules.length, first: most => rules.slice(0, most), idsWith: (own, at) => idsOf(rules, own, at) };
}

/** By their places, beside the rule at `place`. Nothing is asked that takes steps. */
export function othersBeside(boxes: RuleBoxes, budget: Budget, place: number, others: Bits): Others {
  const { rules } = boxes;
  const { memory } = budget;
  return {
    count: countBits(others),
    first: most => firstAt(others, rules, most),
    members: () => memory && { numbers: idNumbersOf(rules, memory), places: others },
    idsWith: (own, at) => {
      const make = () => idsOf([...rulesAt(others, rules)], own, at);
      if (!memory) return make();
      // The list rests on ids alone: what the rules mean may change.
      const about = listAbout(idNumbersOf(rules, memory), place, others);
      return memory.answeredAbout(`ids ${at}`, about, budget, () => ({ kept: make(), isSettled: true }));
    },
  };
}

function idsOf(others: readonly Rule[], own: Rule, at: At): readonly string[] {
  const ids = others.map(({ id }) => id);
  return at === 'first' ? [own.id, ...ids] : [...ids, own.id];
}

/** By place. */
type Numbers = WeakMap<readonly Rule[], Int32Array>;

const NUMBERS: Numbers = new WeakMap();
const ID_NUMBERS: Numbers = new WeakMap();

/** By which the memory knows them again: the number of the rule at the place, then those of the others. */
export function numbersAbout({ rules }: RuleBoxes, memory: Memory, place: number, others: Bits): Int32Array {
  const numbers = numbersOf(NUMBERS, rules, rule => memory.numberOf(rule));
  return listAbout(numbers, place, others);
}

function idNumbersOf(rules: readonly Rule[], memory: Memory): Int32Array {
  return numbersOf(ID_NUMBERS, rules, rule => memory.idNumberOf(rule));
}

function numbersOf(known: Numbers, rules: readonly Rule[], numberOf: (rule: Rule) => number): Int32Array {
  const numbers = known.get(rules) ?? Int32Array.from(rules, numberOf);
  known.set(rules, numbers);
  return numbers;
}

function listAbout(numbers: Int32Array, place: number, others: Bits): Int32Array {
  const about = new Int32Array(1 + countBits(others));
  about[0] = numbers[place]!;
  let end = 1;
  eachMember(others, other => {
    about[end++] = numbers[other]!;
  });
  return about;
}

/** Those at the places, in order. */
export function* rulesAt(places: Bits, rules: readonly Rule[]): Generator<Rule> {
  for (let place = firstBit(places); place >= 0; place = nextBit(places, place)) yield rules[place]!;
}

function firstAt(places: Bits, rules: readonly Rule[], most: number): Rule[] {
  const first: Rule[] = [];
  for (let place = firstBit(places); place >= 0 && first.length < most; place = nextBit(places, place)) first.push(rules[place]!);
  return first;
}
