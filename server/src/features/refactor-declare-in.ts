/** Puts a declaration into the section of a file it belongs to, making the section where there is none. */
import { type ObjectNode, property } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { indentAt, lineEndOf, propertyTextEdit } from './insert.ts';

/** The sections of a rule set in the order they are usually written. */
export const SECTIONS: readonly string[] = [
  'sources',
  'sites',
  'activities',
  'interventions',
  'assessments',
  'referrals',
  'approvals',
  'parameters',
  'phases',
  'facts',
  'groups',
  'derived',
  'scores',
  'thresholds',
  'decisions',
  'rules',
  'precautions',
  'impossible',
  'notes',
  'waivers',
];

/** `value` is JSON text. A section that is new stands where people look for it. Undefined where something else stands in the section's place. */
export function declarationEdit(text: string, root: ObjectNode, section: string, id: string, value: string): Edit | undefined {
  const there = property(root, section);
  if (there) return there.value?.type === 'object' ? propertyTextEdit(text, there.value, id, value) : undefined;
  const end = lineEndOf(text);
  const next = root.properties.find(({ key }) => SECTIONS.indexOf(key) > SECTIONS.indexOf(section));
  const anchor = next ?? root.properties.at(-1);
  const indent = anchor ? indentAt(text, anchor.keyStart) : '  ';
  const isOnLines = !anchor || /\n[ \t]*$/.test(text.slice(0, anchor.keyStart));
  const entry = isOnLines
    ? `${JSON.stringify(section)}: {${end}${indent}${indent || '  '}${JSON.stringify(id)}: ${value}${end}${indent}}`
    : `${JSON.stringify(section)}: { ${JSON.stringify(id)}: ${value} }`;
  if (!anchor) return { span: { start: root.start, end: root.end }, newText: `{${end}${indent}${entry}${end}}` };
  const between = isOnLines ? `,${end}${indent}` : ', ';
  if (next) return { span: { start: next.keyStart, end: next.keyStart }, newText: `${entry}${between}` };
  const at = anchor.value?.end ?? anchor.keyEnd;
  return { span: { start: at, end: at }, newText: `${between}${entry}` };
}
