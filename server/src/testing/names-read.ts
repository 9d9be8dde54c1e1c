/** Every part of conditions, to see what they name. */
import type { Condition } from '../model/rule-set.ts';

export function namesRead(conditions: readonly (Condition | undefined)[], visit: (condition: Condition) => void): void {
  for (const condition of conditions) {
    if (!condition) continue;
    visit(condition);
    if ('items' in condition) namesRead(condition.items, visit);
    if (condition.kind === 'not') namesRead([condition.item], visit);
    if ('where' in condition) namesRead([condition.where], visit);
  }
}
