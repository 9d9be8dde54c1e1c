/** A decision in words: the answer, why, what holds meanwhile, and the ladder of its values. */
import type { DecisionOutcome } from '../evaluation/outcome.ts';
import type { Decision } from '../model/rule-set.ts';
import type { PreviewDecision, PreviewPart } from './preview-model.ts';
import { whyText } from './preview-why.ts';
import { answerOf, groupOf, linkOf, nameOf, type Reading, toneOfPart, toneOfValue } from './reading.ts';
import { conditionText } from './sentences.ts';
import { nearestStricter } from './strips.ts';
import { decisionValueTitle, scoreName, titleOf } from './titles.ts';
import { capitalised, listText, plural } from './words.ts';

/** In declared order; those the rule set must decide come first. */
export function previewDecisions(reading: Reading): PreviewDecision[] {
  const decisions = [...reading.ruleSet.decisions.values()].sort((a, b) => Number(b.mustDecide) - Number(a.mustDecide));
  return decisions.flatMap(decision => {
    const outcome = reading.outcome.decisions[decision.id];
    return outcome ? [previewDecision(reading, decision, outcome)] : [];
  });
}

function previewDecision(reading: Reading, decision: Decision, outcome: DecisionOutcome): PreviewDecision {
  return {
    id: decision.id,
    question: titleOf(decision, decision.id),
    status: outcome.status,
    answer: answerOf(reading.ruleSet, decision.id, outcome),
    tone: toneOfPart(decision, outcome),
    why: whyText(reading, decision, outcome),
    follows: followsOf(reading, decision, outcome),
    ladder: ladderOf(reading, decision, outcome),
    ladderTitle: ladderTitle(decision, outcome),
    records: recordParts(reading, decision, outcome),
    link: linkOf(reading, decision),
  };
}

function recordParts(reading: Reading, decision: Decision, outcome: DecisionOutcome): PreviewPart[] {
  return Object.entries(outcome.records).map(([record, part]) => ({
    record,
    name: nameOf(reading, decision.each?.value, record)?.name ?? record,
    status: part.status,
    answer: answerOf(reading.ruleSet, decision.id, part),
    tone: toneOfPart(decision, part),
  }));
}

/** The meanwhile value is the strictest possible one; it is marked where nothing is decided. */
function ladderOf({ ruleSet }: Reading, decision: Decision, outcome: DecisionOutcome): PreviewDecision['ladder'] {
  const decided = outcome.status === 'decided' ? [outcome.value].flat() : [];
  return decision.values.map(({ id }) => ({
    value: id,
    title: decisionValueTitle(ruleSet, decision.id, id),
    tone: toneOfValue(decision, id),
    state: decided.includes(id) ? 'decided' : outcome.possible.includes(id) && outcome.status !== 'decided' ? 'possible' : 'excluded',
    meanwhile: outcome.status !== 'decided' && outcome.meanwhile === id,
  }));
}

function ladderTitle(decision: Decision, outcome: DecisionOutcome): string {
  const ordered = decision.resolve === 'strictest';
  if (outcome.status === 'decided') return ordered ? 'Decided; nothing looser is possible' : 'Decided';
  const values = outcome.possible.filter(value => value !== 'no-answer');
  if (!values.length) return 'Possible: only no answer';
  if (outcome.status === 'conflict') return 'Decided by rules that disagree';
  return outcome.possible.includes('no-answer') ? 'Possible, or no answer' : 'Possible';
}

function followsOf(reading: Reading, decision: Decision, outcome: DecisionOutcome): PreviewDecision['follows'] {
  const nothing = { value: undefined };
  if (outcome.status === 'decided') return { ...nothing, title: 'What follows', text: decidedFollows(reading, decision, outcome) };
  if (outcome.status === 'conflict')
    return { ...nothing, title: 'Meanwhile', text: 'There is no answer until the rules agree: the rule set must be mended.' };
  if (outcome.status === 'no-answer' || outcome.meanwhile === null || outcome.meanwhile === 'no-answer')
    return {
      ...nothing,
      title: 'Meanwhile',
      text: `${outcome.status === 'no-answer' ? 'No answer' : 'Undetermined'} is not permission.${stillHold(reading)}`,
    };
  const value = {
    title: decisionValueTitle(reading.ruleSet, decision.id, outcome.meanwhile),
    tone: toneOfValue(decision, outcome.meanwhile),
  };
  const none = outcome.possible.includes('no-answer') ? ' There may also be no answer, which is not permission.' : '';
  if (decision.resolve !== 'strictest') return { title: 'Meanwhile', value, text: ` is possible.${none}` };
  const text = `, the strictest value still possible.${excludedText(reading, decision, outcome)}${none}`;
  return { title: 'Meanwhile', value, text };
}

function stillHold({ outcome }: Reading): string {
  const barring = outcome.effects.some(effect => effect.state === 'in-force' && effect.verb !== 'recommend');
  return barring ? ' The precautions below still hold.' : '';
}

/** `Contraindicated is excluded whatever is missing.` */
function excludedText({ ruleSet }: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const out = decision.values
    .filter(({ id }) => !outcome.possible.includes(id))
    .map(({ id }) => decisionValueTitle(ruleSet, decision.id, id));
  if (!out.length) return '';
  return ` ${capitalised(listText(out))} ${out.length === 1 ? 'is' : 'are'} excluded whatever is missing.`;
}

/** Until when it holds, and that what allows more elsewhere does not offset it. */
function decidedFollows(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const sentences = [
    untilText(reading, outcome),
    offsetText(reading, decision, outcome),
    precautionText(reading, decision, outcome),
    ...stricterBands(reading, decision, outcome),
  ].filter(Boolean);
  return sentences.length ? sentences.join(' ') : 'It holds as long as this stays so.';
}

function untilText(reading: Reading, outcome: DecisionOutcome): string {
  const { ruleSet } = reading;
  const until = outcome.by.map(id => ruleSet.rules.get(id)?.until);
  // Where any rule has no end, the decision has none.
  if (!until.length || until.some(condition => condition === undefined)) return '';
  const texts = outcome.by.map((id, index) => conditionText(ruleSet, until[index], groupOf(reading, id)));
  return `Holds until ${listText([...new Set(texts)])}.`;
}

/** Only where a record made the decision: what the patient's own rules decide holds for all. */
function offsetText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const looser = Object.values(outcome.records).filter(part => part.status === 'decided' && part.value !== outcome.value).length;
  if (!looser || decision.resolve !== 'strictest' || outcome.by.some(rule => groupOf(reading, rule) === undefined)) return '';
  return looser === 1 ? 'The other record that allows more does not offset it.' : 'Other records that allow more do not offset it.';
}

/** `1 point more of Mirels, right femoral head, reaches the high band.` Where a score stands close to a total that is decided more strictly. */
function stricterBands(reading: Reading, decision: Decision, outcome: DecisionOutcome): string[] {
  if (outcome.value === decision.values[0]?.id) return [];
  return reading.outcome.scores.flatMap(result => {
    const score = reading.ruleSet.scores.get(result.id);
    const near = score && result.total !== undefined ? nearestStricter(reading, score, result) : undefined;
    if (!near || near.steps > 2) return [];
    const name = nameOf(reading, score?.of?.value, result.record)?.name;
    const points = `${plural(near.steps, 'point')} ${near.more ? 'more' : 'less'}`;
    const reaches = near.steps === 1 ? 'reaches' : 'reach';
    const goal = near.band === undefined ? `a total of ${near.total}, which is decided more strictly` : `the ${near.band} band`;
    return [`${points} of ${scoreName(reading.ruleSet, result.id)}${name ? `, ${name},` : ''} ${reaches} ${goal}.`];
  });
}

function precautionText(reading: Reading, decision: Decision, outcome: DecisionOutcome): string {
  const strictest = decision.values[0]?.id;
  const barring = reading.outcome.effects.some(effect => effect.state === 'in-force' && effect.verb !== 'recommend');
  return barring && outcome.value !== strictest ? 'The precautions below hold.' : '';
}
