/**
 * Mutants of files: what is written in a file is changed once, whatever rule sets use it, and noticed by any case of any of them. What none notices
 * is settled in each rule set that uses it.
 */
import type { RuleSet } from '../model/rule-set.ts';
import type { Case } from './cases.ts';
import { type Baselines, baselinesOf, noticedBy } from './mutant-run.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { Settler, type Telling } from './survivors.ts';

export interface MutantResult {
  readonly mutant: Mutant;
  /** The rule sets in which it was tried. */
  readonly ruleSets: readonly RuleSet[];
  /** `survived`: somebody could notice it, and no case does. `equivalent`: proved that nobody could. `not-settled`: neither is known. */
  readonly status: 'noticed' | 'survived' | 'equivalent' | 'not-settled';
  readonly by: Case | undefined;
  /** Who would notice a mutant that survived. */
  readonly telling: Telling | undefined;
}

export interface MutationRun {
  /** How many mutants there are. */
  readonly of: number;
  /** Confirmed cases that pass without any change. */
  readonly passing: readonly Case[];
  /** Cases that do not: they can notice nothing. */
  readonly failing: readonly Case[];
  /** Settled one by one, as they are asked for: first all that are noticed. */
  readonly results: Iterable<MutantResult>;
}

interface Host {
  readonly baselines: Baselines;
  readonly mutants: ReadonlyMap<string, Mutant>;
}

/** One place changed in one way, with what it is in each rule set that uses the file. */
interface Changed {
  readonly key: string;
  readonly hosts: readonly Host[];
}

/** What there is to do in the files asked for; nothing is tried before it is asked for. The cases are of these rule sets. */
export function mutationRun(
  ruleSets: readonly RuleSet[],
  cases: readonly Case[],
  isAsked: (file: string) => boolean = () => true,
): MutationRun {
  // A patient is the plainer the fewer files there are.
  const inOrder = [...ruleSets].sort((a, b) => a.files.length - b.files.length);
  const hosts = inOrder.map(ruleSet => hostOf(ruleSet, cases, isAsked));
  const keys = new Set(hosts.flatMap(({ mutants }) => [...mutants.keys()]));
  const all = [...keys].map((key): Changed => ({ key, hosts: hosts.filter(({ mutants }) => mutants.has(key)) }));
  return {
    of: all.length,
    passing: hosts.flatMap(({ baselines }) => baselines.passing.map(each => each.case)),
    failing: hosts.flatMap(({ baselines }) => baselines.failing),
    results: resultsOf(all, hosts),
  };
}

/** All of them at once. */
export function runMutants(ruleSets: readonly RuleSet[], cases: readonly Case[]): readonly MutantResult[] {
  return [...mutationRun(ruleSets, cases).results];
}

function hostOf(ruleSet: RuleSet, cases: readonly Case[], isAsked: (file: string) => boolean): Host {
  const own = cases.filter(one => one.ruleSet === ruleSet);
  const mutants = [...mutantsOf(ruleSet)].filter(({ place }) => isAsked(place.file));
  return { baselines: baselinesOf(ruleSet, own), mutants: new Map(mutants.map(mutant => [keyOf(mutant), mutant])) };
}

/** The same change of the same place, in whatever rule set. */
export function keyOf({ place, kind, was, is }: Mutant): string {
  return JSON.stringify([place.file, place.span.start, place.span.end, kind, was, is]);
}

function* resultsOf(all: readonly Changed[], hosts: readonly Host[]): Generator<MutantResult> {
  const open = new Map<string, Changed>();
  for (const changed of all) {
    const by = firstOf(changed.hosts, host => noticedBy(host.baselines, host.mutants.get(changed.key)!));
    if (by) yield resultOf(changed, { status: 'noticed', by });
    else open.set(changed.key, changed);
  }
  const unproved = new Set<Changed>();
  for (const { baselines, mutants } of hosts) {
    const own = [...open.keys()].filter(key => mutants.has(key));
    const settler = new Settler(
      baselines.compiled,
      own.map(key => mutants.get(key)!),
    );
    for (const key of own) {
      const changed = open.get(key)!;
      const settled = settler.settle(mutants.get(key)!);
      if (settled.status === 'not-settled') unproved.add(changed);
      const isLast = changed.hosts.at(-1)!.mutants === mutants;
      if (settled.status === 'survived') yield resultOf(changed, settled);
      else if (isLast) yield resultOf(changed, { status: unproved.has(changed) ? 'not-settled' : 'equivalent' });
      else continue;
      open.delete(key);
    }
  }
}

function firstOf<One, Found>(list: readonly One[], find: (one: One) => Found | undefined): Found | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function resultOf(
  { key, hosts }: Changed,
  { status, by, telling }: Pick<MutantResult, 'status'> & Partial<Pick<MutantResult, 'by' | 'telling'>>,
): MutantResult {
  const ruleSets = hosts.map(({ baselines }) => baselines.compiled.ruleSet);
  return { mutant: hosts[0]!.mutants.get(key)!, ruleSets, status, by, telling };
}
