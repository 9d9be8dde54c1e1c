/** What the diagnostics on the form of a file (syntax and schema) share: which problems are theirs, how they are named, small edits. */
import type { ParsedDocument } from '../syntax/document.ts';
import type { SchemaProblem } from '../syntax/schema.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Subject } from './define.ts';
import { quoted } from './words.ts';

type Kind = SchemaProblem['kind'];
type Node = NonNullable<ParsedDocument['root']>;
export type ObjectNode = Extract<Node, { type: 'object' }>;
type Step = { readonly node: Node; readonly name: string };

/** The schema problems that one diagnostic puts into words. */
export function schemaProblems(kind: Kind): (subject: Subject) => Iterable<SchemaProblem> {
  return subject => subject.schemaProblems.filter(problem => problem.kind === kind);
}

/** What a problem names: its path, with the id of an item in place of its number, so that it outlives edits elsewhere. */
export function namesOf({ path, data }: SchemaProblem, subject: Subject): string[] {
  const names = stepsTo(path, subject).map(({ name }) => name);
  return [names.join('/'), word(data, 'name') ?? ''];
}

/** The object a problem is about: the one that has or lacks the key. */
export function objectOf({ path }: SchemaProblem, subject: Subject): ObjectNode | undefined {
  const node = path === '' ? subject.document.root : stepsTo(path, subject).at(-1)?.node;
  return node?.type === 'object' ? node : undefined;
}

/** One word of a problem's data. */
export function word(data: SchemaProblem['data'], key: string): string | undefined {
  const value = data[key];
  return typeof value === 'string' ? value : undefined;
}

/** A list of words of a problem's data. */
export function wordList(data: SchemaProblem['data'], key: string): readonly string[] {
  const value = data[key];
  return typeof value === 'object' ? value : [];
}

/** `a test of a fact` from the schema's title "Test of a fact". */
export function sortOf(data: SchemaProblem['data']): string {
  const title = word(data, 'title') ?? 'object';
  const noun = title[0]!.toLowerCase() + title.slice(1);
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** `“when”`, or what the whole file is called. */
export function subjectOf(data: SchemaProblem['data']): string {
  const name = word(data, 'name');
  return name === undefined ? 'The file' : quoted(name);
}

export function textAt({ document }: Subject, { start, end }: Span): string {
  return document.text.slice(start, end);
}

export function replace(span: Span, newText: string): Edit[] {
  return [{ span: { start: span.start, end: span.end }, newText }];
}

/** A further property at the end of an object, on a line of its own where the others have theirs. */
export function addProperty(object: ObjectNode, key: string, value: string, { document: { text } }: Subject): Edit[] {
  const written = `${JSON.stringify(key)}: ${value}`;
  const last = object.properties.at(-1);
  if (!last) return replace({ start: object.start, end: object.end }, `{ ${written} }`);
  const at = last.value?.end ?? last.keyEnd;
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, last.keyStart).slice(-200))?.[1];
  return replace({ start: at, end: at }, indent === undefined ? `, ${written}` : `,\n${indent}${written}`);
}

/** Takes out the property that has its value at this place, with its comma; undefined where what stands there is no value of a key. */
export function withoutProperty(value: Span, { document: { text } }: Subject): Edit[] | undefined {
  const before = /(,?)(\s*)"(?:[^"\\]|\\.)*"\s*:\s*$/.exec(text.slice(0, value.start));
  if (!before) return undefined;
  if (before[1] === ',') return replace({ start: before.index, end: value.end }, '');
  const after = /^\s*,?\s*/.exec(text.slice(value.end))![0];
  return replace({ start: before.index + before[2]!.length, end: value.end + after.length }, '');
}

/** Takes an item out of a list, given the places of all its items. */
export function withoutItem(item: Span, all: readonly Span[]): Edit[] {
  const at = all.findIndex(({ start }) => start === item.start);
  const [before, after] = [all[at - 1], all[at + 1]];
  if (before) return replace({ start: before.end, end: item.end }, '');
  return replace({ start: item.start, end: after ? after.start : item.end }, '');
}

/** The object that stands at exactly this place. */
export function objectAt({ document }: Subject, span: Span): ObjectNode | undefined {
  let node = document.root;
  while (node && (node.start !== span.start || node.end !== span.end)) {
    const children: readonly (Node | undefined)[] =
      node.type === 'object' ? node.properties.map(({ value }) => value) : node.type === 'array' ? node.items : [];
    node = children.find(child => child && child.start <= span.start && span.end <= child.end);
  }
  return node?.type === 'object' ? node : undefined;
}

function stepsTo(path: string, { document }: Subject): Step[] {
  const steps: Step[] = [];
  let node = document.root;
  for (const step of path.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (node?.type === 'object') {
      node = node.properties.findLast(property => property.key === key)?.value;
      if (node) steps.push({ node, name: key });
    } else if (node?.type === 'array') {
      node = node.items[Number(key)];
      if (node) steps.push({ node, name: idOf(node) ?? key });
    }
  }
  return steps;
}

function idOf(node: Node): string | undefined {
  if (node.type !== 'object') return undefined;
  const value = node.properties.findLast(({ key }) => key === 'id')?.value;
  return value?.type === 'string' ? value.value : undefined;
}
