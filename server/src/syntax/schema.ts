/** Holds a document against its JSON schema: ajv (compiled ahead of time) decides validity; places and kinds are made here. */
import type { Span } from '../text/span.ts';

export type SchemaKind = 'rule-set' | 'patient';

/** One mistake, once, on the exact key or value. The words are made by the diagnostic of that kind. */
export interface SchemaProblem {
  readonly kind:
    | 'unknown-property'
    | 'missing-property'
    | 'wrong-type'
    | 'value-not-allowed'
    | 'malformed-value'
    | 'wrong-count'
    | 'exclusive-properties';
  readonly span: Span;
  /** JSON pointer of the value (or of the object that has or lacks the key). */
  readonly path: string;
  /** What the words need: `name`, `expected`, `allowed`, `suggestion`, `found`, `title`. */
  readonly data: Readonly<Record<string, string | readonly string[]>>;
}
