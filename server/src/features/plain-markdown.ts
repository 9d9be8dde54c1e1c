/** The plain-language view as Markdown. */
import type { PlainBlock, PlainItem, PlainRow } from './plain-model.ts';

/** Ends with a line break. */
export function plainMarkdown(blocks: readonly PlainBlock[]): string {
  return `${blocks.map(blockMarkdown).join('\n\n')}\n`;
}

function blockMarkdown(block: PlainBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${markdownText(block.text)}`;
    case 'text':
      return markdownText(block.text);
    case 'list':
      return block.items.map(itemMarkdown).join('\n');
    case 'table':
      return [line(block.head), `|${' --- |'.repeat(block.head.length)}`, ...block.rows.map(rowMarkdown)].join('\n');
  }
}

function itemMarkdown({ title, text, details }: PlainItem): string {
  const name = title === '' ? '' : `**${markdownText(title)}**${text === '' ? '' : /[.:!?]$/.test(title) ? ' ' : ': '}`;
  return [`- ${name}${markdownText(text)}`, ...details.map(detail => `  - ${markdownText(detail)}`)].join('\n');
}

function rowMarkdown({ cells }: PlainRow): string {
  return line(cells);
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell => markdownText(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** With what Markdown would read as its own signs marked as text; line breaks would end a list or a table. */
export function markdownText(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]<>#]/g, sign => `\\${sign}`)
    .replace(/^([-+])(?=\s)/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/, '$1\\$2');
}
