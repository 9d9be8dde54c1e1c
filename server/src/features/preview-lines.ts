/** What the outcome says at each line of the rule set: rules, thresholds and bands, for the editor. */
import type { RuleOutcome, ScoreOutcome, TraceNode } from '../evaluation/outcome.ts';
import type { Rule } from '../model/rule-set.ts';
import { conditionsOf, factOfNode, seenAt, valueText } from './conditions-read.ts';
import { distanceText } from './distance.ts';
import type { PreviewLine, Tone } from './preview-model.ts';
import { decidesOf } from './preview-rules.ts';
import { groupOf, nameOf, type Reading, shortName, toneOfValue } from './reading.ts';
import { numbersText, shortList } from './words.ts';

/** One a rule, threshold and band that the patient has something to do with. */
export function previewLines(reading: Reading): PreviewLine[] {
  return [...ruleLines(reading), ...thresholdLines(reading), ...bandLines(reading)];
}

function ruleLines(reading: Reading): PreviewLine[] {
  const byRule = new Map<string, RuleOutcome[]>();
  for (const outcome of reading.outcome.rules) byRule.set(outcome.id, [...(byRule.get(outcome.id) ?? []), outcome]);
  return [...byRule].flatMap(([id, outcomes]) => {
    const rule = reading.ruleSet.rules.get(id);
    if (!rule) return [];
    const best = STATES.find(state => outcomes.some(({ status }) => status === state))!;
    const same = outcomes.filter(({ status }) => status === best);
    const whom =
      groupOf(reading, id) === undefined
        ? ''
        : ` for ${shortList(
            same.map(outcome => whose(reading, outcome)),
            3,
          )}`;
    const why = best === 'fired' ? '' : decidingText(reading, rule, same[0]!);
    const text = `${best.replace('-', ' ')}${whom}${why ? `: ${why}` : ''}`;
    return [
      {
        link: reading.link({ file: rule.file, span: rule.idSpan }),
        text,
        state: best,
        tone: best === 'fired' ? toneOf(reading, rule) : undefined,
        rule: id,
      },
    ];
  });
}

const STATES = ['fired', 'undetermined', 'ruled-out'] as const;

function whose(reading: Reading, { id, record }: RuleOutcome): string {
  return record === null ? 'one not listed' : shortName(nameOf(reading, groupOf(reading, id), record));
}

function toneOf(reading: Reading, rule: Rule): Tone | undefined {
  const decide = decidesOf(rule)[0];
  return decide && toneOfValue(reading.ruleSet.decisions.get(decide.decision.value), decide.value.value);
}

/** The value that keeps it from firing: the first condition that is false, or not known. */
function decidingText(reading: Reading, rule: Rule, { id, status, trace }: RuleOutcome): string {
  const wanted = status === 'ruled-out' ? 'false' : 'unknown';
  const leaf = trace?.when && firstLeaf(trace.when, wanted);
  if (!leaf) return trace?.until?.truth === 'true' ? 'its until holds' : '';
  const seen = conditionsOf(rule, groupOf(reading, id));
  const found = seenAt(seen, leaf);
  const value = valueText(reading, leaf, found);
  const name = found && 'fact' in found.condition ? (factOfNode(reading, leaf, found)?.title ?? leaf.name) : leaf.name;
  const distance = distanceText(reading, leaf, found, factOfNode(reading, leaf, found));
  return [[name, value].filter(Boolean).join(' '), distance].filter(Boolean).join(', ');
}

function firstLeaf(node: TraceNode, truth: TraceNode['truth']): TraceNode | undefined {
  if (node.truth !== truth) return undefined;
  for (const item of node.items ?? []) {
    const leaf = firstLeaf(item, truth);
    if (leaf) return leaf;
  }
  return node;
}

/** The patient's value beside each threshold that a rule has asked about. */
function thresholdLines(reading: Reading): PreviewLine[] {
  const texts = new Map<string, Set<string>>();
  for (const outcome of reading.outcome.rules) {
    const seen = conditionsOf(reading.ruleSet.rules.get(outcome.id), groupOf(reading, outcome.id));
    for (const node of thresholdsIn(outcome)) {
      const found = seenAt(seen, node);
      const value = valueText(reading, node, found);
      const distance = distanceText(reading, node, found, factOfNode(reading, node, found));
      const record = node.record ?? outcome.record;
      const whom = record === null || found?.group === undefined ? '' : `${record}: `;
      const known = texts.get(node.name ?? '') ?? new Set();
      texts.set(node.name ?? '', known.add(`${whom}${value}${distance ? `, ${distance}` : ''}`));
    }
  }
  return [...texts].flatMap(([id, told]) => {
    const threshold = reading.ruleSet.thresholds.get(id);
    const link = threshold && reading.link({ file: threshold.file, span: threshold.idSpan });
    return link ? [{ link, text: shortList([...told], 3), state: 'value' as const, tone: undefined, rule: undefined }] : [];
  });
}

function thresholdsIn({ trace }: RuleOutcome): TraceNode[] {
  const all: TraceNode[] = [];
  const walk = (node: TraceNode) => {
    if (node.kind === 'threshold') all.push(node);
    for (const item of node.items ?? []) walk(item);
  };
  for (const root of [trace?.when, trace?.until]) if (root) walk(root);
  return all;
}

/** Totals at the bands they fall in. */
function bandLines(reading: Reading): PreviewLine[] {
  const lines: PreviewLine[] = [];
  for (const score of reading.ruleSet.scores.values())
    for (const band of [...score.bandSets.values()].flat()) {
      const here = reading.outcome.scores.filter(
        ({ id, band: own, bands }) => id === score.id && (own === band.id || bands?.includes(band.id)),
      );
      if (!here.length) continue;
      const text = here.map(outcome => totalText(outcome, band.id)).join('; ');
      lines.push({ link: reading.link({ file: score.file, span: band.idSpan }), text, state: 'value', tone: undefined, rule: undefined });
    }
  return lines;
}

function totalText({ record, total, totals, band }: ScoreOutcome, id: string): string {
  const whom = record === null ? '' : `${record}: `;
  if (total !== undefined && band === id) return `${whom}total ${total}`;
  return `${whom}possible, total ${total ?? numbersText(totals ?? [], 'or')}`;
}
