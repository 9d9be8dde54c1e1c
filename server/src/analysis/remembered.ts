/**
 * Questions about few rules, answered once: what they mean, with all they hang on, tells whether it is the same question, for nothing else has a
 * say in its answer. Of a patient who was found only the plain data is kept; the space that it was found in is made anew where somebody asks for it.
 */
import type { Rule, RuleSet } from '../model/rule-set.ts';
import type { Memory } from './memory.ts';
import { isTooLargeToChoose } from './plain-witness.ts';
import { type Answer, hangingOn, type Inquiry, isAboutFew, type Question } from './question.ts';
import type { WitnessPatient } from './witness.ts';

export type Verdict = 'none' | 'some' | 'budget' | 'records' | 'arithmetic';

type Found = Extract<Answer, { kind: 'found' }>;

/** Of an answer that names a patient. */
interface Kept {
  readonly answer: Exclude<Answer, Found> | undefined;
  /** Undefined until somebody wants to know. */
  witness: { readonly patient: WitnessPatient; readonly isOwn: boolean } | undefined;
  /** With the number of the vocabulary's words that they are made of. */
  words: { readonly of: number; readonly texts: Map<string, string> };
}

export function verdictOf(inquiry: Inquiry, question: Question, ask: () => Verdict): Verdict {
  const { memory } = inquiry.budget;
  const rules = memory && hungOn(inquiry, question);
  if (!memory || !rules) return ask();
  return memory.answered(rules, `is ${keyOf(question)}`, inquiry.budget, () => {
    const kept = ask();
    return { kept, isSettled: kept !== 'budget' };
  });
}

/** `ask` puts the question with the steps of the inquiry that it is given. */
export function answerOf(inquiry: Inquiry, question: Question, ask: (own: Inquiry) => Answer): Answer {
  const { memory } = inquiry.budget;
  const rules = memory && hungOn(inquiry, question);
  if (!memory || !rules) return ask(inquiry);
  let live: Answer | undefined;
  const before = inquiry.budget.steps;
  const kept = memory.answered(rules, `who ${keyOf(question)}`, inquiry.budget, () => {
    live = ask(inquiry);
    const isOpen = live.kind === 'open' && live.why === 'budget';
    return { kept: keptOf(live, memory), isSettled: !isOpen };
  });
  if (kept.answer) return kept.answer;
  const again = () => {
    memory.keepOn();
    const own = { ...inquiry, budget: { ...inquiry.budget, steps: before } };
    live ??= ask(own);
    return live as Found;
  };
  return foundAgain(kept, inquiry, memory, again);
}

function keptOf(answer: Answer, { words }: Memory): Kept {
  return { answer: answer.kind === 'found' ? undefined : answer, witness: undefined, words: { of: words, texts: new Map() } };
}

function foundAgain(kept: Kept, { ruleSet }: Inquiry, memory: Memory, again: () => Found): Found {
  const { words } = memory;
  if (kept.words.of !== words) kept.words = { of: words, texts: new Map() };
  const isOwn = hangsOnFew(ruleSet);
  let own: WitnessPatient | undefined;
  return {
    kind: 'found',
    get space() {
      return again().space;
    },
    get box() {
      return again().box;
    },
    get region() {
      return again().region;
    },
    get witness() {
      if (kept.witness?.isOwn && isOwn) return kept.witness.patient;
      own ??= again().witness;
      kept.witness = { patient: own, isOwn };
      return own;
    },
    words: kept.words.texts,
  };
}

/** Codes are chosen so that few other rules fire: then all rules have a say in who is named. */
function hangsOnFew(ruleSet: RuleSet): boolean {
  if (isTooLargeToChoose(ruleSet)) return true;
  const holders = [ruleSet, ...ruleSet.groups.values()];
  return !holders.some(({ facts }) => [...facts.values()].some(({ type }) => type === 'code'));
}

/** All rules that have a say in the answer, the first that is asked about first; undefined for a question that is not remembered. */
function hungOn(inquiry: Inquiry, question: Question): readonly Rule[] | undefined {
  if (!isAboutFew(inquiry, question) || question.rules.length === 0) return undefined;
  return hangingOn(inquiry.ruleSet, question.rules).rules;
}

/** Of the rules that it hangs on the first so many are those it is about. */
function keyOf({ key, rules }: Question): string {
  return rules.length === 1 ? key! : `${key} ${rules.length}`;
}
