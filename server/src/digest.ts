/** The meaning of what a finding names, in few characters: a waiver that wrote it down counts only as long as it stays the same. */
import type { Diagnostic } from './diagnostics/define.ts';
import { definitionText } from './model/definition.ts';
import type { Rule, RuleSet } from './model/rule-set.ts';

/** Of the rules and decisions it names, and for a gap of every rule that could fill it and of the patient who shows it. */
export function digestOf({ code, names, rules = [], witness }: Diagnostic, ruleSet: RuleSet): string {
  const ids = [...new Set([...names, ...rules])].sort();
  const items = ids.map(id => ruleSet.rules.get(id) ?? ruleSet.decisions.get(id) ?? ruleSet.sites.get(id) ?? id);
  const gap = code === 'missing-rule' ? [listed(decidingRules(ruleSet, ids).map(textOf)), definitionText(witness ?? null)] : [];
  return hash(listed([listed(items.map(textOf)), listed(gap)]));
}

/** Many findings name the same rule: what it says is written out once. */
const TEXTS = new WeakMap<object, string>();

function textOf(item: object | string): string {
  if (typeof item === 'string') return definitionText(item);
  const known = TEXTS.get(item) ?? definitionText(item);
  TEXTS.set(item, known);
  return known;
}

/** A list of what is written out already, as it would be written out itself. */
function listed(texts: readonly string[]): string {
  return `[${texts.join()}]`;
}

function decidingRules({ rules }: RuleSet, decisions: readonly string[]): Rule[] {
  return [...rules.values()].filter(({ then }) =>
    then.some(effect => effect.kind === 'decide' && decisions.includes(effect.decision.value)),
  );
}

/** Two runs of FNV-1a over the text: not against forgery, which the history of the file tells, but against oversight. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9dc5811c].map(start => fnv(text, start).toString(16).padStart(8, '0')).join('');
}

function fnv(text: string, start: number): number {
  let state = start;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}
