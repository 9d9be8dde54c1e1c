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
   * What the words need. `name`: the key. `title`: what sort of object has or lacks it. `typeOfKey`: of a missing key. `expected`: types, or in
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
  const { root, problems, text } = document;
  if (root === undefined) return [];
  const name = kind === 'patient' ? 'patient' : 'ruleSet';
  const value = problems.length === 0 ? JSON.parse(withoutMark(text)) : toValue(root);
  if (VERDICTS[name]!(value)) return [];
  const damage = problems.filter(({ code }) => !HARMLESS.has(code));
  const found = walkSchema(root, value, {
    schema: SCHEMAS[name],
    isValid: (definition, part) => PARTS[name].get(definition)?.(part) ?? false,
    isDamaged: ({ start, end }) => damage.some(({ span }) => span.start >= start && span.end <= end),
  });
  return found.length > 0 || damage.length > 0 ? found : [unplaced(root)];
}

const SCHEMAS: Readonly<Record<'ruleSet' | 'patient', Schema>> = { ruleSet: ruleSetSchema, patient: patientSchema };
/** The engine reads sound text somewhat faster than the tree is turned into values; it knows no byte order mark. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

type Verdict = (value: unknown) => boolean;
const VERDICTS = validators as unknown as Readonly<Record<string, Verdict>>;
const PARTS = { ruleSet: partsOf('ruleSet'), patient: partsOf('patient') };

/** Verdicts on parts of a file, by the definition of the schema. */
function partsOf(name: 'ruleSet' | 'patient'): ReadonlyMap<string, Verdict> {
  const parts = Object.keys(validators).filter(key => key.startsWith(`${name}_`));
  return new Map(parts.map(key => [key.slice(name.length + 1), VERDICTS[key]!]));
}

/** Ajv's verdict stands even where the walk finds no reason for it. A test holds that the two agree. */
function unplaced(root: Node): SchemaProblem {
  return {
    kind: 'malformed-value',
    span: { start: root.start, end: root.start + 1 },
    path: '',
    data: { expected: 'what the schema asks for' },
  };
}
