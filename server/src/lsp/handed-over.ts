/** What the thread that analyses hands over: findings that are what they were are not copied once more, but named by their places, and of those that only stand elsewhere it is said where. */
import type { PlainlyAnalysed } from '../analysed.ts';
import type { Diagnostic, Related } from '../diagnostics/define.ts';
import { isAlike } from '../model/alike.ts';
import type { Span } from '../text/span.ts';

/** A number is the place of the finding in the same file of the answer before. */
export interface HandedOver extends Omit<PlainlyAnalysed, 'findings'> {
  readonly findings: ReadonlyMap<string, readonly (Diagnostic | number)[]>;
  /** By file the findings that say what they said, but stand elsewhere, one behind the other: which of them it is, and the start and end of every place in it. */
  readonly moved?: ReadonlyMap<string, Int32Array>;
}

export function changedSince(before: PlainlyAnalysed | undefined, now: PlainlyAnalysed): HandedOver {
  if (!before) return now;
  const moved = new Map<string, Int32Array>();
  const findings = [...now.findings].map(([file, found]) => {
    const placeOf = placesAmong(before.findings.get(file) ?? []);
    const elsewhere: number[] = [];
    const told = found.map((one, at) => {
      const last = placeOf(one);
      if (!last || !saysTheSame(last.finding, one)) return one;
      if (last.finding === one) return last.place;
      const here = boundsOf(one);
      if (!isAlike(here, boundsOf(last.finding))) elsewhere.push(at, ...here);
      return last.place;
    });
    if (elsewhere.length > 0) moved.set(file, Int32Array.from(elsewhere));
    return [file, told] as const;
  });
  return { ...now, findings: new Map(findings), moved };
}

/** The last finding of the same id. Mostly each stands behind the one asked for before. */
function placesAmong(last: readonly Diagnostic[]): (one: Diagnostic) => { finding: Diagnostic; place: number } | undefined {
  let next = 0;
  let byId: ReadonlyMap<string, number> | undefined;
  return ({ id }) => {
    if (last[next]?.id !== id) {
      byId ??= new Map(last.map((one, place) => [one.id, place]));
      const place = byId.get(id);
      if (place === undefined) return undefined;
      next = place;
    }
    return { finding: last[next]!, place: next++ };
  };
}

/** The whole again. `before` is the answer that it was compared with: what is the same is the very same. */
export function wholeAgain(before: PlainlyAnalysed | undefined, { findings, moved, ...rest }: HandedOver): PlainlyAnalysed {
  const whole = [...findings].map(([file, told]) => {
    const last = before?.findings.get(file);
    const again = told.map(one => (typeof one === 'number' ? last![one]! : one));
    return [file, withMoved(again, moved?.get(file) ?? NOTHING)] as const;
  });
  return { ...rest, findings: new Map(whole) };
}

const NOTHING = new Int32Array(0);

/** Wherever it stands. */
function saysTheSame(one: Diagnostic, other: Diagnostic): boolean {
  if (one === other) return true;
  for (const key in one) if (!isPlace(key) && !isAlike(one[key as Part], other[key as Part])) return false;
  for (const key in other) if (!isPlace(key) && one[key as Part] === undefined && other[key as Part] !== undefined) return false;
  const [pointed = [], pointing = []] = [one.related, other.related];
  if (pointed.length !== pointing.length) return false;
  return pointed.every(({ place, message }, i) => message === pointing[i]!.message && place.file === pointing[i]!.place.file);
}

type Part = keyof Diagnostic;

function isPlace(key: string): boolean {
  return key === 'span' || key === 'related';
}

/** Of every place in it, start and end. */
function boundsOf({ span, related = [] }: Diagnostic): number[] {
  const bounds = [span.start, span.end];
  for (const { place } of related) bounds.push(place.span.start, place.span.end);
  return bounds;
}

function withMoved(found: Diagnostic[], moved: Int32Array): readonly Diagnostic[] {
  let next = 0;
  const spanNext = (): Span => ({ start: moved[next++]!, end: moved[next++]! });
  while (next < moved.length) {
    const at = moved[next++]!;
    const last = found[at]!;
    const span = spanNext();
    const related = last.related?.map(({ place, message }): Related => ({ place: { file: place.file, span: spanNext() }, message }));
    found[at] = { ...last, span, ...(related && { related }) };
  }
  return found;
}
