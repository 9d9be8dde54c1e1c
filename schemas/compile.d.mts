/** See compile.mjs. */
export function readSchema(kind: 'rule-set' | 'patient'): Record<string, unknown>;
/** The generated files by their path in the project. */
export function compileSchemas(): Record<string, string>;
