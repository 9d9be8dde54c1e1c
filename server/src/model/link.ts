/** A file and those it uses, as one whole: each file once and after those it uses, cycles cut, ids unique, local adaptation applied. */
import type { Span } from '../text/span.ts';
import { Exact } from './exact.ts';
import { mergeFiles } from './merge.ts';
import type { Group, Name, RuleSet, RuleSetFile } from './rule-set.ts';

/** What went wrong while files were put together, placed in the file whose text must change. */
export interface LinkProblem {
  readonly kind:
    | 'missing-file'
    | 'not-a-file'
    | 'outside-workspace'
    | 'unreadable-file'
    | 'uses-cycle'
    | 'duplicate-across-files'
    | 'base-version'
    | 'removed-unknown'
    | 'reason-missing';
  readonly file: string;
  readonly span: Span;
  readonly data: Readonly<Record<string, string>>;
}

export interface Linked {
  readonly ruleSet: RuleSet;
  readonly problems: readonly LinkProblem[];
}

/** Gives the file at a path written in another, or says why it cannot be had. The same file must come back under the same key. */
export type Load = (from: RuleSetFile, path: Name) => RuleSetFile | LinkProblem['kind'];

/** One file and those it names. */
export interface LinkedFile {
  readonly own: RuleSetFile;
  /** The file it adapts, if it was found. */
  readonly base: RuleSetFile | undefined;
  /** Keys of that file and everything it uses. */
  readonly ofBase: ReadonlySet<string>;
}

/** A step from one file to another, while the second is being read. */
interface Step {
  readonly from: RuleSetFile;
  readonly path: Name;
  readonly to: RuleSetFile;
}

/** Puts a file and everything it uses together. Never throws: what is wrong is told, and the rest is linked. */
export function linkRuleSet(root: RuleSetFile, load: Load): Linked {
  const problems: LinkProblem[] = [];
  const order = new Map<string, RuleSetFile>();
  const found = new Map<string, Map<Name, RuleSetFile>>();
  collect(root, load, { order, found, steps: [], problems });
  const files = [...order.values()].map(own => linkedFile(own, found));
  const declarations = mergeFiles(files, problems);
  const scoped = withScopeOfBase(root, new Map(files.map(file => [file.own.file, file])));
  const ruleSet = { ...declarations, root: scoped, files: [...order.values()], locatedGroup: locatedGroupOf(declarations.groups) };
  return { ruleSet, problems: withoutRepetition(problems) };
}

interface Collection {
  /** Files by key, each after those it uses. */
  readonly order: Map<string, RuleSetFile>;
  /** For each file begun: what its paths lead to. */
  readonly found: Map<string, Map<Name, RuleSetFile>>;
  /** The steps that lead from the root to the file at hand. */
  readonly steps: Step[];
  readonly problems: LinkProblem[];
}

function collect(file: RuleSetFile, load: Load, into: Collection): void {
  const reached = new Map<Name, RuleSetFile>();
  into.found.set(file.file, reached);
  for (const path of pathsOf(file)) {
    const to = load(file, path);
    if (typeof to === 'string') {
      into.problems.push({ kind: to, file: file.file, span: path.span, data: { path: path.value } });
      continue;
    }
    const step = { from: file, path, to };
    if (into.found.has(to.file) && !into.order.has(to.file)) {
      tellCycle(step, into);
      continue;
    }
    reached.set(path, to);
    if (into.order.has(to.file)) continue;
    into.steps.push(step);
    collect(to, load, into);
    into.steps.pop();
  }
  into.order.set(file.file, file);
}

/** The base first: what adapts it comes after it. */
function pathsOf({ basedOn, uses }: RuleSetFile): readonly Name[] {
  return basedOn ? [basedOn.file, ...uses] : uses;
}

/** Told at every step of the cycle: each of its files can break it, and each is checked by itself. */
function tellCycle(last: Step, { steps, problems }: Collection): void {
  const start = steps.findIndex(({ from }) => from.file === last.to.file);
  const cycle = start < 0 ? [last] : [...steps.slice(start), last];
  const through = cycle.map(({ path }) => path.value).join(' → ');
  for (const { from, path } of cycle) {
    problems.push({ kind: 'uses-cycle', file: from.file, span: path.span, data: { path: path.value, through } });
  }
}

function linkedFile(own: RuleSetFile, found: ReadonlyMap<string, ReadonlyMap<Name, RuleSetFile>>): LinkedFile {
  const base = own.basedOn && found.get(own.file)?.get(own.basedOn.file);
  const ofBase = new Set(base ? [base.file] : []);
  for (const key of ofBase) for (const file of found.get(key)?.values() ?? []) ofBase.add(file.file);
  return { own, base, ofBase };
}

/** An adaptation that does not say to whom it applies applies to those of its base, never to more. Such a condition is placed at `basedOn`. */
function withScopeOfBase(own: RuleSetFile, files: ReadonlyMap<string, LinkedFile>): RuleSetFile {
  const base = files.get(own.file)?.base;
  if (own.appliesTo || !own.basedOn || !base) return own;
  const { appliesTo } = withScopeOfBase(base, files);
  return appliesTo ? { ...own, appliesTo: placedAt(appliesTo, own.basedOn.span) } : own;
}

/** A copy whose every part is placed there: its own places are those of another file. */
function placedAt<T>(part: T, span: Span): T {
  if (typeof part !== 'object' || part === null || part instanceof Exact) return part;
  if (Array.isArray(part)) return part.map(each => placedAt(each, span)) as T;
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, key === 'span' ? span : placedAt(each, span)])) as T;
}

/** The one group whose records have a site. */
function locatedGroupOf(groups: ReadonlyMap<string, Group>): Group | undefined {
  const located = [...groups.values()].filter(({ facts }) => [...facts.values()].some(({ values }) => values === 'sites'));
  return located.length === 1 ? located[0] : undefined;
}

/** A file in two cycles, or a path written twice, would say the same twice. */
function withoutRepetition(problems: readonly LinkProblem[]): readonly LinkProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ kind, file, span, data }) => {
    const key = JSON.stringify([kind, file, span.start, kind === 'uses-cycle' ? '' : data]);
    return !seen.has(key) && seen.add(key);
  });
}
