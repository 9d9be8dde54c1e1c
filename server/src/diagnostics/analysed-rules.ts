/** Every diagnostic that rests on the analysis of the whole. Generated from the files in rules/ by test/diagnostics/generated.test.ts: do not edit. */
import type { Rule } from './define.ts';
import { rule as alwaysHolds } from './rules/always-holds.ts';
import { rule as conflictingDecisions } from './rules/conflicting-decisions.ts';
import { rule as conflictingEffects } from './rules/conflicting-effects.ts';
import { rule as disagreement } from './rules/disagreement.ts';
import { rule as hiddenRule } from './rules/hidden-rule.ts';
import { rule as lapsedWaiver } from './rules/lapsed-waiver.ts';
import { rule as missingDataHazard } from './rules/missing-data-hazard.ts';
import { rule as missingPrecaution } from './rules/missing-precaution.ts';
import { rule as missingRule } from './rules/missing-rule.ts';
import { rule as neverHolds } from './rules/never-holds.ts';
import { rule as redundantRule } from './rules/redundant-rule.ts';
import { rule as unneededWaiver } from './rules/unneeded-waiver.ts';

export const analysedRules: readonly Rule[] = [
  alwaysHolds,
  conflictingDecisions,
  conflictingEffects,
  disagreement,
  hiddenRule,
  lapsedWaiver,
  missingDataHazard,
  missingPrecaution,
  missingRule,
  neverHolds,
  redundantRule,
  unneededWaiver,
];
