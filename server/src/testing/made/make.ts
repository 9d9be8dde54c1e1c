/**
 * Made cases: the patients that a rule set's cases still lack. Every way that something can be seen is a duty (how a rule goes, each truth of each
 * condition, each condition alone deciding, each band and effect, each bound from below, at and above). Existing cases count; what nobody can show
 * is proved so and left out; for the rest the fewest patients are looked for.
 */
import type { WitnessPatient } from '../../analysis/witness.ts';
import { type CompiledRuleSet, compile } from '../../evaluation/compile.ts';
import { judge } from '../../evaluation/judge.ts';
import { stateOf } from '../../evaluation/patient-state.ts';
import type { Patient } from '../../model/patient.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { ALWAYS } from '../asked.ts';
import type { Side } from '../boundaries.ts';
import { Reach } from '../reach.ts';
import { baseFor, baseOver, singleChanges } from './base.ts';
import { nearBound } from './calculated.ts';
import { type Candidate, candidateOf, fewest } from './cover.ts';
import type { SharedBase } from './shared.ts';
import { changed, changesTo, type Sheet, sheetOf } from './sheet.ts';
import { Looking, type Shown, type Way } from './shows.ts';
import { type Input, inputsOf } from './values.ts';

export interface Made {
  readonly looking: Looking;
  /** The patient whom all others extend. */
  readonly base: Sheet;
  /** Whom that one extends in turn: all of this patient is in the base. */
  readonly shared: SharedBase | undefined;
  /** What each of the cases there were shows. */
  readonly existing: readonly ReadonlySet<number>[];
  /** In order; each is needed. */
  readonly cases: readonly MadeCase[];
  /** Ways that the existing cases show, that no patient can show, and of which neither a patient nor a proof was found. */
  readonly before: ReadonlySet<number>;
  readonly impossible: ReadonlySet<number>;
  readonly notFound: ReadonlySet<number>;
}

export interface MadeCase {
  readonly sheet: Sheet;
  readonly shown: Shown;
  /** What only this case shows, of all cases old and new. */
  readonly alone: ReadonlySet<number>;
}

export interface Step {
  readonly doing: 'looking for patients' | 'choosing the fewest';
  readonly done: number;
  readonly of: number;
}

/**
 * Undefined where no patient is in the scope of the rule set. Told step by step, for it may take a while. `isAsked` leaves out ways of which
 * nobody asks; without it all are wanted.
 */
export function* make(
  ruleSet: RuleSet,
  existing: readonly Patient[],
  isAsked: (way: Way) => boolean = () => true,
  sharedBase?: SharedBase,
): Generator<Step, Made | undefined> {
  const compiled = compile(ruleSet);
  const reach = new Reach(compiled);
  const start = (sharedBase && overShared(compiled, sharedBase)) ?? ofOnesOwn(compiled, reach);
  if (!start) return undefined;
  const { looking, inputs, base, shared } = start;
  const candidates = [base, ...singleChanges(base, inputs)].flatMap(sheet => candidateOf(sheet, looking) ?? []);
  const known = existing.map(patient => {
    const state = stateOf(compiled.layout, patient);
    return looking.of(state, judge(compiled, state)).ways;
  });
  const before = new Set(known.flatMap(ways => [...ways]));
  const asked = yield* searched({ looking, reach, base, inputs, candidates, before, isAsked });
  const reachable = asked.candidates.flatMap(({ ways }) => [...ways]);
  const wanted = new Set(reachable.filter(way => !before.has(way) && isAsked(looking.ways[way]!)));
  const search = fewest({ looking, base, candidates: asked.candidates }, wanted);
  let taken: readonly Candidate[] = [];
  for (;;) {
    const next = search.next();
    if (next.done) {
      taken = next.value;
      break;
    }
    yield { doing: 'choosing the fewest', done: next.value, of: wanted.size };
  }
  const cases = taken.map((one): MadeCase => {
    const others = taken.filter(other => other !== one);
    const alone = new Set([...one.ways].filter(way => wanted.has(way) && !others.some(({ ways }) => ways.has(way))));
    return { sheet: one.sheet, shown: looking.at(one.sheet)!, alone };
  });
  const sorted = [...cases].sort((a, b) => firstOf(a) - firstOf(b));
  return { looking, base, shared, existing: known, cases: sorted, before, impossible: asked.impossible, notFound: asked.notFound };
}

interface Start {
  readonly looking: Looking;
  readonly inputs: readonly Input[];
  readonly base: Sheet;
  readonly shared: SharedBase | undefined;
}

function ofOnesOwn(compiled: CompiledRuleSet, reach: Reach): Start | undefined {
  const inScope = reach.whereHolds(ALWAYS, undefined);
  if (inScope.kind !== 'witness') return undefined;
  const { asOf } = inScope.patient;
  const looking = new Looking(compiled, asOf);
  const inputs = inputsOf(compiled, asOf);
  return { looking, inputs, base: baseFor(looking, inputs, inScope.patient), shared: undefined };
}

function overShared(compiled: CompiledRuleSet, shared: SharedBase): Start | undefined {
  const looking = new Looking(compiled, shared.asOf);
  const inputs = inputsOf(compiled, shared.asOf);
  const base = baseOver(shared.sheet, looking, inputs);
  return base && { looking, inputs, base, shared };
}

/** In the order of what they show: of rules first, as they stand. */
function firstOf({ alone }: MadeCase): number {
  return Math.min(...alone);
}

interface Search {
  readonly looking: Looking;
  readonly reach: Reach;
  readonly base: Sheet;
  readonly inputs: readonly Input[];
  readonly candidates: readonly Candidate[];
  readonly before: ReadonlySet<number>;
  isAsked(way: Way): boolean;
}

interface Searched {
  readonly candidates: readonly Candidate[];
  readonly impossible: ReadonlySet<number>;
  readonly notFound: ReadonlySet<number>;
}

/** What none of the candidates shows is put to the analysis. */
function* searched({ looking, reach, base, inputs, candidates, before, isAsked }: Search): Generator<Step, Searched> {
  const all = [...candidates];
  const shown = new Set([...before, ...all.flatMap(({ ways }) => [...ways])]);
  const [impossible, notFound] = [new Set<number>(), new Set<number>()];
  for (const [place, { point, name }] of looking.ways.entries()) {
    if (shown.has(place) || !isAsked({ point, name })) continue;
    if (isImpossible({ point, name })) {
      impossible.add(place);
      continue;
    }
    yield { doing: 'looking for patients', done: place, of: looking.ways.length };
    const verdict = reach.verdict(point, name);
    if (verdict.kind === 'never') {
      impossible.add(place);
      continue;
    }
    const found =
      verdict.kind === 'witness' ? filledOut(verdict.patient, place, looking, base) : calculated({ point, name }, place, looking, base);
    if (found.length === 0) notFound.add(place);
    for (const one of found) {
      all.push(one);
      for (const way of one.ways) shown.add(way);
    }
  }
  const left = new Set([...notFound].filter(place => !shown.has(place)));
  const near = nearMisses(left, all, { looking, base, inputs });
  for (const one of near) for (const way of one.ways) left.delete(way);
  return { candidates: [...all, ...near], impossible, notFound: left };
}

/** So many patients are looked at for what the analysis leaves open. */
const MOST_LOOKED_AT = 8_000;
const MOST_NEAR = 8;

/** What is left open is looked for around patients who show the next of it: another truth of the same condition, another side of the same bound. */
function nearMisses(
  left: ReadonlySet<number>,
  known: readonly Candidate[],
  { looking, base, inputs }: Pick<Search, 'looking' | 'base' | 'inputs'>,
): Candidate[] {
  const open = new Set(left);
  const found: Candidate[] = [];
  let looks = MOST_LOOKED_AT;
  for (const place of left) {
    if (!open.has(place)) continue;
    const { point } = looking.ways[place]!;
    const beside = new Set([...looking.ways.keys()].filter(other => looking.ways[other]!.point === point));
    const near = [...found, ...known].filter(({ ways }) => [...beside].some(way => ways.has(way)));
    for (const { sheet } of near.sort((a, b) => changesTo(base, a.sheet).size - changesTo(base, b.sheet).size).slice(0, MOST_NEAR)) {
      if (!open.has(place) || looks <= 0) break;
      for (const other of singleChanges(sheet, inputs)) {
        if (looks-- <= 0) break;
        const one = candidateOf(other, looking);
        if (!one || ![...open].some(way => one.ways.has(way))) continue;
        found.push(one);
        for (const way of one.ways) open.delete(way);
      }
    }
  }
  return found;
}

function isImpossible({ point, name }: Way): boolean {
  return point.ways.find(way => way.name === name)!.state === 'impossible';
}

function calculated({ point, name }: Way, place: number, looking: Looking, base: Sheet): Candidate[] {
  if (point.boundary?.kind !== 'fact') return [];
  for (const sheet of nearBound(point.boundary, name as Side, looking, base)) {
    const one = candidateOf(sheet, looking);
    if (one?.ways.has(place)) return [one];
  }
  return [];
}

/** The patient found, with everything else as in the base; where that shows it no more, as found. */
function filledOut(patient: WitnessPatient, way: number, looking: Looking, base: Sheet): Candidate[] {
  const moved = sheetOf(movedTo(patient, looking.asOf));
  for (const sheet of [...overlays(base, moved), bare(base, moved)]) {
    const one = candidateOf(sheet, looking);
    if (one?.ways.has(way)) return [one];
  }
  return [];
}

/** The base with what was found written over it; with its own records, and with none but those found. */
function* overlays(base: Sheet, found: Sheet): Generator<Sheet> {
  const records = [...found.keys()].filter(path => /^groups\/[^/]+\/records\/[^/]+$/.test(path));
  const filled = new Map(base);
  for (const record of records) {
    const [first, group] = record.split('/');
    const like = `${first}/${group}/records/a`;
    for (const [path, value] of base) if (path.startsWith(`${like}/`)) filled.set(record + path.slice(like.length), value);
  }
  yield changed(filled, found);
  const groups = new Set([...found.keys()].flatMap(path => (path.startsWith('groups/') ? [path.split('/')[1]!] : [])));
  const removed = [...base.keys()].filter(path => {
    const [first, group, list, id, more] = path.split('/');
    return (
      first === 'groups' && list === 'records' && more === undefined && groups.has(group!) && !found.has(`groups/${group}/records/${id}`)
    );
  });
  if (removed.length > 0)
    yield changed(
      changed(filled, found),
      removed.map(path => [path, false]),
    );
  const unfilled = new Map([...base].filter(([path]) => !path.startsWith('groups/') || !groups.has(path.split('/')[1]!)));
  yield changed(
    changed(unfilled, found),
    removed.map(path => [path, false]),
  );
}

/** Nothing known but what was found; a list that nothing is said of is not complete. */
function bare(base: Sheet, found: Sheet): Sheet {
  const sheet = new Map(found);
  for (const path of base.keys()) {
    if (/^groups\/[^/]+\/complete$/.test(path) && !sheet.has(path)) sheet.set(path, false);
    if (/^groups\/[^/]+\/records\/[^/]+$/.test(path) && !sheet.has(path)) sheet.set(path, false);
  }
  return sheet;
}

const TIME = /^\d{4}-\d{2}-\d{2}T/;

/** Seen at another moment, with every event as long ago as it was. */
function movedTo(patient: WitnessPatient, asOf: string): WitnessPatient {
  const by = Date.parse(asOf) - Date.parse(patient.asOf);
  if (by === 0) return patient;
  const text = JSON.stringify(patient, (_, value) =>
    typeof value === 'string' && TIME.test(value) ? new Date(Date.parse(value) + by).toISOString().replace('.000Z', 'Z') : value,
  );
  return JSON.parse(text) as WitnessPatient;
}
