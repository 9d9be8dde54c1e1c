/** What is said of a named thing, in the sentences of the plain-language view. */
import { attainableTotals } from '../analysis/attainable-totals.ts';
import type {
  Advice,
  Band,
  Component,
  Decision,
  DerivedFact,
  Fact,
  Group,
  Impossible,
  Item,
  Note,
  Parameter,
  Rule,
  RuleSet,
  Score,
  Source,
  Threshold,
} from '../model/rule-set.ts';
import type { Named } from './declared.ts';
import { adviceBlocks, siteBlocks } from './hover-places.ts';
import { derivedBlocks, factTable, recordedAs } from './plain-facts.ts';
import type { PlainBlock, PlainItem } from './plain-model.ts';
import { decisionItem, ruleItem } from './plain-rules.ts';
import { scoreBlocks } from './plain-scores.ts';
import { parameterItem, sourceText } from './plain-vocabulary.ts';
import { groundsOf, sentence } from './plain-words.ts';
import { conditionText, rangeText, thresholdTestText } from './sentences.ts';
import { decisionValueTitle, titleOf } from './titles.ts';
import { capitalised, dateText, inSentence, listText, numbersText, spoken } from './words.ts';

/** Empty where the name says it all. */
export function hoverThing(whole: RuleSet, { kind, id, item, component }: Named): readonly PlainBlock[] {
  switch (kind) {
    case 'fact':
      return factBlocks(item as Fact);
    case 'derived-fact':
      return [...untitled(derivedBlocks(whole, item as DerivedFact)), ...codeText(item as Fact)];
    case 'group':
      return [factTable([...(item as Group).facts.values()])];
    case 'value':
      return valueBlocks(whole, item as Fact, id);
    case 'score':
      return [...scoreBlocks(whole, item as Score).slice(1), ...totalsText(whole, item as Score)];
    case 'component':
      return componentBlocks(whole, item as Score, (item as Score).components.get(id));
    case 'option':
      return optionText(item as Score, component, id);
    case 'band':
      return bandBlocks(whole, item as Score, id);
    case 'threshold':
      return asText(`${capitalised(thresholdTestText(whole, item as Threshold))}.`, groundsOf(whole, item as Threshold));
    case 'decision':
      return asItem(decisionItem(whole, item as Decision));
    case 'decision-value':
      return decisionValueBlocks(whole, item as Decision, id);
    case 'rule':
    case 'precaution':
      return asItem(ruleItem(whole, item as Rule));
    case 'site':
      return siteBlocks(whole, id);
    case 'parameter':
      return asItem(parameterItem(item as Parameter));
    case 'place':
      return asText(`From least to most: ${listText(((item as Parameter).order ?? []).map(({ value }) => spoken(value)))}.`);
    case 'source':
      return asText(sourceText(item as Source));
    case 'note':
      return asText(sentence((item as Note).text), groundsOf(whole, item as Note));
    case 'impossible':
      return asText(`Cannot be: ${conditionText(whole, (item as Impossible).when, (item as Impossible).of?.value)}.`, reasons(item!));
    case 'rule-set':
      return ruleSetBlocks(whole);
    case 'phase':
    case 'record':
      return [];
    default:
      return adviceBlocks(whole, item as Advice);
  }
}

function asText(text: string, details: readonly string[] = []): readonly PlainBlock[] {
  return [text, ...details].flatMap(each => (each ? [{ kind: 'text', text: each } satisfies PlainBlock] : []));
}

/** The title stands above already. */
function asItem({ text, details }: PlainItem): readonly PlainBlock[] {
  return asText(text, details);
}

function untitled(blocks: readonly PlainBlock[]): readonly PlainBlock[] {
  return blocks.flatMap(block => (block.kind === 'list' ? block.items.flatMap(asItem) : [block]));
}

function reasons({ reason }: Item): string[] {
  return reason ? [sentence(reason.value)] : [];
}

function factBlocks(fact: Fact): readonly PlainBlock[] {
  const must = fact.required ? ' It must be recorded.' : '';
  return [...asText(`Recorded as ${recordedAs(fact)}.${must}`), ...codeText(fact)];
}

function codeText({ code }: Pick<Fact, 'code'>): readonly PlainBlock[] {
  return code ? asText(`Code: ${code.system} ${code.code}${code.display ? ` (${code.display})` : ''}.`) : [];
}

/** A value of a closed list, with what it is a kind of, and what is a kind of it. */
function valueBlocks(whole: RuleSet, fact: Fact, id: string): readonly PlainBlock[] {
  if (fact.type === 'side') return asText('Side of a paired site.');
  const values = typeof fact.values === 'object' ? fact.values : [];
  const value = values.find(each => each.id === id);
  const titled = (each: string) => inSentence(values.find(other => other.id === each)?.title ?? spoken(each));
  const above = value?.isA.map(({ value: each }) => titled(each)) ?? [];
  const below = values.filter(({ isA }) => isA.some(({ value: each }) => each === id)).map(each => titled(each.id));
  return [
    ...asText(`${capitalised(titled(id))}. Value of “${titleOf(fact, fact.id)}”, which is ${recordedAs(fact)}.`),
    ...asText(above.length > 0 ? `A kind of ${listText(above)}.` : ''),
    ...asText(below.length > 0 ? `Holds for ${listText(below)} too.` : ''),
    ...codeText({ code: value?.code }),
    ...('how' in fact ? untitled(derivedBlocks(whole, fact as DerivedFact)) : []),
  ];
}

/** What a fully known patient can have. */
function totalsText(whole: RuleSet, score: Score): readonly PlainBlock[] {
  const totals = attainableTotals(score, whole);
  if (!totals) return asText('Which totals can be reached cannot be told.');
  const { values, low, high, exact } = totals;
  const all = values ? numbersText(values.map(String)) : `${low ?? 'any'} to ${high ?? 'any'}`;
  return asText(`Totals that can be reached: ${all}${exact ? '' : ', or fewer of them'}.`);
}

function componentBlocks(whole: RuleSet, score: Score, component: Component | undefined): readonly PlainBlock[] {
  if (!component) return [];
  const alone = { ...score, components: new Map([[component.id, component]]), bandSets: new Map() };
  return [...asText(component.title ?? ''), ...scoreBlocks(whole, alone).filter(({ kind }) => kind === 'table')];
}

function optionText(score: Score, component: Component | undefined, id: string): readonly PlainBlock[] {
  const how = component?.how;
  if (how?.kind !== 'options') return [];
  const option = how.options.get(id);
  const name = titleOf(score, score.id);
  if (option) return asText(`${option.title ?? capitalised(spoken(id))}: ${pointsText(option.points.value.toString())} in “${name}”.`);
  const why = how.undefinedOptions.get(id)?.value;
  return asText(`Can be recorded and has no points: they are unknown.${why ? ` ${sentence(why)}` : ''}`);
}

function pointsText(points: string): string {
  return `${points} ${points === '1' ? 'point' : 'points'}`;
}

function bandBlocks(whole: RuleSet, score: Score, id: string): readonly PlainBlock[] {
  const bands: readonly Band[] = [...score.bandSets.values()].flat().filter(band => band.id === id);
  const said = bands.map(({ title, test, when }) => {
    const condition = when ? `, if ${conditionText(whole, when, score.of?.value)}` : '';
    return `${title ?? capitalised(spoken(id))}: a total of ${rangeText(whole, test)}${condition}.`;
  });
  return [...said.flatMap(text => asText(text)), ...groundsOf(whole, score).flatMap(text => asText(text))];
}

function decisionValueBlocks(whole: RuleSet, decision: Decision, id: string): readonly PlainBlock[] {
  const at = decision.values.findIndex(value => value.id === id);
  const titles = decision.values.map(value => decisionValueTitle(whole, decision.id, value.id));
  const looser = titles.slice(at + 1).map(title => `“${title}”`);
  const strictness = looser.length > 0 ? `Stricter than ${listText(looser)}.` : 'The loosest answer.';
  return [...asText(`An answer to “${titleOf(decision, decision.id)}”. ${strictness}`), ...asItem(decisionItem(whole, decision))];
}

function ruleSetBlocks({ root }: RuleSet): readonly PlainBlock[] {
  const said = [root.status?.value, root.version && `version ${root.version.value}`].filter(each => each !== undefined);
  const review = root.reviewBy ? ` To be reviewed by ${dateText(root.reviewBy.value)}.` : '';
  return asText(`${root.title ?? ''}${said.length > 0 ? ` (${said.join(', ')})` : ''}.${review}`);
}
