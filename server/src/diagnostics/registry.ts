/** Every diagnostic. Generated from the files in rules/ by test/diagnostics/generated.test.ts: do not edit. */
import type { Rule } from './define.ts';
import { rule as bandGap } from './rules/band-gap.ts';
import { rule as bandOverlap } from './rules/band-overlap.ts';
import { rule as boundOutsideDomain } from './rules/bound-outside-domain.ts';
import { rule as contradictingBounds } from './rules/contradicting-bounds.ts';
import { rule as doubledValue } from './rules/doubled-value.ts';
import { rule as duplicateId } from './rules/duplicate-id.ts';
import { rule as eachWithoutStrictest } from './rules/each-without-strictest.ts';
import { rule as expiredWaiver } from './rules/expired-waiver.ts';
import { rule as firstAcrossFiles } from './rules/first-across-files.ts';
import { rule as givenBeyondRecommend } from './rules/given-beyond-recommend.ts';
import { rule as internalError } from './rules/internal-error.ts';
import { rule as intervalGap } from './rules/interval-gap.ts';
import { rule as invertedDomain } from './rules/inverted-domain.ts';
import { rule as missingSource } from './rules/missing-source.ts';
import { rule as missingUnit } from './rules/missing-unit.ts';
import { rule as outsideGroup } from './rules/outside-group.ts';
import { rule as rangeMismatch } from './rules/range-mismatch.ts';
import { rule as reviewDatePassed } from './rules/review-date-passed.ts';
import { rule as undeclaredUnit } from './rules/undeclared-unit.ts';
import { rule as undefinedName } from './rules/undefined-name.ts';
import { rule as undefinedValue } from './rules/undefined-value.ts';
import { rule as unknownUnit } from './rules/unknown-unit.ts';
import { rule as unlikeCutOffs } from './rules/unlike-cut-offs.ts';
import { rule as unlikeQuoted } from './rules/unlike-quoted.ts';
import { rule as unneededUnit } from './rules/unneeded-unit.ts';
import { rule as unreachableBand } from './rules/unreachable-band.ts';
import { rule as unsoundOverride } from './rules/unsound-override.ts';
import { rule as wrongComparison } from './rules/wrong-comparison.ts';
import { rule as wrongFactor } from './rules/wrong-factor.ts';
import { rule as wrongKind } from './rules/wrong-kind.ts';

export const registry: readonly Rule[] = [
  bandGap,
  bandOverlap,
  boundOutsideDomain,
  contradictingBounds,
  doubledValue,
  duplicateId,
  eachWithoutStrictest,
  expiredWaiver,
  firstAcrossFiles,
  givenBeyondRecommend,
  internalError,
  intervalGap,
  invertedDomain,
  missingSource,
  missingUnit,
  outsideGroup,
  rangeMismatch,
  reviewDatePassed,
  undeclaredUnit,
  undefinedName,
  undefinedValue,
  unknownUnit,
  unlikeCutOffs,
  unlikeQuoted,
  unneededUnit,
  unreachableBand,
  unsoundOverride,
  wrongComparison,
  wrongFactor,
  wrongKind,
];
