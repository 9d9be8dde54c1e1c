/** Inlay hints: what an author would otherwise look up, written beside what stands there. */
import { attainableTotals } from '../analysis/attainable-totals.ts';
import { Exact } from '../model/exact.ts';
import type { Band, CodeValue, Component, Fact, RuleSet, Score, Threshold } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import { valueOf as childOf, type Node, type ObjectNode } from '../syntax/node.ts';
import type { Place, Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { meaningOf, mentionsIn } from './at.ts';
import type { Named, NameKind } from './declared.ts';
import type { Mention } from './mentions.ts';
import { rangeText, thresholdTestText } from './sentences.ts';
import { amountText, listText, numbersText, spoken } from './words.ts';

/** Which hints are wanted. */
export interface HintChoice {
  readonly totals: boolean;
  readonly units: boolean;
  readonly titles: boolean;
  readonly bands: boolean;
}

export interface Hint {
  readonly offset: number;
  readonly text: string;
  /** More words, where the text was cut or says less than it could. */
  readonly tooltip: string;
  /** Where what it speaks of is declared. */
  readonly place: Place | undefined;
}

/** Longer ones would push the text out of sight. */
const LONGEST = 48;

/** The hints within a span, in the order of the text. */
export function hintsIn(workspace: Workspace, file: string, within: Span, choice: HintChoice): readonly Hint[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const mentions = mentionsIn(workspace, file).filter(({ span }) => span.end >= within.start && span.start <= within.end);
  const hints = mentions.flatMap(mention => hintsOfName(workspace, mention, choice));
  const facts = choice.units ? factsByPlace(workspace, file) : undefined;
  if (facts) collectBounds(snapshot.document().root, within, facts, hints);
  // What names one thing twice (an option that is a value of a fact too) is told once.
  const first = new Map(hints.map(hint => [hint.offset, hint] as const).reverse());
  return [...first.values()].filter(({ offset }) => offset >= within.start && offset <= within.end).sort((a, b) => a.offset - b.offset);
}

function hintsOfName(workspace: Workspace, mention: Mention, choice: HintChoice): Hint[] {
  const { sense, span } = mention;
  if (sense.kind === 'declares') return choice.totals && sense.named.kind === 'score' ? totalsHint(workspace, sense.named) : [];
  if (sense.kind !== 'refers' && sense.kind !== 'in-patient') return [];
  if (!choice.bands && !choice.titles) return [];
  const { named, whole } = meaningOf(workspace, mention);
  const [meant] = named;
  if (!meant || !whole) return [];
  const text = wordsOf(whole, meant, choice);
  return text === undefined ? [] : [hint(span.end, text, { file: meant.file, span: meant.idSpan })];
}

/** Of a band its totals, of a threshold its test, of anything else its title if that says more than the name. */
function wordsOf(whole: RuleSet, { kind, id, item, component }: Named, choice: HintChoice): string | undefined {
  if (kind === 'band') return choice.bands ? bandWords(whole, item as Score, id) : undefined;
  if (kind === 'threshold') return choice.bands ? thresholdTestText(whole, item as Threshold) : undefined;
  if (!choice.titles || !TITLED.has(kind)) return undefined;
  const title = kind === 'option' ? optionTitle(component, id) : kind === 'value' ? valueTitle(item as Fact, id) : titleIn(kind, item, id);
  return title !== undefined && bare(title) !== bare(id) ? title : undefined;
}

const TITLED: ReadonlySet<NameKind> = new Set([
  'value',
  'option',
  'component',
  'site',
  'decision-value',
  'activity',
  'intervention',
  'assessment',
  'referral',
  'approval',
]);

function bandWords(whole: RuleSet, score: Score, id: string): string | undefined {
  const band = [...score.bandSets.values()].flat().find((one: Band) => one.id === id);
  return band && rangeText(whole, band.test);
}

function optionTitle(component: Component | undefined, id: string): string | undefined {
  return component?.how?.kind === 'options' ? component.how.options.get(id)?.title : undefined;
}

function valueTitle({ values }: Fact, id: string): string | undefined {
  return typeof values === 'object' ? values.find((value: CodeValue) => value.id === id)?.title : undefined;
}

function titleIn(kind: NameKind, item: Named['item'], id: string): string | undefined {
  if (kind === 'component') return (item as Score).components.get(id)?.title;
  if (kind !== 'decision-value') return item?.title;
  const { values } = item as unknown as { readonly values: readonly { readonly id: string; readonly title: string | undefined }[] };
  return values.find(value => value.id === id)?.title;
}

/** Letters and digits only: a title that spells the name says nothing new. */
function bare(text: string): string {
  return spoken(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function totalsHint(workspace: Workspace, named: Named): Hint[] {
  const ruleSet = workspace.linked(named.file)?.ruleSet;
  const totals = ruleSet && attainableTotals(named.item as Score, ruleSet);
  if (!totals?.low || !totals.high) return [];
  const { low, high, values, exact } = totals;
  const text = low.equals(high) ? `total ${low}` : `total ${low} to ${high}`;
  const list = values ? `: ${numbersText(values.map(String))}` : `, from ${low} to ${high}`;
  const less = exact ? '' : ' Some of them may be out of reach: several components read the same facts.';
  return [
    { offset: named.idSpan.end, text, tooltip: `Totals that a patient of whom all is known can have${list}.${less}`, place: undefined },
  ];
}

/** By the offset of the name of a fact in a condition, a threshold or a component: the fact. */
function factsByPlace(workspace: Workspace, file: string): (node: Node) => Fact | undefined {
  const mentions = new Map(mentionsIn(workspace, file).map(mention => [mention.span.start, mention]));
  return node => {
    const mention = mentions.get(node.start);
    if (mention?.sense.kind !== 'refers') return undefined;
    const [meant] = meaningOf(workspace, mention).named;
    return meant?.kind === 'fact' || meant?.kind === 'derived-fact' ? (meant.item as Fact) : undefined;
  };
}

const BOUNDS = ['is', 'atLeast', 'above', 'atMost', 'below'];

/** Numbers that a fact is held against, each in the other units its patients may be recorded in. */
function collectBounds(node: Node | undefined, within: Span, factAt: (node: Node) => Fact | undefined, into: Hint[]): void {
  if (!node || node.end < within.start || node.start > within.end) return;
  if (node.type === 'array') for (const item of node.items) collectBounds(item, within, factAt, into);
  if (node.type !== 'object') return;
  for (const { value } of node.properties) collectBounds(value, within, factAt, into);
  const name = childOf(node, 'fact');
  const fact = name?.type === 'string' ? factAt(name) : undefined;
  if (fact?.type !== 'quantity') return;
  const unit = textOf(childOf(node, 'unit')) ?? fact.unit?.value;
  const intervals = childOf(node, 'intervals');
  const held = intervals?.type === 'array' ? intervals.items.filter(item => item.type === 'object') : [node];
  for (const object of held) into.push(...boundHints(object, fact, textOf(childOf(object, 'unit')) ?? unit));
}

function boundHints(object: ObjectNode, fact: Fact, unit: string | undefined): Hint[] {
  if (unit === undefined) return [];
  const others = unit === fact.unit?.value ? fact.alsoIn.map(other => other.unit.value) : [fact.unit?.value ?? ''];
  return BOUNDS.flatMap(key => {
    const value = childOf(object, key);
    const number = value?.type === 'number' ? Exact.parse(value.text) : undefined;
    const same = number ? others.flatMap(other => converted(number, fact, unit, other)) : [];
    return value && same.length > 0 ? [hint(value.end, `= ${listText(same, 'or')}`, undefined)] : [];
  });
}

/** With at least three digits that count; `≈` where more would follow. */
function converted(number: Exact, fact: Fact, from: string, to: string): string[] {
  const factor = conversionFactor(fact, from, to);
  if (!factor || from === to) return [];
  const value = number.times(factor);
  const places = value.double === 0 ? 0 : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value.double)))));
  return [amountText(value.toString(places), to)];
}

function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? node.value : undefined;
}

function hint(offset: number, text: string, place: Place | undefined): Hint {
  const isLong = text.length > LONGEST;
  return { offset, text: isLong ? `${text.slice(0, LONGEST - 1)}…` : text, tooltip: isLong ? text : '', place };
}
