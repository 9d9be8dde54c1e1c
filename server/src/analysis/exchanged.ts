/**
 * An analysis of one version as that of another that means the same and is called the same: what was found is shared, and the rules and decisions in it
 * are exchanged for those of the other version, which may stand elsewhere and have other titles.
 */
import type { Collision } from '../model/collide.ts';
import type { Decision, Rule, RuleSet } from '../model/rule-set.ts';
import type { Analysis } from './analyse.ts';
import type { Candidate } from './collisions.ts';

/** The rules of both versions are the same in the same order, and so are all other names. */
export function exchanged(analysis: Analysis, before: RuleSet, now: RuleSet): Analysis {
  const ruleFor = ({ id }: Rule): Rule => now.rules.get(id)!;
  const version = { rules: [...now.rules.values()], ruleFor };
  const rulesFor = (some: readonly Rule[]) => some.map(ruleFor);
  const decisionFor = ({ id }: Decision): Decision => now.decisions.get(id)!;
  return {
    ...analysis,
    clashes: analysis.clashes.map(clash => ({
      ...clash,
      rules: rulesFor(clash.rules),
      collisions: clash.collisions.map(collision => withCandidates(collision, ruleFor)),
    })),
    decisionClashes: analysis.decisionClashes.map(clash => {
      const others = clash.others.exchanged(version);
      const cause = ruleFor(clash.cause);
      return {
        kind: 'decision',
        decision: decisionFor(clash.decision),
        cause,
        others,
        answer: clash.answer,
        valueFor: rule => clash.valueFor(before.rules.get(rule.id)!),
        get rules() {
          return rulesFor(clash.rules);
        },
        get values() {
          return clash.values;
        },
      };
    }),
    disagreements: analysis.disagreements.map(one => ({
      ...one,
      decision: decisionFor(one.decision),
      stricter: ruleFor(one.stricter),
      looser: rulesFor(one.looser),
    })),
    gaps: analysis.gaps.map(gap => ({ ...gap, decision: decisionFor(gap.decision) })),
    neverHolds: rulesFor(analysis.neverHolds),
    alwaysHolds: rulesFor(analysis.alwaysHolds),
    hidden: analysis.hidden.map(({ rule, decision, by }) => ({ rule: ruleFor(rule), decision: decisionFor(decision), by: rulesFor(by) })),
    redundant: analysis.redundant.map(({ rule, by }) => ({ rule: ruleFor(rule), by: by.exchanged(version) })),
    hazards: analysis.hazards.map(hazard => ({ ...hazard, rule: ruleFor(hazard.rule) })),
  };
}

function withCandidates({ advised, against, ...rest }: Collision<Candidate>, ruleFor: (rule: Rule) => Rule): Collision<Candidate> {
  const candidateFor = (one: Candidate): Candidate => {
    const of = ruleFor(one.of);
    return { ...one, of, effect: of.then[one.of.then.indexOf(one.effect)] as Candidate['effect'] };
  };
  return { ...rest, advised: candidateFor(advised), against: against.map(candidateFor) };
}
