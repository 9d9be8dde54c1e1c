/** The problems of syntax in words, and what mends the plain ones. */
import type { SyntaxCode } from '../syntax/document.ts';
import { quoted } from './words.ts';

type Say = (written: string) => string;

/** By code; the two that are missing have a diagnostic of their own. */
export const MESSAGES: Readonly<Partial<Record<SyntaxCode, Say>>> = {
  'empty-file': () => 'The file is empty. Write an object in { }, with “id”, “title” and what belongs to it.',
  'value-expected': () => 'A value is missing here. Write one behind this.',
  'colon-expected': () => 'A colon and a value are missing behind this key. Add them.',
  'comma-expected': () => 'A comma is missing behind this. Add one before the next entry.',
  'property-expected': written => `${quoted(written)} is no key with a value. Write it as "key": value, or remove it.`,
  'unclosed-object': () => 'This { is not closed before what surrounds it ends. Add a } where it should end.',
  'unclosed-array': () => 'This [ is not closed before what surrounds it ends. Add a ] where it should end.',
  'unclosed-string': () => 'This text is not closed on its line. Add a " where it should end.',
  'unclosed-comment': () => 'JSON has no comments, and this one does not end. Remove it.',
  'unexpected-end': () => 'The text ends here, before every bracket is closed. Something at the end is missing: add it.',
  comment: () => 'JSON has no comments. Write it as a “note” or under “notes”, or remove it.',
  'trailing-comma': () => 'Nothing follows this comma. Remove it, or add what is missing.',
  'extra-comma': () => 'Nothing stands before this comma. Remove it, or add what is missing.',
  'unquoted-key': written => `A key stands in double quotes. Write "${written}".`,
  'odd-quotes': () => 'JSON takes straight double quotes only. Replace these by ".',
  'odd-blank': () => 'This blank is not one that JSON knows; it often comes along with pasted text. Replace it by an ordinary blank.',
  'bad-number': written =>
    `${written} is not a number in JSON. Write it with digits on both sides of the point, without leading zeros or a plus sign.`,
  'bad-escape': written => `${written} stands for no character. Write \\\\ for a backslash.`,
  'control-character': () => 'A tab or another control character stands within this text. Write \\t, or remove it.',
  'not-a-value': written => `${written} is not a value. Write text in double quotes, or a number, true, false or null.`,
  'unexpected-token': written => `${written} has no place here. Remove it, or add what is missing before it.`,
  'wrong-bracket': written => `This ${written} closes a bracket of the other kind. Replace it by ${otherBracket(written)}.`,
  'end-expected': () => 'The file ends before this: it holds one object, and no more. Remove what follows, or move it inside.',
  'lone-surrogate': () => 'This is half a character, which no file can keep. Write the whole one, or remove it.',
  'too-deep': () =>
    'Brackets are nested more than 200 deep from here, so what is inside is not read. Divide it into facts, scores or rules of its own.',
};

interface Mended {
  readonly title: string;
  readonly text: string;
  /** Whether the text goes behind the place and not into it. */
  readonly atEnd?: boolean;
}

/** What to write instead, where it is plain what was meant. */
export function mended(code: SyntaxCode, written: string): Mended | undefined {
  switch (code) {
    case 'trailing-comma':
    case 'extra-comma':
      return { title: 'Remove the comma', text: '' };
    case 'comma-expected':
      return { title: 'Add a comma', text: ',', atEnd: true };
    case 'unquoted-key':
      return { title: 'Write it in double quotes', text: JSON.stringify(written) };
    case 'odd-quotes':
      return { title: 'Use straight double quotes', text: JSON.stringify(written.slice(1, -1)) };
    case 'odd-blank':
      return { title: 'Use an ordinary blank', text: ' ' };
    case 'wrong-bracket':
      return { title: `Replace by ${otherBracket(written)}`, text: otherBracket(written) };
    case 'bad-number':
      return mendedNumber(written);
    case 'not-a-value':
      return /^(true|false|null)$/i.test(written)
        ? { title: `Change to ${written.toLowerCase()}`, text: written.toLowerCase() }
        : undefined;
    default:
      return undefined;
  }
}

/** `.5` and `5.`: nothing but a zero is missing. A leading zero may stand for a slipped point, so it is left to the author. */
function mendedNumber(written: string): Mended | undefined {
  const parts = /^(-?)\+?(\d*)\.(\d*)$/.exec(written);
  if (!parts || /^0\d/.test(parts[2]!) || (parts[2] === '' && parts[3] === '')) return undefined;
  const text = `${parts[1]}${parts[2] || '0'}.${parts[3] || '0'}`;
  return { title: `Change to ${text}`, text };
}

function otherBracket(written: string): string {
  return written === ']' ? '}' : ']';
}
