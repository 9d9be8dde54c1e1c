/** Conditions, compiled to strong Kleene logic, node by node. Each node can also say what it compared, for the trace. */
import type { Condition, Test } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import { type Compiling, type FactReader, type RecordedFact, type Standing, union } from './compiling.ts';
import { compileCountTest } from './counts.ts';
import type { CompiledScore } from './scores.ts';
import type { Context, GroupState, Holder } from './state.ts';
import { compileTest, readableTotalTest, testText } from './tests.ts';
import { FALSE, holdsFor, isSettled, not, numberText, type Possible, TRUE, type Truth, textOf, truthOf, UNKNOWN } from './values.ts';

export interface CompiledCondition {
  readonly kind: Condition['kind'];
  readonly file: string;
  readonly span: Span;
  readonly truth: (context: Context) => Truth;
  /** The recorded facts of the context its truth depends on: for facts that are taken together. */
  readonly reads: readonly RecordedFact[];
  readonly items: readonly CompiledCondition[];
  /** For a group's test: the group, and what each record must meet. */
  readonly group: { readonly index: number; readonly name: string; readonly where: CompiledCondition | undefined } | undefined;
  readonly fact: FactReader | undefined;
  readonly score: CompiledScore | undefined;
  /** For a test of one fact: its truth for any possible values of that fact. */
  readonly truthFor: ((values: Possible) => Truth) | undefined;
  readonly name: string | undefined;
  readonly test: ((context: Context) => string) | undefined;
  /** The possible values compared, as text; empty where absent. */
  readonly values: ((context: Context) => readonly string[]) | undefined;
}

const NONE: readonly never[] = [];

type Leaf = Pick<CompiledCondition, 'truth'> & Partial<CompiledCondition>;

export function compileCondition(condition: Condition, standing: Standing, compiling: Compiling): CompiledCondition {
  const leaf = compileKind(condition, standing, compiling);
  // Written out: a rule set has thousands of them, and objects of one shape are made and read fastest.
  return {
    kind: condition.kind,
    file: standing.file,
    span: condition.span,
    truth: leaf.truth,
    reads: leaf.reads ?? NONE,
    items: leaf.items ?? NONE,
    group: leaf.group,
    fact: leaf.fact,
    score: leaf.score,
    truthFor: leaf.truthFor,
    name: leaf.name,
    test: leaf.test,
    values: leaf.values,
  };
}

function compileKind(condition: Condition, standing: Standing, compiling: Compiling): Leaf {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return compileList(condition.kind, compileItems(condition.items, standing, compiling));
    case 'not':
      return compileNot(compileItems([condition.item], without(standing), compiling)[0]!);
    case 'fact':
      return compileFact(condition.fact.value, condition.test, standing, compiling);
    case 'threshold':
      return compileThreshold(condition.threshold.value, standing, compiling);
    case 'score-total':
    case 'score-component':
    case 'score-bands':
    case 'score-applies':
      return compileScoreTest(condition, standing, compiling);
    case 'some':
    case 'every':
    case 'none':
    case 'count-records':
      return compileGroupTest(condition, standing, compiling);
    case 'count-conditions':
      return compileCount(condition, standing, compiling);
    case 'unknown':
      return compileUnknown(condition, standing, compiling);
    case 'unreadable':
      return NOT_KNOWN;
  }
}

const NOT_KNOWN: Leaf = { truth: () => UNKNOWN };

/** `unknown` stands only under `all`, `any` and `some`. */
function without(standing: Standing): Standing {
  return { ...standing, mayTestUnknown: false };
}

function compileItems(items: readonly Condition[], standing: Standing, compiling: Compiling): CompiledCondition[] {
  return items.map(item => compiling.condition(item, standing));
}

function compileList(kind: 'all' | 'any', items: readonly CompiledCondition[]): Leaf {
  const truths = items.map(item => item.truth);
  const reads = union(...items.map(item => item.reads));
  if (truths.length === 0) return NOT_KNOWN;
  if (kind === 'all') return { items, reads, truth: context => leastOf(truths, context) };
  return { items, reads, truth: context => greatestOf(truths, context) };
}

function leastOf(truths: readonly CompiledCondition['truth'][], context: Context): Truth {
  let least: Truth = TRUE;
  for (const truth of truths) {
    const each = truth(context);
    if (each === FALSE) return FALSE;
    if (each < least) least = each;
  }
  return least;
}

function greatestOf(truths: readonly CompiledCondition['truth'][], context: Context): Truth {
  let greatest: Truth = FALSE;
  for (const truth of truths) {
    const each = truth(context);
    if (each === TRUE) return TRUE;
    if (each > greatest) greatest = each;
  }
  return greatest;
}

function compileNot(item: CompiledCondition): Leaf {
  return { items: [item], reads: item.reads, truth: context => not(item.truth(context)) };
}

function compileFact(name: string, test: Test, standing: Standing, compiling: Compiling): Leaf {
  const reader = compiling.fact(name, standing.group);
  if (!reader) return { ...NOT_KNOWN, name };
  const compiled = compileTest(test, { fact: reader.fact, codes: reader.codes, unit: reader.fact.unit?.value });
  const { holds, text } = compiled;
  reader.tests.push(compiled);
  return {
    name,
    fact: reader,
    reads: reader.reads,
    truth: context => holdsFor(reader.read(context), holds),
    truthFor: values => holdsFor(values, holds),
    values: context => reader.read(context)?.map(textOf) ?? [],
    test: context => text(recordedUnit(reader, context)),
  };
}

function recordedUnit(reader: FactReader, context: Context): string | undefined {
  const first = reader.read(context)?.[0];
  return first?.kind === 'number' ? first.unit : reader.fact.unit?.value;
}

/** A threshold is its fact against its cut-offs; the trace names the threshold. */
function compileThreshold(name: string, standing: Standing, compiling: Compiling): Leaf {
  const threshold = compiling.ruleSet.thresholds.get(name);
  if (!threshold?.fact) return { ...NOT_KNOWN, name };
  return { ...compileFact(threshold.fact.value, threshold.test, standing, compiling), name };
}

type ScoreCondition = Extract<Condition, { score: unknown }>;

function compileScoreTest(condition: ScoreCondition, standing: Standing, compiling: Compiling): Leaf {
  const name = condition.score.value;
  const score = compiling.score(name, standing.group);
  if (!score) return { ...NOT_KNOWN, name };
  const totals = (context: Context) => {
    const state = score.state(context);
    if (state.applies === FALSE) return ['not scorable'];
    return state.totals?.map(numberText) ?? [];
  };
  return { name, score, reads: score.reads, values: totals, ...scoreTest(condition, score) };
}

function scoreTest(condition: ScoreCondition, score: CompiledScore): Leaf {
  switch (condition.kind) {
    case 'score-total':
      if (!readableTotalTest(condition.test)) return NOT_KNOWN;
      return { truth: score.totalTest(condition.test), test: () => `total ${testText(condition.test)}` };
    case 'score-component':
      if (!readableTotalTest(condition.test)) return NOT_KNOWN;
      return { truth: score.componentTest(condition.test), test: () => `any component ${testText(condition.test)}` };
    case 'score-bands': {
      const bands = condition.bands.map(band => band.value);
      return { truth: score.bandTest(bands), test: () => `in ${bands.join(', ')}` };
    }
    case 'score-applies': {
      const applies = (context: Context) => score.state(context).applies;
      return { truth: condition.applies ? applies : context => not(applies(context)), test: () => `applies is ${condition.applies}` };
    }
  }
}

type GroupCondition = Extract<Condition, { group: unknown }>;

function compileGroupTest(condition: GroupCondition, standing: Standing, compiling: Compiling): Leaf {
  const name = condition.group.value;
  const index = compiling.groups.get(name);
  if (index === undefined) return { ...NOT_KNOWN, name };
  const inside = condition.kind === 'some' ? standing : without(standing);
  const where = condition.where && compiling.condition(condition.where, { ...inside, group: name });
  const truth = groupTruth(condition, where?.truth ?? (() => TRUE));
  return {
    name,
    group: { index, name, where },
    reads: where ? where.reads.filter(fact => fact.slot.group === undefined) : [],
    truth: context => truth(context.patient.groups[index]!, record => ({ patient: context.patient, record })),
    test: () => (condition.kind === 'count-records' ? `count ${testText(condition.test)}` : condition.kind),
  };
}

type GroupTruth = (group: GroupState, see: (record: Holder) => Context) => Truth;

function groupTruth(condition: GroupCondition, where: CompiledCondition['truth']): GroupTruth {
  switch (condition.kind) {
    case 'some':
      return (group, see) => someTruth(group, see, where);
    case 'none':
      return (group, see) => not(someTruth(group, see, where));
    case 'every':
      return (group, see) => everyTruth(group, see, where);
    case 'count-records': {
      const test = compileCountTest(condition.test);
      return (group, see) => {
        const { least, most } = countRecords(group, see, where);
        return test(least, group.complete ? most : Number.POSITIVE_INFINITY);
      };
    }
  }
}

/** A list that is not complete may hold a record more, and of that nothing is known: it can make `some` true. */
function someTruth(group: GroupState, see: (record: Holder) => Context, where: CompiledCondition['truth']): Truth {
  let greatest: Truth = group.complete ? FALSE : UNKNOWN;
  for (const record of group.records) greatest = Math.max(greatest, where(see(record))) as Truth;
  return greatest;
}

function everyTruth(group: GroupState, see: (record: Holder) => Context, where: CompiledCondition['truth']): Truth {
  if (group.records.length === 0) return group.complete ? FALSE : UNKNOWN;
  let least: Truth = group.complete ? TRUE : UNKNOWN;
  for (const record of group.records) least = Math.min(least, where(see(record))) as Truth;
  return least;
}

function countRecords(group: GroupState, see: (record: Holder) => Context, where: CompiledCondition['truth']) {
  let least = 0;
  let most = 0;
  for (const record of group.records) {
    const truth = where(see(record));
    if (truth === TRUE) least++;
    if (truth !== FALSE) most++;
  }
  return { least, most };
}

function compileCount(condition: Extract<Condition, { kind: 'count-conditions' }>, standing: Standing, compiling: Compiling): Leaf {
  const items = compileItems(condition.items, without(standing), compiling);
  const test = compileCountTest(condition.test);
  const truth = (context: Context): Truth => {
    const truths = items.map(item => item.truth(context));
    return test(truths.filter(each => each === TRUE).length, truths.filter(each => each !== FALSE).length);
  };
  return { items, reads: union(...items.map(item => item.reads)), truth, test: () => `count ${testText(condition.test)}` };
}

/** Two-valued: whether the value is absent or one of several, the total not known, the list not complete. */
function compileUnknown(condition: Extract<Condition, { kind: 'unknown' }>, standing: Standing, compiling: Compiling): Leaf {
  const name = condition.name.value;
  const test = () => `unknown ${condition.what}`;
  if (!standing.mayTestUnknown) return { ...NOT_KNOWN, name, test };
  if (condition.what === 'group') {
    const index = compiling.groups.get(name);
    return index === undefined ? { ...NOT_KNOWN, name } : { name, test, truth: ({ patient }) => truthOf(!patient.groups[index]!.complete) };
  }
  if (condition.what === 'score') {
    const score = compiling.score(name, standing.group);
    return score ? { name, test, reads: score.reads, truth: context => truthOf(score.isUnknown(context)) } : { ...NOT_KNOWN, name };
  }
  const reader = compiling.fact(name, standing.group);
  if (!reader) return { ...NOT_KNOWN, name };
  const truthFor = (values: Possible) => truthOf(!isSettled(values));
  return { name, test, fact: reader, reads: reader.reads, truthFor, truth: context => truthFor(reader.read(context)) };
}
