/**
 * Whether a rule that asks plain facts alone is needed, by boxes: some patient of its box must be outside of the boxes of all rules that could stand in
 * for it. It rests on these rules alone, so that it is known again as long as they mean the same.
 */
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import { fewOthers, type Others, othersAt } from './about.ts';
import { type Bits, bitsWhere, emptyBits, hasBit, isSubset, members } from './bits.ts';
import { type Boxes, type Cover, cover } from './cover.ts';
import { decidingRules, groupOf } from './gather.ts';
import type { RuleBoxes } from './meeting-rules.ts';
import { type PlainBoxes, plainBoxesOf } from './plain-boxes.ts';
import type { Inquiry } from './question.ts';

/** `free`: some patient needs it. `none`: whoever meets it meets one of the others. Undefined where boxes do not tell. */
export type PlainNeed = { readonly kind: 'free' } | { readonly kind: 'none'; readonly by: Others } | undefined;

/** The same by the places of the others in the list. */
type Need = { readonly kind: 'free' } | { readonly kind: 'none'; readonly by: readonly number[] | 'all' } | { readonly kind: 'stopped' };

/** More rules than this are not tried one by one for the few that stand in for it. */
const MOST_TRIED = 40;

export function plainNeed(inquiry: Inquiry, rule: Rule, boxes: RuleBoxes): PlainNeed {
  const { ruleSet, budget } = inquiry;
  if (ruleSet.root.appliesTo) return undefined;
  const plain = plainBoxesOf(inquiry);
  const { memory } = budget;
  const { places, sound, known } = readFor(plain, boxes);
  const index = places.get(rule)!;
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
  const others = members(rivals);
  return { kind: 'none', by: fewOthers(need.by.map(at => plain.rules[others[at]!]!)) };
}

/** What is the same for all rules, by their places. */
interface Read {
  readonly places: ReadonlyMap<Rule, number>;
  /** Rules that are nothing but their boxes. */
  readonly sound: Bits;
  /** Rules of which all that they ask is always known. */
  readonly known: Bits;
}

const READ = new WeakMap<RuleBoxes, Read>();

function readFor(plain: PlainBoxes, boxes: RuleBoxes): Read {
  const { rules, isPlain } = plain;
  const read = READ.get(boxes) ?? {
    places: new Map(rules.map((rule, i) => [rule, i])),
    sound: bitsWhere(rules.length, i => isPlain[i] === 1 && boxes.isWhole(rules[i]!)),
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
  const values = decision.values.slice(decision.resolve === 'strictest' ? 0 : rank, rank + 1);
  const left = emptyBits(boxes.rules.length);
  for (const { id } of values) add(left, decidingBits(ruleSet, boxes, decision, id));
  left[index >> 5]! &= ~(1 << (index & 31));
  boxes.keepMeeting(left, index);
  return left;
}

const DECIDING = new WeakMap<RuleBoxes, Map<string, Bits>>();

function decidingBits(ruleSet: RuleSet, boxes: RuleBoxes, { id }: Decision, value: string): Bits {
  const known = DECIDING.get(boxes) ?? new Map<string, Bits>();
  DECIDING.set(boxes, known);
  const key = `${id} ${value}`;
  const made = known.get(key);
  if (made) return made;
  const bits = emptyBits(boxes.rules.length);
  const deciding = new Set(decidingRules(ruleSet, id).flatMap(one => (one.value === value ? [one.rule] : [])));
  boxes.rules.forEach((rule, i) => {
    if (deciding.has(rule)) bits[i >> 5]! |= 1 << (i & 31);
  });
  known.set(key, bits);
  return bits;
}

function add(sum: Bits, others: Bits): void {
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

/**
 * What of the others lies in the box of the rule, in places of its own: each axis is cut only where one of these begins or ends, so that rules
 * beside them change nothing, not even the steps.
 */
function boxesWithin(plain: PlainBoxes, index: number, rivals: readonly number[]): Boxes {
  const { axes, starts, sides } = plain;
  const low = axes.map(() => 0);
  const high = axes.map(({ size }) => size - 1);
  for (let i = starts[index]!; i < starts[index + 1]!; i += 3) [low[sides[i]!], high[sides[i]!]] = [sides[i + 1]!, sides[i + 2]!];
  const room = roomFor(plain);
  const stamp = ++room.stamp;
  const cuts = axes.map((): number[] => []);
  const cut = (axis: number, at: number) => {
    const place = room.offsets[axis]! + at;
    if (room.seen[place] === stamp) return;
    room.seen[place] = stamp;
    cuts[axis]!.push(at);
  };
  let most = 0;
  for (const rival of rivals) {
    const [start, end] = [starts[rival]!, starts[rival + 1]!];
    most += 1 + end - start;
    for (let i = start; i < end; i += 3) {
      const axis = sides[i]!;
      if (sides[i + 1]! > low[axis]!) cut(axis, sides[i + 1]!);
      if (sides[i + 2]! < high[axis]!) cut(axis, sides[i + 2]! + 1);
    }
  }
  const used = axes.flatMap((_, axis) => (cuts[axis]!.length > 0 ? [axis] : []));
  const own = new Int32Array(axes.length);
  used.forEach((axis, i) => {
    own[axis] = i;
    numberPlaces(cuts[axis]!, room.numbers, room.offsets[axis]!);
  });
  const list = new Int32Array(most);
  let end = 0;
  for (const rival of rivals) {
    const at = end++;
    for (let i = starts[rival]!; i < starts[rival + 1]!; i += 3) {
      const axis = sides[i]!;
      const [from, to] = [sides[i + 1]!, sides[i + 2]!];
      if (from <= low[axis]! && to >= high[axis]!) continue;
      const offset = room.offsets[axis]!;
      list[end++] = own[axis]!;
      list[end++] = from <= low[axis]! ? 0 : room.numbers[offset + from]!;
      list[end++] = to >= high[axis]! ? cuts[axis]!.length : room.numbers[offset + to + 1]! - 1;
      list[at]!++;
    }
  }
  return { sizes: used.map(axis => cuts[axis]!.length + 1), list: list.subarray(0, end) };
}

/** Room for the cuts of all axes, one behind the other: what another rule left there is never read. */
interface Room {
  readonly offsets: Int32Array;
  /** By cut for which rule it was made last. */
  readonly seen: Int32Array;
  /** By cut the number of the place that begins there; the first place begins before all of them. */
  readonly numbers: Int32Array;
  stamp: number;
}

const ROOMS = new WeakMap<PlainBoxes, Room>();

function roomFor(plain: PlainBoxes): Room {
  const known = ROOMS.get(plain);
  if (known) return known;
  const offsets = new Int32Array(plain.axes.length);
  let end = 0;
  plain.axes.forEach(({ size }, axis) => {
    offsets[axis] = end;
    end += size + 1;
  });
  const room = { offsets, seen: new Int32Array(end), numbers: new Int32Array(end), stamp: 0 };
  ROOMS.set(plain, room);
  return room;
}

function numberPlaces(cuts: number[], numbers: Int32Array, offset: number): void {
  cuts.sort((a, b) => a - b);
  cuts.forEach((cut, i) => {
    numbers[offset + cut] = i + 1;
  });
}
