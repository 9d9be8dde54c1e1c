/** Several quick fixes made at once: those of one kind, or those that nobody has to think about. */
import type { Diagnostic, Fix } from '../diagnostics/define.ts';
import type { Edit, Span } from '../text/span.ts';

/** Fixes that change no meaning whatever was meant: they may be made unasked, as when a file is saved. Never a guess at a name. */
const SURE: ReadonlySet<string> = new Set(['doubled-value', 'json-syntax', 'unneeded-unit']);

export interface AllFixes {
  readonly count: number;
  readonly edits: readonly Edit[];
}

/** What can be done at once: of fixes that touch the same place the first counts, the others are found again. `code` undefined: all that are sure. */
export function fixesOf(found: readonly Diagnostic[], code: string | undefined): AllFixes {
  const wanted = found.filter(one => one.fix && (code === undefined ? SURE.has(one.code) : one.code === code));
  const taken: Fix[] = [];
  for (const { fix } of wanted) if (fix && !taken.some(other => collide(other, fix))) taken.push(fix);
  return { count: taken.length, edits: taken.flatMap(({ edits }) => edits) };
}

/** By code, the fixes there are: what a person may choose from. */
export function fixableCodes(found: readonly Diagnostic[]): readonly string[] {
  return [...new Set(found.flatMap(({ code, fix }) => (fix ? [code] : [])))].sort();
}

function collide(a: Fix, b: Fix): boolean {
  return a.edits.some(one => b.edits.some(other => touch(one.span, other.span)));
}

function touch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
