/** The outcome of one patient as a document for a review: the same statements as the preview, as blocks that are printed as Markdown or HTML. */
import type { PlainBlock, PlainItem } from './plain-model.ts';
import type {
  Preview,
  PreviewCondition,
  PreviewDecision,
  PreviewRule,
  PreviewScore,
  PreviewScoreGroup,
  PreviewSite,
} from './preview-model.ts';
import { capitalised, listText } from './words.ts';

export function reportBlocks(preview: Preview): PlainBlock[] {
  const { ruleSet, patient } = preview;
  return [
    { kind: 'heading', level: 1, text: preview.title, place: undefined },
    {
      kind: 'text',
      text: `${ruleSet.title} (${ruleSet.id} ${ruleSet.version}, ${ruleSet.status}) for ${patient.name}, as of ${preview.asOf}.`,
    },
    ...ruleSet.cautions.map(text => ({ kind: 'text' as const, text })),
    ...preview.decisions.flatMap(decisionBlocks),
    ...part('Problems in the patient’s data', list(preview.problems.map(({ text }) => item(text)))),
    ...part('Records', bodyTable(preview)),
    ...part('Scores', preview.scores.flatMap(scoreBlocks)),
    ...(preview.advises
      ? part('Precautions by site', preview.precautions.length ? preview.precautions.flatMap(siteBlocks) : [said('None in force.')])
      : []),
    ...part('Missing data', missingBlocks(preview)),
    ...part('Rules that fired', list(preview.rules.filter(({ status }) => status === 'fired').map(ruleItem))),
    ...part('Rules that are undetermined', list(preview.rules.filter(({ status }) => status === 'undetermined').map(ruleItem))),
    ...part('Rules that are ruled out', list(preview.rules.filter(({ status }) => status === 'ruled-out').map(ruleItem))),
    ...part('Sources', list(preview.sources.filter(({ used }) => used).map(({ title, detail }) => item(detail, title)))),
    said('This document shows what the rules say about a sample patient. It is no advice about a person.'),
  ];
}

function part(title: string, blocks: readonly PlainBlock[]): PlainBlock[] {
  return blocks.length ? [{ kind: 'heading', level: 2, text: title, place: undefined }, ...blocks] : [];
}

function said(text: string): PlainBlock {
  return { kind: 'text', text };
}

function list(items: readonly PlainItem[]): PlainBlock[] {
  return items.length ? [{ kind: 'list', items }] : [];
}

function item(text: string, title = '', details: readonly string[] = []): PlainItem {
  return { title, text, details, place: undefined };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): PlainBlock[] {
  return rows.length ? [{ kind: 'table', head, rows: rows.map(cells => ({ cells, place: undefined })) }] : [];
}

function decisionBlocks({ question, answer, why, follows, ladder, ladderTitle }: PreviewDecision): PlainBlock[] {
  const meanwhile = follows.value ? `${capitalised(follows.value.title)}` : '';
  const steps = ladder.map(({ title, state }) => `${title} (${state})`);
  return [
    { kind: 'heading', level: 2, text: `${question} ${answer}`, place: undefined },
    said(why),
    ...list([
      item([meanwhile, follows.text].filter(Boolean).join(' '), follows.title),
      ...(steps.length ? [item(steps.join(', '), ladderTitle)] : []),
    ]),
  ];
}

function bodyTable({ body }: Preview): PlainBlock[] {
  const rows = (body?.marks ?? []).map(({ record, name, status, detail, precautions }) => [
    record,
    capitalised(name),
    status,
    detail,
    precautions.join('; '),
  ]);
  return table(['Record', 'Site', 'Status', 'Scores', 'Precautions there'], rows);
}

function scoreBlocks({ name, detail, answer, scores, notes }: PreviewScoreGroup): PlainBlock[] {
  const head = [name, detail, answer?.title].filter(Boolean).join('; ');
  return [
    { kind: 'heading', level: 3, text: head, place: undefined },
    ...scores.flatMap(oneScore),
    ...list(notes.map(({ text }) => item(text))),
  ];
}

function oneScore({ title, scored, total, strips, components, notes }: PreviewScore): PlainBlock[] {
  const bands = strips.flatMap(strip => strip.bands.filter(({ here }) => here).map(band => `${band.title} (${band.range})`));
  const text = [total ? `${total.label} ${total.text}` : 'total not known', bands.length ? listText(bands, 'or') : '', scored]
    .filter(Boolean)
    .join(', ');
  return [
    ...list([item(text, title)]),
    ...table(
      ['Component', 'Recorded', 'Points'],
      components.map(component => [component.title, component.option, component.points]),
    ),
    ...list(notes.map(note => item(note.text))),
  ];
}

function siteBlocks({ site, effects, conflicts }: PreviewSite): PlainBlock[] {
  const rows = effects.map(({ verb, text, note, state, rule }) => [
    state === 'possible' ? `possibly ${verb}` : verb,
    [text, note].filter(Boolean).join('. '),
    `${rule.title} (${rule.label})`,
  ]);
  return [
    { kind: 'heading', level: 3, text: capitalised(site), place: undefined },
    ...table(['', 'What', 'Rule'], rows),
    ...list(
      conflicts.map(({ text, state, rules }) =>
        item(`${text} (${rules.map(({ label }) => label).join(', ')})`, state === 'possible' ? 'Possible conflict' : 'Conflict'),
      ),
    ),
  ];
}

function missingBlocks({ missing, nothingMissing }: Preview): PlainBlock[] {
  if (!missing.length) return [said(nothingMissing)];
  const outcomes = (each: (typeof missing)[number]) =>
    each.outcomes.map(({ value, answers }) => `${value}: ${answers.map(({ title }) => title).join(', ')}`);
  return list(missing.map(each => item(each.detail, each.text, each.changes ? outcomes(each) : [])));
}

function ruleItem({ title, label, whom, effect, cases }: PreviewRule): PlainItem {
  const text = [effect, whom].filter(Boolean).join(' ');
  return item(
    `${text} (${label})`,
    title,
    cases.flatMap(({ name, conditions }) => conditions.map(condition => conditionText(condition, cases.length > 1 ? `${name}: ` : ''))),
  );
}

const WORD = { true: 'true', false: 'false', unknown: 'unknown' } as const;

function conditionText({ text, truth, value, distance, items }: PreviewCondition, prefix: string): string {
  const told = [value, distance].filter(Boolean).join(', ');
  const inner = items.length ? `: ${items.map(each => conditionText(each, '')).join('; ')}` : '';
  return `${prefix}${text} [${WORD[truth]}${told ? `: ${told}` : ''}]${inner}`;
}
