/** What the editor offers to settle a finding of a whole: an override, a waiver, a rule for a gap. The author completes each: a reason is never made up. */
import type { Diagnostic } from '../diagnostics/define.ts';
import { Exact } from '../model/exact.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';
import { type Node, property } from '../syntax/node.ts';
import type { Edit, Span } from '../text/span.ts';
import { itemEdit, nodeAt, propertyEdit } from './insert.ts';
import { besideSettlement, type Made } from './settle-beside.ts';
import { clears, overriding, type ReplayOf } from './settle-clears.ts';

export interface Settlement {
  readonly title: string;
  readonly file: string;
  readonly edits: readonly Edit[];
}

export type TextOf = (file: string) => { readonly text: string; readonly root: Node | undefined } | undefined;

/** What settlements are made from. */
export interface Settling {
  readonly ruleSet: RuleSet;
  readonly textOf: TextOf;
  /** Whether a rule is declared in a file or in what it uses, so that the file may name it. */
  readonly sees: (file: string, rule: string) => boolean;
  readonly replayOf: ReplayOf;
}

/**
 * Each of two rules may take precedence over the other, where the language allows it and it clears the conflict. Of more only the one at which the
 * finding is told: all others meet it, and not each other. Where its file does not see them, a rule of the using file gives it precedence.
 */
export function overrideSettlements(finding: Diagnostic, settling: Settling): Settlement[] {
  const { code, names, rules = [] } = finding;
  if (!['conflicting-effects', 'conflicting-decisions', 'disagreement'].includes(code)) return [];
  const { ruleSet, textOf, sees, replayOf } = settling;
  const involved = rules.flatMap(id => ruleSet.rules.get(id) ?? []);
  const first = involved.length > 2 ? involved.filter(rule => isToldAt(finding, rule)) : involved;
  return first.flatMap(rule => {
    const others = involved.filter(other => other !== rule);
    if (others.length === 0 || !others.every(other => mayOverride(ruleSet, rule, other))) return [];
    if (asksUnknown([rule.when, rule.until]) || !isOfOneRecord(ruleSet, rule, names)) return [];
    const isSeen = others.every(other => sees(rule.file, other.id));
    if (!isSeen && asksUnknown(others.map(({ when }) => when))) return [];
    // The stricter value is the answer without it: such a rule would do nothing, and a waiver says as much.
    if (!isSeen && code === 'disagreement' && isToldAt(finding, rule) && others.every(decidesOnly)) return [];
    const made = isSeen ? overrideIn(rule, others, textOf) : besideSettlement(rule, others, ruleSet, textOf);
    if (!made) return [];
    const isClear = code !== 'conflicting-effects' || !isOfGroup(rule) || clears(ruleSet, made.rule, involved, replayOf);
    return isClear ? [made.settlement] : [];
  });
}

/** By the rule itself, in its own file. */
function overrideIn(rule: Rule, others: readonly Rule[], textOf: TextOf): Made | undefined {
  const source = textOf(rule.file);
  const node = source && nodeAt(source.root, rule.span);
  if (rule.override || !source || node?.type !== 'object') return undefined;
  const override = { rules: others.map(({ id }) => id), reason: '' };
  const named = others.length === 1 ? `“${others[0]!.id}”` : `the ${others.length} other rules`;
  const edits = [propertyEdit(source.text, node, 'override', override)];
  const settlement = { title: `Let “${rule.id}” override ${named}, with a reason`, file: rule.file, edits };
  return { settlement, rule: overriding(rule, others) };
}

/** Places of several files may be equal: where others stand is said beside it. */
function isToldAt({ span, related = [] }: Diagnostic, { file, idSpan }: Rule): boolean {
  const isHere = (one: Span) => one.start === idSpan.start && one.end === idSpan.end;
  return isHere(span) && !related.some(({ place }) => place.file === file && isHere(place.span));
}

function decidesOnly({ then }: Rule): boolean {
  return then.every(({ kind }) => kind === 'decide');
}

function isOfGroup({ precaution, of }: Rule): boolean {
  return precaution || of !== undefined;
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
