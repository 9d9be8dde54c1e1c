/** Why a thing cannot have another name: the name is taken, or one of its places, or a place of that name, would come to mean something else. */
import type { Fact, Group, Item, RuleSet } from '../model/rule-set.ts';
import type { Workspace } from '../workspace.ts';
import { type Around, type SameThing, type Standing, standingIn } from './at.ts';
import type { Named } from './declared.ts';
import { lookUp } from './look-up.ts';
import type { Mention, Sense } from './mentions.ts';
import { aKind, fileName } from './name-words.ts';
import { capitalised } from './words.ts';

/** In words; undefined where nothing stands against the new name. */
export function clashOf(workspace: Workspace, { mentions, wholes }: SameThing, name: string, newName: string): string | undefined {
  const byFile = filed(mentions);
  for (const around of wholes) {
    const others = standingIn(workspace, around, newName);
    const taken = others.find(({ mention, spaces }) => isTaking(mention) && spaces.some(space => around.spaces.has(space)));
    if (taken) return takenText(taken.mention, newName);
    const removed = others.find(({ mention }) => mention.sense.kind === 'removes');
    if (removed)
      return `${fileName(removed.mention.file)} takes “${newName}” out of what it adapts, and would take this out too. Choose another name.`;
    const shared = around.whole.files
      .flatMap(({ file }) => byFile.get(file) ?? [])
      .find(
        mention => mention.sense.kind === 'removes' && lookUp(around.whole, mention, '').some(({ space }) => !around.spaces.has(space)),
      );
    if (shared)
      return `${fileName(shared.file)} takes “${name}” out of what it adapts, and means more than one thing by it. Rename there by hand.`;
    const captured = capturedIn({ ...around, name, newName }, byFile, others);
    if (captured) return captured;
  }
  return undefined;
}

/** What declares a name has it. A record is declared wherever it is written. */
function isTaking({ sense }: Mention): boolean {
  return sense.kind === 'declares' || (sense.kind === 'in-patient' && sense.as.kind === 'record');
}

function takenText({ file, sense }: Mention, newName: string): string {
  const kind = aKind(sense.kind === 'declares' ? sense.named.kind : 'record');
  return `There is ${kind} “${newName}” already, in ${fileName(file)}. Choose another name.`;
}

interface Change extends Around {
  readonly spaces: ReadonlySet<string>;
  readonly name: string;
  readonly newName: string;
}

/** Looks every place up again as it would be, in the whole as it would be. */
function capturedIn(change: Change, byFile: ReadonlyMap<string, readonly Mention[]>, others: readonly Standing[]): string | undefined {
  const { whole, newName, spaces } = change;
  const after = renamedWhole(change);
  if (!after) return undefined;
  for (const mention of whole.files.flatMap(({ file }) => byFile.get(file) ?? [])) {
    if (mention.sense.kind !== 'refers') continue;
    if (!lookUp(whole, mention, '').some(({ space }) => spaces.has(space))) continue;
    const found = lookUp(after, { ...mention, name: newName, sense: renamedSense(mention.sense, newName) }, '');
    const other = found.find(({ space }) => !spaces.has(space));
    if (other) return shadowText(mention, other, newName);
  }
  for (const { mention, spaces: before } of others) {
    const found = lookUp(after, mention, '');
    const other = found.find(({ space }) => !before.includes(space));
    if (other && mention.sense.kind === 'refers') return capturedText(mention, newName);
  }
  return undefined;
}

function filed(mentions: readonly Mention[]): ReadonlyMap<string, readonly Mention[]> {
  const byFile = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const same = byFile.get(mention.file);
    if (same) same.push(mention);
    else byFile.set(mention.file, [mention]);
  }
  return byFile;
}

function renamedSense(sense: Extract<Sense, { kind: 'refers' }>, newName: string): Sense {
  const { reference } = sense;
  return { kind: 'refers', reference: { ...reference, name: { ...reference.name, value: newName } } };
}

function shadowText({ file }: Mention, { kind, item }: Named, newName: string): string {
  const of = item && 'group' in item && item.group !== undefined ? ` of the records of “${item.group}”` : '';
  return `${capitalised(aKind(kind))}${of} is called “${newName}” already, and would be read in place of this one where ${fileName(file)} uses it. Choose another name.`;
}

function capturedText({ file }: Mention, newName: string): string {
  return `“${newName}” means something else where ${fileName(file)} uses it, and would come to mean this. Choose another name.`;
}

/** Names that are looked for in several places: facts, scores and what is advised. Undefined where the thing is none of these. */
function renamedWhole({ whole, spaces, name, newName }: Change): RuleSet | undefined {
  const has = (...some: readonly string[]) => some.some(space => spaces.has(space));
  const ofGroups = [...spaces].some(space => space.startsWith('fact of '));
  if (!ofGroups && !has('fact', 'advice', 'scores')) return undefined;
  const renamed = <T extends Item>(table: ReadonlyMap<string, T>, applies: (item: T) => boolean) =>
    new Map([...table].map(([id, item]) => (id === name && applies(item) ? [newName, { ...item, id: newName }] : [id, item])));
  const isOurs = ({ group }: Fact) => spaces.has(group === undefined ? 'fact' : `fact of ${group}`);
  const groups = new Map([...whole.groups].map(([id, group]) => [id, { ...group, facts: renamed(group.facts, isOurs) } satisfies Group]));
  return {
    ...whole,
    groups,
    locatedGroup: whole.locatedGroup && groups.get(whole.locatedGroup.id),
    facts: renamed(whole.facts, isOurs),
    derived: renamed(whole.derived, isOurs),
    advice: renamed(whole.advice, () => has('advice')),
    scores: renamed(whole.scores, () => has('scores')),
  };
}
