/** Units of measure: which there are, which measure the same, and exact factors between them. */
export { areCommensurable, conversionFactor, declaredFactor, exactFactor, isKnownUnit, needsLibrary } from './units/convert.ts';
export { loadUnits } from './units/load.ts';
