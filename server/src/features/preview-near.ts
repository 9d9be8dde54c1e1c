/** Rules that nearly fired: those kept from firing by one number alone, with how far it is from its bound. */
import type { RuleOutcome, TraceNode } from '../evaluation/outcome.ts';
import { conditionsOf, factOfNode, type Seen, seenAt } from './conditions-read.ts';
import { type Near, nearOf } from './distance.ts';
import type { PreviewNear } from './preview-model.ts';
import { decidesOf } from './preview-rules.ts';
import { groupOf, nameOf, type Reading, ruleLink, shortName, toneOfValue } from './reading.ts';
import { headText } from './sentences.ts';
import { amountText, capitalised } from './words.ts';

const MOST = 6;

/** Nearest first, measured by the size of the bound. */
export function previewNear(reading: Reading): PreviewNear[] {
  const all = reading.outcome.rules.flatMap(outcome => nearlyFired(reading, outcome));
  const told = new Map(all.sort((a, b) => a.share - b.share).map(({ near }) => [`${near.text} ${near.value}`, near]));
  return [...told.values()].slice(0, MOST);
}

function nearlyFired(reading: Reading, outcome: RuleOutcome): { near: PreviewNear; share: number }[] {
  const rule = reading.ruleSet.rules.get(outcome.id);
  const when = outcome.trace?.when;
  if (outcome.status !== 'ruled-out' || !rule || !when || outcome.trace?.until?.truth === 'true' || outcome.trace?.given === 'false')
    return [];
  const [only, ...others] = inTheWay(when);
  if (!only || others.length) return [];
  const seen = conditionsOf(rule, groupOf(reading, outcome.id));
  const found = seenAt(seen, only);
  const near = nearOf(reading, only, found, factOfNode(reading, only, found));
  if (!near || !found) return [];
  const decide = decidesOf(rule)[0];
  const tone = decide ? toneOfValue(reading.ruleSet.decisions.get(decide.decision.value), decide.value.value) : 'value';
  return [
    {
      near: { ...gauge(near), text: textOf(reading, only, found, outcome), tone, rule: ruleLink(reading, outcome.id) },
      share: shareOf(near),
    },
  ];
}

/** The fewest conditions that would have to turn true for it to hold. */
function inTheWay(node: TraceNode): readonly TraceNode[] {
  if (node.truth === 'true') return [];
  const items = (node.items ?? []).map(inTheWay);
  if (node.kind === 'all') return items.flat();
  if (node.kind === 'any' && items.length) return items.reduce((least, each) => (each.length < least.length ? each : least));
  return [node];
}

function textOf(reading: Reading, node: TraceNode, found: Seen, outcome: RuleOutcome): string {
  const whose = nameOf(reading, groupOf(reading, outcome.id), node.record ?? outcome.record);
  return `${capitalised(headText(reading.ruleSet, found.condition, found.group))}${whose ? `, ${shortName(whose)}` : ''}`;
}

function shareOf({ by, bound }: Near): number {
  return by.double / Math.max(1, Math.abs(bound.double));
}

/** Where value and bound stand on a short scale around them, in per cent; the rule holds on the side of the bound away from the value. */
function gauge({ value, bound, by, where, unit }: Near): Omit<PreviewNear, 'text' | 'tone' | 'rule'> {
  const [a, b] = [value.double, bound.double];
  const around = Math.max(Math.abs(b - a), Math.abs(b) / 4, 0.5);
  const low = Math.min(a, b) - around * 0.6;
  const high = Math.max(a, b) + around * 0.6;
  const at = (number: number) => Math.round(((number - low) / (high - low)) * 100);
  return {
    value: amountText(value.toString(), unit),
    distance: `${amountText(by.toString(3), unit)} ${where}`,
    valueAt: at(a),
    boundAt: at(b),
    up: where === 'below',
  };
}
