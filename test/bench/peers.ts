/** The rule engines the evaluation is measured against, each used as its own documentation does it best. */
import { createRequire } from 'node:module';
import type { FlatCondition, FlatPatient, FlatRule } from './generate.ts';

const require = createRequire(new URL('./peers/package.json', import.meta.url));

/** Ids of the rules that fired, in the order of the rules. */
export type FiredIds = readonly string[];

export interface Peer {
  readonly name: string;
  /** What it returns for a patient, said in the report. */
  readonly returns: string;
  run(patient: FlatPatient): FiredIds | Promise<FiredIds>;
}

/** A hand-written function: what the machine allows. Not a peer but the measure of scale, and the reference for every answer. */
export function reference(rules: readonly FlatRule[]): Peer {
  const holds = ({ fact, operator, value }: FlatCondition, patient: FlatPatient): boolean => {
    const actual = patient[fact]!;
    return operator === 'is' ? actual === value : operator === 'atLeast' ? actual >= value : actual <= value;
  };
  const run = (patient: FlatPatient) =>
    rules.filter(rule => rule.conditions.every(condition => holds(condition, patient))).map(({ id }) => id);
  return { name: 'hand-written loop', returns: 'fired ids', run };
}

/** One compiled function for all rules, which is faster than one a rule. */
export function jsonLogic(rules: readonly FlatRule[]): Peer {
  const { LogicEngine } = require('json-logic-engine');
  const operators = { is: '===', atLeast: '>=', atMost: '<=' };
  const logic = rules.map(({ id, conditions }) => ({
    if: [{ and: conditions.map(({ fact, operator, value }) => ({ [operators[operator]]: [{ var: fact }, value] })) }, id, null],
  }));
  const run = new LogicEngine().build(logic);
  return { name: 'json-logic-engine (compiled)', returns: 'fired ids', run: patient => run(patient).filter(isText) };
}

/** A decision table with hit policy `collect`, one row a rule. */
export function zen(rules: readonly FlatRule[]): Peer {
  const { ZenEngine } = require('@gorules/zen-engine');
  const facts = [...new Set(rules.flatMap(({ conditions }) => conditions.map(({ fact }) => fact)))];
  const field = (fact: string) => fact.replaceAll('-', '_');
  const cell = ({ operator, value }: FlatCondition) =>
    operator === 'is' ? JSON.stringify(value) : `${operator === 'atLeast' ? '>=' : '<='} ${value}`;
  const row = ({ id, conditions }: FlatRule) => ({
    _id: id,
    ...Object.fromEntries(
      facts.map(fact => [
        `in-${fact}`,
        conditions
          .filter(condition => condition.fact === fact)
          .map(cell)
          .join(' and '),
      ]),
    ),
    'out-id': JSON.stringify(id),
  });
  const content = {
    hitPolicy: 'collect',
    inputs: facts.map(fact => ({ id: `in-${fact}`, name: fact, field: field(fact) })),
    outputs: [{ id: 'out-id', name: 'id', field: 'id' }],
    rules: rules.map(row),
  };
  const nodes = [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    { id: 'table', type: 'decisionTableNode', name: 'table', position: { x: 1, y: 0 }, content },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
  ];
  const edges = [
    { id: 'e1', type: 'edge', sourceId: 'in', targetId: 'table' },
    { id: 'e2', type: 'edge', sourceId: 'table', targetId: 'out' },
  ];
  const decision = new ZenEngine().createDecision(
    Buffer.from(JSON.stringify({ contentType: 'application/vnd.gorules.decision', nodes, edges })),
  );
  const input = (patient: FlatPatient) => Object.fromEntries(Object.entries(patient).map(([fact, value]) => [field(fact), value]));
  const run = async (patient: FlatPatient) => (await decision.evaluate(input(patient))).result.map(({ id }: { id: string }) => id);
  return { name: '@gorules/zen-engine', returns: 'fired ids', run };
}

export function jsonRules(rules: readonly FlatRule[]): Peer {
  const { Engine } = require('json-rules-engine');
  const operators = { is: 'equal', atLeast: 'greaterThanInclusive', atMost: 'lessThanInclusive' };
  const engine = new Engine();
  for (const { id, conditions } of rules) {
    const all = conditions.map(({ fact, operator, value }) => ({ fact, operator: operators[operator], value }));
    engine.addRule({ name: id, conditions: { all }, event: { type: id } });
  }
  const order = new Map(rules.map(({ id }, i) => [id, i]));
  const inOrder = (a: string, b: string) => order.get(a)! - order.get(b)!;
  const run = async (patient: FlatPatient) => (await engine.run(patient)).events.map(({ type }: { type: string }) => type).sort(inOrder);
  return { name: 'json-rules-engine', returns: 'events of fired rules', run };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
