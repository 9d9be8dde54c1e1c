/** Which conditions coverage says alone decided, held against the traces: each condition of a trace is turned by hand, in every form of rule. */
import assert from 'node:assert/strict';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import type { RuleOutcome, TraceNode } from '../../server/src/evaluation/outcome.ts';
import { seenOn } from '../support/made.ts';
import { forSeeds } from '../support/random.ts';
import { randomPatient } from '../support/random-patients.ts';
import { randomRuleSet } from '../support/random-rule-sets.ts';
import { compiledOf, patientOf } from '../support/rule-sets.ts';

type Truth = 'true' | 'false' | 'unknown';
const TRUTHS: readonly Truth[] = ['false', 'unknown', 'true'];
const not = (truth: Truth): Truth => TRUTHS[2 - TRUTHS.indexOf(truth)]!;
const both = (truths: readonly Truth[]) => TRUTHS[Math.min(...truths.map(truth => TRUTHS.indexOf(truth)))]!;
const either = (truths: readonly Truth[]) => TRUTHS[Math.max(...truths.map(truth => TRUTHS.indexOf(truth)))]!;

/** What stands in the text of a rule set. */
type TextOf = (node: TraceNode) => string;

function isAtom({ kind, items }: TraceNode): boolean {
  return !['all', 'any', 'not', 'count-conditions'].includes(kind) || !items?.length;
}

function atomsOf(node: TraceNode): TraceNode[] {
  return isAtom(node) ? [node] : node.items!.flatMap(atomsOf);
}

function truthOf(node: TraceNode, of: (atom: TraceNode) => Truth, text: TextOf): Truth {
  if (isAtom(node)) return of(node);
  const truths = node.items!.map(item => truthOf(item, of, text));
  if (node.kind === 'not') return not(truths[0]!);
  if (node.kind !== 'count-conditions') return node.kind === 'all' ? both(truths) : either(truths);
  const known = truths.filter(truth => truth === 'true').length;
  const open = truths.filter(truth => truth === 'unknown').length;
  const met = Array.from({ length: open + 1 }, (_, more) => counts(known + more, JSON.parse(text(node)) as Bounds));
  return met.every(Boolean) ? 'true' : met.some(Boolean) ? 'unknown' : 'false';
}

interface Bounds {
  readonly is?: number;
  readonly in?: readonly number[];
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
}

function counts(count: number, { is, in: list, atLeast, above, atMost, below }: Bounds): boolean {
  return (
    (is === undefined || count === is) &&
    (list === undefined || list.includes(count)) &&
    (atLeast === undefined || count >= atLeast) &&
    (above === undefined || count > above) &&
    (atMost === undefined || count <= atMost) &&
    (below === undefined || count < below)
  );
}

/** What the rule asks of itself, without what overrides it. */
function outcomeOf({ trace }: RuleOutcome, of: (atom: TraceNode) => Truth, text: TextOf): Truth {
  const when = trace?.when ? truthOf(trace.when, of, text) : 'true';
  return trace?.until ? both([when, not(truthOf(trace.until, of, text))]) : when;
}

/** Whether the condition can turn the rule its own way, whatever the others are: else it is the opposite way that counts. */
function turnsSameWay(rule: RuleOutcome, key: string, keys: readonly string[], text: TextOf): boolean {
  for (let mask = 0; mask < 2 ** keys.length; mask++) {
    const of = (truth: Truth) => (atom: TraceNode) => {
      const own = text(atom);
      return own === key ? truth : mask & (1 << keys.indexOf(own)) ? 'true' : 'false';
    };
    if (outcomeOf(rule, of('true'), text) === 'true' && outcomeOf(rule, of('false'), text) === 'false') return true;
  }
  return false;
}

function decidingIn(rule: RuleOutcome, text: TextOf): string[] {
  const atoms = [rule.trace?.when, rule.trace?.until].flatMap(node => (node ? atomsOf(node) : []));
  const keys = [...new Set(atoms.map(text))];
  if (keys.length < 2) return [];
  return keys.flatMap(key => {
    const [first] = atoms.filter(atom => text(atom) === key);
    if (first!.truth === 'unknown') return [];
    const turned = (truth: Truth) => outcomeOf(rule, atom => (text(atom) === key ? truth : (atom.truth as Truth)), text);
    const [ifTrue, ifFalse] = turnsSameWay(rule, key, keys, text) ? (['true', 'false'] as const) : (['false', 'true'] as const);
    return turned('true') === ifTrue && turned('false') === ifFalse ? [`${rule.id} ${first!.place.span.start} ${first!.truth}`] : [];
  });
}

describe('a condition that alone decides', () => {
  it('is marked exactly where turning it in a trace turns the rule, and no other record hides it', () =>
    forSeeds(60, (random, seed) => {
      const written = randomRuleSet(random, { unknown: true, appliesTo: true });
      const whole = JSON.stringify(written);
      const text: TextOf = ({ place: { span } }) => whole.slice(span.start, span.end);
      const compiled = compiledOf(written);
      const patients = Array.from({ length: 6 }, () => patientOf(randomPatient(random, written.scores, random.pick([0.5, 0.8, 1]))));
      const expected = new Set<string>();
      for (const patient of patients) {
        const { rules, scope } = evaluate(compiled, patient, { trace: true, missing: false });
        if (scope !== 'true') continue;
        for (const rule of rules) {
          const group = compiled.rules.find(each => each.rule.id === rule.id)!.group;
          if (group !== undefined && rule.record === null) continue;
          const others = rules.filter(each => each.id === rule.id && each !== rule);
          if (others.some(each => outcomeOf(each, atom => atom.truth as Truth, text) === 'true')) continue;
          for (const one of decidingIn(rule, text)) expected.add(one);
        }
      }
      const ids = new Set(compiled.rules.map(({ rule }) => rule.id));
      const marked = seenOn(compiled, patients)
        .filter(({ kind, item }) => kind === 'alone' && item && ids.has(item.id))
        .flatMap(({ item, place, ways }) =>
          ways.flatMap(({ name, state }) => (state === 'seen' ? [`${item!.id} ${place.span.start} ${name}`] : [])),
        );
      assert.deepEqual([...new Set(ofWholes(marked, compiled))].sort(), [...expected].sort(), `seed ${seed}`);
    })).timeout(120_000);
});

/** Without what a record of a test of a group must meet: a trace of the rule says nothing of it. */
function ofWholes(marked: readonly string[], compiled: ReturnType<typeof compiledOf>): string[] {
  const inside = new Set<number>();
  const walk = (condition: (typeof compiled.rules)[number]['when'][number]) => {
    if (condition.group?.where) all(condition.group.where);
    for (const item of condition.items) walk(item);
  };
  const all = (condition: (typeof compiled.rules)[number]['when'][number]) => {
    inside.add(condition.span.start);
    for (const item of condition.items) all(item);
    if (condition.group?.where) all(condition.group.where);
  };
  for (const { when, until } of compiled.rules) for (const condition of until ? [...when, until] : when) walk(condition);
  return marked.filter(line => !inside.has(Number(line.split(' ')[1])));
}
