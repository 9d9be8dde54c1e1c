/** How exactly a number is written. */
import { Exact } from '../model/exact.ts';
import type { Span } from '../text/span.ts';

/**
 * Half of the last digit that counts: 0.05 for `3.5`. Noughts at the end of a whole number may come from rounding: 5000 for `50000`. A number that
 * differs from another by no more may be the same, rounded.
 */
export function halfDigit(text: string, { start, end }: Span): Exact {
  const [, whole = '', , decimals = '', exponent = '0'] = /^-?(\d+)(\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text.slice(start, end)) ?? [];
  const noughts = decimals === '' && Number(whole) !== 0 ? /0*$/.exec(whole)![0].length : 0;
  return Exact.parse(`5e${Number(exponent) - decimals.length + noughts - 1}`) ?? Exact.of(0);
}
