/** Patients whom no rule answers: for each decision that must decide, in scope. */
import type { Decision, Rule } from '../model/rule-set.ts';
import type { Wanted } from './clauses.ts';
import { anywhere } from './decided.ts';
import { decidingRules, groupOf } from './gather.ts';
import { type Answer, ask, conditionsOf, type Inquiry, type Question } from './question.ts';
import type { Space } from './space.ts';

export interface Gap {
  readonly decision: Decision;
  /** `record`: some record has no answer; `patient`: the patient's own rules give none, and there is no record. */
  readonly of: 'record' | 'patient';
  readonly answer: Answer;
}

export function gapsOf(inquiry: Inquiry, decision: Decision): Gap[] {
  const each = decision.each?.value;
  const deciding = decidingRules(inquiry.ruleSet, decision.id);
  const rules = [...new Set(deciding.map(({ rule }) => rule))];
  const shown = (patient: Parameters<Question['shown']>[0]) => inquiry.replay(patient).decisions.get(decision.id) === 'no-answer';
  const conditions = rules.flatMap(rule => conditionsOf(inquiry.ruleSet, rule));
  const groups = new Set(rules.map(rule => groupOf(inquiry.ruleSet, rule)).filter(group => group !== undefined));
  if (each === undefined) {
    // A rule of a group answers for the patient as soon as it fires in one record; one record of each group shows that none need.
    const wanted = (space: Space) => rules.flatMap(rule => nowhere(space, rule));
    return [{ decision, of: 'patient', answer: ask(inquiry, { conditions, own: new Map(), wanted, shown }) }];
  }
  const strictest = decision.values[0]?.id;
  const strict = new Set(deciding.filter(({ value }) => value === strictest).map(({ rule }) => rule));
  const ofRecord = ask(inquiry, {
    conditions,
    own: new Map([[each, 1]]),
    wanted: space => [
      { formula: space.present(each, 0), truth: 2 },
      ...rules
        .filter(rule => groupOf(inquiry.ruleSet, rule) === each)
        .map((rule): Wanted => ({ formula: space.fires(rule, { group: each, slot: 0 }), truth: 0 })),
      ...[...strict].flatMap(rule => nowhere(space, rule)),
    ],
    settled: space => rules.map(rule => anywhere(space, rule)),
    shown,
  });
  const ofPatient = ask(inquiry, {
    conditions,
    own: new Map([...groups].map(group => [group, 0])),
    wanted: space => [
      ...space.scopesOf(each).map(({ slot }): Wanted => ({ formula: space.present(each, slot), truth: 0 })),
      ...rules.flatMap(rule => nowhere(space, rule)),
    ],
    shown,
  });
  return [
    { decision, of: 'record', answer: ofRecord },
    { decision, of: 'patient', answer: ofPatient },
  ];
}

/** That the rule fires neither for the patient nor in any record that is there. */
function nowhere(space: Space, rule: Rule): Wanted[] {
  return [{ formula: anywhere(space, rule), truth: 0 }];
}
