/**
 * Effects of a rule. What cannot be read never makes one looser: a recommendation with a damaged part is left out, a prohibition keeps what
 * can be read and widens in the rest.
 */
import type { Node, ObjectNode, Property } from '../syntax/node.ts';
import { property, valueOf as valueUnder } from '../syntax/node.ts';
import { conditionUnder, unreadable } from './read-conditions.ts';
import { constantOf, itemsOf, nameOf, nameOrEmpty, numberOf, onlyNames, periodOf, propertiesOf, spanOf, textOf } from './read-fields.ts';
import type { Constant, Effect, EffectPlace, Name, ParameterAmount, ParameterRange, Placed, PlaceException } from './rule-set.ts';

const VERBS: ReadonlySet<string> = new Set(['decide', 'require', 'recommend', 'avoid', 'forbid', 'limit']);
const EVERYWHERE: EffectPlace = { kind: 'everywhere' };

/** The effects of a list, without those that have no verb or several. */
export function readEffects(node: Node | undefined): readonly Effect[] {
  const effects: Effect[] = [];
  for (const item of itemsOf(node)) {
    const effect = item.type === 'object' ? readEffect(item) : undefined;
    if (effect) effects.push(effect);
  }
  return effects;
}

function readEffect(node: ObjectNode): Effect | undefined {
  const verb = verbOf(node);
  if (verb === undefined) return undefined;
  if (verb === 'recommend') return readRecommend(node);
  const value = valueUnder(node, verb);
  const span = spanOf(node);
  const note = textOf(valueUnder(node, 'note'));
  if (verb === 'decide') {
    return { kind: verb, span, note, decision: nameOrEmpty(value, node), value: nameOrEmpty(valueUnder(node, 'as'), node) };
  }
  const placed = readPlaced(node);
  if (verb === 'limit') return { kind: verb, parameter: nameOrEmpty(value, node), ...readLimit(node), ...placed, span, note };
  if (verb === 'require')
    return { kind: verb, what: nameOrEmpty(value, node), every: periodOf(valueUnder(node, 'every')), ...placed, span, note };
  return { kind: verb, what: nameOrEmpty(value, node), ...placed, span, note };
}

/** The one key that says what kind of effect it is. */
function verbOf({ properties }: ObjectNode): Effect['kind'] | undefined {
  let verb: string | undefined;
  for (const { key } of properties) {
    if (!VERBS.has(key)) continue;
    if (verb !== undefined) return undefined;
    verb = key;
  }
  return verb as Effect['kind'] | undefined;
}

function readLimit(node: ObjectNode) {
  const atMost = valueUnder(node, 'atMost');
  const of = property(node, 'of');
  return {
    // Without `of` a limit is on the parameter of everything; one that cannot be read must not narrow it.
    of: of && nameOf(of.value),
    atMost: numberOf(atMost) ?? nameOrEmpty(atMost, node),
    unit: nameOf(valueUnder(node, 'unit')),
  };
}

/** Where and when a prohibition or a requirement holds: everywhere and in all phases as soon as a part cannot be read. */
function readPlaced(node: ObjectNode): Placed {
  const during = valueUnder(node, 'during');
  return { at: readPlace(valueUnder(node, 'at'), node) ?? EVERYWHERE, during: onlyNames(during) ?? [] };
}

function readPlace(at: Node | undefined, effect: ObjectNode): EffectPlace | undefined {
  if (at === undefined) return property(effect, 'at') ? undefined : EVERYWHERE;
  const span = spanOf(at);
  if (at.type === 'string') return at.value === 'everywhere' ? EVERYWHERE : at.value === 'here' ? { kind: 'here', span } : undefined;
  if (at.type === 'array') {
    const sites = at.items.length === 0 ? [] : onlyNames(at);
    return sites && { kind: 'sites', sites, span };
  }
  const site = nameOf(valueUnder(at, 'below'));
  const except = property(at, 'except');
  if (!except) return site && { kind: 'below', site, except: undefined, span };
  // Without `whole` less would be left out: a recommendation must not reach the rest of a limb that is to be spared.
  const whole = property(except.value, 'whole') ? onlyNames(valueUnder(except.value, 'whole')) : [];
  return site && whole && { kind: 'below', site, except: readExcept(except, whole), span };
}

/** An `except` that cannot be read takes out nothing for certain and anything perhaps. */
function readExcept(except: Property, whole: readonly Name[]): PlaceException {
  const { value } = except;
  const span = value ? spanOf(value) : { start: except.keyStart, end: except.keyEnd };
  const where = value?.type === 'object' ? conditionUnder(value, 'where') : unreadable(span);
  return { group: nameOrEmpty(valueUnder(value, 'group'), span), where, whole, span };
}

function readRecommend(node: ObjectNode): Effect | undefined {
  const value = valueUnder(node, 'recommend');
  const oneOf = value?.type === 'object';
  const what = oneOf ? onlyNames(valueUnder(value, 'oneOf')) : nameOf(value) && [nameOf(value)!];
  const at = readPlace(valueUnder(node, 'at'), node);
  const during = property(node, 'during') ? onlyNames(valueUnder(node, 'during')) : [];
  const ranges = readRanges(node, 'with');
  const steps = readSteps(node);
  const maximum = readAmounts(node);
  const every = periodOf(valueUnder(node, 'every'));
  if (!what || !at || !during || !ranges || !steps || !maximum || (property(node, 'every') && !every)) return undefined;
  const note = textOf(valueUnder(node, 'note'));
  return { kind: 'recommend', what, oneOf, with: ranges, steps, maximum, every, at, during, span: spanOf(node), note };
}

/** Undefined if a range cannot be read. */
function readRanges(node: Node, key: string): readonly ParameterRange[] | undefined {
  return readAll(propertiesOfKey(node, key), ({ key: parameter, keyStart, keyEnd, value }) =>
    value?.type === 'object' ? readRange({ value: parameter, span: { start: keyStart, end: keyEnd } }, value) : undefined,
  );
}

function readRange(parameter: Name, node: ObjectNode): ParameterRange | undefined {
  const range = { parameter, span: spanOf(node), ...NO_BOUNDS } as { -readonly [Key in keyof ParameterRange]: ParameterRange[Key] };
  for (const { key, value } of node.properties) {
    if (!(key in NO_BOUNDS)) return undefined;
    const bound = key as keyof typeof NO_BOUNDS;
    if (bound === 'unit') range.unit = nameOf(value);
    else range[bound] = constantOf(value);
    if (range[bound] === undefined) return undefined;
  }
  return range;
}

/** Without a prototype, so that only its own keys are in it. */
const NO_BOUNDS = Object.assign(Object.create(null) as object, {
  unit: undefined,
  is: undefined,
  atLeast: undefined,
  above: undefined,
  atMost: undefined,
  below: undefined,
});

function readSteps(node: ObjectNode) {
  if (!property(node, 'steps')) return [];
  const steps = valueUnder(node, 'steps');
  return steps?.type === 'array' ? readAll(steps.items, readStep) : undefined;
}

function readStep(node: Node) {
  const ranges = valueUnder(node, 'with') ? readRanges(node, 'with') : undefined;
  return ranges && { title: textOf(valueUnder(node, 'title')), with: ranges, span: spanOf(node) };
}

function readAmounts(node: ObjectNode): readonly ParameterAmount[] | undefined {
  return readAll(propertiesOfKey(node, 'maximum'), ({ key, keyStart, keyEnd, value }) => {
    const amount: Constant | undefined = constantOf(valueUnder(value, 'value'));
    const parameter = { value: key, span: { start: keyStart, end: keyEnd } };
    return amount && value && { parameter, value: amount, unit: nameOf(valueUnder(value, 'unit')), span: spanOf(value) };
  });
}

/** The properties under a key that need not be there; undefined if it is there and no object. */
function propertiesOfKey(node: Node, key: string) {
  const found = property(node, key);
  if (!found) return [];
  return found.value?.type === 'object' ? propertiesOf(found.value) : undefined;
}

/** Undefined as soon as one cannot be read. */
function readAll<From, To>(list: readonly From[] | undefined, read: (from: From) => To | undefined): readonly To[] | undefined {
  const all = list?.map(read);
  return all?.every(item => item !== undefined) ? (all as To[]) : undefined;
}
