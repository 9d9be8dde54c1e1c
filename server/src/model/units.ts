/** Units of measure: which there are, which measure the same, and exact factors between them. */

export { COMMON_UNITS } from './units/common.ts';
export { areCommensurable, conversionFactor, declaredFactor, exactFactor, isKnownUnit, needsLibrary } from './units/convert.ts';
export { loadUnits } from './units/load.ts';
export { suggestUnit } from './units/suggest.ts';
