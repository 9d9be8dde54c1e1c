/** Short ways from a text or a value to what the model reads in it. */
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { Condition, Effect, RuleSetFile } from '../../server/src/model/rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';

/** A value is written as JSON first, so that places are real. */
export function ruleSetOf(source: unknown, file = 'main.clinical.json'): RuleSetFile {
  return readRuleSet(parseDocument(textOf(source)), file);
}

export function patientOf(source: unknown, file = 'main.patient.json') {
  return readPatient(parseDocument(textOf(source)), file);
}

export function textOf(source: unknown): string {
  return typeof source === 'string' ? source : JSON.stringify(source, null, 2);
}

/** The condition under `when` of a rule. */
export function conditionOf(condition: unknown): Condition | undefined {
  return ruleSetOf({ rules: [{ id: 'r', when: condition, then: [] }] }).rules.get('r')!.when;
}

export function effectsOf(...effects: unknown[]): readonly Effect[] {
  return ruleSetOf({ rules: [{ id: 'r', then: effects }] }).rules.get('r')!.then;
}

/** Every part of a model that is an object, with the path to it. */
export function* partsOf(value: unknown, path = ''): Generator<{ readonly part: Record<string, unknown>; readonly path: string }> {
  if (typeof value !== 'object' || value === null) return;
  if (!(value instanceof Map) && !Array.isArray(value)) yield { part: value as Record<string, unknown>, path };
  for (const [key, each] of value instanceof Map ? value : Object.entries(value)) yield* partsOf(each, `${path}/${key}`);
}

/** Paths of the conditions that could not be read. */
export function unreadableIn(value: unknown): string[] {
  return [...partsOf(value)].filter(({ part }) => part.kind === 'unreadable').map(({ path }) => path);
}

/** The part of the text at a place. */
export function at(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}
