/** What the extension and the page in plain language tell each other. */
import type { Link, PlainPage } from '../../server/src/lsp/protocol.ts';

export type ToPlainPage =
  | { readonly kind: 'page'; readonly ruleSet: string; readonly page: PlainPage }
  /** It is no rule set any more. */
  | { readonly kind: 'gone' };

/** `ready`: the page has loaded and wants to be told what to show. */
export type FromPlainPage = { readonly kind: 'ready' } | { readonly kind: 'open'; readonly link: Link };

/** What the page keeps over a reload. */
export interface KeptPlain {
  readonly ruleSet: string;
}
