import type { Schema } from './schema-keywords.ts';
export const ruleSetDescribed: Schema;
export const patientDescribed: Schema;
