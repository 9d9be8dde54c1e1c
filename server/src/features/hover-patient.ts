/** What is said of a value that a patient records: beside what may be recorded, and how far it is from the nearest bounds that rules hold it against. */
import { Exact } from '../model/exact.ts';
import type { Patient, PatientFact, PatientValue } from '../model/patient.ts';
import type { Fact, RuleSet } from '../model/rule-set.ts';
import { conversionFactor } from '../model/units.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import type { Found } from './at.ts';
import { type BoundOn, boundsOn } from './hover-bounds.ts';
import { markdownText } from './plain-markdown.ts';
import { valueTitle } from './titles.ts';
import { amountText, capitalised, listText } from './words.ts';

/** The recorded fact whose value is at the offset. */
export function recordedAt(workspace: Workspace, file: string, offset: number): { readonly idSpan: Span; readonly span: Span } | undefined {
  const patient = patientOf(workspace, file);
  return patient && recordedIn(patient).find(({ span }) => span.start <= offset && offset <= span.end);
}

function patientOf(workspace: Workspace, file: string): Patient | undefined {
  const snapshot = workspace.snapshot(file);
  return typeof snapshot === 'string' || snapshot.kind() !== 'patient' ? undefined : snapshot.patient();
}

function recordedIn({ facts, groups }: Patient): readonly PatientFact[] {
  const records = [...groups.values()].flatMap(group => group.records);
  return [...facts.values(), ...records.flatMap(record => [...record.facts.values()])];
}

/** Markdown; undefined where what was found is no recorded fact. */
export function hoverRecorded(workspace: Workspace, { mention, named, whole }: Found): string | undefined {
  const { sense } = mention;
  const patient = sense.kind === 'in-patient' && sense.as.kind === 'fact' ? patientOf(workspace, mention.file) : undefined;
  const recorded = patient && recordedIn(patient).find(({ idSpan }) => idSpan.start === mention.span.start);
  const fact = named[0]?.item as Fact | undefined;
  if (!recorded || !fact || !whole) return undefined;
  if (recorded.values.length === 0) return 'Not recorded: this takes away what the extended patient has.';
  const values = recorded.values.map(each => amountText(valueTitle(whole, fact, each.value), each.unit?.value));
  const several = values.length > 1 ? ' Several values are still possible.' : '';
  const lines = recorded.values.length === 1 ? numberLines(whole, fact, recorded.values[0]!) : [];
  return [`Recorded: **${markdownText(listText(values, 'or'))}**.${several}`, ...lines].join('\n\n');
}

/** The domain, and the nearest bounds on either side. */
function numberLines(whole: RuleSet, fact: Fact, { value, unit }: PatientValue): string[] {
  if (typeof value === 'boolean' || typeof value === 'string') return [];
  const own = fact.unit?.value;
  const factor = unit && own !== undefined ? conversionFactor(fact, unit.value, own) : Exact.of(1);
  if (!factor) return [];
  const inOwn = value.times(factor);
  const converted = unit && unit.value !== own ? [`That is ${markdownText(amountText(inOwn.toString(4), own))}.`] : [];
  const found = boundsOn(whole, fact).flatMap(bound => distanceTo(fact, bound, value, unit?.value));
  const nearest = found.sort((a, b) => a.by.compare(b.by)).slice(0, MOST_BOUNDS);
  const list = nearest.map(({ text }) => `- ${markdownText(text)}`);
  return [...converted, ...domainLine(fact, inOwn), ...(list.length > 0 ? [`Nearest bounds:\n\n${list.join('\n')}`] : [])];
}

const MOST_BOUNDS = 4;

function domainLine({ minimum, maximum, unit }: Fact, value: Exact): string[] {
  if (!minimum && !maximum) return [];
  const outside = (minimum && value.compare(minimum.value) < 0) || (maximum && value.compare(maximum.value) > 0);
  const range =
    minimum && maximum ? `${minimum.value} to ${maximum.value}` : minimum ? `at least ${minimum.value}` : `at most ${maximum!.value}`;
  const text = amountText(range, unit?.value);
  return [`${outside ? '**Outside** what may be recorded' : 'May be recorded'}: ${markdownText(text)}.`];
}

const WORDS = { atLeast: 'at least', above: 'above', atMost: 'at most', below: 'below' } as const;

/** In the unit of the patient's value: a cut-off for that unit counts, else it is converted. */
function distanceTo(
  fact: Fact,
  { kind, bound, unit, owner }: BoundOn,
  value: Exact,
  recordedIn: string | undefined,
): { by: Exact; text: string }[] {
  const from = recordedIn ?? fact.unit?.value;
  const cutOff = cutOffIn(fact, bound, unit, from);
  if (!cutOff) return [];
  const difference = value.minus(cutOff);
  const zero = Exact.of(0);
  const by = difference.compare(zero) < 0 ? zero.minus(difference) : difference;
  const where =
    by.compare(zero) === 0
      ? 'at the bound'
      : `${amountText(by.toString(4), from)} ${difference.compare(zero) < 0 ? 'below it' : 'above it'}`;
  return [{ by, text: `${capitalised(owner)}: ${WORDS[kind]} ${amountText(cutOff.toString(4), from)}, ${where}` }];
}

function cutOffIn(fact: Fact, bound: BoundOn['bound'], unit: string | undefined, wanted: string | undefined): Exact | undefined {
  if (bound.kind === 'date') return undefined;
  const numbers = bound.kind === 'number' ? [{ unit: unit ?? fact.unit?.value, value: bound.number.value }] : perUnit(bound);
  const same = numbers.find(each => each.unit === wanted) ?? numbers[0];
  if (!same) return undefined;
  if (same.unit === wanted || same.unit === undefined || wanted === undefined) return same.value;
  const factor = conversionFactor(fact, same.unit, wanted);
  return factor && same.value.times(factor);
}

function perUnit(bound: Extract<BoundOn['bound'], { kind: 'per-unit' }>) {
  return bound.numbers.map(each => ({ unit: each.unit.value as string | undefined, value: each.number.value }));
}
