/**
 * Whether a rule that asks plain facts alone is needed, by boxes: some patient of its box must be outside of the boxes of all rules that could stand in
 * for it. It rests on these rules alone, so that it is known again as long as they mean the same.
 */
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import { fewOthers, type Others, othersAt } from './about.ts';
import { type Bits, bitsWhere, emptyBits, hasBit, isSubset, memberAt, members } from './bits.ts';
import { type Cover, cover } from './cover.ts';
import { decidingRules, groupOf } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';
import { type PlainBoxes, plainBoxesOf } from './plain-boxes.ts';
import { boxesWithin } from './plain-within.ts';
import type { Inquiry } from './question.ts';
import type { Budget } from './solve.ts';

/** `free`: some patient needs it. `none`: whoever meets it meets one of the others. Undefined where boxes do not tell. */
export type PlainNeed = { readonly kind: 'free' } | { readonly kind: 'none'; readonly by: Others } | undefined;

/** The same by the places of the others in the list. */
type Need = { readonly kind: 'free' } | { readonly kind: 'none'; readonly by: readonly number[] | 'all' } | { readonly kind: 'stopped' };

/** More rules than this are not tried one by one for the few that stand in for it. */
const MOST_TRIED = 40;

/** `budget` is for this rule alone. */
export function plainNeed(inquiry: Inquiry, rule: Rule, boxes: RuleBoxes, budget: Budget): PlainNeed {
  const { ruleSet } = inquiry;
  if (ruleSet.root.appliesTo) return undefined;
  const plain = plainBoxesOf(inquiry);
  const { memory } = budget;
  const { sound, known } = readFor(plain, boxes);
  const index = boxes.placeOf(rule);
  const rivals = hasBit(sound, index) ? rivalsOf(inquiry, rule, boxes, index) : undefined;
  if (!rivals || !isSubset(rivals, sound)) return undefined;
  const ask = () => {
    const kept = needIn(plain, index, members(rivals), budget);
    return { kept, isSettled: kept.kind !== 'stopped' };
  };
  const need = memory ? memory.answeredAbout(rule, 'needed', { numbers: memory.numbers, places: rivals }, budget, ask) : ask().kept;
  if (need.kind === 'free') return need;
  // Of whom less is known something may still change.
  if (need.kind === 'stopped' || !hasBit(known, index) || !isSubset(rivals, known)) return undefined;
  if (need.by === 'all') return { kind: 'none', by: othersAt(plain.rules, budget, rivals) };
  return { kind: 'none', by: fewOthers(need.by.map(at => plain.rules[memberAt(rivals, at)]!)) };
}

/** What is the same for all rules, by their places. */
interface Read {
  /** Rules that are nothing but their boxes. */
  readonly sound: Bits;
  /** Rules of which all that they ask is always known. */
  readonly known: Bits;
}

const READ = new WeakMap<RuleBoxes, Read>();

function readFor(plain: PlainBoxes, boxes: RuleBoxes): Read {
  const { rules, isPlain } = plain;
  const read = READ.get(boxes) ?? {
    sound: bitsWhere(rules.length, i => isPlain[i] === 1 && hasBit(boxes.whole, i)),
    known: bitsWhere(rules.length, i => isAlwaysKnown(plain, i)),
  };
  READ.set(boxes, read);
  return read;
}

/** The places of the rules that meet it and decide the same, or something that comes before it; undefined where other rules have a say too. */
function rivalsOf({ ruleSet }: Inquiry, rule: Rule, boxes: RuleBoxes, index: number): Bits | undefined {
  const effect = rule.then.length === 1 ? rule.then[0]! : undefined;
  if (effect?.kind !== 'decide' || rule.override || rule.given || groupOf(ruleSet, rule) !== undefined) return undefined;
  const decision = ruleSet.decisions.get(effect.decision.value);
  const rank = decision?.values.findIndex(({ id }) => id === effect.value.value) ?? -1;
  if (!decision || rank < 0 || decision.each || decision.resolve === 'first') return undefined;
  const byValue = decidingBits(ruleSet, boxes, decision);
  const left = emptyBits(boxes.rules.length);
  for (let i = decision.resolve === 'strictest' ? 0 : rank; i <= rank; i++) add(left, byValue.get(decision.values[i]!.id));
  left[index >> 5]! &= ~(1 << (index & 31));
  boxes.keepMeeting(left, index);
  return left;
}

const DECIDING = new WeakMap<RuleBoxes, Map<Decision, ReadonlyMap<string, Bits>>>();

/** By value of the decision the places of the rules that decide it. */
function decidingBits(ruleSet: RuleSet, boxes: RuleBoxes, decision: Decision): ReadonlyMap<string, Bits> {
  const known = DECIDING.get(boxes) ?? new Map<Decision, ReadonlyMap<string, Bits>>();
  DECIDING.set(boxes, known);
  const made = known.get(decision);
  if (made) return made;
  const byValue = new Map<string, Bits>();
  for (const { rule, value } of decidingRules(ruleSet, decision.id)) {
    const bits = byValue.get(value) ?? emptyBits(boxes.rules.length);
    byValue.set(value, bits);
    const place = boxes.placeOf(rule);
    bits[place >> 5]! |= 1 << (place & 31);
  }
  known.set(decision, byValue);
  return byValue;
}

function add(sum: Bits, others: Bits | undefined): void {
  if (!others) return;
  for (let i = 0; i < sum.length; i++) sum[i]! |= others[i]!;
}

function isAlwaysKnown({ axes, starts, sides }: PlainBoxes, index: number): boolean {
  for (let i = starts[index]!; i < starts[index + 1]!; i += 3) if (!axes[sides[i]!]!.fact.required) return false;
  return true;
}

function needIn(plain: PlainBoxes, index: number, rivals: readonly number[], budget: { steps: number }): Need {
  const within = (some: readonly number[]): Cover['kind'] => cover(boxesWithin(plain, index, some), budget).kind;
  const first = within(rivals);
  if (first !== 'covered') return { kind: first };
  budget.steps -= rivals.length;
  const alone = rivals.findIndex(rival => contains(plain, rival, index));
  if (alone >= 0) return { kind: 'none', by: [alone] };
  if (rivals.length > MOST_TRIED) return { kind: 'none', by: 'all' };
  let left = rivals.map((_, at) => at);
  for (const at of rivals.keys()) {
    const fewer = left.filter(one => one !== at);
    if (within(fewer.map(one => rivals[one]!)) === 'covered') left = fewer;
  }
  return { kind: 'none', by: left };
}

/** Whether the box of the one is as wide as that of the other, or wider, on every side. */
function contains({ axes, starts, sides }: PlainBoxes, outer: number, inner: number): boolean {
  for (let i = starts[outer]!; i < starts[outer + 1]!; i += 3) {
    let [low, high] = [0, axes[sides[i]!]!.size - 1];
    for (let j = starts[inner]!; j < starts[inner + 1]!; j += 3) if (sides[j] === sides[i]) [low, high] = [sides[j + 1]!, sides[j + 2]!];
    if (low < sides[i + 1]! || high > sides[i + 2]!) return false;
  }
  return true;
}
