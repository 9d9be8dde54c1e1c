/**
 * A rule for patients without an answer, filled in. It decides the strictest value until its author says otherwise, for those of whom the finding
 * speaks and nobody for whom another rule decides: where conditions cannot say just whom it means, they leave out whom the other rules mean.
 */
import { meeting } from '../analysis/conflicts.ts';
import { decidingRules, groupOf, siteFact } from '../analysis/gather.ts';
import { boxesOf, inquire } from '../analysis/question.ts';
import { needFor } from '../analysis/redundant.ts';
import { canFire } from '../analysis/rules-alone.ts';
import { type WitnessPatient, withExactNumbers } from '../analysis/witness.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { readRuleSet } from '../model/read-rule-set.ts';
import type { Condition, Decision, Fact, Rule, RuleSet } from '../model/rule-set.ts';
import { parseDocument } from '../syntax/document.ts';
import { property } from '../syntax/node.ts';
import { itemEdit, propertyEdit } from './insert.ts';
import type { Settlement, Settling, TextOf } from './settle.ts';
import { freeRuleId, writtenCondition } from './written.ts';

/** A rule as it is written. */
interface NewRule {
  readonly id: string;
  readonly of: string | undefined;
  readonly conditions: readonly object[];
  readonly decision: Decision;
  readonly source: string;
}

export function gapSettlement(finding: Diagnostic, settling: Settling): Settlement[] {
  const { ruleSet, textOf } = settling;
  const { code, names } = finding;
  const decision = code === 'missing-rule' ? names.flatMap(name => ruleSet.decisions.get(name) ?? [])[0] : undefined;
  const source = textOf(ruleSet.root.file);
  if (!decision || source?.root?.type !== 'object') return [];
  const rule = written(rememberedRule(finding, decision, settling));
  const list = property(source.root, 'rules')?.value;
  const edit = list?.type === 'array' ? itemEdit(source.text, list, rule) : propertyEdit(source.text, source.root, 'rules', [rule]);
  const edits = [{ ...edit, newText: withExactNumbers(edit.newText) }];
  return [{ title: 'Add a rule for this gap', file: ruleSet.root.file, edits }];
}

const REMEMBERED = new WeakMap<Diagnostic, { readonly ruleSet: RuleSet; readonly rule: NewRule }>();

/** Asked again at every step of the cursor: made once for each version. */
function rememberedRule(finding: Diagnostic, decision: Decision, settling: Settling): NewRule {
  const { ruleSet } = settling;
  const known = REMEMBERED.get(finding);
  if (known?.ruleSet === ruleSet) return known.rule;
  const rule = ruleFor(finding, decision, settling);
  REMEMBERED.set(finding, { ruleSet, rule });
  return rule;
}

function ruleFor({ names, conditions = [], witness }: Diagnostic, decision: Decision, settling: Settling): NewRule {
  const { ruleSet } = settling;
  const of = names.includes(decision.each?.value ?? '') ? decision.each!.value : undefined;
  const patient = witness as WitnessPatient | undefined;
  const bare: NewRule = { id: freeRuleId(ruleSet, 'new-rule'), of, conditions: [], decision, source: [...ruleSet.sources.keys()][0] ?? '' };
  const asFound = { ...bare, conditions };
  // Of a list that may be longer it is never certain what is not in it: such a condition would hold for nobody.
  const certain = () => conditions.filter(condition => isFor({ ...bare, conditions: [condition] }, patient, settling, 'fired'));
  let rule: NewRule = canHold(asFound, settling) ? asFound : { ...bare, conditions: certain() };
  // Whoever has the answer by it keeps it.
  const how = isFor(rule, patient, settling, 'fired') ? 'fired' : 'open';
  const left: Rule[] = [];
  for (const other of rulesHarmed(rule, settling)) {
    const without = conditionWithout(other, of, ruleSet, settling.textOf);
    const narrower = without && { ...rule, conditions: [...rule.conditions, without] };
    if (narrower && isFor(narrower, patient, settling, how) && canHold(narrower, settling)) rule = narrower;
    else left.push(other);
  }
  // Where it is stricter than rules of one source alone, it is not told to disagree with them.
  const [one, ...others] = new Set(left.flatMap(({ source }) => source?.source?.value ?? []));
  return one === undefined || others.length > 0 ? rule : { ...rule, source: one };
}

/** So much is asked while a menu opens; what is not answered by then may be met. */
const STEPS = 300_000;
/** More than these make no condition that anybody reads. */
const MOST_LEFT_OUT = 8;

/** The rules that decide the same and may hold together with it, where that matters: one would contradict it, be hidden by it, or need not be there. */
function rulesHarmed(rule: NewRule, { ruleSet, replayOf }: Settling): Rule[] {
  const { whole, added } = withRule(rule, ruleSet);
  const inquiry = inquire(whole, STEPS, replayOf(whole));
  const boxes = boxesOf(inquiry);
  const deciding = decidingRules(ruleSet, rule.decision.id);
  const near = new Set(boxes.meeting(added, [...new Set(deciding.map(one => one.rule))]));
  const strictest = rule.decision.values[0]?.id;
  const found: Rule[] = [];
  for (const { rule: other, value } of deciding) {
    if (found.length > MOST_LEFT_OUT) return [];
    if (!near.has(other) || found.includes(other) || meeting(inquiry, rule.decision, [added, other]) === 'none') continue;
    const differs = value !== strictest && (rule.decision.resolve === 'single' || rule.decision.resolve === 'strictest');
    if (differs || needFor(inquiry, other, boxes, true).kind !== 'needed') found.push(other);
  }
  return found;
}

/** Whether it fires for the patient found, or may as soon as more is known of them: no other rule has a say in that. */
function isFor(rule: NewRule, patient: WitnessPatient | undefined, { ruleSet, replayOf }: Settling, how: 'fired' | 'open'): boolean {
  const alone = { ...ruleSet, rules: new Map() };
  const replayed = patient && replayOf(withRule(rule, alone).whole)(patient);
  return replayed !== undefined && (how === 'fired' ? replayed.fired.has(rule.id) : !replayed.ruledOut.has(rule.id));
}

/** Whether it holds for anybody. */
function canHold(rule: NewRule, { ruleSet, replayOf }: Settling): boolean {
  const { whole, added } = withRule(rule, { ...ruleSet, rules: new Map() });
  return canFire(inquire(whole, STEPS, replayOf(whole)), added) !== 'none';
}

/** The whole as it would be, and the rule as it would be read. */
function withRule(rule: NewRule, ruleSet: RuleSet): { whole: RuleSet; added: Rule } {
  const text = withExactNumbers(JSON.stringify({ rules: [written(rule)] }));
  const added = readRuleSet(parseDocument(text), ruleSet.root.file).rules.get(rule.id)!;
  return { whole: { ...ruleSet, rules: new Map([...ruleSet.rules, [rule.id, added]]) }, added };
}

function written({ id, of, conditions, decision, source }: NewRule): object {
  return {
    id,
    title: '',
    ...(of === undefined ? {} : { of }),
    ...(conditions.length === 0 ? {} : { when: conditions.length === 1 ? conditions[0] : { all: conditions } }),
    then: [{ decide: decision.id, as: decision.values[0]?.id ?? '' }],
    source: { id: source },
  };
}

/** For whom the other rule does not hold, as a rule of the group sees it. Undefined where no condition says that. */
function conditionWithout(other: Rule, of: string | undefined, ruleSet: RuleSet, textOf: TextOf): object | undefined {
  const group = groupOf(ruleSet, other);
  const site = siteFact(ruleSet);
  const sites = other.sites.length > 0 && site ? [{ not: { fact: site.id, in: other.sites.map(({ value }) => value) } }] : [];
  const not = other.when && negated(other.when, group, other.file, ruleSet, textOf);
  const until = other.until && writtenCondition(other.until, other.file, textOf);
  if (other.when && !not) return undefined;
  const any = [...sites, ...(not ? [not] : []), ...(until ? [until] : [])];
  if (any.length === 0) return undefined;
  const without = any.length === 1 ? any[0]! : { any };
  return group === undefined || group === of ? without : { every: group, where: without };
}

/** What is known where this does not hold. `unknown` stands under no `not`: there it is said that something is known. */
function negated(condition: Condition, group: string | undefined, file: string, ruleSet: RuleSet, textOf: TextOf): object | undefined {
  const asksUnknown = (part: Condition): boolean => JSON.stringify(writtenCondition(part, file, textOf) ?? '').includes('"unknown"');
  if (!asksUnknown(condition)) {
    const whole = writtenCondition(condition, file, textOf);
    return whole && { not: whole };
  }
  if (condition.kind === 'unknown' && condition.what === 'fact') return known(factOf(condition.name.value, group, ruleSet));
  if (condition.kind !== 'all' && condition.kind !== 'any') return undefined;
  const items = condition.items.map(item => negated(item, group, file, ruleSet, textOf));
  if (condition.kind === 'all') {
    // One part that is said not to hold is enough.
    const some = items.filter(item => item !== undefined);
    return some.length === 0 ? undefined : some.length === 1 ? some[0] : { any: some };
  }
  return items.includes(undefined) ? undefined : { all: items };
}

function factOf(id: string, group: string | undefined, { groups, facts }: RuleSet): Fact | undefined {
  return (group === undefined ? undefined : groups.get(group)?.facts.get(id)) ?? facts.get(id);
}

/** A test that whoever has the fact meets, and nobody else. */
function known(fact: Fact | undefined): object | undefined {
  if (!fact) return undefined;
  const { id, type, unit, minimum, values } = fact;
  if (type === 'boolean')
    return {
      any: [
        { fact: id, is: true },
        { fact: id, is: false },
      ],
    };
  if (type === 'date') return { any: [{ fact: id, is: 'never' }, { not: { fact: id, is: 'never' } }] };
  if (minimum) return { fact: id, atLeast: minimum.value.double, ...(unit ? { unit: unit.value } : {}) };
  return Array.isArray(values) ? { fact: id, in: values.map((value: { id: string }) => value.id) } : undefined;
}
