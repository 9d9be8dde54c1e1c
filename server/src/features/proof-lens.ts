/** What is proved of each decision, for the line above it: at the decision, or at the rule set's id where another file declares it. */

import type { RuleSet } from '../model/rule-set.ts';
import type { Answered } from '../proofs.ts';
import type { Span } from '../text/span.ts';

export interface ProofLens {
  readonly span: Span;
  readonly text: string;
}

export function proofLenses({ root, decisions }: RuleSet, answered: readonly Answered[]): ProofLens[] {
  return answered.flatMap(({ decision, text }) => {
    const declared = decisions.get(decision);
    if (declared?.file === root.file) return [{ span: declared.idSpan, text }];
    return root.id && declared ? [{ span: root.id.span, text: `“${declared.title ?? decision}”: ${text}` }] : [];
  });
}
