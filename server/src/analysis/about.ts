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
  const { memory } = budget;
  // The list rests on ids alone: what the rules mean may change.
  const members = memory && { numbers: memory.idNumbers, places };
  return {
    count: countBits(places),
    first: most => firstAt(places, rules, most),
    members: () => members,
    exchanged: version => othersAt(version.rules, budget, places),
    idsWith: (own, at) => {
      const make = () => idsOf([...rulesAt(places, rules)], own, at);
      return members ? memory!.answeredAbout(own, `ids ${at}`, members, budget, () => ({ kept: make(), isSettled: true })) : make();
    },
  };
}

function idsOf(others: readonly Rule[], own: Rule, at: At): readonly string[] {
  const ids = others.map(({ id }) => id);
  return at === 'first' ? [own.id, ...ids] : [...ids, own.id];
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
