/** The plain-language view as Markdown. */
import type { PlainBlock, PlainItem, PlainRow } from './plain-model.ts';

/** Ends with a line break. */
export function plainMarkdown(blocks: readonly PlainBlock[]): string {
  return `${blocks.map(blockMarkdown).join('\n\n')}\n`;
}

function blockMarkdown(block: PlainBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'text':
      return escaped(block.text);
    case 'list':
      return block.items.map(itemMarkdown).join('\n');
    case 'table':
      return [line(block.head), `|${' --- |'.repeat(block.head.length)}`, ...block.rows.map(rowMarkdown)].join('\n');
  }
}

function itemMarkdown({ title, text, details }: PlainItem): string {
  const name = title === '' ? '' : `**${escaped(title)}**${text === '' ? '' : /[.:!?]$/.test(title) ? ' ' : ': '}`;
  return [`- ${name}${escaped(text)}`, ...details.map(detail => `  - ${escaped(detail)}`)].join('\n');
}

function rowMarkdown({ cells }: PlainRow): string {
  return line(cells);
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell => escaped(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What Markdown would read as its own signs; line breaks would end a list or a table. */
function escaped(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]<>#]/g, sign => `\\${sign}`)
    .replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1');
}
