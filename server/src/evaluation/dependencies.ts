/** What each rule can depend on, so that one input can be changed without asking the other rules again. */
import type { CompiledRuleSet } from './compile.ts';
import type { FactReader } from './compiling.ts';
import type { CompiledCondition } from './conditions.ts';
import type { Need } from './needs.ts';
import type { CompiledScore } from './scores.ts';

/** By rule: keys of recorded facts (`lesions.site`) and scores (`score sins`), through everything derived from them. */
const KNOWN = new WeakMap<CompiledRuleSet, readonly ReadonlySet<string>[]>();

/** Whether the truth of a rule's own conditions may change with the input. A list may change any rule: it has other records then. */
export function dependenceOn(need: Need, compiled: CompiledRuleSet): (rule: number) => boolean {
  if (need.kind === 'group') return () => true;
  const key = need.fact ? need.fact.key : scoreKey(need.score!);
  const dependencies = dependenciesOf(compiled);
  return rule => dependencies[rule]!.has(key);
}

function dependenciesOf(compiled: CompiledRuleSet): readonly ReadonlySet<string>[] {
  const known = KNOWN.get(compiled);
  if (known) return known;
  const made = compiled.rules.map(({ when, until }) => {
    const keys = new Set<string>();
    for (const condition of until ? [...when, until] : when) gather(condition, keys);
    return keys;
  });
  KNOWN.set(compiled, made);
  return made;
}

function scoreKey({ score }: CompiledScore): string {
  return `score ${score.id}`;
}

function gather(condition: CompiledCondition, keys: Set<string>): void {
  for (const { key } of condition.reads) keys.add(key);
  for (const item of condition.items) gather(item, keys);
  if (condition.fact) gatherFact(condition.fact, keys);
  if (condition.score) gatherScore(condition.score, keys);
  if (condition.group?.where) gather(condition.group.where, keys);
}

function gatherFact({ reads, conditions }: FactReader, keys: Set<string>): void {
  for (const { key } of reads) keys.add(key);
  for (const condition of conditions) gather(condition, keys);
}

function gatherScore(score: CompiledScore, keys: Set<string>): void {
  if (keys.has(scoreKey(score))) return;
  keys.add(scoreKey(score));
  for (const { key } of score.reads) keys.add(key);
  if (score.when) gather(score.when, keys);
  for (const { fact, conditions } of score.components) {
    if (fact) gatherFact(fact, keys);
    for (const condition of conditions) gather(condition, keys);
  }
  for (const { when } of score.bands) if (when) gather(when, keys);
  for (const { reader } of score.validity.voidedBy) if (reader) gatherFact(reader, keys);
}
