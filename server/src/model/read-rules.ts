/** Rules, precautions and decisions. Whatever cannot be read in a rule's head leaves it undetermined wherever it would fire, never silently wider or gone. */
import type { Node, ObjectNode } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import { bothOf, conditionUnder, unreadable } from './read-conditions.ts';
import { readEffects } from './read-effects.ts';
import type { Declared } from './read-fields.ts';
import {
  definesOf,
  isTrue,
  itemOf,
  nameOf,
  nameOrEmpty,
  namesOf,
  namesOrEmpty,
  onlyNames,
  propertiesOf,
  sourceReferenceOf,
  spanOf,
  textOf,
} from './read-fields.ts';
import type { Condition, Decision, DecisionValue, Impossible, Name, Resolve, Rule } from './rule-set.ts';

const KEYS = ['id', 'title', 'when', 'until', 'then', 'override', 'given', 'source', 'evidence', 'defines', 'reason'];
const RULE_KEYS = new Set([...KEYS, 'of']);
const PRECAUTION_KEYS = new Set([...KEYS, 'site']);
const NO_NAMES: readonly Name[] = [];
const RESOLVES = new Set(['strictest', 'single', 'first', 'collect']);

export function readRule(declared: Declared, precaution: boolean, file: string): Rule {
  const { id, idSpan, span, node } = declared;
  const of = precaution ? undefined : property(node, 'of');
  // Written out, for there are thousands of rules and spreading parts of them takes most of the time of reading a file.
  return {
    id,
    file,
    idSpan,
    span,
    title: textOf(valueUnder(node, 'title')),
    reason: nameOf(valueUnder(node, 'reason')),
    source: sourceReferenceOf(valueUnder(node, 'source')),
    evidence: nameOf(valueUnder(node, 'evidence')),
    defines: definesOf(node),
    precaution,
    of: of && nameOrEmpty(of.value, span),
    sites: precaution ? sitesOf(declared) : NO_NAMES,
    when: bothOf(conditionUnder(node, 'when'), headDamage(declared, precaution ? PRECAUTION_KEYS : RULE_KEYS)),
    until: conditionUnder(node, 'until'),
    then: readEffects(valueUnder(node, 'then')),
    override: readOverride(valueUnder(node, 'override')),
    given: readGiven(valueUnder(node, 'given')),
  };
}

/** At least one: a precaution whose site cannot be read is for a site nobody knows. */
function sitesOf({ node, idSpan }: Declared) {
  const sites = namesOrEmpty(valueUnder(node, 'site'));
  return sites.length > 0 ? sites : [{ value: '', span: idSpan }];
}

/** An unreadable condition if the head has a key that nobody knows (perhaps `when` misspelled) or a `given` that cannot be read. */
function headDamage({ node, idSpan }: Declared, keys: ReadonlySet<string>): Condition | undefined {
  if (node === undefined) return unreadable(idSpan);
  for (const { key, keyStart, keyEnd } of node.properties) if (!keys.has(key)) return unreadable({ start: keyStart, end: keyEnd });
  const given = property(node, 'given');
  return given && !readGiven(given.value) ? unreadable({ start: given.keyStart, end: given.keyEnd }) : undefined;
}

/** Names that cannot be read override nothing. */
function readOverride(node: Node | undefined): Rule['override'] {
  if (node?.type !== 'object') return undefined;
  return { rules: namesOf(valueUnder(node, 'rules')), reason: nameOf(valueUnder(node, 'reason')), span: spanOf(node) };
}

function readGiven(node: Node | undefined): Rule['given'] {
  const decision = nameOf(valueUnder(node, 'decision'));
  const values = onlyNames(valueUnder(node, 'in'));
  return node && decision && values && { decision, values, span: spanOf(node) };
}

export function readDecision(declared: Declared, file: string): Decision {
  const { node } = declared;
  const resolve = textOf(valueUnder(node, 'resolve'));
  const each = property(node, 'each');
  return {
    ...itemOf(declared, file),
    values: readDecisionValues(valueUnder(node, 'values')),
    // The strictest answer is the safe one where nobody can say which was meant.
    resolve: resolve !== undefined && RESOLVES.has(resolve) ? (resolve as Resolve) : 'strictest',
    each: each && nameOrEmpty(each.value, declared.span),
    mustDecide: isTrue(valueUnder(node, 'mustDecide')),
  };
}

function readDecisionValues(node: Node | undefined): readonly DecisionValue[] {
  if (node?.type === 'array') return namesOf(node).map(({ value, span }) => decisionValue(value, span, undefined));
  return propertiesOf(node).map(({ key, keyStart, keyEnd, value }) =>
    decisionValue(key, { start: keyStart, end: keyEnd }, textOf(valueUnder(value, 'title'))),
  );
}

function decisionValue(id: string, idSpan: Span, title: string | undefined): DecisionValue {
  return { id, idSpan, title };
}

export function readImpossible(declared: Declared, file: string): Impossible {
  const { node } = declared;
  const of = property(node, 'of');
  return { ...itemOf(declared, file), of: of && nameOrEmpty(of.value, declared.span), when: whenOf(node, declared.idSpan) };
}

/** What is impossible narrows the patients thought of: without a readable condition it must not say "all". */
function whenOf(node: ObjectNode | undefined, idSpan: Span): Condition {
  return conditionUnder(node, 'when') ?? unreadable(idSpan);
}
