/** A patient's file without what seems to tell who the patient is, its dates moved together. */
import { identifiersIn } from '../diagnostics/rules/likely-identifier.ts';
import type { ParsedDocument } from '../syntax/document.ts';
import type { Node } from '../syntax/node.ts';
import { applyEdits, type Edit } from '../text/span.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?=T|$)/;

/**
 * What looks like an identifier is replaced by `removed`. Every date goes back by so many days, `asOf` and a date of birth too, so that ages and what lies between
 * events stay. A file that extends another keeps its dates: those of the other would no longer fit.
 */
export function deIdentified({ root }: ParsedDocument, text: string, days: number): string {
  const found = identifiersIn(root);
  const removed = found
    .filter(({ span }) => !DATE.test(text.slice(span.start, span.end)))
    .map(({ span }): Edit => ({ span, newText: 'removed' }));
  const extending = root?.type === 'object' && root.properties.some(({ key }) => key === 'extends');
  const shifted = extending
    ? []
    : datesIn(root).filter(({ span }) => !removed.some(edit => edit.span.start <= span.start && span.end <= edit.span.end));
  const moves = shifted.map(({ span, date }): Edit => ({ span, newText: daysBefore(date, days) }));
  return applyEdits(text, withoutOverlaps([...removed, ...moves]));
}

interface WrittenDate {
  readonly span: { readonly start: number; readonly end: number };
  readonly date: string;
}

/** The day of each text that begins as a date does; the time of day stays. */
function datesIn(node: Node | undefined): WrittenDate[] {
  if (node?.type === 'array') return node.items.flatMap(datesIn);
  if (node?.type === 'object') return node.properties.flatMap(({ value }) => datesIn(value));
  const match = node?.type === 'string' ? DATE.exec(node.value) : null;
  return node && match ? [{ span: { start: node.start + 1, end: node.start + 1 + match[0].length }, date: match[0] }] : [];
}

/** What is no day of the calendar stays as it is written. */
function daysBefore(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return date;
  moment.setUTCDate(moment.getUTCDate() - days);
  return moment.toISOString().slice(0, 10);
}

function withoutOverlaps(edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  return sorted.filter((edit, i) => !sorted.slice(0, i).some(before => before.span.end > edit.span.start));
}
