/** Which inputs an undetermined rule waits for: those that its unknown conditions read and that are not known. */
import type { CompiledRuleSet } from './compile.ts';
import type { FactReader, RecordedFact } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { Judgement } from './judge.ts';
import type { MissingInput } from './outcome.ts';
import type { CompiledRule } from './rules.ts';
import type { CompiledScore } from './scores.ts';
import { type Context, type Holder, holderOf, type Slot } from './state.ts';
import { isSettled, UNKNOWN } from './values.ts';

/** One input that is not known, and how to find it in the patient. */
export interface Need {
  /** The path shown. */
  readonly input: string;
  readonly kind: MissingInput['kind'];
  /** The record it belongs to; undefined for the patient. */
  readonly record: Holder | undefined;
  readonly fact?: RecordedFact;
  readonly score?: CompiledScore;
  readonly component?: string;
  readonly group?: number;
}

/** What gathering carries along: paths are named by group and record. */
interface Gathering {
  readonly groupNames: readonly string[];
  readonly needs: Map<string, Need>;
  /** Also what is known, and what conditions read that are settled. */
  readonly all: boolean;
  /** The facts that conditions read, recorded and derived. */
  readonly read: Set<FactReader>;
}

/** The inputs that undetermined rules wait for, each once. */
export function needsOf(compiled: CompiledRuleSet, judgement: Judgement): Need[] {
  const gathering: Gathering = { groupNames: compiled.layout.groups.map(({ id }) => id), needs: new Map(), all: false, read: new Set() };
  let open = false;
  for (const rule of compiled.rules)
    judgement.instances(rule.group).forEach((instance, i) => {
      if (judgement.truths[rule.index]![i] !== UNKNOWN) return;
      open = true;
      if (instance.unlisted) needGroup(rule.group!, gathering);
      else gatherRule(rule, instance.context, i, compiled, judgement, gathering);
    });
  for (const { each, decision } of compiled.decisions)
    if (each !== undefined && !judgement.complete(each) && judgement.decisions[decision.id]!.status === 'undetermined')
      needGroup(each, gathering);
  if (open && compiled.appliesTo) gather(compiled.appliesTo, anyContext(judgement), gathering);
  return [...gathering.needs.values()];
}

/** What a decision can hang on: what its rules, those that override them and the scope read. */
export interface Inputs {
  /** Known or not, each once. */
  readonly needs: readonly Need[];
  /** The facts, recorded and derived, through which the inputs are asked. */
  readonly read: ReadonlySet<FactReader>;
}

export function inputsOf(compiled: CompiledRuleSet, judgement: Judgement, decision: string): Inputs {
  const gathering: Gathering = { groupNames: compiled.layout.groups.map(({ id }) => id), needs: new Map(), all: true, read: new Set() };
  const deciding = compiled.decisions.find(each => each.decision.id === decision)?.deciding ?? [];
  for (const rule of withOverriding(
    deciding.map(each => each.rule),
    compiled,
  ))
    for (const { context, unlisted } of judgement.instances(rule.group)) {
      if (unlisted) continue;
      for (const each of rule.when) gather(each, context, gathering);
      if (rule.until) gather(rule.until, context, gathering);
    }
  if (compiled.appliesTo) gather(compiled.appliesTo, anyContext(judgement), gathering);
  return { needs: [...gathering.needs.values()], read: gathering.read };
}

function withOverriding(rules: readonly CompiledRule[], { rules: all }: CompiledRuleSet): ReadonlySet<CompiledRule> {
  const found = new Set(rules);
  // A set hands out what is added while it is walked.
  for (const rule of found) for (const { index } of rule.overriddenBy) found.add(all[index]!);
  return found;
}

function anyContext({ instances }: Judgement): Context {
  return instances(undefined)[0]!.context;
}

function gatherRule(
  rule: CompiledRule,
  context: Context,
  instance: number,
  { rules }: CompiledRuleSet,
  judgement: Judgement,
  gathering: Gathering,
): void {
  for (const each of rule.when) gather(each, context, gathering);
  if (rule.until) gather(rule.until, context, gathering);
  for (const { index } of rule.overriddenBy) {
    const other = rules[index]!;
    const at = other.group === undefined ? 0 : instance;
    if (judgement.truths[index]![at] !== UNKNOWN) continue;
    // A ring of overriding rules must not be walked for ever.
    const { context: otherContext } = judgement.instances(other.group)[at]!;
    for (const each of other.when) gather(each, otherContext, gathering);
    if (other.until) gather(other.until, otherContext, gathering);
  }
}

function gather(condition: CompiledCondition, context: Context, gathering: Gathering): void {
  if (!gathering.all && condition.truth(context) !== UNKNOWN) return;
  for (const item of condition.items) gather(item, context, gathering);
  if (condition.score) gatherScore(condition.score, context, gathering);
  else if (condition.fact) gatherFact(condition.fact, context, gathering);
  if (condition.group) gatherGroup(condition.group, context, gathering);
}

function gatherGroup(group: NonNullable<CompiledCondition['group']>, { patient }: Context, gathering: Gathering): void {
  const { records, complete } = patient.groups[group.index]!;
  if (!complete) needGroup(group.index, gathering);
  if (group.where) for (const record of records) gather(group.where, { patient, record }, gathering);
}

function needGroup(group: number, { groupNames, needs }: Gathering): void {
  const input = groupNames[group]!;
  if (!needs.has(input)) needs.set(input, { input, kind: 'group', record: undefined, group });
}

function gatherFact(reader: FactReader, context: Context, gathering: Gathering): void {
  gathering.read.add(reader);
  for (const fact of reader.reads) {
    const holder = holderOf(context, fact.slot);
    if (!holder || (!gathering.all && isSettled(holder.facts[fact.slot.index]))) continue;
    const input = pathOf(fact.slot, holder, fact.fact.id, gathering);
    add(input, { input, kind: 'fact', record: recordOf(fact.slot, holder), fact }, gathering);
  }
  for (const condition of reader.conditions) gather(condition, context, gathering);
}

function gatherScore(score: CompiledScore, context: Context, gathering: Gathering): void {
  const holder = holderOf(context, score.slot);
  if (!holder) return;
  const state = score.state(context);
  if (score.when && (gathering.all || state.applies === UNKNOWN)) gather(score.when, context, gathering);
  if (state.stale !== undefined) gatherStale(score, state.stale, context, holder, gathering);
  const path = pathOf(score.slot, holder, score.score.id, gathering);
  for (const [i, component] of score.components.entries()) {
    const options = state.recorded?.options.get(component.id);
    if (component.recordable && (gathering.all || options?.length !== 1)) {
      const input = `${path}.${component.id}`;
      add(input, { input, kind: 'component', record: recordOf(score.slot, holder), score, component: component.id }, gathering);
    }
    if (!gathering.all && state.points[i]?.length === 1) continue;
    if (component.fact) gatherFact(component.fact, context, gathering);
    for (const condition of component.conditions) gather(condition, context, gathering);
  }
  for (const { when } of score.bands) if (when) gather(when, context, gathering);
}

/** A voiding event that was never recorded is what is missing; else the score must be made again. */
function gatherStale(score: CompiledScore, stale: string, context: Context, holder: Holder, gathering: Gathering): void {
  const voiding = score.validity.voidedBy.filter(({ reader }) => reader && reader.read(context) === undefined);
  for (const { reader } of voiding) if (reader) gatherFact(reader, context, gathering);
  if (stale.startsWith('voided-by:') && voiding.some(({ name }) => stale === `voided-by:${name}`)) return;
  const input = `${pathOf(score.slot, holder, score.score.id, gathering)}.on`;
  add(input, { input, kind: 'score-date', record: recordOf(score.slot, holder), score }, gathering);
}

function add(input: string, need: Need, { needs }: Gathering): void {
  if (!needs.has(input)) needs.set(input, need);
}

function recordOf(slot: Slot, holder: Holder): Holder | undefined {
  return slot.group === undefined ? undefined : holder;
}

function pathOf(slot: Slot, holder: Holder, id: string, { groupNames }: Gathering): string {
  return slot.group === undefined ? id : `${groupNames[slot.group]}.${holder.id}.${id}`;
}
