/** Samples with random edits, against the sample patients and mixtures of them: what any of them shows is found, or said not to be proved. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Analysis, analyse } from '../../server/src/analysis/analyse.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { replayWith } from '../../server/src/replay.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { patientFiles, ruleSetFiles, whole, wholePatient } from '../samples/load.ts';
import { type BruteForce, bruteForce } from '../support/brute-force.ts';
import { forSeeds, type Random, SEED } from '../support/random.ts';
import { linkedOf } from '../support/rule-sets.ts';
import type { Json } from '../support/small-rule-sets.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 12);
const MIXED = 400;
/** The largest are left to the tests of samples: each takes seconds. */
const FILES = ruleSetFiles.filter(path => !/all-five|review|community/.test(path) && whole(path).ruleSet.rules.size > 3);

describe(`edited samples against patients (seed ${SEED})`, function () {
  this.timeout(ROUNDS * 8000);

  it('show nothing that is neither found nor said not to be proved', () => {
    const met = { edited: 0, shown: 0 };
    const patients = patientFiles.map(wholePatient);
    forSeeds(ROUNDS, random => {
      const path = random.pick(FILES);
      const edited = withEdit(random, JSON.parse(readFileSync(path, 'utf8')) as Json);
      if (!edited || checkSchema(parseDocument(JSON.stringify(edited)), 'rule-set').length > 0) return;
      const ruleSet = linkedOf(edited, path, whole(path).ruleSet.files);
      const tried = [...patients, ...Array.from({ length: MIXED }, () => mixed(random, random.pick(patients), random.pick(patients)))];
      const brute = bruteForce(ruleSet, { count: tried.length, each: visit => tried.forEach(visit) });
      assert.deepEqual(missed(ruleSet, brute), [], JSON.stringify(edited.rules));
      met.edited++;
      met.shown += brute.gaps.size + brute.clashes.size + brute.decisionClashes.size;
    });
    if (process.env.SEED === undefined) assert.ok(met.edited > ROUNDS / 2 && met.shown > ROUNDS, JSON.stringify(met));
  });
});

/** What patients show and the analysis does not tell. */
function missed(ruleSet: RuleSet, brute: BruteForce): string[] {
  const { gaps, clashes, decisionClashes, disagreements, neverHolds, notProved } = analyse(ruleSet, replayWith(ruleSet));
  const isOpen = (kind: Analysis['notProved'][number]['kind'], names: readonly string[]) =>
    notProved.some(open => open.kind === kind && open.names.every(name => names.includes(name)));
  const parts = (finding: string) => finding.split(/[:+>]/);
  const isClash = (names: readonly string[]) => clashes.some(({ rules }) => rules.every(({ id }) => names.includes(id)));
  const isDecided = ([decision, ...names]: readonly string[]) =>
    decisionClashes.some(found => found.decision.id === decision && names.every(name => found.rules.some(({ id }) => id === name)));
  const isDisagreed = ([decision, stricter, looser]: readonly string[]) =>
    disagreements.some(
      found => found.decision.id === decision && found.stricter.id === stricter && found.looser.some(({ id }) => id === looser),
    );
  return [
    ...[...brute.gaps].filter(gap => !gaps.some(({ decision }) => decision.id === gap) && !isOpen('answered', [gap])),
    ...[...brute.clashes].filter(clash => !isClash(parts(clash)) && !isOpen('conflict', parts(clash))),
    ...[...brute.decisionClashes].filter(clash => !isDecided(parts(clash)) && !isOpen('conflict', parts(clash))),
    ...[...brute.disagreements].filter(one => !isDisagreed(parts(one)) && !isOpen('disagreement', parts(one))),
    ...neverHolds.filter(({ id }) => !brute.never.has(id)).map(({ id }) => `${id} holds`),
  ];
}

/** The one with some facts, scores and records of the other. */
function mixed(random: Random, one: Patient, other: Patient): Patient {
  const either = <Value>(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>) =>
    new Map([...a, ...[...b].filter(([id]) => !a.has(id) || random.chance(0.5))]);
  const facts = new Map([...either(one.facts, other.facts)].filter(() => random.chance(0.9)));
  return { ...one, facts, scores: either(one.scores, other.scores), groups: either(one.groups, other.groups) };
}

/** A value of the JSON, and where it stands. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly value: unknown;
}

/** One edit of what rules, scores and thresholds say, as a slip would make it; undefined where there is nothing of the kind. */
function withEdit(random: Random, json: Json): Json | undefined {
  const copy = { ...structuredClone(json), complete: true } as Record<string, unknown>;
  delete copy.waivers;
  for (const decision of Object.values((copy.decisions ?? {}) as Record<string, Record<string, unknown>>)) decision.mustDecide = true;
  const places = placesIn(['rules', 'precautions', 'scores', 'thresholds', 'derived'].map(section => copy[section]));
  const pick = (isWanted: (place: Place) => boolean) => {
    const wanted = places.filter(isWanted);
    return wanted.length > 0 ? random.pick(wanted) : undefined;
  };
  const bounds = ['atLeast', 'above', 'atMost', 'below'];
  const change = random.pick<() => boolean>([
    () =>
      replace(
        pick(({ value }) => typeof value === 'number'),
        value => (value as number) + random.pick([1, -1, 0.5]),
      ),
    () =>
      rename(
        pick(({ key }) => bounds.includes(key)),
        random.pick(bounds),
      ),
    () =>
      replace(
        pick(({ key, value }) => key === 'is' && typeof value === 'boolean'),
        value => !value,
      ),
    () =>
      replace(
        pick(({ key, value }) => key === 'as' && typeof value === 'string'),
        () => pick(({ key }) => key === 'as')!.value,
      ),
    () => swap(pick(({ key }) => key === 'all' || key === 'any')),
    () =>
      replace(
        pick(({ value }) => Array.isArray(value) && value.length > 1),
        value => (value as unknown[]).slice(1),
      ),
    () =>
      replace(
        pick(({ key }) => key === 'when' || key === 'where'),
        value => ({ not: value }),
      ),
    () => remove(pick(({ key }) => key === 'override' || key === 'until')),
  ]);
  return change() ? copy : undefined;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.entries(value).flatMap(([key, inner]) => [{ holder, key, value: inner }, ...placesIn(inner)]);
}

function replace(place: Place | undefined, make: (value: unknown) => unknown): boolean {
  if (place) place.holder[place.key] = make(place.value);
  return place !== undefined;
}

function remove(place: Place | undefined): boolean {
  return place !== undefined && delete place.holder[place.key];
}

function rename(place: Place | undefined, key: string): boolean {
  if (!remove(place)) return false;
  place!.holder[key] = place!.value;
  return true;
}

function swap(place: Place | undefined): boolean {
  return rename(place, place?.key === 'all' ? 'any' : 'all');
}
