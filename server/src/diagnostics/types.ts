/** What the types of facts are called in messages. */
import type { FactType } from '../model/rule-set.ts';

export const TYPE_WORDS: Readonly<Record<FactType, string>> = {
  boolean: 'is true or false',
  integer: 'is a whole number',
  decimal: 'is a number',
  quantity: 'is a quantity',
  code: 'has a closed list of values',
  side: 'is left or right',
  date: 'is a date',
  text: 'is free text',
};
