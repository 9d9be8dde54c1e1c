/**
 * Questions about few rules, answered once: what they mean, with all they hang on, tells whether it is the same question, for nothing else has a
 * say in its answer. Of a patient who was found only the plain data is kept; the space that it was found in is made anew where somebody asks for it.
 */
import type { Rule, RuleSet } from '../model/rule-set.ts';
import type { Memory } from './memory.ts';
import { isTooLargeToChoose } from './plain-witness.ts';
import { type About, type Answer, areByThemselves, hangingOn, type Inquiry, isAboutFew, withSteps } from './question.ts';
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

export function verdictOf(inquiry: Inquiry, about: About, ask: () => Verdict): Verdict {
  const { memory } = inquiry.budget;
  const rules = memory && hungOn(inquiry, about);
  if (!memory || !rules) return ask();
  return memory.answered(rules, keyOf(inquiry, about, rules), inquiry.budget, () => {
    const kept = ask();
    return { kept, isSettled: kept !== 'budget' };
  });
}

/** `ask` puts the question with the steps of the inquiry that it is given. */
export function answerOf(inquiry: Inquiry, about: About, ask: (own: Inquiry) => Answer): Answer {
  const { memory } = inquiry.budget;
  const rules = memory && hungOn(inquiry, about);
  if (!memory || !rules) return ask(inquiry);
  let live: Answer | undefined;
  const before = inquiry.budget.steps;
  const kept = memory.answered(rules, `who ${keyOf(inquiry, about, rules)}`, inquiry.budget, () => {
    live = ask(inquiry);
    const isOpen = live.kind === 'open' && live.why === 'budget';
    return { kept: keptOf(live, memory), isSettled: !isOpen };
  });
  if (kept.answer) return kept.answer;
  const again = () => {
    memory.keepOn();
    live ??= ask(withSteps(inquiry, before));
    return live as Found;
  };
  return new FoundAgain(kept, inquiry.ruleSet, memory.words, again);
}

function keptOf(answer: Answer, { words }: Memory): Kept {
  return { answer: answer.kind === 'found' ? undefined : answer, witness: undefined, words: { of: words, texts: new Map() } };
}

/** There may be thousands: one that nobody asks for more than it keeps is a few words. */
class FoundAgain implements Found {
  readonly kind = 'found';
  readonly words: Map<string, string>;
  readonly #kept: Kept;
  readonly #ruleSet: RuleSet;
  readonly #again: () => Found;
  #witness: WitnessPatient | undefined;

  constructor(kept: Kept, ruleSet: RuleSet, words: number, again: () => Found) {
    if (kept.words.of !== words) kept.words = { of: words, texts: new Map() };
    this.words = kept.words.texts;
    this.#kept = kept;
    this.#ruleSet = ruleSet;
    this.#again = again;
  }

  get space() {
    return this.#again().space;
  }

  get box() {
    return this.#again().box;
  }

  get region() {
    return this.#again().region;
  }

  get witness() {
    const kept = this.#kept;
    const isOwn = hangsOnFew(this.#ruleSet);
    if (kept.witness?.isOwn && isOwn) return kept.witness.patient;
    this.#witness ??= this.#again().witness;
    kept.witness = { patient: this.#witness, isOwn };
    return this.#witness;
  }
}

const FEW = new WeakMap<RuleSet, boolean>();

/** Codes are chosen so that few other rules fire: then all rules have a say in who is named. */
function hangsOnFew(ruleSet: RuleSet): boolean {
  const known = FEW.get(ruleSet) ?? (isTooLargeToChoose(ruleSet) || !hasCodes(ruleSet));
  FEW.set(ruleSet, known);
  return known;
}

function hasCodes(ruleSet: RuleSet): boolean {
  return [ruleSet, ...ruleSet.groups.values()].some(({ facts }) => [...facts.values()].some(({ type }) => type === 'code'));
}

/** All rules that have a say in the answer, the first that is asked about first; undefined for a question that is not remembered. */
function hungOn(inquiry: Inquiry, about: About): readonly Rule[] | undefined {
  if (!isAboutFew(inquiry, about) || about.rules.length === 0) return undefined;
  return areByThemselves(inquiry.ruleSet, about.rules) ? about.rules : hangingOn(inquiry.ruleSet, about.rules).rules;
}

/** Of the rules that it hangs on the first so many are those it is about; which of them come before which has a say where one waits for a decision. */
function keyOf({ ruleSet }: Inquiry, { key, rules }: About, hung: readonly Rule[]): string {
  const own = rules.length === 1 ? key! : `${key} ${rules.length}`;
  return hung === rules ? own : `${own} ${orderOf(ruleSet, hung)}`;
}

/** By their places in the list, as they stand in the rule set. */
function orderOf(ruleSet: RuleSet, rules: readonly Rule[]): string {
  const places = PLACES.get(ruleSet) ?? new Map([...ruleSet.rules.values()].map((rule, place) => [rule, place]));
  PLACES.set(ruleSet, places);
  const placeOf = (at: number) => places.get(rules[at]!)!;
  return rules
    .map((_, at) => at)
    .sort((a, b) => placeOf(a) - placeOf(b))
    .join();
}

const PLACES = new WeakMap<RuleSet, ReadonlyMap<Rule, number>>();
