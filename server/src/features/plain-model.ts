/** The plain-language view of a rule set as blocks: printed as Markdown, drawn as a page. Types only. */
import type { Place } from '../text/span.ts';

export interface PlainItem {
  /** What it is called; empty where the text says it all. */
  readonly title: string;
  readonly text: string;
  /** Whole sentences of less weight: sources, reasons, definitions. */
  readonly details: readonly string[];
  readonly place: Place | undefined;
}

export interface PlainRow {
  readonly cells: readonly string[];
  readonly place: Place | undefined;
}

export type PlainBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly place: Place | undefined }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly PlainItem[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly PlainRow[] };
