/** Effects as typed values: what a rule decides, requires, recommends, avoids, forbids or limits, where and when. */
import type { Span } from '../text/span.ts';
import type { Condition, Constant } from './condition.ts';
import type { Name, Period, Written, WrittenNumber } from './rule-set.ts';

export type EffectVerb = 'require' | 'recommend' | 'avoid' | 'forbid' | 'limit';

export type Effect = { readonly span: Span; readonly note: string | undefined } & (
  | { readonly kind: 'decide'; readonly decision: Name; readonly value: Name }
  | ({ readonly kind: 'require'; readonly what: Name; readonly every: Written<Period> | undefined } & Placed)
  | ({
      readonly kind: 'recommend';
      /** One, or the alternatives of `oneOf`. */
      readonly what: readonly Name[];
      readonly oneOf: boolean;
      readonly with: readonly ParameterRange[];
      readonly steps: readonly { readonly title: string | undefined; readonly with: readonly ParameterRange[]; readonly span: Span }[];
      readonly maximum: readonly ParameterAmount[];
      readonly every: Written<Period> | undefined;
    } & Placed)
  | ({ readonly kind: 'avoid' | 'forbid'; readonly what: Name } & Placed)
  | ({
      readonly kind: 'limit';
      readonly parameter: Name;
      readonly of: Name | undefined;
      readonly atMost: WrittenNumber | Name;
      readonly unit: Name | undefined;
    } & Placed)
);

export interface Placed {
  readonly at: EffectPlace;
  readonly during: readonly Name[];
}

export type EffectPlace =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'here'; readonly span: Span }
  | { readonly kind: 'sites'; readonly sites: readonly Name[]; readonly span: Span }
  | {
      readonly kind: 'below';
      readonly site: Name;
      readonly except: PlaceException | undefined;
      readonly span: Span;
    };

export interface PlaceException {
  readonly group: Name;
  readonly where: Condition | undefined;
  /** Sites that a record below them takes out as a whole, on its side. */
  readonly whole: readonly Name[];
  readonly span: Span;
}

/** Bounds of an ordered parameter are places on its order, as constants. */
export interface ParameterRange {
  readonly parameter: Name;
  readonly span: Span;
  readonly unit: Name | undefined;
  readonly is: Constant | undefined;
  readonly atLeast: Constant | undefined;
  readonly above: Constant | undefined;
  readonly atMost: Constant | undefined;
  readonly below: Constant | undefined;
}

export interface ParameterAmount {
  readonly parameter: Name;
  readonly value: Constant;
  readonly unit: Name | undefined;
  readonly span: Span;
}
