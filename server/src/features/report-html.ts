/** Blocks as one HTML document that stands alone: no script, nothing fetched, printed well. */
import type { PlainBlock, PlainItem } from './plain-model.ts';

const STYLE = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; border-bottom: 1px solid; padding-bottom: .2rem; margin-top: 2rem } h3 { font-size: 1rem; margin-bottom: .3rem }
table { border-collapse: collapse; width: 100%; font-size: .92em } th, td { border-bottom: 1px solid #8886; padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top }
ul { padding-left: 1.2rem } ul ul { color: GrayText; font-size: .92em }
hr { border: 0; border-top: 1px solid #8886; margin: 3rem 0 }
@media print { body { margin: 0; max-width: none } h2, h3 { break-after: avoid } tr, li { break-inside: avoid } }
`;

/** `documents` are told one after the other. */
export function reportHtml(title: string, documents: readonly (readonly PlainBlock[])[]): string {
  const bodies = documents.map(blocks => `<article>\n${blocks.map(blockHtml).join('\n')}\n</article>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${bodies.join('\n<hr>\n')}
</body>
</html>
`;
}

function blockHtml(block: PlainBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map(itemHtml).join('\n')}\n</ul>`;
    case 'table': {
      const head = block.head.map(text => `<th scope="col">${escaped(text)}</th>`).join('');
      const rows = block.rows.map(({ cells }) => `<tr>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
      return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
    }
  }
}

function itemHtml({ title, text, details }: PlainItem): string {
  const name = title === '' ? '' : `<strong>${escaped(title)}</strong>${text === '' ? '' : ': '}`;
  const inner = details.length ? `<ul>${details.map(detail => `<li>${escaped(detail)}</li>`).join('')}</ul>` : '';
  return `<li>${name}${escaped(text)}${inner}</li>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, sign => ENTITIES[sign]!);
}
