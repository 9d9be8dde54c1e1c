/** What the extension and the preview page tell each other. */
import type { Change, CompareAnswer, Link, PreviewAfter, PreviewFirst, Preview as WholePreview } from '../../../server/src/lsp/protocol.ts';

/** What the page draws: the outcome as data, and what is told in the editor, stay with the extension. */
export type Preview = Omit<WholePreview, 'outcome' | 'lines'>;

/** URIs of what is shown. */
export interface Shown {
  readonly ruleSet: string;
  readonly patient: string;
}

/** What the rule set is held against: nothing, its files as saved or at the last commit, a rule set still to be chosen, or one that is. */
export type Against = 'nothing' | 'saved' | 'head' | 'file' | { readonly file: string };

export interface Comparison {
  readonly against: Against;
  /** What the other version is called; empty for none. */
  readonly label: string;
  readonly answer: CompareAnswer;
}

export type ToPage =
  | { readonly kind: 'preview'; readonly shown: Shown; readonly preview: Preview }
  /** It cannot be run now: the last outcome of the same rule set and patient stays, marked as such. */
  | { readonly kind: 'broken'; readonly shown: Shown; readonly message: string; readonly link: Link | undefined }
  /** What changes that are tried out make of the decisions; the rest follows. */
  | { readonly kind: 'first'; readonly shown: Shown; readonly first: PreviewFirst }
  /** What would change the outcome that was told last. */
  | { readonly kind: 'changes'; readonly shown: Shown; readonly after: PreviewAfter | undefined }
  | { readonly kind: 'comparison'; readonly shown: Shown; readonly comparison: Comparison }
  /** The cursor stands in this rule. */
  | { readonly kind: 'rule'; readonly rule: string }
  /** The server gave no answer. */
  | { readonly kind: 'failed'; readonly shown: Shown; readonly message: string };

export type FromPage =
  /** The page has loaded and wants to be told what to show. */
  | { readonly kind: 'ready'; readonly changes: readonly Change[] }
  | { readonly kind: 'open'; readonly link: Link }
  | { readonly kind: 'choose-patient' }
  /** What is tried out on the patient from now on. */
  | { readonly kind: 'what-if'; readonly changes: readonly Change[] }
  | { readonly kind: 'save-what-if'; readonly where: 'new' | 'open' }
  | { readonly kind: 'show-outcome' }
  | { readonly kind: 'save-report' }
  | { readonly kind: 'remove-identifiers' }
  | { readonly kind: 'compare'; readonly against: Against }
  | { readonly kind: 'show-patient'; readonly patient: string }
  | { readonly kind: 'restart' };

/** What the page keeps over a reload. */
export interface Kept {
  readonly shown: Shown;
  readonly preview: Preview | undefined;
  readonly changes?: readonly Change[];
}
