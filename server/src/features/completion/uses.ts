/** How often each name is used in the workspace: what is used most is proposed first. */
import { referencesOf } from '../../model/names.ts';
import type { RuleSetFile } from '../../model/rule-set.ts';
import type { Workspace } from '../../workspace.ts';

export type Uses = ReadonlyMap<string, number>;

const counted = new WeakMap<RuleSetFile, Uses>();
const kept = new WeakMap<Workspace, { readonly revision: number; readonly uses: Uses }>();

/** By id, whatever it names: rough, but enough for an order. Counted once, as long as nothing changes in the workspace. */
export function usesIn(workspace: Workspace): Uses {
  const known = kept.get(workspace);
  if (known?.revision === workspace.revision) return known.uses;
  const uses = new Map<string, number>();
  for (const file of workspace.known()) {
    const snapshot = workspace.snapshot(file);
    if (typeof snapshot === 'string' || snapshot.kind() !== 'rule-set') continue;
    for (const [id, count] of usesOf(snapshot.ruleSet())) uses.set(id, (uses.get(id) ?? 0) + count);
  }
  kept.set(workspace, { revision: workspace.revision, uses });
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
