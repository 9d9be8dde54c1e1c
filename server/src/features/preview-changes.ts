/** What would change a decision, in words: the least changes that reach each other answer, and the fewest inputs that would settle it. */

import type { CompiledRuleSet } from '../evaluation/compile.ts';
import {
  type ChangedInput,
  type Counterfactuals,
  counterfactuals,
  fewestInputs,
  type Reached,
  type ToObtain,
} from '../evaluation/counterfactual.ts';
import type { Need } from '../evaluation/needs.ts';
import type { OutOfReach } from '../evaluation/out-of-reach.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import { smallestRules } from '../evaluation/smallest.ts';
import type { Decision } from '../model/rule-set.ts';
import { type InputPath, inputText, readPath, valueText } from './preview-missing.ts';
import type { PreviewChange, PreviewSmallest } from './preview-model.ts';
import { type Reading, recordOf, ruleLink, toneOfValue } from './reading.ts';
import { decisionValueTitle, factOf, titleOf, valueTitle } from './titles.ts';
import { amountText, capitalised, inSentence, listText, shortList } from './words.ts';

/** Undefined if `pause` said that it is no longer wanted. These sentences describe the rules; they are no advice to alter a record. */
export async function previewChanges(
  reading: Reading,
  compiled: CompiledRuleSet,
  pause: () => Promise<boolean>,
): Promise<PreviewChange[] | undefined> {
  const patient = stateOf(compiled.layout, reading.patient);
  const all: PreviewChange[] = [];
  for (const decision of reading.ruleSet.decisions.values()) {
    const inputs = await fewestInputs(compiled, patient, decision.id, pause);
    const found = inputs && (await counterfactuals(compiled, patient, decision.id, pause));
    if (!found) return undefined;
    const about = reading.ruleSet.decisions.size > 1 ? `${titleOf(decision, decision.id)} ` : '';
    all.push(...obtained(reading, decision.id, inputs, about));
    for (const reached of found.reached) all.push(...reachedTexts(reading, decision, reached, found.untried, about));
    all.push(...notReached(reading, decision, found, about), ...neverReached(reading, decision, found.outOfReach, about));
  }
  return all;
}

function obtained(reading: Reading, decision: string, found: ToObtain, about: string): PreviewChange[] {
  if (reading.outcome.decisions[decision]?.status !== 'undetermined') return [];
  const { needs, untried } = found;
  const except = untried.length ? `, ${namesOf(reading, untried)} apart` : '';
  if (!needs) return [{ tone: 'undetermined', before: about, answer: '', after: `${nothingSettles(found)}${except}.` }];
  return [
    {
      tone: 'undetermined',
      // One is the fewest, whatever could not be tried.
      before: `${about}Fewest inputs to obtain${needs.length === 1 ? '' : except}: `,
      answer: counted(needs.length, 'input'),
      after: `, ${namesOf(reading, needs)}. Whatever the value, the decision is settled.`,
    },
  ];
}

function nothingSettles({ tried, tooMany }: ToObtain): string {
  if (!tooMany) return 'No inputs settle it whatever their values turn out to be';
  if (tried === 0) return 'Which inputs settle it is not known, for they have too many values to try';
  return `No ${tried === 1 ? 'single input settles' : `set of up to ${counted(tried, 'input')} settles`} it whatever the value turns out to be`;
}

function namesOf(reading: Reading, needs: readonly Need[]): string {
  return listText(needs.map(need => inputText(reading, pathOf(need))));
}

function reachedTexts(
  reading: Reading,
  decision: Decision,
  { answer, changes, others }: Reached,
  untried: readonly Need[],
  about: string,
): PreviewChange[] {
  const { title, tone } = answerTo(reading, decision, answer);
  const count = counted(changes.length, 'change');
  // No change is less than one, whatever could not be tried.
  const except = changes.length > 1 && untried.length ? `, ${namesOf(reading, untried)} apart` : '';
  const first = {
    tone,
    before: `${about}Least change to reach `,
    answer: title,
    after: `${except}: ${changesText(reading, changes)}. ${capitalised(count)}.`,
  };
  return [first, ...others.map(other => ({ tone, before: `Also ${count}: `, answer: '', after: `${changesText(reading, other)}.` }))];
}

/** That an answer needs more changes than were tried is as good to know. */
function notReached(
  reading: Reading,
  decision: Decision,
  { reached, tried, outOfReach, untried }: Counterfactuals,
  about: string,
): PreviewChange[] {
  const now = reading.outcome.decisions[decision.id];
  const told = [now?.value, ...reached.map(({ answer }) => answer), ...(outOfReach?.answers ?? [])];
  const rest = decision.values.map(({ id }) => id).filter(id => !told.includes(id));
  if (!rest.length || tried === 0) return [];
  const except = untried.length ? `, ${namesOf(reading, untried)} apart,` : '';
  const most = tried === 1 ? 'No change of one value' : `No change of up to ${tried} values`;
  return [
    {
      tone: 'no-answer',
      before: `${about}${most}${except} gives `,
      answer: answersTo(reading, decision, rest),
      after: ', with the records as they are.',
    },
  ];
}

/** That an answer needs another record, or another place of one. */
function neverReached(reading: Reading, decision: Decision, found: OutOfReach | undefined, about: string): PreviewChange[] {
  if (!found) return [];
  const title = titleOf(reading.ruleSet.rules.get(found.rule)!, found.rule);
  const after = `, with the records as they are: the rule “${title}” holds whatever else is recorded.`;
  return [{ tone: 'no-answer', before: `${about}No change of values gives `, answer: answersTo(reading, decision, found.answers), after }];
}

function answersTo(reading: Reading, decision: Decision, ids: readonly string[]): string {
  return listText(
    ids.map(id => answerTo(reading, decision, id).title),
    'or',
  );
}

function answerTo({ ruleSet }: Reading, decision: Decision, answer: string): { title: string; tone: PreviewChange['tone'] } {
  if (answer === 'no-answer') return { title: 'no answer', tone: 'no-answer' };
  return { title: inSentence(decisionValueTitle(ruleSet, decision.id, answer)), tone: toneOfValue(decision, answer) };
}

function changesText(reading: Reading, changes: readonly ChangedInput[]): string {
  return listText(
    changes.map(({ need, value }) => {
      const path = pathOf(need);
      return `${inputText(reading, path)}, ${nowText(reading, path)} → ${newText(reading, path, value)}`;
    }),
  );
}

/** Codes that no rule tells apart come as a list; a few of them tell enough. */
function newText(reading: Reading, path: InputPath, value: string): string {
  return shortList(
    value.split(', ').map(each => valueText(reading, path, each)),
    3,
    'or',
  );
}

function pathOf({ input, kind, record }: Need): InputPath {
  return readPath({ input, kind, record: record?.id ?? null });
}

/** What is recorded now. */
function nowText(reading: Reading, path: InputPath): string {
  const { group, record, score, id } = path;
  const holder = record === null ? reading.patient : recordOf(reading, group, record);
  const recorded = score === undefined ? holder?.facts.get(id ?? '') : holder?.scores.get(score)?.options.get(id ?? '');
  if (!recorded?.values.length) return 'unknown';
  const fact = score === undefined ? factOf(reading.ruleSet, id ?? '', group) : undefined;
  const texts = recorded.values.map(({ value, unit }) =>
    score === undefined ? amountText(valueTitle(reading.ruleSet, fact, value), unit?.value) : valueText(reading, path, String(value)),
  );
  return listText(texts, 'or');
}

const NUMBERS = ['no', 'one', 'two', 'three'];

function counted(count: number, what: string): string {
  return `${NUMBERS[count] ?? count} ${what}${count === 1 ? '' : 's'}`;
}

/** For each decision that is decided: the smallest sets of rules that make it. */
export function previewSmallest(reading: Reading, compiled: CompiledRuleSet): PreviewSmallest[] {
  const patient = stateOf(compiled.layout, reading.patient);
  return [...reading.ruleSet.decisions.values()].flatMap(decision => {
    const sets = smallestRules(compiled, patient, decision.id);
    const title = titleOf(decision, decision.id);
    return sets.length ? [{ decision: title, sets: sets.map(set => set.map(id => ruleLink(reading, id))) }] : [];
  });
}
