/** Whether a reviewer has waived a finding. */
import type { Diagnostic, Subject } from './diagnostics/define.ts';

/** A waiver counts in the file that has it, until the day it names has passed; without a date to hold it against, none counts. */
export function isWaived({ id }: Pick<Diagnostic, 'id'>, subject: Subject | undefined): boolean {
  if (subject?.kind !== 'rule-set' || subject.today === undefined) return false;
  const { today } = subject;
  return subject.own.waivers.some(({ finding, until }) => finding.value === id && until !== undefined && until.value.slice(0, 10) >= today);
}
