/** `clinical-rules format`: lays out files where they stand, or says which are not laid out. */
import { readFileSync, writeFileSync } from 'node:fs';
import { formatEdits, type Layout, LINE_WIDTH } from '../features/format.ts';
import { parseDocument, type SyntaxProblem } from '../syntax/document.ts';
import { LineIndex } from '../text/line-index.ts';
import { applyEdits } from '../text/span.ts';
import type { Result, Surroundings } from './check.ts';
import { scopeOf, shortName } from './scope.ts';
import type { Arguments } from './usage.ts';

/** What keeps a text from being parsed; what is wrong and yet well-formed is laid out. */
const WELL_FORMED: ReadonlySet<string> = new Set(['duplicate-key', 'number-too-long', 'lone-surrogate']);

export function formatCommand({ paths, workspace, check, width }: Arguments, { cwd }: Surroundings): Result {
  const { files } = scopeOf(paths, cwd, workspace);
  const layout = { lineWidth: width ?? LINE_WIDTH, tabSize: 2, insertSpaces: true };
  const done = files.map(file => ({ name: shortName(file, cwd), ...layOutFile(file, layout, check) }));
  const changed = done.filter(one => one.changed).map(({ name }) => `${name}\n`);
  const refused = done.flatMap(({ name, why }) => (why === undefined ? [] : [`${name}: ${why}\n`]));
  const summary = `${changed.length} of ${files.length} ${files.length === 1 ? 'file' : 'files'} ${check ? 'not laid out' : 'changed'}\n`;
  return {
    exitCode: refused.length > 0 || (check && changed.length > 0) ? 1 : 0,
    output: `${changed.join('')}${summary}`,
    complaint: refused.join(''),
  };
}

interface LaidOut {
  readonly changed: boolean;
  /** Why the file was left as it is. */
  readonly why?: string;
}

function layOutFile(file: string, layout: Layout, check: boolean): LaidOut {
  const text = textOf(file);
  if (text === undefined) return { changed: false, why: 'this file cannot be read, or is not written in UTF-8. It is left as it is.' };
  const document = parseDocument(text);
  const problem = document.problems.find(({ code }) => !WELL_FORMED.has(code));
  if (problem)
    return {
      changed: false,
      why: `${placeOf(text, problem)} is no sound JSON. The file is left as it is; clinical-rules check tells more.`,
    };
  const edits = formatEdits(document, layout);
  if (edits.length > 0 && !check) writeFileSync(file, applyEdits(text, edits));
  return { changed: edits.length > 0 };
}

function placeOf(text: string, { span }: SyntaxProblem): string {
  const { line, character } = new LineIndex(text).position(span.start);
  return `line ${line + 1}, column ${character + 1}`;
}

/** With its byte order mark. Undefined for bytes that are no text: written back, they would be others. */
function textOf(file: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}
