/** The patient whom all made cases extend: everything known, as little the matter as can be. And every patient who differs in one thing. */
import type { WitnessPatient } from '../../analysis/witness.ts';
import type { Context } from '../../evaluation/state.ts';
import { FALSE, TRUE } from '../../evaluation/values.ts';
import type { Score } from '../../model/rule-set.ts';
import { changed, type Sheet, sheetOf } from './sheet.ts';
import type { Looking, Shown } from './shows.ts';
import type { Input } from './values.ts';

/** The record of each group that the base has. */
export const RECORD = 'a';

/** `inScope` is any patient to whom the rule set applies. Value by value the one is taken for which the fewest rules fire. */
export function baseFor(looking: Looking, inputs: readonly Input[], inScope: WitnessPatient): Sheet {
  return filledUp(sheetOf(inScope), looking, inputs);
}

/** The base that the author's cases share, with all that it leaves open; undefined where it is not in scope, or not without errors. */
export function baseOver(shared: Sheet, looking: Looking, inputs: readonly Input[]): Sheet | undefined {
  const base = filledUp(shared, looking, inputs, new Set(shared.keys()));
  return troubleOf(looking, base) < Number.POSITIVE_INFINITY ? base : undefined;
}

function filledUp(start: Sheet, looking: Looking, inputs: readonly Input[], kept: ReadonlySet<string> = new Set()): Sheet {
  const { ruleSet } = looking.compiled;
  let base: Sheet = new Map(start);
  const groups = new Set(inputs.flatMap(({ group }) => group ?? []));
  for (const group of ruleSet.groups.keys()) {
    base = changed(base, [[`groups/${group}/complete`, true]]);
    if (!groups.has(group)) continue;
    const withRecord = changed(base, [[`groups/${group}/records/${RECORD}`, true]]);
    if (troubleOf(looking, withRecord) < Number.POSITIVE_INFINITY) base = withRecord;
  }
  base = withDates(base, looking, [...ruleSet.scores.values()]);
  for (const input of [...inputs, ...inputs]) base = plainer(base, input, looking, kept);
  return base;
}

function plainer(base: Sheet, input: Input, looking: Looking, kept: ReadonlySet<string>): Sheet {
  const path = pathIn(input, base);
  if (path === undefined || kept.has(path)) return base;
  let [best, least] = [base, Number.POSITIVE_INFINITY];
  for (const value of input.plain) {
    const other = changed(base, [[path, value]]);
    const trouble = troubleOf(looking, other);
    if (trouble < least) [best, least] = [other, trouble];
  }
  return best;
}

/** Where the input stands in the base; undefined where the base has no such record. */
export function pathIn({ group, path }: Input, base: Sheet): string | undefined {
  if (group === undefined) return path;
  const record = `groups/${group}/records/${RECORD}`;
  return base.get(record) === true ? `${record}/${path}` : undefined;
}

/** Rules that fire weigh most, then what is not settled, then points. */
function troubleOf(looking: Looking, sheet: Sheet): number {
  const shown = looking.at(sheet);
  if (!shown || !looking.isInScope(shown)) return Number.POSITIVE_INFINITY;
  const { judgement } = shown;
  let trouble = 0;
  for (const truths of judgement.truths) for (const truth of truths) trouble += truth === TRUE ? 1000 : truth === FALSE ? 0 : 100;
  return trouble + pointsOf(shown, looking);
}

/** The highest points that are possible, of all scores together. */
function pointsOf({ state }: Shown, { compiled: { layout } }: Looking): number {
  let points = 0;
  const add = (group: number | undefined, context: Context) => {
    for (const score of layout.holders(group).scores) points += Math.abs(score.state(context).totals?.at(-1)?.double ?? 0);
  };
  add(undefined, { patient: state, record: undefined });
  for (const [group, { records }] of state.groups.entries()) for (const record of records) add(group, { patient: state, record });
  return points;
}

/** Scores that hold only for a time, or until something happens, are dated: undated they count as not recorded. */
function withDates(base: Sheet, { asOf }: Looking, scores: readonly Score[]): Sheet {
  const dated = scores.filter(({ validFor, voidedBy }) => validFor || voidedBy.length > 0);
  const dates = dated.flatMap(({ id, of }): [string, unknown][] => {
    const record = of && `groups/${of.value}/records/${RECORD}`;
    if (record === undefined) return [[`scores/${id}/on`, asOf]];
    return base.get(record) === true ? [[`${record}/scores/${id}/on`, asOf]] : [];
  });
  return changed(
    base,
    dates.filter(([path]) => !base.has(path)),
  );
}

/** Each patient who differs from the base in one value, in one thing not known, or in what is listed. */
export function* singleChanges(base: Sheet, inputs: readonly Input[]): Generator<Sheet> {
  for (const input of inputs) {
    const path = pathIn(input, base);
    if (path === undefined) continue;
    for (const value of input.values) yield changed(base, [[path, value]]);
    if (!input.required) yield changed(base, [[path, undefined]]);
  }
  for (const path of base.keys()) {
    if (/\/on$/.test(path)) yield changed(base, [[path, undefined]]);
    if (/^groups\/[^/]+\/complete$/.test(path)) yield changed(base, [[path, false]]);
    if (/^groups\/[^/]+\/records\/[^/]+$/.test(path)) yield changed(base, [[path, false]]);
  }
}
