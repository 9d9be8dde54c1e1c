/** What a proposal means, in Markdown, with an example: made when the editor asks for it, for the one proposal it shows. */

import { siteHierarchy } from '../../model/hierarchy.ts';
import type { CodeValue, Fact, Item, RuleSet, Section } from '../../model/rule-set.ts';
import { patientDescribed, ruleSetDescribed } from '../../syntax/described-schemas.generated.js';
import type { Schema } from '../../syntax/schema-keywords.ts';
import type { Workspace } from '../../workspace.ts';
import { rangeText, thresholdTestText } from '../sentences.ts';
import { ruleText } from '../sentences-rules.ts';
import { siteTitle, titleOf } from '../titles.ts';
import { amountText, capitalised, listText, shortList, unitText } from '../words.ts';
import type { About } from './offer.ts';

/** Undefined where nothing more can be said than the proposal does. */
export function documentationOf(workspace: Workspace, file: string, about: About): string | undefined {
  if (about.of === 'text') return `${about.words}\n\n${block(about.json)}`;
  const patient = workspace.patient(file);
  if (about.of === 'schema') return schemaText(patient ? patientDescribed : ruleSetDescribed, about.slot, about.value);
  const wholes = patient?.ruleSets ?? workspace.linked(file)?.ruleSet ?? [];
  for (const ruleSet of [wholes].flat()) {
    const found = itemText(ruleSet, about);
    if (found !== undefined) return found;
  }
  return undefined;
}

function block(json: string): string {
  return `\`\`\`json\n${json}\n\`\`\``;
}

/** The words of the schema for a slot, such as `factCondition.fact`; of a value on a closed list, what that value means. */
function schemaText(root: Schema, slot: string, value: string | undefined): string | undefined {
  const [first = '', ...steps] = slot.split('.');
  let part: Schema | undefined = first === 'file' ? root : root.$defs![first];
  for (const step of steps) {
    const whole: Schema | undefined = resolved(root, part);
    part = (step === '*' ? whole?.additionalProperties : whole?.properties?.[step]) || undefined;
  }
  const whole = resolved(root, part);
  const meaning = value === undefined ? undefined : whole?.enumDescriptions?.[whole.enum?.indexOf(value) ?? -1];
  const words = meaning ?? part?.description ?? whole?.description;
  if (words === undefined || value !== undefined) return words;
  const example = (part?.examples ?? whole?.examples)?.[0];
  return example === undefined ? words : `${words}\n\n${block(`${JSON.stringify(steps.at(-1))}: ${spaced(example)}`)}`;
}

function resolved(root: Schema, part: Schema | undefined): Schema | undefined {
  return part?.$ref === undefined ? part : { ...resolved(root, root.$defs![part.$ref]), ...withoutReference(part) };
}

function withoutReference({ $ref: _, ...rest }: Schema): Schema {
  return rest;
}

/** JSON on one line, with blanks as people write it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`)
    .join(', ')} }`;
}

type Declared = Exclude<About, { of: 'schema' | 'text' }>;

function itemText(ruleSet: RuleSet, about: Declared): string | undefined {
  const section = about.section as Section;
  const item = section === 'facts' ? factNamed(ruleSet, about) : ruleSet[section]?.get(about.id);
  if (!item) return undefined;
  const where = item.file === ruleSet.root.file ? [] : [`In \`${nameOf(item.file)}\``];
  if (about.of === 'part') return paragraphs([partText(ruleSet, section, item, about.part), ...where]);
  const source = 'source' in item ? sourceText(ruleSet, item) : [];
  return paragraphs([`**${titleOf(item, item.id)}**`, ...linesOf(ruleSet, section, item), ...source, ...where]);
}

function factNamed(ruleSet: RuleSet, { id, group }: Declared): Fact | undefined {
  return (
    ruleSet.groups.get(group ?? '')?.facts.get(id) ??
    ruleSet.facts.get(id) ??
    ruleSet.derived.get(id) ??
    [...ruleSet.groups.values()].find(each => each.facts.has(id))?.facts.get(id)
  );
}

function paragraphs(lines: readonly string[]): string {
  return lines.filter(line => line !== '').join('\n\n');
}

function nameOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return file.includes('://') ? decodeURIComponent(name) : name;
}

/** What is said below the title of an item of each section. */
const LINES: { readonly [S in Section]?: (ruleSet: RuleSet, item: NonNullable<ReturnType<RuleSet[S]['get']>>) => readonly string[] } = {
  facts: (ruleSet, fact) => factLines(ruleSet, fact),
  derived: (ruleSet, fact) => ['Worked out from other facts.', ...factLines(ruleSet, fact)],
  groups: (_, { facts }) => [
    `Each record has ${shortList(
      [...facts.values()].map(fact => titleOf(fact, fact.id).toLowerCase()),
      6,
    )}.`,
  ],
  scores: (ruleSet, { components, bandSets }) => [
    `Adds ${listText([...components.values()].map(component => (component.title ?? component.id).toLowerCase()))}.`,
    ...[...bandSets.values()]
      .flat()
      .map(band => `- ${titleOf(band, band.id)}: ${rangeText(ruleSet, band.test)}`)
      .join('\n')
      .split('\n\n'),
  ],
  thresholds: (ruleSet, threshold) => [`Met where ${thresholdTestText(ruleSet, threshold)}.`],
  decisions: (_, { values }) => [`Strictest first: ${listText(values.map(value => titleOf(value, value.id).toLowerCase()))}.`],
  rules: (ruleSet, rule) => [ruleText(ruleSet, rule)],
  sites: (ruleSet, { id, partOf, paired }) =>
    siteLines(
      ruleSet,
      id,
      partOf.map(({ value }) => value),
      paired,
    ),
  advice: (ruleSet, { kind, isA, definition }) => [
    `${capitalised(kind)}${isA.length > 0 ? `, a kind of ${listText(isA.map(({ value }) => titleOf(ruleSet.advice.get(value), value).toLowerCase()))}` : ''}.`,
    definition ?? '',
  ],
  parameters: (_, { unit, order }) => [
    unit ? `In ${unitText(unit.value) || unit.value}.` : `From ${(order ?? []).map(({ value }) => value).join(' < ')}.`,
  ],
  sources: (_, { published, kind, note }) => [[published, kind].filter(word => word !== undefined).join(', '), note ?? ''],
};

function linesOf(ruleSet: RuleSet, section: Section, item: Item): readonly string[] {
  const make = LINES[section] as ((ruleSet: RuleSet, item: Item) => readonly string[]) | undefined;
  return make?.(ruleSet, item) ?? [];
}

const TYPES: Readonly<Record<Fact['type'], string>> = {
  boolean: 'True or false.',
  integer: 'A whole number.',
  decimal: 'A number.',
  quantity: 'A measurement.',
  code: 'One of a list.',
  side: 'Left or right.',
  date: 'A date, or never.',
  text: 'Free text, which no rule may test.',
};

function factLines(ruleSet: RuleSet, { type, unit, alsoIn, minimum, maximum, values, group }: Fact): readonly string[] {
  const [low, high] = [minimum, maximum].map(bound => bound?.value?.toString());
  const inUnit = (bound: string) => amountText(bound, unit?.value);
  const domain =
    low !== undefined && high !== undefined
      ? `${low} to ${inUnit(high)}`
      : low !== undefined
        ? `${inUnit(low)} or more`
        : high !== undefined
          ? `up to ${inUnit(high)}`
          : '';
  return [
    TYPES[type],
    unit ? `In \`${unit.value}\`${alsoIn.map(other => `, also \`${other.unit.value}\``).join('')}.` : '',
    domain === '' ? '' : `${capitalised(domain)}.`,
    typeof values === 'object'
      ? `${capitalised(
          shortList(
            values.map(({ id, title }: CodeValue) => title ?? id),
            8,
            'or',
          ),
        )}.`
      : '',
    group === undefined ? '' : `Of each record of ${titleOf(ruleSet.groups.get(group), group).toLowerCase()}.`,
  ];
}

function siteLines(ruleSet: RuleSet, id: string, partOf: readonly string[], paired: boolean): readonly string[] {
  const below = siteHierarchy(ruleSet).childrenOf(id);
  return [
    partOf.length > 0 ? `Part of ${listText(partOf.map(site => siteTitle(ruleSet, site)))}.` : '',
    below.length > 0
      ? `With ${shortList(
          below.map(site => siteTitle(ruleSet, site)),
          8,
        )}.`
      : '',
    paired ? 'Left and right.' : '',
  ];
}

function sourceText(ruleSet: RuleSet, item: Item): readonly string[] {
  const { source } = item as Item & { source: { source: { value: string } | undefined; at: readonly { value: string }[] } | undefined };
  if (!source?.source) return [];
  const title = titleOf(ruleSet.sources.get(source.source.value), source.source.value);
  return [`Source: ${[title, ...source.at.map(({ value }) => value)].join(', ')}.`];
}

function partText(ruleSet: RuleSet, section: Section, item: Item, part: string): string {
  const of = titleOf(item, item.id);
  if (section === 'sites' || section === 'advice') return paragraphs([`**${of}**`, ...linesOf(ruleSet, section, item)]);
  const band = section === 'scores' ? [...ruleSet.scores.get(item.id)!.bandSets.values()].flat().find(({ id }) => id === part) : undefined;
  return band ? `${of}: ${rangeText(ruleSet, band.test)}` : `A value of “${of}”.`;
}
