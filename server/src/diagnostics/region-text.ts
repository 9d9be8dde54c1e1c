/** The region of a finding in the fewest words that are true: what is so of every patient who shows it, and nothing that does not matter. */
import type { Found } from '../analysis/analyse.ts';
import type { Region, RegionPart } from '../analysis/region.ts';
import type { Rule, RuleSet } from '../model/rule-set.ts';
import { detached } from '../text/detached.ts';
import { codeWords, eventWords, isThreshold, numberWords, totalWords } from './cell-text.ts';
import { factOf, givenText, inSentence, listText, scoreName, spoken, titleOf } from './telling.ts';

/** What a patient of the region has, part by part, and what is answered with no. */
interface Said {
  readonly parts: string[];
  readonly no: string[];
}

/**
 * `pain 7 or more and a bone lesion with site femur`, `pain 7 or more; fever and cough both no`; empty where every patient in scope is in it.
 * Nothing is said of the records of `without`, a group that the sentence speaks of itself.
 */
export function regionText(ruleSet: RuleSet, found: Told, without?: string): string {
  return once(found, without === undefined ? 'region' : `region ${without}`, () => regionWords(ruleSet, found, without));
}

type Told = Pick<Found, 'space' | 'region' | 'words'>;

/** What was said of the same finding in the version before is not put into words again. */
function once({ words }: Told, key: string, say: () => string): string {
  const text = words.get(key) ?? detached(say());
  words.set(key, text);
  return text;
}

function regionWords(ruleSet: RuleSet, { space, region }: Told, without: string | undefined): string {
  const { parts, no } = wordsOf(
    ruleSet,
    space,
    region.filter(({ variable }) => variable.group === undefined),
  );
  // What is said after a record would be taken for its own.
  const records = [...ruleSet.groups.keys()].filter(group => group !== without).flatMap(group => groupWords(ruleSet, space, region, group));
  if (no.length < 2) return listed([...parts, ...no.map(title => noWords([title])), ...records]);
  return [listed([...parts, ...records]), noWords(no)].filter(text => text !== '').join('; ');
}

/** `a bone lesion with site hand, in a patient with pain 7 or more`: where the finding is about a record. */
export function recordText(ruleSet: RuleSet, found: Told, group: string): string {
  const record = groupWords(ruleSet, found.space, found.region, group);
  const patient = regionText(ruleSet, found, group);
  return `${listed(record)}${patient ? `, in a patient with ${patient}` : ''}`;
}

/** For whom rules hold together: `They hold together for patients with pain 7 or more.` */
export function togetherText(ruleSet: RuleSet, rules: readonly Rule[], found: Found): string {
  const text = withText(ruleSet, rules, found);
  return text === EVERYBODY ? `They hold ${text}.` : `They hold together ${text}.`;
}

const EVERYBODY = 'for every patient in scope';

/** The same as the end of a sentence. What rules wait for is said by the answer. */
export function withText(ruleSet: RuleSet, rules: readonly Rule[], found: Found): string {
  const region = regionText(ruleSet, found);
  const answers = [...new Set(rules.flatMap(({ given }) => (given ? [givenText(ruleSet, given)] : [])))];
  if (region === '' && answers.length === 0) return EVERYBODY;
  const where = answers.length > 0 ? `where ${listText(answers)}` : '';
  return [region ? `for patients with ${region}` : '', where].filter(text => text !== '').join(', ');
}

/** Titles may hold commas: then semicolons part them. */
function listed(parts: readonly string[]): string {
  return parts.some(part => part.includes(',')) && parts.length > 1 ? parts.join('; ') : listText(parts);
}

function noWords(no: readonly string[]): string {
  if (no.length < 2) return no.map(title => `${title} no`).join('');
  const names = no.some(title => title.includes(',')) ? `${no.join('; ')}:` : listText(no);
  return `${names} ${no.length === 2 ? 'both' : 'all'} no`;
}

function groupWords(ruleSet: RuleSet, space: Found['space'], region: Region, group: string): string[] {
  const title = inSentence(titleOf(ruleSet.groups.get(group), group));
  const ofGroup = region.filter(({ variable }) => variable.group === group);
  const slots = [...new Set(ofGroup.map(({ variable }) => variable.slot).filter(slot => slot >= 0))];
  const state = (slot: number) => ofGroup.find(({ variable }) => variable.key === `${group}#${slot}`)?.cells[0];
  const isThere = (slot: number) => isYes(state(slot));
  const there = slots.filter(isThere);
  const texts = there.map((slot, i) => `${i === 0 ? 'a' : 'another'} ${recordWords(ruleSet, space, partsOf(ofGroup, slot), title)}`);
  const others = there.length > 0 ? 'other ' : '';
  // A record that need not be there has what is said of it wherever it is.
  const open = slots.filter(slot => state(slot) === undefined);
  const every = open.map(slot => `every ${others}${recordWords(ruleSet, space, partsOf(ofGroup, slot), `${title}, if any,`)}`);
  texts.push(...new Set(every));
  if (slots.some(slot => state(slot) !== undefined && !isThere(slot))) texts.push(`no ${others}${title}`);
  const list = ofGroup.find(({ variable }) => variable.key === `${group}?`);
  if (list) texts.push(`the list of records “${title}” ${isYes(list.cells[0]) ? 'not complete' : 'complete'}`);
  return texts;
}

function isYes(cell: RegionPart['cells'][number] | undefined): boolean {
  return cell?.kind === 'boolean' && cell.value;
}

/** All but that the record is there. */
function partsOf(ofGroup: Region, slot: number): Region {
  return ofGroup.filter(({ variable }) => variable.slot === slot && (variable.fact || variable.total || variable.option || variable.stale));
}

/** `bone lesion in the femur with Mirels 9 or more and stabilised no`. */
function recordWords(ruleSet: RuleSet, space: Found['space'], parts: Region, title: string): string {
  const { parts: said, no } = wordsOf(ruleSet, space, parts);
  const all = [...said, ...(no.length > 0 ? [noWords(no)] : [])];
  return `${title}${all.length > 0 ? ` with ${listText(all)}` : ''}`;
}

function wordsOf(ruleSet: RuleSet, space: Found['space'], parts: Region): Said {
  const said: Said = { parts: [], no: [] };
  const rank = rankIn(ruleSet);
  for (const part of [...parts].sort((a, b) => rank(a) - rank(b))) sayPart(ruleSet, space, part, said);
  return said;
}

/** The place where a part is declared: what was asked before does not change the words. */
function rankIn({ facts, groups, derived, scores }: RuleSet): (part: RegionPart) => number {
  const ids = [...facts.keys(), ...[...groups.values()].flatMap(group => [...group.facts.keys()]), ...derived.keys(), ...scores.keys()];
  const ranks = new Map(ids.map((id, i) => [id, i]));
  return ({ variable: { fact, total, option, stale } }) =>
    ranks.get(fact?.id ?? total?.score ?? option?.score ?? stale ?? '') ?? ids.length;
}

function sayPart(ruleSet: RuleSet, space: Found['space'], part: RegionPart, said: Said): void {
  const { variable, cells } = part;
  const { fact, option, stale, total } = variable;
  if (total) said.parts.push(`${scoreName(ruleSet, total.score)} ${totalWords(ruleSet, part)}`);
  else if (stale !== undefined) said.parts.push(`${scoreName(ruleSet, stale)} ${isYes(cells[0]) ? 'out of date' : 'up to date'}`);
  else if (option) said.parts.push(optionWords(ruleSet, option, part));
  else if (fact) sayFact(ruleSet, space, part, said);
}

function sayFact(ruleSet: RuleSet, space: Found['space'], part: RegionPart, said: Said): void {
  const { variable, cells } = part;
  const fact = variable.fact!;
  const title = inSentence(titleOf(factOf(ruleSet, fact.id, variable.group) ?? fact, fact.id));
  const [first, ...others] = cells;
  if (first?.kind === 'boolean' && others.length === 0) {
    if (first.value) said.parts.push(`${title} yes`);
    else said.no.push(title);
    return;
  }
  const threshold = isThreshold(ruleSet, space, part);
  if (threshold?.holds) said.parts.push(threshold.title);
  else if (threshold) said.no.push(threshold.title);
  else said.parts.push(`${title} ${valueWords(ruleSet, part)}`);
}

/** What is known and what is not, then the values. */
function valueWords(ruleSet: RuleSet, part: RegionPart): string {
  const { variable, cells } = part;
  const several = cells.filter(cell => cell.kind === 'code' && cell.several);
  if (several.length > 0) return severalWords(ruleSet, part, several);
  const known = cells.filter(({ kind }) => kind !== 'absent');
  const isUnknown = known.length < cells.length;
  if (known.length === 0) return variable.fact?.required ? 'known by its day only' : 'unknown';
  if (known.length === variable.cells.filter(({ kind }) => kind !== 'absent').length) return 'known';
  const words = knownWords(ruleSet, { ...part, cells: known });
  return isUnknown ? `${words}, or unknown` : words;
}

/** Of whom no more is known than that it is one of several: the widest of the sets that show it. */
function severalWords(ruleSet: RuleSet, part: RegionPart, several: RegionPart['cells']): string {
  const sizeOf = (cell: RegionPart['cells'][number]) => (cell.kind === 'code' ? cell.values.length : 0);
  const widest = several.reduce((best, cell) => (sizeOf(cell) > sizeOf(best) ? cell : best));
  const plain = part.cells.filter(cell => cell.kind === 'code' && !cell.several);
  const { names, isAllBut } = codeWords(ruleSet, { ...part, cells: [widest], nobody: [] });
  const titles = listText(
    names.map(id => codeTitle(ruleSet, part, id)),
    'or',
  );
  const among = names.length === 0 ? 'not known' : `not known, but ${isAllBut ? `not ${titles}` : `in ${titles}`}`;
  return plain.length > 0 ? `${knownWords(ruleSet, { ...part, cells: plain })}, or ${among}` : among;
}

function knownWords(ruleSet: RuleSet, part: RegionPart): string {
  const [first] = part.cells;
  switch (first!.kind) {
    case 'boolean':
      return first!.value ? 'yes' : 'no';
    case 'code': {
      const { names, isAllBut } = codeWords(ruleSet, part);
      const titles = names.map(id => codeTitle(ruleSet, part, id));
      return `${isAllBut ? 'other than ' : ''}${listText(titles, 'or')}`;
    }
    case 'number':
      return numberWords(part);
    default:
      return eventWords(part);
  }
}

function codeTitle(ruleSet: RuleSet, { variable: { fact } }: RegionPart, id: string): string {
  if (fact?.values === 'sites') return inSentence(titleOf(ruleSet.sites.get(id), id));
  if (typeof fact?.values === 'string') return inSentence(titleOf(ruleSet.advice.get(id), id));
  return inSentence(fact?.values?.find(value => value.id === id)?.title ?? spoken(id));
}

function optionWords(ruleSet: RuleSet, { score, component }: { score: string; component: string }, { cells }: RegionPart): string {
  const declared = ruleSet.scores.get(score)?.components.get(component);
  const options = declared?.how?.kind === 'options' ? declared.how.options : undefined;
  const titles = cells.flatMap(cell =>
    cell.kind === 'code' ? cell.values.map(id => inSentence(options?.get(id)?.title ?? spoken(id))) : ['unknown'],
  );
  return `${scoreName(ruleSet, score)} with ${inSentence(declared?.title ?? spoken(component))} ${listText(titles, 'or')}`;
}
