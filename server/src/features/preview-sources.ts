/** Where the rules come from, what their authors mean by vague words, and why an outcome must not be relied on. */
import type { Evidence, Item } from '../model/rule-set.ts';
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

export function previewSources(reading: Reading): Preview['sources'] {
  const counts = new Map<string, number>();
  for (const item of citedItems(reading)) {
    const id = item.source?.source?.value;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...reading.ruleSet.sources.values()].map(source => {
    const kind = [source.kind, source.evidence]
      .filter(each => each !== undefined)
      .map(spoken)
      .join('; ');
    const cited = counts.get(source.id) ?? 0;
    const sentences = [source.published && dateText(source.published), capitalised(kind), source.note, `Cited ${plural(cited, 'time')}`];
    const detail = `${sentences
      .filter(Boolean)
      .map(text => text!.replace(/\.$/, ''))
      .join('. ')}.`;
    return { title: titleOf(source, source.id), detail, link: linkOf(reading, source) };
  });
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
