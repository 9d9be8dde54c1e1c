/** The full UCUM table, for units outside ours. A bundle of its own: it is large, and few files need it. */
import { UcumLhcUtils } from '@lhncbc/ucum-lhc';

/** What the library says about one unit. */
export interface LibraryUnit {
  readonly dimension: string;
}

/** Undefined if UCUM has no such unit. What the library would have to correct is not that unit. */
export function readLibraryUnit(text: string): LibraryUnit | undefined {
  const { unit, retMsg, status } = UcumLhcUtils.getInstance().getSpecifiedUnit(text, 'validate');
  if (!unit || status === 'invalid' || retMsg.length > 0) return undefined;
  const { dim_: dimension, moleExp_: moles, isArbitrary_: arbitrary, csCode_: code } = unit;
  // An arbitrary unit measures nothing but itself.
  return { dimension: JSON.stringify([dimension?.dimVec_ ?? null, moles ?? 0, arbitrary ? code : '']) };
}
