/** What is said of the place under the cursor, in Markdown: the thing that is named there, a unit, or the key and what it is for. */
import type { RuleSet } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { type Found, nameAt } from './at.ts';
import type { Named } from './declared.ts';
import { keyAt, valueAt } from './hover-keys.ts';
import { hoverRecorded, recordedAt } from './hover-patient.ts';
import { hoverThing } from './hover-things.ts';
import { hoverUnit } from './hover-units.ts';
import { usesText } from './hover-uses.ts';
import { innerSpan } from './inner.ts';
import { kindText } from './name-words.ts';
import { markdownText, plainMarkdown } from './plain-markdown.ts';
import { titleOf } from './titles.ts';
import { capitalised, listText } from './words.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Undefined where there is nothing to say. */
export function hoverAt(workspace: Workspace, file: string, offset: number): Hover | undefined {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return undefined;
  const found = nameAt(workspace, file, offset);
  const markdown = found && hoverName(workspace, found);
  if (found && markdown) return { span: innerSpan(snapshot.text, found.mention.span), markdown };
  const value = valueAt(snapshot, offset);
  const unit = value && hoverUnit(value, wholeAt(workspace, file));
  if (value && unit) return { span: innerSpan(snapshot.text, value.span), markdown: unit };
  return hoverValue(workspace, file, offset) ?? keyAt(snapshot, offset);
}

function wholeAt(workspace: Workspace, file: string): RuleSet | undefined {
  return workspace.linked(file)?.ruleSet ?? workspace.patient(file)?.ruleSets[0];
}

/** A number that a patient records has no name of its own: the fact it is of is told. */
function hoverValue(workspace: Workspace, file: string, offset: number): Hover | undefined {
  const recorded = recordedAt(workspace, file, offset);
  const found = recorded && nameAt(workspace, file, recorded.idSpan.start);
  const markdown = found && hoverName(workspace, found);
  return recorded && markdown ? { span: recorded.span, markdown } : undefined;
}

function hoverName(workspace: Workspace, found: Found): string | undefined {
  const { mention, named, whole } = found;
  if (mention.sense.kind === 'path') return pathText(workspace, mention.file, mention.name);
  if (!whole || named.length === 0) return undefined;
  const parts = named.map(one => thingText(workspace, whole, one));
  const recorded = hoverRecorded(workspace, found);
  return [...(recorded ? [recorded] : []), ...parts].join('\n\n---\n\n');
}

interface Told {
  readonly workspace: Workspace;
  readonly revision: number;
  readonly whole: RuleSet;
  readonly text: string;
}

const told = new WeakMap<Named, Told>();

/** The same wherever the thing is named, as long as nothing changes in the workspace. */
function thingText(workspace: Workspace, whole: RuleSet, one: Named): string {
  const known = told.get(one);
  const { revision } = workspace;
  if (known?.workspace === workspace && known.revision === revision && known.whole === whole) return known.text;
  const blocks = plainMarkdown(hoverThing(whole, one)).trim();
  const text = [headOf(one), blocks, usesText(workspace, one)].filter(Boolean).join('\n\n');
  told.set(one, { workspace, revision, whole, text });
  return text;
}

/** What it is called, its id, and what sort of thing it is. */
function headOf({ kind, id, item, component }: Named): string {
  const isPart = item !== undefined && item.id !== id;
  const of = isPart ? `, of ${markdownText(titleOf(component ?? item, component?.id ?? item.id))}` : groupText(item);
  const title = isPart || !item?.title ? '' : `**${markdownText(item.title)}**  \n`;
  return `${title}${capitalised(kindText(kind))} \`${id.replaceAll('`', '')}\`${of}`;
}

function groupText(item: Named['item']): string {
  const group = item && 'group' in item && typeof item.group === 'string' ? item.group : undefined;
  return group === undefined ? '' : `, of each record of \`${group}\``;
}

/** What the file is that a path leads to. */
function pathText(workspace: Workspace, from: string, path: string): string | undefined {
  const file = workspace.fileAt(from, path);
  const snapshot = file === undefined ? undefined : workspace.snapshot(file);
  if (snapshot === undefined || typeof snapshot === 'string' || !workspace.known().includes(snapshot.file)) return undefined;
  if (snapshot.kind() === 'patient') {
    const { title, id } = snapshot.patient();
    return `Sample patient **${markdownText(title ?? id?.value ?? path)}**`;
  }
  const own = snapshot.ruleSet();
  const counted = [
    [own.rules.size, 'rule'],
    [own.facts.size + own.derived.size, 'fact'],
    [own.scores.size, 'score'],
    [own.sites.size, 'site'],
  ] as const;
  const has = counted.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}${count === 1 ? '' : 's'}`] : []));
  const version = own.version ? `, version ${markdownText(own.version.value)}` : '';
  const declares = has.length > 0 ? `\n\nDeclares ${listText(has)}.` : '';
  return `${own.role === 'library' ? 'Library' : 'Rule set'} **${markdownText(own.title ?? own.id?.value ?? path)}**${version}${declares}`;
}
