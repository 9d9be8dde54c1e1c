/** Patients whom no rule answers: for each decision that must decide, in scope. */
import type { Decision, Rule } from '../model/rule-set.ts';
import type { Wanted } from './clauses.ts';
import { anywhere } from './decided.ts';
import { all, any, type Formula, not } from './formula.ts';
import { decidingRules, groupOf } from './gather.ts';
import { coverOf } from './plain-cover.ts';
import { plainGap } from './plain-gap.ts';
import { type Answer, ask, type Inquiry, type Question } from './question.ts';
import type { Space } from './space.ts';

export interface Gap {
  readonly decision: Decision;
  /** `record`: some record has no answer; `patient`: the patient's own rules give none, and there is no record. */
  readonly of: 'record' | 'patient';
  readonly answer: Answer;
}

export function gapsOf(inquiry: Inquiry, decision: Decision): Gap[] {
  const deciding = decidingRules(inquiry.ruleSet, decision.id);
  const rules = deciding.map(({ rule }) => rule).filter((rule, i, list) => i === 0 || rule !== list[i - 1]);
  const shown: Question['shown'] = ({ decisions }) => decisions.get(decision.id) === 'no-answer';
  const each = decision.each?.value;
  if (each === undefined) {
    const covered = coverOf(inquiry, rules);
    if (covered === 'covered') return [{ decision, of: 'patient', answer: { kind: 'none' } }];
    const wanted = (space: Space) => rules.flatMap(rule => nowhere(space, rule));
    const known = covered === 'free' ? plainGap(inquiry, decision, rules) : undefined;
    return [{ decision, of: 'patient', answer: known ?? ask(inquiry, { rules, own: oneOfEach(inquiry, rules), wanted, shown }) }];
  }
  const strictest = decision.values[0]?.id;
  const strict = [...new Set(deciding.filter(({ value }) => value === strictest).map(({ rule }) => rule))];
  const ofRecord: Question = {
    rules,
    own: new Map([[each, 1]]),
    wanted: space => unansweredRecord(space, each, rules, strict),
    settled: space => rules.map(rule => anywhere(space, rule)),
    // Without any record the patient's own rules are asked: that is the other gap.
    shown: (replayed, patient) => shown(replayed, patient) && (patient.groups?.[each]?.records.length ?? 0) > 0,
  };
  const ofPatient: Question = {
    rules,
    own: oneOfEach(inquiry, rules),
    wanted: space => [
      ...listed(space, each),
      ...space.scopesOf(each).map(({ slot }): Wanted => ({ formula: space.present(each, slot), truth: 0 })),
      ...rules.flatMap(rule => nowhere(space, rule)),
    ],
    shown,
  };
  return [
    { decision, of: 'record', answer: withAllSettled(inquiry, ofRecord, space => partsSettled(space, decision, deciding)) },
    { decision, of: 'patient', answer: ask(inquiry, ofPatient) },
  ];
}

/** A rule of a group answers for the patient as soon as it fires in one record: with one of each group it can be said which records do not. */
function oneOfEach({ ruleSet }: Inquiry, rules: readonly Rule[]): ReadonlyMap<string, number> {
  return new Map(rules.flatMap(rule => groupOf(ruleSet, rule) ?? []).map(group => [group, 1]));
}

/** Some rules stay open for good, as those that read a table without a row: only where that spoils the first patient are all parts asked to be settled. */
function withAllSettled(inquiry: Inquiry, question: Question, settled: (space: Space) => Wanted[]): Answer {
  const answer = ask(inquiry, question);
  if (answer.kind !== 'open' || answer.why !== 'arithmetic') return answer;
  return ask(inquiry, { ...question, wanted: space => [...question.wanted(space), ...settled(space)] });
}

function unansweredRecord(space: Space, each: string, rules: readonly Rule[], strict: readonly Rule[]): Wanted[] {
  const own = rules.filter(rule => groupOf(space.ruleSet, rule) === each);
  return [
    ...listed(space, each),
    { formula: space.present(each, 0), truth: 2 },
    ...own.map((rule): Wanted => ({ formula: space.fires(rule, { group: each, slot: 0 }), truth: 0 })),
    ...strict.flatMap(rule => nowhere(space, rule)),
  ];
}

function listed(space: Space, group: string): Wanted[] {
  return [{ formula: space.incomplete(group), truth: 0 }];
}

/** That no record's part and not the patient's own is undetermined: a value fires and none stricter is open, or nothing is. */
function partsSettled(space: Space, decision: Decision, deciding: readonly { rule: Rule; value: string }[]): Wanted[] {
  const group = decision.each!.value;
  const isOfGroup = ({ rule }: { rule: Rule }) => groupOf(space.ruleSet, rule) === group;
  const settled = (voices: readonly { rule: Rule; value: string }[], fires: (rule: Rule) => Formula) => {
    const says = (value: string) => any(voices.filter(voice => voice.value === value).map(({ rule }) => fires(rule)));
    const values = decision.values.map(({ id }) => says(id));
    return any([...values.map((value, i) => all([value, not(any(values.slice(0, i)))])), not(any(values))]);
  };
  const records = space.scopesOf(group).map(scope => {
    const part = settled(deciding.filter(isOfGroup), rule => space.fires(rule, scope));
    return any([not(space.present(group, scope.slot)), part]);
  });
  const own = settled(
    deciding.filter(voice => !isOfGroup(voice)),
    rule => anywhere(space, rule),
  );
  return [...records, own].map(formula => ({ formula, truth: 2 }));
}

/** That the rule fires neither for the patient nor in any record that is there. */
function nowhere(space: Space, rule: Rule): Wanted[] {
  return [{ formula: anywhere(space, rule), truth: 0 }];
}
