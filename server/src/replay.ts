/** The evaluator as the analysis sees it: runs a witness and says what fired, what was decided and what collided. */
import { type Replay, type Replayed, type RuleKeys, type WitnessPatient, withExactNumbers } from './analysis/witness.ts';
import { type CompiledRuleSet, compile } from './evaluation/compile.ts';
import { rulesInCollision } from './evaluation/effects.ts';
import { judgeLazily, type LazyJudgement } from './evaluation/judge.ts';
import { stateOf } from './evaluation/patient-state.ts';
import { type CompiledRule, instancesOf } from './evaluation/rules.ts';
import type { PatientState } from './evaluation/state.ts';
import { touching } from './evaluation/touching.ts';
import { FALSE, TRUE, type Truth } from './evaluation/values.ts';
import { readPatient } from './model/read-patient.ts';
import type { Rule, RuleSet } from './model/rule-set.ts';
import { parseDocument } from './syntax/document.ts';

/** So many questions about few rules are replayed on these alone: with more, to make the whole ready once costs less. */
const MOST_ALONE = 30;

/** The rule set is compiled once, for the first patient; each is read as if it were a file, so that a witness is one. */
export function replayWith(ruleSet: RuleSet): Replay {
  let ready: Ready | undefined;
  let alone = 0;
  const replay = (patient: WitnessPatient) => {
    ready ??= readyFor(ruleSet);
    return replayed(ready, stateOf(ready.compiled.layout, readPatient(parseDocument(witnessText(patient)), 'witness')));
  };
  const ofFew = (rules: readonly Rule[]) => {
    if (ready || rules.length * 4 > ruleSet.rules.size || ++alone > MOST_ALONE) return replay;
    const wanted = new Set(rules);
    return replayWith({ ...ruleSet, rules: new Map([...ruleSet.rules].filter(([, rule]) => wanted.has(rule))) });
  };
  const instead = (rules: readonly Rule[]) => replayWith({ ...ruleSet, rules: new Map(rules.map(rule => [rule.id, rule])) });
  return Object.assign(replay, { ofFew, instead });
}

/** The witness as a `*.patient.json`. */
export function witnessText(patient: WitnessPatient): string {
  return withExactNumbers(JSON.stringify({ id: 'witness', title: 'Witness', ...patient }));
}

interface Ready {
  readonly compiled: CompiledRuleSet;
  readonly byId: ReadonlyMap<string, CompiledRule>;
  readonly touch: ReturnType<typeof touching>;
}

function readyFor(ruleSet: RuleSet): Ready {
  const compiled = compile(ruleSet);
  const byId = new Map(compiled.rules.map(each => [each.rule.id, each]));
  return { compiled, byId, touch: touching(compiled.effects, ruleSet) };
}

/** A question looks at few rules: nothing is worked out before it is asked for. */
function replayed({ compiled, byId, touch }: Ready, state: PatientState): Replayed {
  const judgement = judgeLazily(compiled, state);
  return {
    get inScope() {
      return judgement.scope === TRUE && isPossible(compiled, state);
    },
    fired: keysWith(byId, judgement, TRUE),
    ruledOut: keysWith(byId, judgement, FALSE),
    decisions: {
      get: id => {
        const outcome = judgement.decision(id);
        return outcome && (outcome.status === 'decided' ? [outcome.value].flat().join('+') : outcome.status);
      },
    },
    collisions: {
      of: id => {
        const rules = rulesInCollision(touch(id), judgement, compiled.ruleSet).filter(each => each.includes(id));
        return new Set(rules.map(each => each.join('+')));
      },
    },
  };
}

function isPossible({ impossible }: CompiledRuleSet, state: PatientState): boolean {
  return impossible.every(({ group, when }) =>
    instancesOf(group, state).every(({ context, unlisted }) => unlisted || when.truth(context) !== TRUE),
  );
}

/** The id of each rule of that truth, and `rule@record` for each of its records. */
function keysWith(byId: ReadonlyMap<string, CompiledRule>, judgement: LazyJudgement, wanted: Truth): RuleKeys {
  const known = new Map<string, ReadonlySet<string>>();
  const of = (id: string): ReadonlySet<string> => {
    const rule = byId.get(id);
    const keys = known.get(id) ?? (rule ? keysOf(rule, judgement, wanted) : NO_KEYS);
    known.set(id, keys);
    return keys;
  };
  return { has: key => of(ruleOf(key)).has(key), of };
}

const NO_KEYS: ReadonlySet<string> = new Set();

function ruleOf(key: string): string {
  const at = key.indexOf('@');
  return at < 0 ? key : key.slice(0, at);
}

function keysOf(rule: CompiledRule, { truthsOf, instances }: LazyJudgement, wanted: Truth): ReadonlySet<string> {
  const keys = new Set<string>();
  const list = instances(rule.group);
  for (const [i, truth] of truthsOf(rule).entries()) {
    if (truth !== wanted || list[i]!.unlisted) continue;
    keys.add(rule.rule.id);
    if (list[i]!.record !== null) keys.add(`${rule.rule.id}@${list[i]!.record}`);
  }
  return keys;
}
