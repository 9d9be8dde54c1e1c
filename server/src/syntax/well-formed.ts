/** What both parsers hold against well-formed JSON: limits, keys written twice, half characters. */
import type { Property } from './node.ts';

/** Brackets within brackets. A rule set needs about 30; a condition nested beyond this can be read by nobody, and would use up the stack. */
export const MAX_DEPTH = 200;
/** As `Exact.parse` in the model: longer numbers cannot be calculated with in reasonable time. A test holds the two together. */
const MAX_DIGITS = 60;

/** Well-formed as JSON, and still wrong. */
type OwnCode = 'duplicate-key' | 'number-too-long' | 'lone-surrogate' | 'too-deep';
/** Something that should stand there does not. The place is what stands before it. */
type MissingCode =
  | 'empty-file'
  | 'value-expected'
  | 'colon-expected'
  | 'comma-expected'
  | 'property-expected'
  | 'unclosed-object'
  | 'unclosed-array'
  | 'unclosed-string'
  | 'unclosed-comment'
  | 'unexpected-end';
/** Something stands there that should not, or not so. */
type DamageCode =
  | 'comment'
  | 'trailing-comma'
  | 'extra-comma'
  | 'unquoted-key'
  | 'odd-quotes'
  | 'odd-blank'
  | 'bad-number'
  | 'bad-escape'
  | 'control-character'
  | 'not-a-value'
  | 'unexpected-token'
  | 'wrong-bracket'
  | 'end-expected';
export type SyntaxCode = OwnCode | MissingCode | DamageCode;

export type Tell = (code: SyntaxCode, start: number, end: number) => void;

/** Whether a well-formed number has more digits, written out or by its exponent, than exact arithmetic takes. */
export function isTooLong(number: string): boolean {
  if (number.length <= MAX_DIGITS && !/e/i.test(number)) return false;
  const [, whole, decimals = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number)!;
  const digits = `${whole}${decimals}`.replace(/^0+/, '');
  if (digits.length > MAX_DIGITS || power.replace(/^[+-]/, '').length > 6) return true;
  const exponent = Number(power) - decimals.length;
  return digits !== '' && Math.abs(exponent) + digits.length > MAX_DIGITS * 2;
}

/** Tells the second and every later property of the same key. */
export function tellDoubles(properties: readonly Property[], tell: Tell): void {
  if (properties.length > 8) {
    tellDoublesOfMany(properties, tell);
    return;
  }
  for (let i = 1; i < properties.length; i++) {
    const { key, keyStart, keyEnd } = properties[i]!;
    for (let j = 0; j < i; j++) {
      if (properties[j]!.key !== key) continue;
      tell('duplicate-key', keyStart, keyEnd);
      break;
    }
  }
}

function tellDoublesOfMany(properties: readonly Property[], tell: Tell): void {
  const seen = new Set<string>();
  for (const { key, keyStart, keyEnd } of properties) {
    if (seen.has(key)) tell('duplicate-key', keyStart, keyEnd);
    else seen.add(key);
  }
}

/** An escape for half a character, any other escape (stepped over, so that `\\ud800` is not taken for one), or half a character as such. */
const ESCAPE_OR_HALF = /\\u([dD][89a-fA-F][0-9a-fA-F]{2})|\\.|[\ud800-\udfff]/gs;

/**
 * Tells every half of a surrogate pair without its other half. JSON allows it, but no UTF-8 file can hold such a text, so an id or
 * title with it would not come back from disk as it was.
 */
export function tellLoneSurrogates(text: string, tell: Tell): void {
  if (isWellFormed(text) && !text.includes('\\ud') && !text.includes('\\uD')) return;
  let high: { start: number; end: number } | undefined;
  for (const { 0: written, 1: digits, index } of text.matchAll(ESCAPE_OR_HALF)) {
    const unit = digits ? Number.parseInt(digits, 16) : written.charCodeAt(0);
    const end = index + written.length;
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow && high?.end === index) {
      high = undefined;
      continue;
    }
    if (high) tell('lone-surrogate', high.start, high.end);
    high = unit >= 0xd800 && unit <= 0xdbff ? { start: index, end } : undefined;
    if (isLow) tell('lone-surrogate', index, end);
  }
  if (high) tell('lone-surrogate', high.start, high.end);
}

/** In the language since ES2024 and in every runtime we support, but not yet in the library types we compile against. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
