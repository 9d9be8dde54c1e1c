/**
 * The fewest patients who together show all that is wanted: a greedy cover, in which each patient taken is made to show more as long as that can
 * be. Then whom nobody needs is dropped, what a patient alone shows is moved to others where they can take it, and what does not matter of a
 * patient is as in the base. Nothing is drawn by lot: the same rule set gives the same cases.
 */
import { RECORD } from './base.ts';
import { fewestOf } from './exact.ts';
import { changed, changesTo, type Sheet, same } from './sheet.ts';
import type { Looking } from './shows.ts';

/** A patient with what it shows, of what is wanted. */
export interface Candidate {
  readonly sheet: Sheet;
  readonly ways: ReadonlySet<number>;
}

export interface Pool {
  readonly looking: Looking;
  readonly base: Sheet;
  readonly candidates: readonly Candidate[];
}

type Changes = ReadonlyMap<string, unknown>;

/** So often one patient is tried with something more. */
const MOST_TRIES = 160;
/** More records than this in a list are more than one looks through. */
const RECORDS = [RECORD, 'b', 'c'];

/** Yields after each step how many of the ways wanted are shown so far, so that somebody may stop it. */
export function* fewest(pool: Pool, wanted: ReadonlySet<number>): Generator<number, readonly Candidate[]> {
  const known = pool.candidates.map(candidate => ({ ...candidate, changes: changesTo(pool.base, candidate.sheet) }));
  let best: readonly Candidate[] | undefined;
  for (const choose of [mostFirst, rarestFirst]) {
    const taken = yield* covered(known, wanted, pool, choose);
    const fewer = yield* relocated(withoutNeedless(taken, wanted), known, wanted, pool);
    if (!best || fewer.length < best.length) best = fewer;
  }
  best = fewestOfAll(known, wanted, pool, best!.length) ?? best;
  // A plainer patient may happen to show what another was there for.
  return withoutNeedless(yield* plainer(best!, wanted, pool), wanted);
}

type Choice = (known: readonly Known[], open: ReadonlySet<number>) => Known | undefined;

function* covered(known: readonly Known[], wanted: ReadonlySet<number>, pool: Pool, choose: Choice): Generator<number, Candidate[]> {
  const open = new Set(wanted);
  const taken: Candidate[] = [];
  while (open.size > 0) {
    const first = choose(known, open);
    if (!first) break;
    const grown = grow(first, known, open, pool);
    taken.push(grown);
    for (const way of grown.ways) open.delete(way);
    yield wanted.size - open.size;
  }
  return taken;
}

type Known = Candidate & { readonly changes: Changes };

function gain({ ways }: Pick<Candidate, 'ways'>, open: ReadonlySet<number>): number {
  let count = 0;
  if (ways.size < open.size) {
    for (const way of ways) if (open.has(way)) count++;
  } else for (const way of open) if (ways.has(way)) count++;
  return count;
}

/** The one that shows most of what is open; of equals the one that differs least. */
function mostFirst(known: readonly Known[], open: ReadonlySet<number>): Known | undefined {
  let best: Known | undefined;
  let most = 0;
  for (const each of known) {
    const count = gain(each, open);
    if (count > most || (count === most && best && count > 0 && each.changes.size < best.changes.size)) [best, most] = [each, count];
  }
  return best;
}

/** What the fewest show is taken care of first. */
function rarestFirst(known: readonly Known[], open: ReadonlySet<number>): Known | undefined {
  const many = counts(known, open);
  const least = Math.min(...many.values());
  const rare = new Set([...many].flatMap(([way, count]) => (count === least ? [way] : [])));
  return mostFirst(
    known.filter(each => gain(each, rare) > 0),
    open,
  );
}

/** What other patients differ in is taken over, one after the other, where it makes this one show more. */
function grow(first: Known, known: readonly Known[], open: ReadonlySet<number>, pool: Pool): Candidate {
  let current: Candidate = first;
  let left = without(open, current.ways);
  let tries = MOST_TRIES;
  const promising = known
    .map(each => ({ each, more: gain(each, left) }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => b.more - a.more || a.each.changes.size - b.each.changes.size);
  for (const { each } of promising) {
    if (left.size === 0 || tries <= 0) break;
    if (gain(each, left) === 0) continue;
    for (const changes of fitting(each.changes, current.sheet, pool.base)) {
      if (tries-- <= 0) break;
      const merged = candidateOf(changed(current.sheet, changes), pool.looking);
      if (!merged || gain(merged, open) <= gain(current, open)) continue;
      current = merged;
      left = without(open, current.ways);
      break;
    }
  }
  return current;
}

function without(open: ReadonlySet<number>, ways: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...open].filter(way => !ways.has(way)));
}

export function candidateOf(sheet: Sheet, looking: Looking): Candidate | undefined {
  const shown = looking.at(sheet);
  return shown && { sheet, ways: shown.ways };
}

/** The changes where the patient has not been changed in the same things; those of a record also for another record. */
function* fitting(changes: Changes, sheet: Sheet, base: Sheet): Generator<Changes> {
  const isFree = ([path, value]: readonly [string, unknown]) => {
    const now = sheet.get(path);
    return same(now, base.get(path)) || same(now, value);
  };
  if ([...changes].every(isFree)) yield changes;
  const group = groupOf(changes);
  if (group === undefined) return;
  const others = [...changes].filter(([path]) => !path.startsWith(`groups/${group}/records/`));
  if (!others.every(isFree)) return;
  const free = RECORDS.find(id => sheet.get(`groups/${group}/records/${id}`) === undefined);
  if (free !== undefined) yield new Map([...others, ...asRecord(group, free, changes, base)]);
}

/** The group of whose first record the changes are, if that is there. */
function groupOf(changes: Changes): string | undefined {
  for (const path of changes.keys()) {
    const [first, group, records, id, part] = path.split('/');
    if (first === 'groups' && records === 'records' && id === RECORD && part !== undefined) return group;
  }
  return undefined;
}

/** The base's record with the changes, under another id. */
function asRecord(group: string, id: string, changes: Changes, base: Sheet): [string, unknown][] {
  const [from, to] = [`groups/${group}/records/${RECORD}`, `groups/${group}/records/${id}`];
  return [...changed(base, changes)].flatMap(([path, value]): [string, unknown][] =>
    path === from || path.startsWith(`${from}/`) ? [[to + path.slice(from.length), value]] : [],
  );
}

/** By way wanted, how many of the patients show it. */
function counts(taken: readonly Candidate[], wanted: ReadonlySet<number>): Map<number, number> {
  const many = new Map<number, number>();
  for (const { ways } of taken) for (const way of ways) if (wanted.has(way)) many.set(way, (many.get(way) ?? 0) + 1);
  return many;
}

/** Those who alone show anything are kept. Of the others whoever shows least goes first. */
function withoutNeedless(taken: readonly Candidate[], wanted: ReadonlySet<number>): readonly Candidate[] {
  const many = counts(taken, wanted);
  const kept = new Set(taken);
  for (const one of [...taken].sort((a, b) => gain(a, wanted) - gain(b, wanted))) {
    const own = [...one.ways].filter(way => wanted.has(way));
    if (own.some(way => many.get(way) === 1)) continue;
    kept.delete(one);
    for (const way of own) many.set(way, many.get(way)! - 1);
  }
  return taken.filter(one => kept.has(one));
}

/** What one patient alone shows. */
function ownOf(one: Candidate, taken: readonly Candidate[], wanted: ReadonlySet<number>): ReadonlySet<number> {
  const many = counts(taken, wanted);
  return new Set([...one.ways].filter(way => wanted.has(way) && many.get(way) === 1));
}

/** More than this a patient shows alone is not moved to others. */
const MOST_MOVED = 12;

function* relocated(
  taken: readonly Candidate[],
  known: readonly Known[],
  wanted: ReadonlySet<number>,
  pool: Pool,
): Generator<number, readonly Candidate[]> {
  let left = taken;
  const order = [...taken].sort((a, b) => ownOf(a, taken, wanted).size - ownOf(b, taken, wanted).size);
  for (const one of order) {
    yield wanted.size;
    const own = ownOf(one, left, wanted);
    if (!left.includes(one) || own.size > MOST_MOVED) continue;
    const others = withoutOne(one, own, left, known, wanted, pool);
    if (others) left = withoutNeedless(others, wanted);
  }
  return left;
}

/** The others, some of them made to show what this one shows alone; undefined where that cannot be. */
function withoutOne(
  one: Candidate,
  own: ReadonlySet<number>,
  taken: readonly Candidate[],
  known: readonly Known[],
  wanted: ReadonlySet<number>,
  pool: Pool,
): readonly Candidate[] | undefined {
  let others = taken.filter(other => other !== one);
  for (const way of own) {
    if (others.some(({ ways }) => ways.has(way))) continue;
    const showing = known.filter(({ ways }) => ways.has(way)).slice(0, 4);
    const moved = movedTo(others, showing, way, wanted, pool);
    if (!moved) return undefined;
    others = moved;
  }
  return others;
}

function movedTo(
  others: readonly Candidate[],
  showing: readonly Known[],
  way: number,
  wanted: ReadonlySet<number>,
  { looking, base }: Pool,
): Candidate[] | undefined {
  for (const [i, other] of others.entries()) {
    const needed = ownOf(other, others, wanted);
    for (const { changes } of showing)
      for (const fitted of fitting(changes, other.sheet, base)) {
        const merged = candidateOf(changed(other.sheet, fitted), looking);
        if (merged?.ways.has(way) && [...needed].every(each => merged.ways.has(each))) return others.with(i, merged);
      }
  }
  return undefined;
}

/** Of so many ways, and so few patients to begin with, every choice is tried. */
const MOST_WAYS = 80;
const MOST_PAIRED = 70;

/** Of a small rule set all pairs of changes, and each patient grown: among them fewer may do. */
function fewestOfAll(known: readonly Known[], wanted: ReadonlySet<number>, pool: Pool, most: number): readonly Candidate[] | undefined {
  if (wanted.size > MOST_WAYS || known.length > MOST_PAIRED) return undefined;
  const some = known.filter(each => gain(each, wanted) > 0);
  const paired = some.flatMap((one, i) =>
    some
      .slice(i + 1)
      .flatMap(other =>
        [...fitting(other.changes, one.sheet, pool.base)].flatMap(changes => candidateOf(changed(one.sheet, changes), pool.looking) ?? []),
      ),
  );
  const grown = some.map(one => grow(one, known, wanted, pool));
  return fewestOf([...known, ...paired, ...grown], wanted, most);
}

/** What does not matter of a patient is as in the base again. */
function* plainer(taken: readonly Candidate[], wanted: ReadonlySet<number>, { looking, base }: Pool): Generator<number, Candidate[]> {
  const plain = [...taken];
  for (const [i, one] of taken.entries()) {
    yield wanted.size;
    const needed = [...ownOf(one, plain, wanted)];
    plain[i] = plainest(one, needed, looking, base);
  }
  return plain;
}

function plainest(one: Candidate, needed: readonly number[], looking: Looking, base: Sheet): Candidate {
  let best = one;
  for (const id of recordsBeyond(base, one.sheet)) {
    const without = candidateOf(
      changed(
        best.sheet,
        [...best.sheet.keys()].filter(path => path === id || path.startsWith(`${id}/`)).map(path => [path, undefined]),
      ),
      looking,
    );
    if (without && needed.every(way => without.ways.has(way))) best = without;
  }
  for (const path of changesTo(base, best.sheet).keys()) {
    if (isBeyond(path, base)) continue;
    const other = candidateOf(changed(best.sheet, [[path, base.get(path)]]), looking);
    if (other && needed.every(way => other.ways.has(way))) best = other;
  }
  return best;
}

/** The records that the base has not. */
function recordsBeyond(base: Sheet, sheet: Sheet): string[] {
  return [...sheet.keys()].filter(path => /^groups\/[^/]+\/records\/[^/]+$/.test(path) && !base.has(path));
}

function isBeyond(path: string, base: Sheet): boolean {
  const record = /^groups\/[^/]+\/records\/[^/]+/.exec(path)?.[0];
  return record !== undefined && !base.has(record);
}
