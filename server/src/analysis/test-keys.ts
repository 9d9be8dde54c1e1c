/** Tests by what they say: two that are written alike are one, and numbers that are counted are held against one. */
import { Exact } from '../model/exact.ts';
import type { Bound, Test } from '../model/rule-set.ts';
import { meets } from './cells.ts';
import { constantsOf } from './limits.ts';

export function countTest(test: Test): (count: number) => boolean {
  const limits = {
    limits: numberLimits(test),
    numbers: test.is || test.in ? constantsOf(test).flatMap(({ value }) => (value instanceof Exact ? [value] : [])) : undefined,
  };
  return count => meets(Exact.of(count), limits);
}

function numberLimits(test: Test) {
  return (['atLeast', 'above', 'atMost', 'below'] as const).flatMap(key => {
    const bound = test[key];
    return bound?.kind === 'number' ? [{ key, number: bound.number.value }] : [];
  });
}

/** What is written, as short as it can be told apart. */
export function testKey({ is, in: list, atLeast, above, atMost, below, unit }: Test): string {
  const constants = list ? list.map(({ value }) => textOf(value)).join() : '';
  return `${is ? textOf(is.value) : ''}|${list ? `[${constants}]` : ''}|${boundKey(atLeast)}|${boundKey(above)}|${boundKey(atMost)}|${boundKey(below)}|${unit?.value ?? ''}`;
}

function boundKey(bound: Bound | undefined): string {
  if (!bound) return '';
  if (bound.kind === 'number') return textOf(bound.number.value);
  return bound.kind === 'date' ? bound.date : bound.numbers.map(({ unit, number }) => `${unit.value} ${textOf(number.value)}`).join();
}

function textOf(value: Exact | string | boolean): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'boolean' || value.short ? String(value instanceof Exact ? value.double : value) : value.toString(60);
}
