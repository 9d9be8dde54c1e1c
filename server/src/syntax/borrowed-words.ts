/** Words that other languages have for our keys: what an author brings along means another word here, however near the letters lie. */

const BORROWED: Readonly<Record<string, readonly string[]>> = {
  and: ['all'],
  or: ['any'],
  if: ['when'],
  condition: ['when'],
  do: ['then'],
  action: ['then'],
  actions: ['then'],
  effects: ['then'],
  equals: ['is'],
  equal: ['is'],
  eq: ['is'],
  lessthan: ['below'],
  lt: ['below'],
  under: ['below'],
  lessorequal: ['atMost'],
  lte: ['atMost'],
  max: ['maximum', 'atMost'],
  greaterthan: ['above'],
  morethan: ['above'],
  gt: ['above'],
  over: ['above'],
  greaterorequal: ['atLeast'],
  gte: ['atLeast'],
  min: ['minimum', 'atLeast'],
  name: ['title'],
  label: ['title'],
  number: ['decimal'],
  enum: ['code'],
};

/** What the word means here, where it may stand; null for a word from elsewhere that means none of the names; undefined for any other word. */
export function meantBy(word: string, names: readonly string[]): string | null | undefined {
  const key = word.toLowerCase();
  if (names.includes(word) || !Object.hasOwn(BORROWED, key)) return undefined;
  return BORROWED[key]!.find(name => names.includes(name)) ?? null;
}
