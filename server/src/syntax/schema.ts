/** Holds a document against its JSON schema: ajv (compiled ahead of time) decides validity; places and kinds are made here. */
import type { Span } from '../text/span.ts';
import type { ParsedDocument, SyntaxCode } from './document.ts';
import type { Node } from './node.ts';
import type { Schema } from './schema-keywords.ts';
import { walkSchema } from './schema-walk.ts';
import { patientSchema, ruleSetSchema } from './schemas.generated.js';
import { toValue } from './to-value.ts';
import * as validators from './validators.generated.js';

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
  /**
   * What the words need. `name`: the key. `title`: of the value or object. `titleOfKey`, `typeOfKey`: of a missing key. `expected`: types, or in
   * words. `found`: a type, a count or the value. `allowed`: the keys or values that may stand there. `suggestion`: one of them.
   * `other`: the key that excludes this one. `because`: the key that makes it needed.
   */
  readonly data: Readonly<Record<string, string | readonly string[]>>;
}

/** What may be wrong and still leaves everything in the tree: then nothing is missing only because the text is damaged. */
const HARMLESS: ReadonlySet<SyntaxCode> = new Set([
  'duplicate-key',
  'number-too-long',
  'lone-surrogate',
  'comment',
  'trailing-comma',
  'extra-comma',
  'comma-expected',
  'unquoted-key',
  'odd-quotes',
  'odd-blank',
]);

/** Every mistake once. A sound document costs one pass of ajv; a text that is no JSON at all has no schema problems. */
export function checkSchema(document: ParsedDocument, kind: SchemaKind): SchemaProblem[] {
  const { root, problems } = document;
  if (root === undefined) return [];
  const name = kind === 'patient' ? 'patient' : 'ruleSet';
  if (VERDICTS[name]!(toValue(root))) return [];
  const damage = problems.filter(({ code }) => !HARMLESS.has(code));
  const found = walkSchema(root, {
    schema: SCHEMAS[name],
    isValid: (definition, node) => VERDICTS[`${name}_${definition}`]?.(toValue(node)) ?? false,
    isDamaged: ({ start, end }) => damage.some(({ span }) => span.start >= start && span.end <= end),
  });
  return found.length > 0 || damage.length > 0 ? found : [unplaced(root)];
}

const SCHEMAS: Readonly<Record<'ruleSet' | 'patient', Schema>> = { ruleSet: ruleSetSchema, patient: patientSchema };
const VERDICTS = validators as unknown as Readonly<Record<string, ((value: unknown) => boolean) | undefined>>;

/** Ajv's verdict stands even where the walk finds no reason for it. A test holds that the two agree. */
function unplaced(root: Node): SchemaProblem {
  return {
    kind: 'malformed-value',
    span: { start: root.start, end: root.start + 1 },
    path: '',
    data: { expected: 'what the schema asks for' },
  };
}
