/** The trace of one rule: each node of its conditions with what it compared. */
import type { CompiledCondition } from './conditions.ts';
import type { RuleTrace, TraceNode, Truth as TruthWord } from './outcome.ts';
import type { CompiledRule } from './rules.ts';
import type { Context } from './state.ts';
import { wordOf } from './values.ts';

export function traceRule(rule: CompiledRule, context: Context, given: TruthWord | undefined): RuleTrace {
  const { file, span } = rule.rule;
  const when = traceAll(rule, context);
  const until = rule.until && traceCondition(rule.until, context);
  return { place: { file, span }, ...(when && { when }), ...(until && { until }), ...(given && { given }) };
}

/** A precaution's sites and its `when` are shown as one list. */
function traceAll({ when, rule }: CompiledRule, context: Context): TraceNode | undefined {
  const items = when.map(each => traceCondition(each, context));
  if (items.length < 2) return items[0];
  const truth = Math.min(...when.map(each => each.truth(context)));
  return { kind: 'all', truth: wordOf(truth as 0 | 1 | 2), place: { file: rule.file, span: rule.span }, items };
}

export function traceCondition(condition: CompiledCondition, context: Context): TraceNode {
  const { kind, file, span, name, values, test } = condition;
  const items = [...condition.items.map(item => traceCondition(item, context)), ...traceRecords(condition, context)];
  return {
    kind,
    truth: wordOf(condition.truth(context)),
    place: { file, span },
    ...(name !== undefined && { name }),
    ...(values && { values: values(context) }),
    ...(test && { test: test(context) }),
    ...(items.length > 0 && { items }),
  };
}

function traceRecords({ group }: CompiledCondition, context: Context): TraceNode[] {
  const where = group?.where;
  if (!where) return [];
  const { records } = context.patient.groups[group.index]!;
  return records.map(record => ({ ...traceCondition(where, { patient: context.patient, record }), record: record.id! }));
}
