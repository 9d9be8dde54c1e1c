/** A number quoted from the source that stands nowhere in what quotes it. */
import { Exact } from '../../model/exact.ts';
import type { Evidence, Item, RuleSet, WrittenNumber } from '../../model/rule-set.ts';
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { quoted } from '../words.ts';

interface Unlike {
  readonly item: Item;
  readonly number: WrittenNumber;
  readonly written: readonly Exact[];
}

export const rule = defineRule<Unlike>({
  code: 'unlike-quoted',
  severity: 'warning',
  summary: 'A number quoted from the source is not among the numbers of the rule.',
  docs: `
\`quoted\` holds the number as the source has it, so that a slip on either side shows. The quoted number must stand in the rule, threshold
or score itself, or in a threshold or band it names. Correct whichever of the two is wrong; where the author means another number than the
source, say so under \`defines\` and leave \`quoted\` out.
`,

  find: ofRuleSet(function* ({ own, ruleSet }) {
    for (const table of [own.scores, own.thresholds, own.derived, own.rules] as ReadonlyMap<string, Item & Evidence>[]) {
      for (const item of table.values()) {
        if (!item.source || item.source.quoted.length === 0) continue;
        const written = numbersOf(item, ruleSet);
        for (const number of item.source.quoted) if (!written.some(other => other.equals(number.value))) yield { item, number, written };
      }
    }
  }),

  say: ({ item, number, written }) => ({
    span: number.span,
    message: `The source is quoted with ${number.value}, but ${quoted(item.id)} ${written.length === 0 ? 'holds no number' : `holds ${numbersInWords(written)}`}: one of the two is mistyped, or the quote belongs elsewhere. Compare with the source.`,
    names: [item.id, `${number.value}`],
  }),
});

/** Every number an item writes, and those of the thresholds and bands it names. */
function numbersOf(item: Item & Evidence, ruleSet: RuleSet): Exact[] {
  const numbers: Exact[] = [];
  const visit = (value: unknown, key: string): void => {
    if (value instanceof Exact) numbers.push(value);
    else if (value instanceof Map || Array.isArray(value)) for (const each of value.values()) visit(each, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) if (name !== 'quoted' && name !== 'span' && name !== 'idSpan') visit(each, name);
      const { kind, threshold, score, bands } = value as Record<string, { value: string } & readonly { value: string }[]>;
      if (`${kind}` === 'threshold' && threshold) visit(ruleSet.thresholds.get(threshold.value)?.test, key);
      if (`${kind}` !== 'score-bands' || !score || !bands) return;
      const all = [...(ruleSet.scores.get(score.value)?.bandSets.values() ?? [])].flat();
      for (const { value: name } of bands) visit(all.find(band => band.id === name)?.test, key);
    }
  };
  visit(item, '');
  return numbers;
}

function numbersInWords(numbers: readonly Exact[]): string {
  const words = [...new Set(numbers.map(String))];
  return words.length > 8 ? `${words.slice(0, 8).join(', ')} and others` : words.join(', ');
}

export const examples: Example[] = [
  {
    name: 'A slip against the source',
    text: `
{ "thresholds": { "severe": { "title": "Severe", "fact": "calcium", "atLeast": { "mmol/L": 3.5, "mg/dL": 12 },
    "source": { "id": "review", "at": "page 4", "quoted": 14 } } } }
                                                          ^^ warning: The source is quoted with 14, but “severe” holds 3.5, 12: one of the two is mistyped, or the quote belongs elsewhere. Compare with the source.
`,
  },
  {
    name: 'The number stands in the band that the rule names',
    text: `
{ "scores": { "sins": { "title": "SINS", "components": { "pain": { "title": "Pain", "options": { "none": 0, "severe": 3 } } }, "bands": { "unstable": { "atLeast": 13 } } } },
  "rules": [ { "id": "unstable", "title": "Unstable", "when": { "score": "sins", "in": ["unstable"] }, "then": [ { "require": "review" } ],
    "source": { "id": "review", "quoted": [13] } } ] }
`,
  },
];
