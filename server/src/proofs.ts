/** What the analysis settled for every patient, what it left open and why, in words. */
import type { Analysis, NotProved, Proved } from './analysis/analyse.ts';
import type { Decision, RuleSet } from './model/rule-set.ts';

/** How far one decision is answered, for the line above it. */
export interface Answered {
  readonly decision: string;
  readonly state: 'proved' | 'gaps' | 'open' | 'checking';
  readonly text: string;
}

export function provedText(ruleSet: RuleSet, proved: Proved): string {
  switch (proved.kind) {
    case 'answered':
      return `${titleOf(ruleSet, proved.decision)} is answered for every patient in scope.`;
    case 'no-conflict':
      return `No two of ${proved.rules} rules conflict for any patient in scope.`;
    case 'can-fire':
      return `Each of ${proved.rules} rules holds for some patient in scope.`;
  }
}

const QUESTIONS: Readonly<Record<NotProved['kind'], (names: string) => string>> = {
  answered: names => `whether ${names} is answered for every patient in scope`,
  conflict: names => `whether ${names} conflict for some patient`,
  disagreement: names => `whether the sources of ${names} disagree for some patient`,
  'never-holds': names => `whether ${names} holds for some patient`,
  'always-holds': names => `whether ${names} holds for every patient`,
  'missing-data': names => `whether, while it is not recorded, a rule that protects the patient stays open: ${names}`,
  redundant: names => `whether anything changes for some patient without ${names}`,
  hidden: names => `whether what ${names} decides is ever the answer`,
};

const REASONS: Readonly<Record<NotProved['why'], string>> = {
  budget: 'the steps allowed for the analysis ran out; allow more',
  records: 'more records would have to be tried than are',
  arithmetic: 'it hangs on a number that is calculated, or on something that may be absent, and no patient could be confirmed',
};

/** One text for all questions of a kind that are open for the same reason: there may be hundreds. */
export function notProvedTexts(ruleSet: RuleSet, all: readonly NotProved[]): string[] {
  const alike = new Map<string, NotProved[]>();
  for (const one of all) {
    const key = `${one.kind} ${one.why}`;
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()].map(same => {
    const named = [...new Set(same.map(one => namedText(ruleSet, one)))];
    const shown = named.slice(0, MOST_NAMED);
    const more = named.length > MOST_NAMED ? [`${named.length - MOST_NAMED} more such questions`] : [];
    const { kind, why } = same[0]!;
    const text = `${QUESTIONS[kind](shown.join('; '))}${more.length ? `, and ${more[0]}` : ''}, because ${REASONS[why]}.`;
    return text.replace(/^./, first => first.toUpperCase());
  });
}

const MOST_NAMED = 8;

function namedText(ruleSet: RuleSet, { kind, names }: NotProved): string {
  const rules = names.filter(name => !ruleSet.decisions.has(name));
  if (rules.length === 0) return names.map(name => titleOf(ruleSet, name)).join(' and ');
  // The input comes first.
  if (kind === 'missing-data') return `“${rules[1] ?? ''}” without “${rules[0]}”`;
  return rules.map(name => `“${name}”`).join(' and ');
}

/** What is said of the same decisions until it is known. */
export function notYetAnswered(ruleSet: RuleSet, state: keyof typeof NOT_YET): Answered[] {
  const shown = state === 'broken-off' ? 'open' : 'checking';
  return mustBeDecided(ruleSet).map(({ id }) => ({ decision: id, state: shown, text: NOT_YET[state] }));
}

const NOT_YET = {
  checking: 'Checking whether every patient in scope has an answer …',
  errors: 'Not checked whether every patient in scope has an answer: this rule set or a file it uses has errors',
  'broken-off': 'Not proved that every patient in scope has an answer: the analysis broke off',
};

/** Of a rule set on which the analysis itself failed. */
export const BROKEN_OFF =
  'Nothing is proved of this version, and conflicts or gaps in it may go untold, because the analysis broke off, twice. Check it on the command line; if it breaks off there too, please report that as a mistake in Clinical Rules, without patient data.';

/** Every decision that must be decided, in a rule set that says it is complete. */
function mustBeDecided({ root, decisions }: RuleSet): Decision[] {
  return root.complete ? [...decisions.values()].filter(({ mustDecide }) => mustDecide) : [];
}

export function answersOf(ruleSet: RuleSet, { proved, gaps }: Analysis): Answered[] {
  return mustBeDecided(ruleSet).map(({ id }) => {
    const found = gaps.filter(({ decision }) => decision.id === id).length;
    if (proved.some(one => one.kind === 'answered' && one.decision === id))
      return { decision: id, state: 'proved', text: 'Proved: no patient in scope is left without an answer' };
    if (found === 0) return { decision: id, state: 'open', text: 'Not proved that every patient in scope has an answer' };
    return { decision: id, state: 'gaps', text: `${found} ${found === 1 ? 'patient' : 'patients'} found without an answer` };
  });
}

function titleOf({ decisions }: RuleSet, decision: string): string {
  return `“${decisions.get(decision)?.title ?? decision}”`;
}
