/** Whether a reviewer has waived a finding. */
import type { WaivableFinding } from './diagnostics/define.ts';
import type { Waiver } from './model/rule-set.ts';

/**
 * A waiver counts until the day it names has passed (without a date to hold it against, none counts), and, where it wrote down the meaning of what was
 * found, as long as that is the same.
 */
export function isWaived(finding: WaivableFinding, waivers: readonly Waiver[], today: string | undefined): boolean {
  if (today === undefined) return false;
  return waivers.some(
    waiver =>
      waiver.finding.value === finding.id &&
      waiver.until !== undefined &&
      waiver.until.value.slice(0, 10) >= today &&
      (waiver.digest === undefined || waiver.digest.value === finding.digest),
  );
}
