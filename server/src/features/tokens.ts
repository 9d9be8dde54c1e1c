/** Semantic tokens: every name of a file with the kind of thing it stands for, so that a theme can tell a fact from a score. */
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { isDeclaration, meaningOf, mentionsIn } from './at.ts';
import type { NameKind } from './declared.ts';
import { inner } from './linked.ts';
import type { TokenType } from './token-types.ts';

/** What is no name of the language (a rule set's own id, a record's) keeps the colour of its text. */
const TYPES: Readonly<Record<NameKind, TokenType | undefined>> = {
  'rule-set': undefined,
  record: undefined,
  source: 'source',
  site: 'site',
  activity: 'advice',
  intervention: 'advice',
  assessment: 'advice',
  referral: 'advice',
  approval: 'advice',
  parameter: 'parameter',
  place: 'codeValue',
  phase: 'phase',
  fact: 'fact',
  'derived-fact': 'fact',
  group: 'group',
  value: 'codeValue',
  score: 'score',
  component: 'component',
  option: 'option',
  band: 'band',
  threshold: 'threshold',
  decision: 'decision',
  'decision-value': 'answer',
  rule: 'rule',
  precaution: 'precaution',
  note: 'note',
  impossible: 'note',
};

export interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly declaration: boolean;
}

/** In the order of the text, none over another. Within the span only, if one is given. A name that means nothing is left to the diagnostics. */
export function tokensIn(workspace: Workspace, file: string, within?: Span): readonly Token[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const mentions = mentionsIn(workspace, file).filter(({ span }) => !within || (span.end > within.start && span.start < within.end));
  const tokens = mentions.flatMap((mention): Token[] => {
    const kind = mention.sense.kind === 'declares' ? mention.sense.named.kind : meaningOf(workspace, mention).named[0]?.kind;
    const type = kind && TYPES[kind];
    return type ? [{ span: inner(snapshot.text, mention.span), type, declaration: isDeclaration(mention) }] : [];
  });
  tokens.sort((a, b) => a.span.start - b.span.start || Number(b.declaration) - Number(a.declaration));
  let end = 0;
  return tokens.filter(({ span }) => {
    const isFree = span.start >= end && span.end > span.start;
    if (isFree) end = span.end;
    return isFree;
  });
}
