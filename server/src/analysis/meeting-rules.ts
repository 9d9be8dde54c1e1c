/** Which rules could fire together: sets of rules by their boxes, whatever those are made of. */
import type { Rule } from '../model/rule-set.ts';
import { type Bits, bitsWhere, fullBits, hasBit } from './bits.ts';

export interface RuleBoxes {
  /** In the order of the bits. */
  readonly rules: readonly Rule[];
  placeOf(rule: Rule): number;
  /** The rules of which `isWhole` is true. */
  readonly whole: Bits;
  /** Leaves of the rules in `left` those that could fire for one patient together with that one, by its place: never too few. Words before `from` are empty. */
  keepMeeting(left: Bits, index: number, from?: number): void;
  /** Those of the rules that could fire for one patient together with it. */
  meeting(rule: Rule, others: Iterable<Rule>): Rule[];
  /** Those that could be certain to fire for somebody of whom no more is known than that the rule fires: never too few. */
  containing(rule: Rule, others: Iterable<Rule>): Rule[];
  /** Whether the rule fires for all of its box: with others of that kind that it meets it does fire together for some patient. */
  isWhole(rule: Rule): boolean;
}

/** The same by the places of the rules. */
interface ByPlace {
  keepMeeting(left: Bits, index: number, from?: number): void;
  keepContaining(left: Bits, index: number): void;
  isWhole(index: number): boolean;
}

export function boxesByRule(rules: readonly Rule[], { keepMeeting, keepContaining, isWhole }: ByPlace): RuleBoxes {
  let places: Map<Rule, number> | undefined;
  const placeOf = (rule: Rule) => {
    places ??= new Map(rules.map((one, i) => [one, i]));
    return places.get(rule)!;
  };
  const among = (keepThose: ByPlace['keepMeeting']) => (rule: Rule, others: Iterable<Rule>) => {
    const left = fullBits(rules.length);
    keepThose(left, placeOf(rule));
    return [...others].filter(other => hasBit(left, placeOf(other)));
  };
  const whole = bitsWhere(rules.length, isWhole);
  return {
    rules,
    placeOf,
    whole,
    keepMeeting,
    meeting: among(keepMeeting),
    containing: among(keepContaining),
    isWhole: rule => hasBit(whole, placeOf(rule)),
  };
}
