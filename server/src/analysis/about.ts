/** What is said of one rule and of others, which may be many: lists of all of them are made for whoever asks, and ids only once for rules that mean the same. */
import type { Rule } from '../model/rule-set.ts';
import { type Bits, countBits, firstBit, nextBit } from './bits.ts';
import type { Members } from './members.ts';
import type { Budget } from './solve.ts';

export type { Members } from './members.ts';

type At = 'first' | 'last';

export interface Others {
  readonly count: number;
  /** The first so many of them. */
  first(most: number): readonly Rule[];
  /** Of all of them, in order, with the rule itself before or behind them. */
  idsWith(own: Rule, at: At): readonly string[];
  /** By which the list is known again in another version, where a memory counts its ids. */
  members?(): Members | undefined;
  /** The same of a version in which the same rules stand in the same order. */
  exchanged(version: Version): Others;
}

export interface Version {
  readonly rules: readonly Rule[];
  /** The same rule in this version. */
  ruleFor(rule: Rule): Rule;
}

export function fewOthers(rules: readonly Rule[]): Others {
  return {
    count: rules.length,
    first: most => rules.slice(0, most),
    idsWith: (own, at) => idsOf(rules, own, at),
    exchanged: ({ ruleFor }) => fewOthers(rules.map(ruleFor)),
  };
}

/** By their places among all rules. Nothing is asked that takes steps. */
export function othersAt(rules: readonly Rule[], budget: Budget, places: Bits): Others {
  return new OthersAt(rules, budget, places);
}

/** There may be thousands of such lists, most of them never looked into. */
class OthersAt implements Others {
  readonly count: number;
  readonly #rules: readonly Rule[];
  readonly #budget: Budget;
  readonly #places: Bits;
  /** The list of ids rests on ids alone: what the rules mean may change. */
  readonly #idNumbers: Int32Array | undefined;

  constructor(rules: readonly Rule[], budget: Budget, places: Bits) {
    this.count = countBits(places);
    this.#rules = rules;
    this.#budget = budget;
    this.#places = places;
    this.#idNumbers = budget.memory?.idNumbers;
  }

  first(most: number): readonly Rule[] {
    const first: Rule[] = [];
    for (let place = firstBit(this.#places); place >= 0 && first.length < most; place = nextBit(this.#places, place))
      first.push(this.#rules[place]!);
    return first;
  }

  members(): Members | undefined {
    return this.#idNumbers && { numbers: this.#idNumbers, places: this.#places };
  }

  idsWith(own: Rule, at: At): readonly string[] {
    const { memory } = this.#budget;
    const members = this.members();
    const make = () => idsOf(this.first(this.count), own, at);
    if (!memory || !members) return make();
    return memory.answeredAbout(own, `ids ${at}`, members, this.#budget, () => ({ kept: make(), isSettled: true }));
  }

  exchanged({ rules }: Version): Others {
    return new OthersAt(rules, this.#budget, this.#places);
  }
}

function idsOf(others: readonly Rule[], own: Rule, at: At): readonly string[] {
  const ids = others.map(({ id }) => id);
  return at === 'first' ? [own.id, ...ids] : [...ids, own.id];
}
