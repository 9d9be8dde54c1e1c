/** What is said of a key of the language: what it is for, with an example, from the schema; and of a value from a closed list. */
import type { Snapshot } from '../snapshot.ts';
import { patientDescribed, ruleSetDescribed } from '../syntax/described-schemas.generated.js';
import type { ArrayNode, Node, ObjectNode } from '../syntax/node.ts';
import type { Schema } from '../syntax/schema-keywords.ts';
import type { Span } from '../text/span.ts';
import { alternativesOf, partsAt, valueParts } from './completion/allowed.ts';
import type { Step } from './completion/place.ts';
import { innerSpan } from './inner.ts';
import { markdownText } from './plain-markdown.ts';

/** A text that is the value of a key. */
export interface WrittenValue {
  readonly key: string;
  readonly text: string;
  readonly span: Span;
}

interface Way {
  /** From the outermost object or list to the innermost. */
  readonly steps: readonly Step[];
  /** The key at the offset. */
  readonly key: Span | undefined;
  /** The value without parts at the offset. */
  readonly value: Node | undefined;
}

/** The text at the offset, if it stands as the value of a key, or is a key that is a unit. */
export function valueAt(snapshot: Snapshot, offset: number): WrittenValue | undefined {
  const way = wayTo(snapshot.document().root, offset);
  const last = way.steps.at(-1);
  const [inKey, around] = [way.key, way.steps.at(-2)?.key];
  if (inKey && last?.key !== undefined && UNIT_KEYED.has(around ?? '')) return { key: 'unit', text: last.key, span: inKey };
  if (way.value?.type !== 'string' || last?.key === undefined) return undefined;
  return { key: last.key, text: way.value.value, span: { start: way.value.start, end: way.value.end } };
}

/** Where keys are units. */
const UNIT_KEYED: ReadonlySet<string> = new Set(['alsoIn', 'formulas', 'atLeast', 'above', 'atMost', 'below']);

/** Undefined where no schema says anything. */
export function keyAt(snapshot: Snapshot, offset: number): { readonly span: Span; readonly markdown: string } | undefined {
  const { steps, key, value } = wayTo(snapshot.document().root, offset);
  const last = steps.at(-1);
  const span = key ?? value;
  if (!last || !span) return undefined;
  const root = snapshot.kind() === 'patient' ? patientDescribed : ruleSetDescribed;
  const parts = valueParts(root, partsAt(root, steps), last);
  const schemas = [...parts, ...alternativesOf(root, parts)].map(({ schema }) => schema);
  const told = schemas.find(({ description }) => description !== undefined);
  if (!told) return undefined;
  const chosen = value?.type === 'string' ? enumText(schemas, value.value) : undefined;
  return {
    span: innerSpan(snapshot.text, { start: span.start, end: span.end }),
    markdown: [keyText(told, last.key), ...(chosen ? [chosen] : []), ...exampleText(told)].join('\n\n'),
  };
}

function keyText({ title, description }: Schema, key: string | undefined): string {
  const name = key === undefined ? '' : ` \`${key.replaceAll('`', '')}\``;
  return `**${markdownText(title ?? '')}**${name}\n\n${markdownText(description ?? '')}`;
}

/** What the value means that was chosen of a closed list. */
function enumText(schemas: readonly Schema[], value: string): string | undefined {
  for (const { enum: values, enumDescriptions } of schemas) {
    const at = values?.indexOf(value) ?? -1;
    if (at >= 0 && enumDescriptions?.[at]) return `\`${value}\`: ${markdownText(enumDescriptions[at])}`;
  }
  return undefined;
}

const WIDTH = 80;

function exampleText({ examples }: Schema): string[] {
  const [first] = examples ?? [];
  if (first === undefined) return [];
  const short = JSON.stringify(first);
  return [`For example:\n\n\`\`\`json\n${short.length > WIDTH ? JSON.stringify(first, null, 2) : short}\n\`\`\``];
}

/** The containers around an offset, each with the key that leads on; the last one's key is the key or the value at the offset. */
function wayTo(root: Node | undefined, offset: number): Way {
  const steps: Step[] = [];
  for (let node = root; node; ) {
    if (node.type !== 'object' && node.type !== 'array') return { steps, key: undefined, value: node };
    const next = stepInto(node, offset);
    if (!next) return { steps: [], key: undefined, value: undefined };
    steps.push({ container: node, key: next.key });
    if (next.keySpan) return { steps, key: next.keySpan, value: undefined };
    node = next.value;
  }
  return { steps: [], key: undefined, value: undefined };
}

interface Into {
  readonly key: string | undefined;
  /** Where the offset is in the key itself. */
  readonly keySpan: Span | undefined;
  readonly value: Node | undefined;
}

function stepInto(node: ObjectNode | ArrayNode, offset: number): Into | undefined {
  const isAt = ({ start, end }: Span) => start <= offset && offset <= end;
  if (node.type === 'array') {
    const value = node.items.find(isAt);
    return value && { key: undefined, keySpan: undefined, value };
  }
  for (const { key, keyStart, keyEnd, value } of node.properties) {
    const keySpan = { start: keyStart, end: keyEnd };
    if (isAt(keySpan)) return { key, keySpan, value };
    if (value && isAt(value)) return { key, keySpan: undefined, value };
  }
  return undefined;
}
