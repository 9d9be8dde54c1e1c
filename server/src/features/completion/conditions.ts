/** Whole conditions and effects about one thing: what can be typed by its name alone. */

import { valueHierarchy } from '../../model/hierarchy.ts';
import { factIn } from '../../model/names.ts';
import type { RuleSet } from '../../model/rule-set.ts';
import { titleOf } from '../titles.ts';
import { namesAt } from './names.ts';
import { type Offer, RANK } from './offer.ts';
import { type AnyFact, groupInSight, type Scene } from './scene.ts';
import { literalString, Stops } from './snippet.ts';

/** A sound test of the fact, with stops at what is to be chosen. */
export function testOf(ruleSet: RuleSet, fact: AnyFact, stops: Stops): string {
  const id = literalString(fact.id);
  switch (fact.type) {
    case 'boolean':
      return `{ "fact": ${id}, "is": ${stops.choice(['true', 'false'])} }`;
    case 'code':
    case 'side':
      return `{ "fact": ${id}, "is": ${stops.string(valueHierarchy(fact, ruleSet).ids[0] ?? 'value')} }`;
    case 'date':
      return `{ "fact": ${id}, "is": ${stops.string('never')} }`;
    default: {
      const low = stops.text(fact.minimum?.value?.toString() ?? '0');
      return `{ "fact": ${id}, "atLeast": ${low}${fact.unit ? `, "unit": ${stops.string(fact.unit.value)}` : ''} }`;
    }
  }
}

/** Conditions about every fact, threshold and score in sight, each complete when accepted. */
export function wholeConditions(scene: Scene): readonly Offer[] {
  const ruleSet = scene.wholes[0];
  if (!ruleSet) return [];
  const group = groupInSight(scene);
  const whole = (slot: string, json: (id: string) => string | undefined) =>
    (namesAt(scene, slot) ?? []).flatMap(offer => {
      const written = json(offer.label);
      return written === undefined ? [] : [{ ...offer, json: written, rank: offer.rank + RANK.near }];
    });
  return [
    ...whole('factCondition.fact', id => {
      const fact = factIn(ruleSet, group, id);
      return fact && testOf(ruleSet, fact, new Stops());
    }),
    ...whole('thresholdCondition.threshold', id => `{ "threshold": ${literalString(id)} }`),
    ...whole('scoreCondition.score', id => scoreTest(ruleSet, id)),
  ];
}

function scoreTest(ruleSet: RuleSet, id: string): string {
  const stops = new Stops();
  const band = [...(ruleSet.scores.get(id)?.bandSets.values() ?? [])].flat().at(-1);
  const test = band ? `"in": [${stops.string(band.id)}]` : `"total": { "atLeast": ${stops.text('1')} }`;
  return `{ "score": ${literalString(id)}, ${test} }`;
}

/** So many answers are offered as whole effects; with more, the decision is chosen first. */
const MOST_ANSWERS = 30;

/** Every answer to every decision as a whole effect. */
export function wholeEffects({ wholes: [ruleSet] }: Scene): readonly Offer[] {
  const answers = [...(ruleSet?.decisions.values() ?? [])].flatMap(decision => decision.values.map(value => ({ decision, value })));
  if (answers.length > MOST_ANSWERS) return [];
  return answers.map(({ decision, value }, i) => ({
    label: `${decision.id}: ${value.id}`,
    kind: 'decision',
    title: titleOf(decision, decision.id),
    json: `{ "decide": ${literalString(decision.id)}, "as": ${literalString(value.id)} }`,
    rank: RANK.far + i,
    about: { of: 'part', section: 'decisions', id: decision.id, part: value.id },
  }));
}
