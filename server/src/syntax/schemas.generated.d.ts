import type { Schema } from './schema-keywords.ts';
export const ruleSetSchema: Schema;
export const patientSchema: Schema;
