/** Comma-separated values (RFC 4180) with the place of every cell: quotes, doubled quotes, line ends of every kind, `;` where that divides the first line. */
import type { StringNode } from '../syntax/node.ts';
import type { Span } from '../text/span.ts';
import type { Name } from './rule-set.ts';

export interface CsvTable {
  readonly columns: readonly Name[];
  /** Without blank lines. */
  readonly rows: readonly { readonly span: Span; readonly cells: readonly StringNode[] }[];
  /** Quotes that nothing closes, or with more behind the closing one than the end of the cell. */
  readonly openQuotes: readonly Span[];
}

/** Any text gives a table. */
export function readCsv(text: string): CsvTable {
  const openQuotes: Span[] = [];
  const lines: StringNode[][] = [];
  const separator = separatorOf(text);
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const line: StringNode[] = [];
    for (let more = true; more; ) {
      const cell = text[at] === '"' ? readQuoted(text, at, openQuotes) : readPlain(text, at, separator);
      at = cell.end;
      if (text[at] !== undefined && text[at] !== separator && !isLineEnd(text[at]!)) {
        openQuotes.push({ start: cell.start, end: at + 1 });
        at = readPlain(text, at, separator).end;
      }
      line.push(cell);
      more = text[at] === separator;
      if (more) at++;
    }
    if (line.length > 1 || line[0]!.value.trim() !== '') lines.push(line);
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  const [head = [], ...rows] = lines;
  return {
    columns: head.map(({ value, start, end }) => ({ value: value.trim(), span: { start, end } })),
    rows: rows.map(cells => ({ span: { start: cells[0]!.start, end: cells.at(-1)!.end }, cells })),
    openQuotes,
  };
}

/** Spreadsheets write `;` where the comma divides decimals. */
function separatorOf(text: string): string {
  const first = /^(?:"(?:[^"]|"")*"|[^\r\n"])*/.exec(text)![0].replace(/"(?:[^"]|"")*"/g, '');
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}

function readPlain(text: string, start: number, separator: string): StringNode {
  let end = start;
  while (end < text.length && text[end] !== separator && !isLineEnd(text[end]!)) end++;
  return { type: 'string', value: text.slice(start, end), start, end };
}

function readQuoted(text: string, start: number, openQuotes: Span[]): StringNode {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') value += text[at++];
    else return { type: 'string', value, start, end: at + 1 };
  }
  openQuotes.push({ start, end: text.length });
  return { type: 'string', value, start, end: text.length };
}
