/** Random JSON texts, random edits of a text, and random changes of a value. */

type Random = () => number;

const STRINGS = ['', 'a', 'id', 'fact', '__proto__', 'é', '😀', '"', '\\', '\n', 'a b', '/', '\u2028', 'constructor', '2026-11-22', 'L3'];
const NUMBERS = ['0', '-0', '1', '12.50', '1e3', '-1.5E-7', '9007199254740993', '0.1'];
const BLANKS = ['', '', ' ', '\n', '\r\n', '\t', '\n    '];
const FRAGMENTS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '1',
  '-',
  '.',
  'e',
  'true',
  'nul',
  ' ',
  '\n',
  '/',
  '*',
  "'",
  '“',
  '\u00a0',
  '\ud800',
  '"a":',
  '//',
];

/** A well-formed text, blanks and escapes included. */
export function randomJson(random: Random, depth = 0): string {
  const sort = Math.floor(random() * (depth > 4 ? 4 : 6));
  const blank = () => pick(BLANKS, random);
  if (sort === 0) return pick(NUMBERS, random);
  if (sort === 1) return pick(['true', 'false', 'null'], random);
  if (sort < 4) return randomString(random);
  const count = Math.floor(random() * (depth === 0 ? 12 : 4));
  const members = Array.from({ length: count }, () => {
    const value = randomJson(random, depth + 1);
    return `${blank()}${sort === 4 ? value : `${randomString(random)}${blank()}:${blank()}${value}`}${blank()}`;
  });
  return sort === 4 ? `[${members.join(',') || blank()}]` : `{${members.join(',') || blank()}}`;
}

function randomString(random: Random): string {
  const written = JSON.stringify(pick(STRINGS, random));
  return random() < 0.1 ? written.replace('a', '\\u0061') : written;
}

/** One insertion, deletion or replacement of a few characters. */
export function randomlyEdited(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const length = random() < 0.5 ? 0 : Math.floor(random() * 6);
  return text.slice(0, at) + (random() < 0.7 ? pick(FRAGMENTS, random) : '') + text.slice(at + length);
}

/** A copy of a JSON value in which one thing, somewhere, is renamed, left out, doubled or replaced. */
export function randomlyChanged(value: unknown, random: Random, others: readonly unknown[]): unknown {
  const copy = { root: clone(value) };
  const holders: object[] = [];
  collect(copy);
  const holder = pick(holders, random) as Record<string, unknown>;
  const key = pick(Object.keys(holder), random);
  if (Array.isArray(holder)) changeItem(holder, Number(key));
  else changeProperty(holder, key);
  return copy.root;

  function collect(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    if (Object.keys(node).length > 0) holders.push(node);
    Object.values(node).forEach(collect);
  }

  function changeItem(list: unknown[], index: number): void {
    if (random() < 0.3) list.splice(index, 1);
    else list[index] = clone(pick(others, random));
  }

  function changeProperty(object: Record<string, unknown>, name: string): void {
    const kind = holder === copy ? 1 : random();
    if (kind < 0.25) delete object[name];
    else if (kind < 0.5) {
      const other = pick([`${name}x`, name.slice(1), 'score', 'fact', 'unit', 'title', 'atLeast', 'Big Id', '__proto__'], random);
      // An assignment to `__proto__` would make no property.
      Object.defineProperty(object, other, { value: object[name], enumerable: true, writable: true, configurable: true });
      if (other !== name && random() < 0.7) delete object[name];
    } else object[name] = clone(pick(others, random));
  }
}

/** Through text: that keeps an own `__proto__`, which `structuredClone` does not. */
function clone(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

export function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}
