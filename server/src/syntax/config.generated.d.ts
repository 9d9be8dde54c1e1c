import type { Schema } from './schema-keywords.ts';
export const configSchema: Schema;
export const config: (value: unknown) => boolean;
