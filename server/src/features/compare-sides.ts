/** One patient under two versions of a rule set, side by side: every answer and score, and each rule and precaution that differs. */
import type { RuleOutcome } from '../evaluation/outcome.ts';
import type { CompareSide, CompareSideCell, CompareSides } from './compare-model.ts';
import { previewPrecautions } from './preview-precautions.ts';
import { answerOf, nameOf, type Reading, ruleLink, shortName, toneOfPart, whomText } from './reading.ts';
import { ruleGroup } from './sentences.ts';
import { scoreName, titleOf } from './titles.ts';
import { inSentence, listText, numbersText } from './words.ts';

/** Beyond so many a list is no longer read. */
const MOST = 40;
const NOT_THERE: CompareSideCell = { text: 'not there', tone: undefined };

/** Both readings are of the same patient. What stands in neither is left out. */
export function compareSides(now: Reading, then: Reading): CompareSides {
  const rules = differing(ruleSides(now, then));
  const precautions = differing(precautionSides(now, then));
  return {
    answers: [...decisionSides(now, then), ...scoreSides(now, then)],
    rules: rules.slice(0, MOST),
    precautions: precautions.slice(0, MOST),
    more: Math.max(0, rules.length - MOST) + Math.max(0, precautions.length - MOST),
  };
}

function differing(sides: readonly CompareSide[]): CompareSide[] {
  return sides.filter(({ differs }) => differs);
}

/** What each side says, by a name both sides give it, in the order of the first. */
type Told = ReadonlyMap<string, { readonly what: string; readonly cell: CompareSideCell }>;

function sides(now: Told, then: Told, link?: (key: string) => CompareSide['rule']): CompareSide[] {
  return [...new Set([...now.keys(), ...then.keys()])].map(key => {
    const [one, other] = [now.get(key), then.get(key)];
    const [left, right] = [one?.cell ?? NOT_THERE, other?.cell ?? NOT_THERE];
    return { what: (one ?? other)!.what, now: left, then: right, differs: left.text !== right.text, rule: link?.(key) };
  });
}

function decisionSides(now: Reading, then: Reading): CompareSide[] {
  return sides(decisionsOf(now), decisionsOf(then));
}

function decisionsOf(reading: Reading): Told {
  const { ruleSet, outcome } = reading;
  const told = [...ruleSet.decisions.values()].flatMap(decision => {
    const whole = outcome.decisions[decision.id];
    if (!whole) return [];
    const title = titleOf(decision, decision.id);
    const cell = (part: typeof whole | (typeof whole.records)[string]) => ({
      text: inSentence(answerOf(ruleSet, decision.id, part)),
      tone: toneOfPart(decision, part),
    });
    const records = Object.entries(whole.records).map(([record, part]) => {
      const what = `${title} ${shortName(nameOf(reading, decision.each?.value, record))}`;
      return [`${decision.id} ${record}`, { what, cell: cell(part) }] as const;
    });
    return [[decision.id, { what: title, cell: cell(whole) }] as const, ...records];
  });
  return new Map(told);
}

function scoreSides(now: Reading, then: Reading): CompareSide[] {
  return sides(scoresOf(now), scoresOf(then));
}

function scoresOf(reading: Reading): Told {
  const { ruleSet, outcome } = reading;
  const told = outcome.scores.flatMap(({ id, record, state, total, totals, bands }) => {
    if (state === 'not-scorable') return [];
    const score = ruleSet.scores.get(id);
    const name = record === null ? '' : `, ${shortName(nameOf(reading, score?.of?.value, record))}`;
    const points = total ?? (totals ? numbersText(totals, 'or') : 'not known');
    const titles = (bands ?? []).map(band => {
      const found = [...(score?.bandSets.values() ?? [])].flat().find(each => each.id === band);
      return inSentence(found?.title ?? band);
    });
    const text = titles.length ? `${points}, ${listText(titles, 'or')}` : points;
    return [[`${id} ${record}`, { what: scoreName(ruleSet, id) + name, cell: { text, tone: undefined } }] as const];
  });
  return new Map(told);
}

function ruleSides(now: Reading, then: Reading): CompareSide[] {
  return sides(rulesOf(now), rulesOf(then), id => (now.ruleSet.rules.has(id) ? ruleLink(now, id) : undefined));
}

function rulesOf(reading: Reading): Told {
  const byRule = new Map<string, RuleOutcome[]>();
  for (const each of reading.outcome.rules) byRule.set(each.id, [...(byRule.get(each.id) ?? []), each]);
  const told = [...byRule].map(([id, outcomes]) => {
    const rule = reading.ruleSet.rules.get(id);
    const what = rule ? titleOf(rule, id) : id;
    return [id, { what, cell: { text: statesOf(reading, outcomes), tone: undefined } }] as const;
  });
  return new Map(told);
}

/** `fired`; of several records `fired for a (L4); ruled out for b (left femur)`. */
function statesOf(reading: Reading, outcomes: readonly RuleOutcome[]): string {
  const byStatus = new Map<string, string[]>();
  for (const each of outcomes) byStatus.set(each.status, [...(byStatus.get(each.status) ?? []), whomText(reading, each)]);
  const ofRecords = ruleGroup(reading.ruleSet, reading.ruleSet.rules.get(outcomes[0]!.id)) !== undefined;
  const states = [...byStatus].map(([status, whom]) => {
    const word = status === 'ruled-out' ? 'ruled out' : status;
    return ofRecords && byStatus.size > 1 ? `${word} for ${listText(whom)}` : word;
  });
  return states.sort().join('; ');
}

function precautionSides(now: Reading, then: Reading): CompareSide[] {
  return sides(precautionsOf(now), precautionsOf(then));
}

function precautionsOf(reading: Reading): Told {
  const told = previewPrecautions(reading).flatMap(({ site, effects }) =>
    effects.map(({ verb, text, state }) => {
      const what = `${verb} ${text}, ${site}`;
      return [what, { what, cell: { text: state === 'possible' ? 'possible' : 'in force', tone: undefined } }] as const;
    }),
  );
  return new Map(told);
}
