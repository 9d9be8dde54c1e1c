/** Every diagnostic that rests on no analysis. Generated from the files in rules/ by test/diagnostics/generated.test.ts: do not edit. */
import type { Rule, Severity } from './define.ts';
import { rule as asOfMissing } from './rules/as-of-missing.ts';
import { rule as bandGap } from './rules/band-gap.ts';
import { rule as bandOverlap } from './rules/band-overlap.ts';
import { rule as baseNameLost } from './rules/base-name-lost.ts';
import { rule as baseVersion } from './rules/base-version.ts';
import { rule as boundOutsideDomain } from './rules/bound-outside-domain.ts';
import { rule as contradictingBounds } from './rules/contradicting-bounds.ts';
import { rule as contradictingExpectations } from './rules/contradicting-expectations.ts';
import { rule as cyclicDefinition } from './rules/cyclic-definition.ts';
import { rule as doubledValue } from './rules/doubled-value.ts';
import { rule as duplicateId } from './rules/duplicate-id.ts';
import { rule as duplicateKey } from './rules/duplicate-key.ts';
import { rule as duplicateRecord } from './rules/duplicate-record.ts';
import { rule as exclusiveProperties } from './rules/exclusive-properties.ts';
import { rule as expiredWaiver } from './rules/expired-waiver.ts';
import { rule as firstAcrossFiles } from './rules/first-across-files.ts';
import { rule as givenBeyondRecommend } from './rules/given-beyond-recommend.ts';
import { rule as hereWithoutSite } from './rules/here-without-site.ts';
import { rule as internalError } from './rules/internal-error.ts';
import { rule as intervalGap } from './rules/interval-gap.ts';
import { rule as invertedDomain } from './rules/inverted-domain.ts';
import { rule as jsonSyntax } from './rules/json-syntax.ts';
import { rule as likelyIdentifier } from './rules/likely-identifier.ts';
import { rule as malformedCases } from './rules/malformed-cases.ts';
import { rule as malformedValue } from './rules/malformed-value.ts';
import { rule as misplacedUnknown } from './rules/misplaced-unknown.ts';
import { rule as missingFile } from './rules/missing-file.ts';
import { rule as missingProperty } from './rules/missing-property.ts';
import { rule as missingSource } from './rules/missing-source.ts';
import { rule as missingUnit } from './rules/missing-unit.ts';
import { rule as mixedUnits } from './rules/mixed-units.ts';
import { rule as numberTooLong } from './rules/number-too-long.ts';
import { rule as outsideGroup } from './rules/outside-group.ts';
import { rule as outsideWorkspace } from './rules/outside-workspace.ts';
import { rule as patientEventAfterAsOf } from './rules/patient-event-after-as-of.ts';
import { rule as patientOutsideDomain } from './rules/patient-outside-domain.ts';
import { rule as patientRequiredMissing } from './rules/patient-required-missing.ts';
import { rule as patientSideOnUnpairedSite } from './rules/patient-side-on-unpaired-site.ts';
import { rule as patientUndeclaredUnit } from './rules/patient-undeclared-unit.ts';
import { rule as patientUnknownName } from './rules/patient-unknown-name.ts';
import { rule as patientUnknownValue } from './rules/patient-unknown-value.ts';
import { rule as patientWrongType } from './rules/patient-wrong-type.ts';
import { rule as rangeMismatch } from './rules/range-mismatch.ts';
import { rule as reasonMissing } from './rules/reason-missing.ts';
import { rule as removedUnknown } from './rules/removed-unknown.ts';
import { rule as reviewDatePassed } from './rules/review-date-passed.ts';
import { rule as unconfirmedExpectation } from './rules/unconfirmed-expectation.ts';
import { rule as undeclaredUnit } from './rules/undeclared-unit.ts';
import { rule as undefinedName } from './rules/undefined-name.ts';
import { rule as undefinedValue } from './rules/undefined-value.ts';
import { rule as unknownExpectation } from './rules/unknown-expectation.ts';
import { rule as unknownProperty } from './rules/unknown-property.ts';
import { rule as unknownUnit } from './rules/unknown-unit.ts';
import { rule as unlikeCutOffs } from './rules/unlike-cut-offs.ts';
import { rule as unlikeQuoted } from './rules/unlike-quoted.ts';
import { rule as unneededUnit } from './rules/unneeded-unit.ts';
import { rule as unreachableBand } from './rules/unreachable-band.ts';
import { rule as unreachableTotal } from './rules/unreachable-total.ts';
import { rule as unscoredValue } from './rules/unscored-value.ts';
import { rule as unsettledPoints } from './rules/unsettled-points.ts';
import { rule as unsoundOverride } from './rules/unsound-override.ts';
import { rule as unusedName } from './rules/unused-name.ts';
import { rule as usesCycle } from './rules/uses-cycle.ts';
import { rule as valueNotAllowed } from './rules/value-not-allowed.ts';
import { rule as wrongAmount } from './rules/wrong-amount.ts';
import { rule as wrongComparison } from './rules/wrong-comparison.ts';
import { rule as wrongCount } from './rules/wrong-count.ts';
import { rule as wrongFactor } from './rules/wrong-factor.ts';
import { rule as wrongKind } from './rules/wrong-kind.ts';
import { rule as wrongOperand } from './rules/wrong-operand.ts';
import { rule as wrongType } from './rules/wrong-type.ts';

export const registry: readonly Rule[] = [
  asOfMissing,
  bandGap,
  bandOverlap,
  baseNameLost,
  baseVersion,
  boundOutsideDomain,
  contradictingBounds,
  contradictingExpectations,
  cyclicDefinition,
  doubledValue,
  duplicateId,
  duplicateKey,
  duplicateRecord,
  exclusiveProperties,
  expiredWaiver,
  firstAcrossFiles,
  givenBeyondRecommend,
  hereWithoutSite,
  internalError,
  intervalGap,
  invertedDomain,
  jsonSyntax,
  likelyIdentifier,
  malformedCases,
  malformedValue,
  misplacedUnknown,
  missingFile,
  missingProperty,
  missingSource,
  missingUnit,
  mixedUnits,
  numberTooLong,
  outsideGroup,
  outsideWorkspace,
  patientEventAfterAsOf,
  patientOutsideDomain,
  patientRequiredMissing,
  patientSideOnUnpairedSite,
  patientUndeclaredUnit,
  patientUnknownName,
  patientUnknownValue,
  patientWrongType,
  rangeMismatch,
  reasonMissing,
  removedUnknown,
  reviewDatePassed,
  unconfirmedExpectation,
  undeclaredUnit,
  undefinedName,
  undefinedValue,
  unknownExpectation,
  unknownProperty,
  unknownUnit,
  unlikeCutOffs,
  unlikeQuoted,
  unneededUnit,
  unreachableBand,
  unreachableTotal,
  unscoredValue,
  unsettledPoints,
  unsoundOverride,
  unusedName,
  usesCycle,
  valueNotAllowed,
  wrongAmount,
  wrongComparison,
  wrongCount,
  wrongFactor,
  wrongKind,
  wrongOperand,
  wrongType,
];

/** Those that do are loaded with the analysis; their usual severities, by code. */
export const severitiesOfAnalysed: Readonly<Record<string, Severity>> = {
  'always-holds': 'warning',
  'conflicting-decisions': 'error',
  'conflicting-effects': 'warning',
  'disagreement': 'information',
  'hidden-rule': 'warning',
  'lapsed-waiver': 'warning',
  'missing-data-hazard': 'information',
  'missing-precaution': 'warning',
  'missing-rule': 'warning',
  'never-holds': 'warning',
  'redundant-rule': 'information',
  'unneeded-waiver': 'warning',
};
