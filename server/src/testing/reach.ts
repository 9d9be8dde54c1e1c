/**
 * For what no case shows: a patient who would, found by the analysis and confirmed by the evaluator, or the proof that there is none. Each way
 * becomes a rule of its own that fires where it is shown, so that the questions are those that the analysis answers anyway.
 */
import { eachCondition } from '../analysis/gather.ts';
import { ask, firing, type Inquiry, inquire, scopeOf } from '../analysis/question.ts';
import type { WitnessPatient } from '../analysis/witness.ts';
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { FactReader } from '../evaluation/compiling.ts';
import { judge } from '../evaluation/judge.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import type { CompiledRule } from '../evaluation/rules.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from '../evaluation/values.ts';
import { readPatient } from '../model/read-patient.ts';
import type { Condition, Rule, RuleSet, Test } from '../model/rule-set.ts';
import { replayWith, witnessText } from '../replay.ts';
import { parseDocument } from '../syntax/document.ts';
import { type Deciders, decidersOf } from './alone.ts';
import { ALWAYS, bound, decidingCondition, NOWHERE, testOf } from './asked.ts';
import { type Boundary, type FactBoundary, type Side, sideOf } from './boundaries.ts';
import type { Point } from './coverage.ts';
import { isNeverTrue, isNeverUndetermined, isNeverUnknown } from './nobody.ts';
import { type ConditionNode, conditionsOf } from './nodes.ts';
import { bitOf, Seen } from './seen.ts';

export { ALWAYS, bound, NOWHERE, testOf } from './asked.ts';

export type Verdict =
  | { readonly kind: 'witness'; readonly patient: WitnessPatient }
  /** Proved for every patient in scope whose required facts are recorded. */
  | { readonly kind: 'never' }
  /** Not settled: too few steps, more records than are tried, or a number that is computed. */
  | { readonly kind: 'open' };

/** Steps for one question. */
const STEPS = 300_000;

/** Answers questions about one rule set; what they share is made once. */
export class Reach {
  readonly #compiled: CompiledRuleSet;
  readonly #nodes: readonly ConditionNode[];
  readonly #deciders: Deciders;
  readonly #conditions: ReadonlyMap<unknown, Condition>;
  #empty: readonly WitnessPatient[] | undefined;
  #unscoped: RuleSet | undefined;

  constructor(compiled: CompiledRuleSet) {
    this.#compiled = compiled;
    this.#nodes = conditionsOf(compiled).nodes;
    this.#deciders = decidersOf(compiled);
    const conditions = new Map<unknown, Condition>();
    eachCondition(compiled.ruleSet, condition => conditions.set(condition.span, condition));
    this.#conditions = conditions;
  }

  /** Whether, and in whom, the point can be seen that way. */
  verdict(point: Point, way: string): Verdict {
    if (way === 'unknown' || way === 'undetermined') return this.#unknown(point);
    if (point.kind === 'rule' || point.kind === 'effect') return this.#rule(this.#compiled.rules[point.index]!.rule, way !== 'ruled out');
    const asked = this.#asked(point, way);
    const verdict: Verdict = asked ? this.#fires(asked) : { kind: 'open' };
    if (verdict.kind === 'open' && asked && point.kind === 'alone' && this.#isOfNobody(asked, isNeverTrue)) return { kind: 'never' };
    if (verdict.kind === 'witness' && (point.kind === 'condition' || point.kind === 'threshold' || point.kind === 'alone'))
      return this.#asking(verdict.patient, point, way === 'true' || way === 'met' ? TRUE : FALSE);
    if (verdict.kind !== 'witness' || point.boundary?.kind !== 'fact' || !point.boundary.onlyInUnit) return verdict;
    return this.#inUnit(verdict.patient, point.boundary, way as Side);
  }

  /** A condition about records may belong to a rule of other records: then there must be one of those for anyone to ask. */
  #asking(patient: WitnessPatient, point: Point, truth: Truth): Verdict {
    const groups = this.#compiled.layout.groups.map(({ id }) => id);
    const asking = new Set(this.#nodes.flatMap(({ askedBy }) => (askedBy === undefined ? [] : [groups[askedBy]!])));
    const added = [...asking].filter(id => patient.groups?.[id]?.records.length === 0);
    const more = Object.fromEntries(added.map(id => [id, { ...patient.groups![id]!, records: [{ id: 'a', facts: {} }] }]));
    for (const each of [patient, { ...patient, groups: { ...patient.groups, ...more } }])
      if (this.#shows(each, point, truth)) return { kind: 'witness', patient: each };
    return { kind: 'open' };
  }

  /** Where each unit has its own cut-off, the value must be recorded in the one that is asked about. */
  #inUnit(patient: WitnessPatient, boundary: FactBoundary, side: Side): Verdict {
    const { reader, number, unit, step } = boundary;
    const near = side === 'at' ? number : side === 'below' ? number.minus(step) : number.plus(step);
    if (reader.origin !== 'recorded' || reader.fact.group !== undefined) return { kind: 'open' };
    const facts = { ...patient.facts, [reader.fact.id]: { value: Number(near.toString(60)), unit } };
    const seen = this.#seenOn({ ...patient, facts }, new Set([reader]));
    const isShown = [...seen.numbers.get(reader)!.values()].some(value => sideOf(boundary, value) === side);
    return isShown ? { kind: 'witness', patient: { ...patient, facts } } : { kind: 'open' };
  }

  #seenOn(patient: WitnessPatient, readers: ReadonlySet<FactReader> = new Set()): Seen {
    const seen = new Seen(this.#compiled, readers);
    const state = stateOf(this.#compiled.layout, readPatient(parseDocument(witnessText(patient)), 'witness'));
    seen.observe(state, judge(this.#compiled, state));
    return seen;
  }

  /** A patient for whom, or for whose record, the condition holds. */
  whereHolds(condition: Condition, group: string | undefined): Verdict {
    return this.#fires({ condition, group });
  }

  #rule(rule: Rule, fires: boolean): Verdict {
    if (fires) return this.#found(rule, this.#compiled.ruleSet);
    if (holdsForAll(this.#compiled.rules.find(each => each.rule === rule)!)) return { kind: 'never' };
    const condition = withoutOverrides(rule);
    const own: Verdict = condition ? this.#fires({ condition, group: groupOf(this.#compiled.ruleSet, rule) }) : { kind: 'open' };
    return own.kind === 'never' ? this.#ruledOutByOthers(rule) : own;
  }

  /** Its own conditions always hold: then only a rule that overrides it can rule it out, or a decision that it waits for. */
  #ruledOutByOthers(rule: Rule): Verdict {
    const { waits, overriddenBy, index } = this.#compiled.rules.find(each => each.rule === rule)!;
    const verdicts = overriddenBy.map(by => this.#rule(this.#compiled.rules[by.index]!.rule, true));
    for (const verdict of verdicts)
      if (verdict.kind === 'witness' && (this.#seenOn(verdict.patient).rules[index]! & bitOf(FALSE)) !== 0) return verdict;
    return !waits && verdicts.every(({ kind }) => kind === 'never') ? { kind: 'never' } : { kind: 'open' };
  }

  /** The condition that holds just where the point is seen that way. */
  #asked(point: Point, way: string): Asked | undefined {
    if (point.boundary) return ofBoundary(point.boundary, way as Side);
    if (point.kind === 'band') return ofBand(point);
    if (point.kind === 'alone') return this.#alone(point.index, way === 'true');
    const node = point.kind === 'condition' ? this.#nodes[point.index]! : this.#naming(point)[0];
    const asked = node && this.#askedOf(node);
    if (!asked || way === 'true' || way === 'met') return asked;
    return { ...asked, condition: { kind: 'not', item: asked.condition, span: NOWHERE } };
  }

  #askedOf(node: ConditionNode): Asked | undefined {
    const condition = this.#conditionOf(node);
    const group = node.group === undefined ? undefined : this.#compiled.layout.groups[node.group]!.id;
    return condition && { condition, group, ofScope: node.owner === undefined };
  }

  #alone(index: number, isTrue: boolean): Asked | undefined {
    const atom = this.#deciders.atoms[index]!;
    const tree = this.#deciders.wholes[atom.whole]!;
    const condition = decidingCondition(tree, atom, index, isTrue, place => this.#conditionOf(this.#nodes[place]!));
    if (!condition) return undefined;
    const { group, owner } = tree.whole;
    return { condition, group: group === undefined ? undefined : this.#compiled.layout.groups[group]!.id, ofScope: owner === undefined };
  }

  #naming({ item }: Point): readonly ConditionNode[] {
    return this.#nodes.filter(({ condition }) => condition.kind === 'threshold' && condition.name === item?.id);
  }

  /** The sites of a precaution are no condition in the text. */
  #conditionOf({ condition, owner }: ConditionNode): Condition | undefined {
    const known = this.#conditions.get(condition.span);
    if (known?.kind === condition.kind) return known;
    const rule = owner && this.#compiled.ruleSet.rules.get(owner.id);
    return rule?.precaution
      ? { kind: 'fact', fact: { value: condition.name!, span: NOWHERE }, test: testOf({ in: rule.sites }), span: NOWHERE }
      : undefined;
  }

  #fires({ condition, group, ofScope }: Asked): Verdict {
    const ruleSet = this.#ruleSetFor(ofScope);
    const rule = ruleFor(condition, group);
    return this.#found(rule, { ...ruleSet, rules: new Map([...ruleSet.rules, [rule.id, rule]]) });
  }

  /** What the scope asks is seen of patients outside it too. */
  #ruleSetFor(ofScope: boolean | undefined): RuleSet {
    const { ruleSet } = this.#compiled;
    if (!ofScope) return ruleSet;
    this.#unscoped ??= { ...ruleSet, root: { ...ruleSet.root, appliesTo: undefined } };
    return this.#unscoped;
  }

  #found(rule: Rule, ruleSet: RuleSet): Verdict {
    const inquiry = inquire(ruleSet, STEPS, replayWith(ruleSet));
    const patient = firingPatient(inquiry, rule);
    if (patient === 'none') return { kind: 'never' };
    return patient === 'open' ? { kind: 'open' } : { kind: 'witness', patient };
  }

  /** Of what nothing is known much is unknown: the patients who are only just in scope are tried, without and with an empty record. */
  #unknown(point: Point): Verdict {
    if (this.#isAlwaysKnown(point)) return { kind: 'never' };
    for (const patient of this.#leastKnown()) if (this.#showsUnknown(patient, point)) return { kind: 'witness', patient };
    const ways = point.kind === 'rule' ? ['fired', 'ruled out'] : point.kind === 'threshold' ? ['met', 'not met'] : ['true', 'false'];
    const known = ways.flatMap(way => {
      const verdict = this.verdict(point, way);
      return verdict.kind === 'witness' ? [verdict.patient] : [];
    });
    const tried = [...known.flatMap(patient => [...withoutOne(patient)]), ...(known.length === 2 ? eitherOf(known[0]!, known[1]!) : [])];
    const found = tried.find(patient => this.#showsUnknown(patient, point));
    if (found) return { kind: 'witness', patient: found };
    return { kind: this.#isNeverUnknown(point) ? 'never' : 'open' };
  }

  /** By proof, whatever is known of anybody: a threshold wherever it is named. */
  #isNeverUnknown(point: Point): boolean {
    if (point.kind === 'rule') return isNeverUndetermined(this.#compiled.ruleSet, this.#compiled.rules[point.index]!.rule);
    const nodes = point.kind === 'condition' ? [this.#nodes[point.index]!] : this.#naming(point);
    return nodes.every(node => {
      const asked = this.#askedOf(node);
      return asked !== undefined && this.#isOfNobody(asked, isNeverUnknown);
    });
  }

  #isOfNobody({ condition, group, ofScope }: Asked, isProved: typeof isNeverTrue): boolean {
    return isProved(this.#ruleSetFor(ofScope), condition, group);
  }

  #leastKnown(): readonly WitnessPatient[] {
    this.#empty ??= this.#makeLeastKnown();
    return this.#empty;
  }

  #makeLeastKnown(): WitnessPatient[] {
    const found = this.#fires({ condition: this.#compiled.ruleSet.root.appliesTo ?? ALWAYS, group: undefined });
    if (found.kind !== 'witness') return [];
    const { patient } = found;
    const required = (group: string) => [...(this.#compiled.ruleSet.groups.get(group)?.facts.values() ?? [])].some(fact => fact.required);
    const ids = [...this.#compiled.ruleSet.groups.keys()].filter(id => !required(id));
    const with1 = Object.fromEntries(ids.map(id => [id, { complete: true, records: [{ id: 'a', facts: {} }] }]));
    const open = Object.fromEntries(ids.map(id => [id, { complete: false, records: [{ id: 'a', facts: {} }] }]));
    return [patient, { ...patient, groups: { ...patient.groups, ...with1 } }, { ...patient, groups: { ...patient.groups, ...open } }];
  }

  #showsUnknown(patient: WitnessPatient, point: Point): boolean {
    return this.#shows(patient, point, UNKNOWN);
  }

  #shows(patient: WitnessPatient, point: Point, truth: Truth): boolean {
    const seen = this.#seenOn(patient);
    const has = (truths: number | undefined) => ((truths ?? 0) & bitOf(truth)) !== 0;
    if (point.kind === 'rule') return has(seen.rules[point.index]);
    if (point.kind === 'condition') return has(seen.conditions[point.index]);
    if (point.kind === 'alone') return has(seen.alone[point.index]);
    return this.#nodes.some(
      ({ condition }, i) => condition.kind === 'threshold' && condition.name === point.item?.id && has(seen.conditions[i]),
    );
  }

  /** A test of facts that every patient has, of a kind that is known once it is recorded. */
  #isAlwaysKnown(point: Point): boolean {
    if (point.kind === 'rule') return this.#isRuleAlwaysKnown(this.#compiled.rules[point.index]!);
    const nodes = point.kind === 'condition' ? [this.#nodes[point.index]!] : point.kind === 'threshold' ? this.#naming(point) : [];
    return nodes.length > 0 && nodes.every(({ condition }) => isAlwaysKnown(condition));
  }

  #isRuleAlwaysKnown({ when, until, waits, overriddenBy }: CompiledRule): boolean {
    const conditions = until ? [...when, until] : when;
    return !waits && overriddenBy.length === 0 && conditions.every(isAlwaysKnown);
  }
}

interface Asked {
  readonly condition: Condition;
  readonly group: string | undefined;
  /** Part of the scope is also seen on patients outside it. */
  readonly ofScope?: boolean;
}

/** Nothing can rule it out for a patient within the scope. */
function holdsForAll({ rule, when, until, waits, overriddenBy }: CompiledRule): boolean {
  return when.length === 0 && !until && !waits && overriddenBy.length === 0 && !rule.precaution;
}

const LISTS: ReadonlySet<string> = new Set(['all', 'any', 'not']);
const KNOWN_BY_FACTS: ReadonlySet<string> = new Set(['fact', 'threshold']);

/** A date may be of a day without a time, and then be unknown though it is recorded. What is unknown or not is always known. */
function isAlwaysKnown({ kind, reads, items, fact }: ConditionNode['condition']): boolean {
  if (kind === 'unknown') return true;
  if (LISTS.has(kind) && items.length > 0) return items.every(isAlwaysKnown);
  if (!KNOWN_BY_FACTS.has(kind) || reads.length === 0) return false;
  if (fact && fact.origin !== 'recorded') return false;
  return reads.every(read => read.fact.required && read.fact.type !== 'date');
}

function firingPatient(inquiry: Inquiry, rule: Rule): WitnessPatient | 'none' | 'open' {
  const scope = scopeOf(inquiry.ruleSet, rule, 0);
  const own = new Map(scope.group === undefined ? [] : [[scope.group, 1]]);
  const answer = ask(inquiry, {
    rules: [rule],
    own,
    wanted: space => firing(space, rule, scope),
    shown: ({ fired }) => fired.has(rule.id),
  });
  return answer.kind === 'found' ? answer.witness : answer.kind;
}

/** The patient without one of the facts or options that are recorded, each in turn. */
function* withoutOne(patient: WitnessPatient): Generator<WitnessPatient> {
  const without = (change: (copy: WitnessPatient) => void): WitnessPatient => {
    const copy = structuredClone(patient);
    change(copy);
    return copy;
  };
  for (const id of Object.keys(patient.facts)) yield without(copy => delete copy.facts[id]);
  for (const id of Object.keys(patient.scores ?? {})) yield without(copy => delete copy.scores![id]);
  for (const [group, { records }] of Object.entries(patient.groups ?? {})) {
    yield without(copy => {
      copy.groups![group]!.complete = false;
    });
    for (const [i, { facts, scores }] of records.entries()) {
      for (const id of Object.keys(facts)) yield without(copy => delete copy.groups![group]!.records[i]!.facts[id]);
      for (const id of Object.keys(scores ?? {})) yield without(copy => delete copy.groups![group]!.records[i]!.scores![id]);
    }
  }
}

/** The first patient, of whom it is not known whether one fact is as in the second. */
function* eitherOf(patient: WitnessPatient, other: WitnessPatient): Generator<WitnessPatient> {
  for (const [id, value] of Object.entries(patient.facts)) {
    const second = other.facts[id];
    if (second === undefined || JSON.stringify(second) === JSON.stringify(value)) continue;
    yield { ...patient, facts: { ...patient.facts, [id]: { oneOf: [value, second] } } };
  }
}

/** A rule nobody wrote, which fires where the condition holds. Its id cannot be one of the rule set's. */
function ruleFor(when: Condition, group: string | undefined): Rule {
  const name = group === undefined ? undefined : { value: group, span: NOWHERE };
  const place = { file: '', idSpan: NOWHERE, span: NOWHERE };
  const none = { title: undefined, reason: undefined, source: undefined, evidence: undefined, defines: new Map(), until: undefined };
  return { id: '?', ...place, ...none, precaution: false, of: name, sites: [], when, then: [], override: undefined, given: undefined };
}

function groupOf(ruleSet: RuleSet, rule: Rule): string | undefined {
  return rule.precaution ? ruleSet.locatedGroup?.id : rule.of?.value;
}

/** Where the rule is ruled out by its own conditions; undefined where it has none. */
function withoutOverrides(rule: Rule): Condition | undefined {
  if (rule.precaution || (!rule.when && !rule.until)) return undefined;
  const not: Condition[] = rule.when ? [{ kind: 'not', item: rule.when, span: NOWHERE }] : [];
  return { kind: 'any', items: rule.until ? [...not, rule.until] : not, span: NOWHERE };
}

function ofBand({ item, band }: Point): Asked {
  const score = { value: item!.id, span: NOWHERE };
  const group = (item as { readonly of?: { readonly value: string } }).of?.value;
  return { condition: { kind: 'score-bands', score, bands: [{ value: band!, span: NOWHERE }], span: NOWHERE }, group };
}

function ofBoundary(boundary: Boundary, side: Side): Asked | undefined {
  if (boundary.kind === 'total') {
    const total = boundary.next[side];
    const score = { value: boundary.score.id, span: NOWHERE };
    if (!total) return undefined;
    return {
      condition: { kind: 'score-total', score, test: testOf({ is: { value: total, span: NOWHERE } }), span: NOWHERE },
      group: boundary.score.of?.value,
    };
  }
  const { reader, number, unit, step } = boundary;
  const tests: Readonly<Record<Side, Partial<Test>>> = {
    below: { atLeast: bound(number.minus(step)), below: bound(number) },
    at: { is: { value: number, span: NOWHERE } },
    above: { above: bound(number), atMost: bound(number.plus(step)) },
  };
  const test = testOf({ ...tests[side], unit: unit === undefined ? undefined : { value: unit, span: NOWHERE } });
  return { condition: { kind: 'fact', fact: { value: reader.fact.id, span: NOWHERE }, test, span: NOWHERE }, group: reader.fact.group };
}
