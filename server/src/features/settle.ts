/** What the editor offers to settle a finding of a whole: an override, a waiver, a rule for a gap. The author completes each: a reason is never made up. */
import type { Diagnostic } from '../diagnostics/define.ts';
import { Exact } from '../model/exact.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';
import { type Node, property } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { itemEdit, nodeAt, propertyEdit } from './insert.ts';

export interface Settlement {
  readonly title: string;
  readonly file: string;
  readonly edits: readonly Edit[];
}

export type TextOf = (file: string) => { readonly text: string; readonly root: Node | undefined } | undefined;

/**
 * Each of two rules may take precedence over the other, where the language allows it. Of more only the one at which the finding is told:
 * all others meet it, and not each other. `sees`: whether a rule is declared in a file or in what it uses, so that the file may name it.
 */
export function overrideSettlements(
  { code, span, names, rules = [] }: Diagnostic,
  ruleSet: RuleSet,
  textOf: TextOf,
  sees: (file: string, rule: string) => boolean,
): Settlement[] {
  if (!['conflicting-effects', 'conflicting-decisions', 'disagreement'].includes(code)) return [];
  const involved = rules.flatMap(id => ruleSet.rules.get(id) ?? []);
  const first = involved.length > 2 ? involved.filter(({ idSpan }) => idSpan.start === span.start && idSpan.end === span.end) : involved;
  return first.flatMap(rule => {
    const others = involved.filter(other => other !== rule && mayOverride(ruleSet, rule, other) && sees(rule.file, other.id));
    if (others.length === 0 || asksUnknown([rule.when, rule.until]) || !isOfOneRecord(ruleSet, rule, names)) return [];
    const source = textOf(rule.file);
    const node = source && nodeAt(source.root, rule.span);
    if (others.length !== involved.length - 1 || rule.override || !source || node?.type !== 'object') return [];
    const override = { rules: others.map(({ id }) => id), reason: '' };
    const named = others.length === 1 ? `“${others[0]!.id}”` : `the ${others.length} other rules`;
    return [
      {
        title: `Let “${rule.id}” override ${named}, with a reason`,
        file: rule.file,
        edits: [propertyEdit(source.text, node, 'override', override)],
      },
    ];
  });
}

function mayOverride(ruleSet: RuleSet, rule: Rule, other: Rule): boolean {
  const group = ({ precaution, of }: Rule) => (precaution ? ruleSet.locatedGroup?.id : of?.value);
  return (group(rule) === undefined || group(rule) === group(other)) && !other.override;
}

/** A rule that overrides may not: to know less would loosen advice. */
function asksUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Exact) return false;
  return ('kind' in value && value.kind === 'unknown') || Object.values(value).some(asksUnknown);
}

/** A rule of a group overrides record by record: a decision that is not made for each record, others of another record still decide. */
function isOfOneRecord({ decisions, locatedGroup }: RuleSet, { precaution, of }: Rule, names: readonly string[]): boolean {
  const group = precaution ? locatedGroup?.id : of?.value;
  const decided = names.flatMap(name => decisions.get(name) ?? []);
  return group === undefined || decided.every(({ each }) => each?.value === group);
}

/** In the file of the rule set that shows the finding: it is waived there and nowhere else. */
export function waiverSettlement({ id }: Diagnostic, digest: string, root: string, until: string, textOf: TextOf): Settlement[] {
  const source = textOf(root);
  if (source?.root?.type !== 'object') return [];
  const waiver = { finding: id, reason: '', by: '', until, digest };
  const list = property(source.root, 'waivers')?.value;
  const edit = list?.type === 'array' ? itemEdit(source.text, list, waiver) : propertyEdit(source.text, source.root, 'waivers', [waiver]);
  return [{ title: 'Waive with a reason, a name and a date', file: root, edits: [edit] }];
}

/** A rule that holds for the patients found, and decides the strictest value until its author says otherwise. */
export function gapSettlement({ code, names, conditions = [] }: Diagnostic, ruleSet: RuleSet, textOf: TextOf): Settlement[] {
  const decision = code === 'missing-rule' ? names.flatMap(name => ruleSet.decisions.get(name) ?? [])[0] : undefined;
  const source = textOf(ruleSet.root.file);
  if (!decision || source?.root?.type !== 'object') return [];
  const group = names.includes(decision.each?.value ?? '') ? decision.each!.value : undefined;
  const rule = {
    id: freeId(ruleSet),
    title: '',
    ...(group === undefined ? {} : { of: group }),
    ...(conditions.length === 0 ? {} : { when: conditions.length === 1 ? conditions[0] : { all: conditions } }),
    then: [{ decide: decision.id, as: decision.values[0]?.id ?? '' }],
    source: { id: [...ruleSet.sources.keys()][0] ?? '' },
  };
  const list = property(source.root, 'rules')?.value;
  const edit = list?.type === 'array' ? itemEdit(source.text, list, rule) : propertyEdit(source.text, source.root, 'rules', [rule]);
  return [{ title: 'Add a rule for this gap', file: ruleSet.root.file, edits: [edit] }];
}

function freeId({ rules }: RuleSet): string {
  for (let i = 1; ; i++) {
    const id = i === 1 ? 'new-rule' : `new-rule-${i}`;
    if (!rules.has(id)) return id;
  }
}
