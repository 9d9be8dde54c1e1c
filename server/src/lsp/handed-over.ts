/** What the thread that analyses hands over: findings that are what they were are not copied once more, but named by their places. */
import type { PlainlyAnalysed } from '../analysed.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { isAlike } from '../model/alike.ts';

/** A number is the place of the finding in the same file of the answer before. */
export interface HandedOver extends Omit<PlainlyAnalysed, 'findings'> {
  readonly findings: ReadonlyMap<string, readonly (Diagnostic | number)[]>;
}

export function changedSince(before: PlainlyAnalysed | undefined, now: PlainlyAnalysed): HandedOver {
  if (!before) return now;
  const findings = [...now.findings].map(([file, found]) => {
    const places = new Map(before.findings.get(file)?.map((one, place) => [one.id, { one, place }]));
    const told = found.map(one => {
      const last = places.get(one.id);
      return last && isAlike(last.one, one) ? last.place : one;
    });
    return [file, told] as const;
  });
  return { ...now, findings: new Map(findings) };
}

/** The whole again. `before` is the answer that it was compared with. */
export function wholeAgain(before: PlainlyAnalysed | undefined, { findings, ...rest }: HandedOver): PlainlyAnalysed {
  const whole = [...findings].map(([file, told]) => {
    const last = before?.findings.get(file);
    return [file, told.map(one => (typeof one === 'number' ? last![one]! : one))] as const;
  });
  return { ...rest, findings: new Map(whole) };
}
