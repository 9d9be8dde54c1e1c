/** JSON as people write it: what fits stands on one line, but for the file and its sections, which stand on several. */

const WIDTH = 120;

export function laidOut(value: object): string {
  return `${part(value, '', 0)}\n`;
}

/** `depth` 0 is the file, 1 a section. */
function part(value: unknown, indent: string, depth: number): string {
  const line = onOneLine(value);
  const entries = entriesOf(value);
  const mayBeShort = depth > 1 || typeof value !== 'object' || (Array.isArray(value) && value.every(item => typeof item !== 'object'));
  if (entries.length === 0 || (mayBeShort && indent.length + line.length <= WIDTH)) return line;
  const inner = `${indent}  `;
  const lines = entries.map(([key, each]) => `${inner}${key}${part(each, inner, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  const entries = entriesOf(value).map(([key, each]) => `${key}${onOneLine(each)}`);
  if (Array.isArray(value)) return `[${entries.join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Each with its key as it is written; items of a list have none. */
function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map(item => ['', item]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, each]) => [`${JSON.stringify(key)}: `, each]);
}
