/** The kinds of semantic tokens by name: told at start, when nothing else of the tokens is needed. */

/** The kinds a client is told of. The order is the protocol's: new ones go to the end. */
export const TOKEN_TYPES = [
  'fact',
  'group',
  'score',
  'component',
  'option',
  'band',
  'threshold',
  'decision',
  'answer',
  'rule',
  'precaution',
  'site',
  'advice',
  'parameter',
  'phase',
  'source',
  'codeValue',
  'note',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export const TOKEN_MODIFIERS = ['declaration'] as const;
