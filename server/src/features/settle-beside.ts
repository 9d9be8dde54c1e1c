/**
 * Precedence between rules of files that do not see each other, given in a file that uses both: a rule of its own says there what the one says,
 * where the others hold too, and overrides them. No rule can be changed from another file.
 */
import { groupOf, siteFact } from '../analysis/gather.ts';
import { withExactNumbers } from '../analysis/witness.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';
import { property } from '../syntax/node.ts';
import { itemEdit, nodeAt, propertyEdit } from './insert.ts';
import type { Settlement, TextOf } from './settle.ts';
import { overriding } from './settle-clears.ts';
import { freeRuleId, valueUnder, writtenCondition } from './written.ts';

export interface Made {
  readonly settlement: Settlement;
  /** The rule that overrides, as it will be; of one that asks for the others too this makes no difference to them. */
  readonly rule: Rule;
}

/** Undefined where a rule there could not say just the same: a rule that waits, is overridden itself, or decides by the first rule. */
export function besideSettlement(rule: Rule, others: readonly Rule[], ruleSet: RuleSet, textOf: TextOf): Made | undefined {
  if (rule.given || rule.file === ruleSet.root.file || isOverridden(ruleSet, rule) || decidesFirst(ruleSet, rule)) return undefined;
  const source = textOf(ruleSet.root.file);
  const written = writtenRule(rule, textOf);
  const holding = others.map(other => conditionOf(other, rule, ruleSet, textOf));
  if (source?.root?.type !== 'object' || !written?.then.length || holding.includes(undefined)) return undefined;
  const where = holding.length === 1 ? holding[0]! : { any: holding };
  // One effect of several is enough to be a rule, and leaves the others to the rule itself: else it would do nothing more. Of a single one it takes over only where the others hold.
  const isWhole = written.then.length === 1;
  const conditions = [...(written.when === undefined ? [] : [written.when]), ...(!isWhole || holding.some(isAlways) ? [] : [where])];
  const id = freeRuleId(ruleSet, `${rule.id}-before-${others.length === 1 ? others[0]!.id : 'others'}`);
  const named = others.length === 1 ? `“${others[0]!.id}”` : `the ${others.length} other rules`;
  const value = {
    id,
    title: `${rule.title ?? rule.id}: before ${others.map(({ title, id }) => title ?? id).join(', ')}`,
    ...written.of,
    ...(conditions.length === 0 ? {} : { when: conditions.length === 1 ? conditions[0] : { all: conditions } }),
    ...(written.until === undefined ? {} : { until: written.until }),
    then: written.then.slice(0, 1),
    override: { rules: others.map(other => other.id), reason: '' },
    ...(written.source === undefined ? {} : { source: written.source }),
  };
  const section = rule.precaution ? 'precautions' : 'rules';
  const list = property(source.root, section)?.value;
  const edit = list?.type === 'array' ? itemEdit(source.text, list, value) : propertyEdit(source.text, source.root, section, [value]);
  const title = `Let “${rule.id}” override ${named} by a rule here, with a reason`;
  return {
    settlement: { title, file: ruleSet.root.file, edits: [{ ...edit, newText: withExactNumbers(edit.newText) }] },
    rule: { ...overriding(rule, others), id },
  };
}

function isOverridden({ rules }: RuleSet, { id }: Rule): boolean {
  return [...rules.values()].some(({ override }) => override?.rules.some(({ value }) => value === id));
}

/** All rules of such a decision stand in one file. */
function decidesFirst({ decisions }: RuleSet, { then }: Rule): boolean {
  return then.some(effect => effect.kind === 'decide' && decisions.get(effect.decision.value)?.resolve === 'first');
}

interface WrittenRule {
  readonly of: object;
  readonly when: unknown;
  readonly until: unknown;
  readonly then: readonly unknown[];
  readonly source: unknown;
}

/** What is written in the rule's own file. */
function writtenRule(rule: Rule, textOf: TextOf): WrittenRule | undefined {
  const node = nodeAt(textOf(rule.file)?.root, rule.span);
  if (node?.type !== 'object') return undefined;
  const part = (key: string) => valueUnder(node, key);
  const of = rule.precaution ? { site: part('site') } : rule.of ? { of: rule.of.value } : {};
  const then = part('then');
  return { of, when: part('when'), until: part('until'), then: Array.isArray(then) ? then : [], source: part('source') };
}

/** When the other holds, as the rule sees it: of its own record, or of some record where it is a rule of the patient. */
function conditionOf(other: Rule, rule: Rule, ruleSet: RuleSet, textOf: TextOf): object | undefined {
  const [group, own] = [groupOf(ruleSet, other), groupOf(ruleSet, rule)];
  if (own !== undefined && own !== group) return undefined;
  const when = other.when && writtenCondition(other.when, other.file, textOf);
  if (other.when && !when) return undefined;
  const site = siteFact(ruleSet);
  const sites = other.sites.length > 0 && site ? [{ fact: site.id, in: other.sites.map(({ value }) => value) }] : [];
  const all = [...sites, ...(when ? [when] : [])];
  const holds = all.length === 0 ? ALWAYS : all.length === 1 ? all[0]! : { all };
  if (group === own) return holds;
  return holds === ALWAYS ? { some: group } : { some: group, where: holds };
}

/** Of a rule without conditions. */
const ALWAYS = {};

function isAlways(condition: object | undefined): boolean {
  return condition === ALWAYS;
}
