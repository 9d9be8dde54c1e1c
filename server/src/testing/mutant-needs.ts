/** What an undetermined rule waits for, as formulas: by input, that it would be told to be missing because a condition is open. */

import { all, any, type Formula, not, TRUE } from '../analysis/formula.ts';
import { undetermined } from '../analysis/partly-asked.ts';
import { PATIENT, type Scope, type Space, UNLISTED } from '../analysis/space.ts';
import { factIn } from '../model/names.ts';
import type { Condition } from '../model/rule-set.ts';

/**
 * That something is told to be missing for the one, and nothing that the other waits for tells it too. `beside`: other rules that wait for the same,
 * each as one condition.
 */
export function needsApart(space: Space, was: Condition, is: Condition, scope: Scope, beside: readonly Beside[] = []): Formula {
  const [before, after] = [was, is].map(condition => needsOf(space, condition, scope));
  for (const { condition, group } of beside)
    for (const place of group === undefined ? [PATIENT] : [...space.scopesOf(group), { group, slot: UNLISTED }])
      gatherIn(space, condition, place, after!);
  return any([...before!].map(([input, needed]) => all([any(needed), not(any(after!.get(input) ?? []))])));
}

/** A rule that neither waits for a decision nor is overridden. */
export interface Beside {
  readonly condition: Condition;
  readonly group: string | undefined;
}

type Needs = Map<string, Formula[]>;

/** By input, when the condition waits for it. What is read through a score or a derived fact is one input with all that it reads. */
function needsOf(space: Space, condition: Condition, scope: Scope): Needs {
  const found: Needs = new Map();
  gatherIn(space, condition, scope, found);
  return found;
}

/** Of a record that is not listed only the list is waited for. */
function gatherIn(space: Space, condition: Condition, scope: Scope, found: Needs): void {
  const { group, slot } = scope;
  if (group === undefined) return gather(space, condition, scope, TRUE, found);
  if (slot !== UNLISTED) return gather(space, condition, scope, space.present(group, slot), found);
  add(found, GROUP + group, all([space.incomplete(group), undetermined(space.condition(condition, scope))]));
}

const GROUP = 'group ';

function add(found: Needs, input: string, when: Formula): void {
  found.set(input, [...(found.get(input) ?? []), when]);
}

/** Only what is itself open is waited for, and only as long as everything around it is open. */
function gather(space: Space, condition: Condition, scope: Scope, around: Formula, found: Needs): void {
  const open = all([around, undetermined(space.condition(condition, scope))]);
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'count-conditions':
      for (const item of condition.items) gather(space, item, scope, open, found);
      return;
    case 'not':
      return gather(space, condition.item, scope, open, found);
    case 'fact':
      return add(found, factInput(space, condition.fact.value, scope), open);
    case 'threshold':
      return add(found, factInput(space, space.ruleSet.thresholds.get(condition.threshold.value)?.fact?.value ?? '', scope), open);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records': {
      const group = condition.group.value;
      add(found, GROUP + group, all([open, space.incomplete(group)]));
      for (const place of condition.where ? space.scopesOf(group) : [])
        gather(space, condition.where!, place, all([open, space.present(group, place.slot)]), found);
      return;
    }
    // Two-valued: it is never open.
    case 'unknown':
    case 'unreadable':
      return;
    default: {
      add(found, `score ${condition.score.value} ${placeOf(scope)}`, open);
      const { when } = space.ruleSet.scores.get(condition.score.value) ?? {};
      if (when) gather(space, when, scope, open, found);
    }
  }
}

function factInput(space: Space, name: string, scope: Scope): string {
  const fact = factIn(space.ruleSet, scope.group, name);
  return fact ? `fact ${space.factKey(fact, scope)}` : `fact ${name}`;
}

function placeOf({ group, slot }: Scope): string {
  return group === undefined ? '' : `${group}#${slot}`;
}
