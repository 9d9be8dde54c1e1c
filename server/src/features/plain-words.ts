/** What the parts of the plain-language view share: headings, and what is said below an item of its source, its words and its reason. */
import type { Evidence, Item, RuleSet } from '../model/rule-set.ts';
import type { Place } from '../text/span.ts';
import type { PlainBlock, PlainItem } from './plain-model.ts';
import { titleOf } from './titles.ts';
import { capitalised, listText, spoken, unitText } from './words.ts';

export function heading(level: 2 | 3, text: string, place?: Place): PlainBlock {
  return { kind: 'heading', level, text, place };
}

/** A chapter with its heading; nothing where it is empty. */
export function chapter(title: string, blocks: readonly PlainBlock[]): readonly PlainBlock[] {
  const full = blocks.filter(block => block.kind !== 'list' || block.items.length > 0);
  return full.length > 0 ? [heading(2, title), ...full] : [];
}

export function placeOf({ file, span }: Pick<Item, 'file' | 'span'>): Place {
  return { file, span };
}

export function plainItem(item: Item, text: string, details: readonly string[]): PlainItem {
  return { title: titleOf(item, item.id), text, details, place: placeOf(item) };
}

/** Where it comes from, what is meant by its words, and why it replaces what the base says. */
export function groundsOf(ruleSet: RuleSet, item: Item & Evidence): string[] {
  return [...sourceText(ruleSet, item), ...definesText(item), ...reasonText(item)];
}

export function reasonText({ reason }: Pick<Item, 'reason'>): string[] {
  return reason ? [`Instead of what the base says: ${sentence(reason.value)}`] : [];
}

function sourceText(ruleSet: RuleSet, { source, evidence }: Evidence): string[] {
  const grade = evidence ? ` Evidence: ${spoken(evidence.value)}.` : '';
  const id = source?.source?.value;
  if (id === undefined) return grade ? [grade.trim()] : [];
  const at = source!.at.map(({ value }) => value);
  const quoted = source!.quoted.map(({ value }) => value.toString());
  const parts = [titleOf(ruleSet.sources.get(id), id), ...at, ...(quoted.length ? [`which gives ${listText(quoted)}`] : [])];
  return [`Source: ${parts.join('; ')}.${grade}`];
}

function definesText({ defines }: Pick<Evidence, 'defines'>): string[] {
  return [...defines].map(([word, meaning]) => `“${word}” here means: ${stopped(meaning.value)}`);
}

/** With a capital at its beginning and one full stop at its end. */
export function sentence(text: string): string {
  return capitalised(stopped(text));
}

function stopped(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

const PER: Readonly<Record<string, string>> = {
  '/min': 'per minute',
  '/h': 'per hour',
  '/d': 'per day',
  '/wk': 'per week',
  '1': 'a plain number',
  '%': 'per cent',
};

/** A unit by itself: `mmol/L`, `per minute`. */
export function unitName(unit: string): string {
  return PER[unit] ?? (unitText(unit) || 'a plain number');
}
