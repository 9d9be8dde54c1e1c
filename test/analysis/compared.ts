/** What the analysis of a small rule set finds, held against what there is: against findings by brute force, and each witness against the evaluator. */
import assert from 'node:assert/strict';
import type { Analysis, NotProved } from '../../server/src/analysis/analyse.ts';
import type { Replayed, WitnessPatient } from '../../server/src/analysis/witness.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { witnessText } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { type BruteForce, bruteForce } from '../support/brute-force.ts';
import { everyPatient } from '../support/every-patient.ts';
import type { Axis, SmallRuleSet } from '../support/small-rule-sets.ts';

const MOST_PARTLY_KNOWN = 5000;

export function count(met: Record<string, number>, kind: string, number = 1): void {
  met[kind] = (met[kind] ?? 0) + number;
}

/** A finding as analysis and brute force both name it, with the question that stays open where it could not be decided. */
interface Kind {
  readonly name: string;
  readonly mine: readonly string[];
  readonly theirs: ReadonlySet<string>;
  /** Whether one patient shows that there is such a finding, rather than that there is none. */
  readonly isShown: boolean;
  isOpen(finding: string, open: NotProved): boolean;
}

/** Numbers that are computed take more values than are tried: then only what was seen counts. */
export function compare({ exact, json }: SmallRuleSet, analysis: Analysis, brute: BruteForce, met: Record<string, number>): void {
  // Where numbers are computed, a rule that no patient tried makes fire is not seen at work.
  // So it is with one that only several possible values of a fact make fire: those it hides are hidden for certain.
  const unsure = new Set(analysis.notProved.flatMap(({ kind, names }) => (kind === 'never-holds' ? names : [])));
  const isHiddenByUnseen = (finding: string) =>
    analysis.hidden.some(
      ({ decision, rule, by }) => `${decision.id}:${rule.id}` === finding && [rule, ...by].some(({ id }) => unsure.has(id)),
    );
  const isSeen = (kind: string, finding: string) =>
    (exact || kind === 'never' || !finding.split(/[:+>]/).some(name => brute.never.has(name))) && !isHiddenByUnseen(finding);
  for (const { name, mine, theirs, isShown, isOpen } of kindsOf(analysis, brute)) {
    count(met, name, theirs.size);
    if (exact || !isShown)
      for (const finding of mine)
        assert.ok(theirs.has(finding) || !isSeen(name, finding), `${name} ${finding} is found, but no patient shows it`);
    for (const finding of exact || isShown ? theirs : []) {
      const isTold = mine.includes(finding) || analysis.notProved.some(open => isOpen(finding, open));
      assert.ok(isTold, `${name} ${finding} is not found`);
    }
  }
  const mine = analysis.clashes.map(({ rules }) => idsOf(rules));
  count(met, 'conflict', brute.clashes.size);
  // The evaluator names together all that bar the same for one patient; the finding is the fewest.
  const isPartOf = (few: string, many: string) => few.split('+').every(id => many.split('+').includes(id));
  if (exact)
    for (const { rules, answer } of analysis.clashes) {
      const clash = idsOf(rules);
      // Its witness is held against the evaluator by itself.
      const isShown = [...brute.clashes].some(many => isPartOf(clash, many)) || isSomewhere(json, answer.witness);
      assert.ok(isShown, `conflict ${clash} is found, but no patient shows it`);
    }
  for (const clash of brute.clashes) {
    const has = (ids: readonly string[]) => ids.every(id => clash.split('+').includes(id));
    const isTold =
      mine.some(smaller => has(smaller.split('+'))) || analysis.notProved.some(({ kind, names }) => kind === 'conflict' && has(names));
    assert.ok(isTold, `conflict ${clash} is not found`);
  }
}

/** Where it is asked whether a fact is unknown, patients with several possible values too: what they show is told, or said not to be proved. */
export function compareSeveral(small: SmallRuleSet, analysis: Analysis, ruleSet: RuleSet, met: Record<string, number>): void {
  const open = analysis.notProved.filter(({ kind }) => kind !== 'missing-data' && kind !== 'redundant');
  if (!small.exact) return;
  const asked = withSeveral(small);
  const every = asked && everyPatient(asked, 3, MOST_PARTLY_KNOWN);
  if (asked && !every) return count(met, 'several passed over');
  const brute = every && bruteForce(ruleSet, every);
  const isShown = ({ kind, names }: NotProved) => {
    const has = (finding: string) => finding.split(/[:+>]/).every(id => names.includes(id));
    if (!brute) return false;
    if (kind === 'never-holds') return !brute.never.has(names[0]!);
    if (kind === 'disagreement') return [...brute.disagreements].some(has);
    if (kind === 'answered') return brute.gaps.has(names[0]!);
    if (kind === 'hidden') return !brute.hidden.has(names.join(':'));
    // The evaluator names together all that bar the same for one patient.
    const isIn = (finding: string) => names.every(id => finding.split('+').includes(id));
    return kind === 'conflict' && ([...brute.decisionClashes].some(has) || [...brute.clashes].some(isIn));
  };
  // What a table or a score says of whoever is partly known is not followed: with what is impossible that leaves questions open.
  const isFollowed = !('impossible' in small.json) || !('derived' in small.json || 'scores' in small.json);
  const undecided = open.filter(one => isFollowed && !isShown(one));
  assert.deepEqual(undecided, [], 'nothing is computed, so all is decided');
  count(met, 'several', open.length);
  if (!brute) return;
  for (const { name, mine, theirs, isShown: isFound, isOpen } of kindsOf(analysis, brute)) {
    // A rule that nobody tried makes fire is not seen at work.
    const isSeen = (finding: string) => name === 'never' || !brute.never.has(finding.split(':')[1]!);
    if (name === 'never' || name === 'hidden')
      for (const finding of mine)
        assert.ok(theirs.has(finding) || !isSeen(finding), `${finding} is told as ${name}, but a patient shows otherwise`);
    if (!isFound) continue;
    for (const finding of theirs)
      assert.ok(mine.includes(finding) || open.some(one => isOpen(finding, one)), `${name} ${finding} of several values is not found`);
  }
  for (const clash of brute.clashes) {
    const has = (ids: readonly string[]) => ids.every(id => clash.split('+').includes(id));
    const isTold = analysis.clashes.some(({ rules }) => has(rules.map(({ id }) => id))) || open.some(({ names }) => has(names));
    assert.ok(isTold, `conflict ${clash} of several values is not found`);
  }
}

/** Whether places are spared, and it is not known where some lesion of the patient lies. */
function isSomewhere(json: SmallRuleSet['json'], { groups }: WitnessPatient): boolean {
  const isOpen = ({ facts }: { facts: Record<string, unknown> }) => typeof facts.site !== 'string' || typeof facts.side === 'object';
  return sparesPlaces(json) && (groups?.lesions?.records.some(isOpen) ?? false);
}

function sparesPlaces(json: SmallRuleSet['json']): boolean {
  return JSON.stringify(json).includes('"except"');
}

/** Undefined where no fact is asked for, no place spared and nothing impossible: then patients of whom anything may be unknown. */
function withSeveral(small: SmallRuleSet): SmallRuleSet | undefined {
  if ('impossible' in small.json) return withAnythingUnknown(small);
  const isUnknown = (value: unknown) => value === undefined || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value));
  const spares = sparesPlaces(small.json);
  const isAsked = ({ group, fact, values }: Axis) => fact !== undefined && (values.some(isUnknown) || (spares && group === 'lesions'));
  if (!small.axes.some(isAsked)) return undefined;
  return {
    ...small,
    axes: small.axes.map(axis => (isAsked(axis) ? { ...axis, values: [...axis.values, ...severalOf(axis.values)] } : axis)),
  };
}

function withAnythingUnknown(small: SmallRuleSet): SmallRuleSet {
  const required = requiredIn(small);
  const isSingle = ({ fact, values }: Axis) => (fact !== undefined && required.has(fact)) || values.includes(undefined);
  const several = ({ fact, values }: Axis) => (fact !== undefined && !required.has(fact) ? severalOf(values) : []);
  return {
    ...small,
    incomplete: small.groups,
    axes: small.axes.map(axis => ({ ...axis, values: [...axis.values, ...several(axis), ...(isSingle(axis) ? [] : [undefined])] })),
  };
}

/** Two of the values, and of numbers and moments two that lie near each other. */
function severalOf(values: readonly unknown[]): unknown[] {
  const known = values.filter(value => value !== undefined);
  const pairs = known.flatMap((one, i) => known.slice(i + 1).map(other => ({ oneOf: [one, other] })));
  return [...pairs, ...known.flatMap(value => beside(value).map(other => ({ oneOf: [value, other] })))];
}

function beside(value: unknown): unknown[] {
  if (typeof value === 'string' && value.includes('T')) return [value.replace('00Z', '01Z')];
  if (typeof value === 'number' && !Number.isInteger(value)) return [value + 0.01];
  if (typeof value !== 'object' || value === null || !('value' in value)) return [];
  const { value: number } = value as { value: number };
  return [
    { ...value, value: number + 0.01 },
    { ...value, value: number - 0.01 },
  ].filter(near => near.value > 0);
}

function kindsOf(analysis: Analysis, brute: BruteForce): Kind[] {
  const about = (kind: NotProved['kind']) => (finding: string, open: NotProved) =>
    open.kind === kind && open.names.every(name => finding.split(/[:+>]/).includes(name));
  return [
    { name: 'gap', mine: analysis.gaps.map(({ decision }) => decision.id), theirs: brute.gaps, isShown: true, isOpen: about('answered') },
    {
      name: 'decision conflict',
      // Each finding is one rule, the last, with all that contradict it.
      mine: analysis.decisionClashes.flatMap(({ decision, rules }) =>
        rules.slice(0, -1).map(other => `${decision.id}:${idsOf([other, rules.at(-1)!])}`),
      ),
      theirs: brute.decisionClashes,
      isShown: true,
      isOpen: about('conflict'),
    },
    {
      name: 'disagreement',
      mine: analysis.disagreements.flatMap(({ decision, stricter, looser }) =>
        looser.map(({ id }) => `${decision.id}:${stricter.id}>${id}`),
      ),
      theirs: brute.disagreements,
      isShown: true,
      isOpen: about('disagreement'),
    },
    { name: 'never', mine: analysis.neverHolds.map(({ id }) => id), theirs: brute.never, isShown: false, isOpen: about('never-holds') },
    {
      name: 'always',
      mine: analysis.alwaysHolds.map(({ id }) => id),
      theirs: brute.always,
      isShown: false,
      isOpen: (finding, open) => about('always-holds')(finding, open) || about('never-holds')(finding, open),
    },
    {
      name: 'hidden',
      mine: analysis.hidden.map(({ decision, rule }) => `${decision.id}:${rule.id}`),
      theirs: brute.hidden,
      isShown: false,
      isOpen: (finding, open) => about('hidden')(finding, open) || about('never-holds')(finding, open),
    },
  ];
}

function idsOf(rules: readonly { readonly id: string }[]): string {
  return rules
    .map(({ id }) => id)
    .sort()
    .join('+');
}

/** Each witness is a sound patient file, shows its finding, and shows it no more when anything is left out. */
export function checkWitnesses(analysis: Analysis, replay: (patient: WitnessPatient) => Replayed, required: ReadonlySet<string>): void {
  const check = (name: string, witness: WitnessPatient, shown: (replayed: Replayed, patient: WitnessPatient) => boolean) => {
    const shows = (patient: WitnessPatient) => {
      const replayed = replay(patient);
      return replayed.inScope && shown(replayed, patient);
    };
    const text = witnessText(witness);
    assert.deepEqual(checkSchema(parseDocument(text), 'patient'), [], `${name}: ${text}`);
    assert.ok(shows(witness), `${name} is not shown by ${text}`);
    for (const smaller of lesser(witness, required)) assert.ok(!shows(smaller), `${name}: ${text} can be ${witnessText(smaller)}`);
  };
  const fired = (rules: readonly { readonly id: string }[]) => (replayed: Replayed) => rules.every(({ id }) => replayed.fired.has(id));
  for (const { decision, of, answer } of analysis.gaps)
    check(`gap ${decision.id} of ${of}`, answer.witness, ({ decisions }, { groups = {} }) => {
      const hasRecord = of === 'patient' || (groups[decision.each!.value]?.records.length ?? 0) > 0;
      return hasRecord && decisions.get(decision.id) === 'no-answer';
    });
  for (const { rules, answer } of analysis.clashes)
    check(
      `conflict ${idsOf(rules)}`,
      answer.witness,
      replayed =>
        fired(rules)(replayed) &&
        [...replayed.collisions.of(rules[0]!.id)].some(
          many => rules.every(({ id }) => many.split('+').includes(id)) || many.split('+').every(id => idsOf(rules).includes(id)),
        ),
    );
  for (const { decision, rules: all, answer } of analysis.decisionClashes) {
    const rules = [all[0]!, all.at(-1)!];
    check(
      `conflict ${idsOf(rules)}`,
      answer.witness,
      replayed => fired(rules)(replayed) && replayed.decisions.get(decision.id) === 'conflict',
    );
  }
  for (const { stricter, looser, answer } of analysis.disagreements)
    assert.ok(
      looser.some(rule => fired([stricter, rule])(replay(answer.witness))),
      `disagreement ${stricter.id} is not shown by ${witnessText(answer.witness)}`,
    );
}

export function requiredIn({ json }: SmallRuleSet): ReadonlySet<string> {
  const facts = [json.facts, ...Object.values(json.groups as Record<string, { facts: object }>).map(group => group.facts)];
  return new Set(
    facts.flatMap(each =>
      Object.entries(each as Record<string, { required?: boolean }>).flatMap(([id, { required }]) => (required ? [id] : [])),
    ),
  );
}

/** The patient with one record, fact, option or score less, each way, but what every patient has; no list at all where it is empty. */
function lesser(patient: WitnessPatient, required: ReadonlySet<string>): WitnessPatient[] {
  const found: WitnessPatient[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      const at = path.at(-1);
      const isPart = at === 'facts' || at === 'options' || at === 'scores' || at === 'records';
      const isEmptyList = at === 'groups' && (value as Record<string, { records: unknown[] }>)[key]!.records.length === 0;
      if ((isPart && !(at === 'facts' && required.has(key))) || isEmptyList) found.push(withoutPart(patient, path, key));
      if (at !== 'facts') visit((value as Record<string, unknown>)[key], [...path, key]);
    }
  };
  visit(patient, []);
  return found;
}

function withoutPart(patient: WitnessPatient, path: readonly (string | number)[], key: string): WitnessPatient {
  const copy = structuredClone(patient);
  const holder = path.reduce<Record<string, unknown>>(
    (inner, step) => inner[step] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>,
  );
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return copy;
}
