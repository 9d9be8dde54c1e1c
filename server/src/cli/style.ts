/** Text for a terminal: colours where they are wanted, columns that line up, lines that are not too long. */
import type { Tone } from '../features/preview-model.ts';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly information: (text: string) => string;
  readonly tone: (tone: Tone, text: string) => string;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;
const TONES: Readonly<Record<Tone, keyof typeof CODES>> = {
  contraindicated: 'red',
  modify: 'yellow',
  proceed: 'green',
  value: 'cyan',
  undetermined: 'magenta',
  'no-answer': 'magenta',
  conflict: 'red',
};

/** Colour never carries meaning alone: without it the same words stand there. */
export function styleFor(coloured: boolean): Style {
  const paint = (name: keyof typeof CODES) => (text: string) => (coloured && text !== '' ? `\x1b[${CODES[name]}m${text}\x1b[0m` : text);
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    error: paint('red'),
    warning: paint('yellow'),
    information: paint('blue'),
    tone: (tone, text) => paint('bold')(paint(TONES[tone])(text)),
  };
}

/** Breaks a text at spaces; every line but the first is indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Rows whose columns line up; the last column is left as it is. */
export function aligned(rows: readonly (readonly string[])[], indent: string): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.slice(0, -1).entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
  return rows.map(
    row =>
      indent +
      row
        .map((cell, i) => (i < row.length - 1 ? cell + ' '.repeat(widths[i]! - widthOf(cell)) : cell))
        .join('  ')
        .trimEnd(),
  );
}

/** Colour codes take no room. */
function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return [...text.replace(/\x1b\[\d+m/g, '')].length;
}
