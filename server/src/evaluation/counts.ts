/** Tests of a number that is only known to lie between two whole numbers. */
import { Exact } from '../model/exact.ts';
import type { Test } from '../model/rule-set.ts';
import { compileTotalTest, readableTotalTest } from './tests.ts';
import { type Truth, truthOf, UNKNOWN } from './values.ts';

/** Whether all, some or none of the counts from `least` to `most` meet the test; `most` may be without end. */
export function compileCountTest(test: Test): (least: number, most: number) => Truth {
  if (!readableTotalTest(test)) return () => UNKNOWN;
  const holds = compileTotalTest(test);
  const turns = turningPoints(test);
  const meets = (count: number) => holds(Exact.of(count));
  return (least, most) => {
    const truth = meets(least);
    const others = [most, ...turns].filter(count => count > least && count <= most && count < Number.POSITIVE_INFINITY);
    return others.some(count => meets(count) !== truth) ? UNKNOWN : truthOf(truth);
  };
}

/** Whole numbers at, just below and just above each number named: between them nothing changes. */
function turningPoints(test: Test): number[] {
  const named = numbersOf(test).map(number => number.double);
  const around = named.flatMap(number => [Math.floor(number) - 1, Math.floor(number), Math.ceil(number), Math.ceil(number) + 1]);
  return [...new Set(around)].filter(count => count >= 0 && Number.isSafeInteger(count));
}

function numbersOf(test: Test): Exact[] {
  const bounds = [test.atLeast, test.above, test.atMost, test.below].flatMap(bound =>
    bound?.kind === 'number' ? [bound.number.value] : [],
  );
  const constants = [test.is, ...(test.in ?? [])].flatMap(constant => (typeof constant?.value === 'object' ? [constant.value] : []));
  return [...bounds, ...constants];
}
