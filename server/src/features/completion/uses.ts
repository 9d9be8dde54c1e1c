/** How often each name is used in the workspace: what is used most is proposed first. */
import { referencesOf } from '../../model/names.ts';
import type { RuleSetFile } from '../../model/rule-set.ts';
import type { Workspace } from '../../workspace.ts';

export type Uses = ReadonlyMap<string, number>;

const counted = new WeakMap<RuleSetFile, Uses>();
const before = new WeakMap<Workspace, { files: readonly RuleSetFile[]; uses: Uses }>();

/** By id, whatever it names: rough, but enough for an order. */
export function usesIn(workspace: Workspace): Uses {
  const files = workspace.known().flatMap(file => {
    const snapshot = workspace.snapshot(file);
    return typeof snapshot === 'string' || snapshot.kind() !== 'rule-set' ? [] : [snapshot.ruleSet()];
  });
  const known = before.get(workspace);
  if (known && known.files.length === files.length && known.files.every((file, i) => file === files[i])) return known.uses;
  const uses = new Map<string, number>();
  for (const file of files) for (const [id, count] of usesOf(file)) uses.set(id, (uses.get(id) ?? 0) + count);
  before.set(workspace, { files, uses });
  return uses;
}

function usesOf(file: RuleSetFile): Uses {
  const known = counted.get(file);
  if (known) return known;
  const uses = new Map<string, number>();
  for (const { name } of referencesOf(file)) uses.set(name.value, (uses.get(name.value) ?? 0) + 1);
  counted.set(file, uses);
  return uses;
}
