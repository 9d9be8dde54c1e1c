/** Runs every diagnostic over one file: one mistake gives one message, and a diagnostic that fails hides no other. */
import type { Span } from '../text/span.ts';
import { type Diagnostic, type Rule, runRule, type Subject, type Tell } from './define.ts';
import { registry } from './registry.ts';
import { rule as internalError } from './rules/internal-error.ts';

/** The findings of one file, in the order of the text. `tell`: where some of them were told before. */
export function check(subject: Subject, rules: readonly Rule[] = registry, tell?: Tell): Diagnostic[] {
  const found = rules.flatMap(rule => runSafely(rule, subject, tell));
  return withoutDamaged(found, subject).sort(byPlace);
}

/** The failure of one diagnostic becomes a finding of its own. Its words name no value of the file: it may hold a patient's data. */
function runSafely(rule: Rule, subject: Subject, tell: Tell | undefined): Diagnostic[] {
  try {
    return runRule(rule, subject, tell);
  } catch {
    const finding = internalError.say(rule.code, subject);
    return [
      { severity: internalError.severity, ...finding, code: internalError.code, id: `${internalError.code}:${rule.code}`, fix: undefined },
    ];
  }
}

/** Drops what was found about the meaning of a place that the syntax or the schema already refuses: it is the same mistake. */
function withoutDamaged(found: readonly Diagnostic[], subject: Subject): Diagnostic[] {
  const damaged = damagedSpans(subject);
  if (damaged.length === 0) return [...found];
  return found.filter(({ code, span }) => FORM_CODES.has(code) || !damaged.some(other => covers(other, span)));
}

/** Codes of the diagnostics that put the problems of syntax and schema into words. */
export const FORM_CODES: ReadonlySet<string> = new Set([
  'json-syntax',
  'duplicate-key',
  'number-too-long',
  'unknown-property',
  'missing-property',
  'wrong-type',
  'value-not-allowed',
  'malformed-value',
  'wrong-count',
  'exclusive-properties',
  'internal-error',
]);

function damagedSpans(subject: Subject): Span[] {
  const schema = subject.schemaProblems.filter(({ kind }) => kind !== 'missing-property');
  return [...subject.document.problems, ...schema].map(({ span }) => span);
}

function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
