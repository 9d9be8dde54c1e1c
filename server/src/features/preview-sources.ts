/** Where the rules come from, what their authors mean by vague words, and why an outcome must not be relied on. */
import type { Evidence, Item, Source } from '../model/rule-set.ts';
import type { Preview } from './preview-model.ts';
import { linkOf, type Reading } from './reading.ts';
import { titleOf } from './titles.ts';
import { capitalised, dateText, plural, spoken } from './words.ts';

type Cited = Item & Evidence;

/** Rules, precautions, scores, thresholds, derived facts and notes. */
function citedItems({ ruleSet }: Reading): Cited[] {
  return [ruleSet.rules, ruleSet.scores, ruleSet.thresholds, ruleSet.derived, ruleSet.notes].flatMap(items => [
    ...(items as ReadonlyMap<string, Cited>).values(),
  ]);
}

/** Those this outcome rests on come first. */
export function previewSources(reading: Reading): Preview['sources'] {
  const citing = new Map<string, string[]>();
  for (const item of citedItems(reading)) {
    const id = item.source?.source?.value;
    if (id !== undefined) citing.set(id, [...(citing.get(id) ?? []), item.id]);
  }
  const concerned = concernedItems(reading);
  const sources = [...reading.ruleSet.sources.values()].map(source => {
    const items = citing.get(source.id) ?? [];
    const used = items.some(id => concerned.has(id));
    return { title: titleOf(source, source.id), detail: sourceDetail(source, items.length), used, link: linkOf(reading, source) };
  });
  return [...sources.filter(({ used }) => used), ...sources.filter(({ used }) => !used)];
}

/** `29 Dec 2025. Review; expert opinion. Cited 9 times.` */
function sourceDetail({ published, kind, evidence, note }: Source, cited: number): string {
  const grades = [kind, evidence].filter(each => each !== undefined).map(spoken);
  const sentences = [published && dateText(published), capitalised(grades.join('; ')), note, `Cited ${plural(cited, 'time')}`];
  return sentences.flatMap(text => (text ? [`${text.replace(/\.$/, '')}.`] : [])).join(' ');
}

/** Rules that are not ruled out, and scores that apply. */
function concernedItems({ outcome }: Reading): ReadonlySet<string> {
  const rules = outcome.rules.filter(({ status }) => status !== 'ruled-out').map(({ id }) => id);
  const scores = outcome.scores.filter(({ state }) => state !== 'not-scorable').map(({ id }) => id);
  return new Set([...rules, ...scores]);
}

export function previewDefinitions(reading: Reading): Preview['definitions'] {
  return citedItems(reading).flatMap(item =>
    [...item.defines].map(([word, meaning]) => ({
      word,
      meaning: meaning.value,
      item: titleOf(item, item.id),
      link: reading.link({ file: item.file, span: meaning.span }),
    })),
  );
}

/** Whole sentences. */
export function cautionTexts({ ruleSet: { root }, outcome }: Reading): string[] {
  return outcome.ruleSet.cautions.map(caution => {
    switch (caution) {
      case 'draft':
        return 'This rule set is a draft: its outcome must not be relied on.';
      case 'retired':
        return 'This rule set is retired: its outcome must not be relied on.';
      case 'review-date-passed':
        return `The review of this rule set was due on ${dateText(root.reviewBy?.value ?? '')}: its outcome must not be relied on until it is reviewed.`;
      default:
        return `${capitalised(spoken(caution))}.`;
    }
  });
}
