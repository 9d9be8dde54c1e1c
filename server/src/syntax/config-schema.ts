/** Holds the settings of a team against their schema, as rule sets and patients are held against theirs. */
import { config, configSchema } from './config.generated.js';
import type { ParsedDocument } from './document.ts';
import type { SchemaProblem } from './schema.ts';
import { walkSchema } from './schema-walk.ts';
import { toValue } from './to-value.ts';

/** Every mistake once. */
export function checkConfigSchema({ root, problems }: ParsedDocument): SchemaProblem[] {
  const value = root && toValue(root);
  if (!root || config(value)) return [];
  const isDamaged = (place: { start: number; end: number }) =>
    problems.some(({ span }) => span.start >= place.start && span.end <= place.end);
  return walkSchema(root, value, { schema: configSchema, isValid: () => false, isDamaged });
}
